import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

/** What the bench alone needs; none of it is a dependency of the project. */
const packages = { axios: "1.13.2", esbuild: "0.27.0", "mailcow-api": "1.2.7", undici: "7.16.0" };
export const folder: string = resolve("node_modules/.cache/bench");

/** Where a package is that is only installed for the bench. */
export function pathOf(name: keyof typeof packages): string {
  install();
  return createRequire(join(folder, "package.json")).resolve(name);
}

export const load = (name: keyof typeof packages): unknown => createRequire(import.meta.url)(pathOf(name));

function install(): void {
  if (existsSync(join(folder, "node_modules/esbuild"))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: packages }));
  execFileSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}
