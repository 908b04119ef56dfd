/**
 * `npm run consumer`: packs the library and uses it as a stranger would: imported from ESM, required from CommonJS, and
 * type-checked under each TypeScript that users are likely to have.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { toJson } from "./lib/files.ts";
import { typescripts } from "./lib/typescripts.ts";

const folder = mkdtempSync(join(tmpdir(), "mailcow-client-consumer-"));
const run = (command: string, args: string[], cwd: string) =>
  execFileSync(command, args, { cwd, stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" });

try {
  const [{ filename }] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", folder], resolve("."))) as [
    { filename: string },
  ];
  cpSync("test/consumer", folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), toJson({ private: true, type: "module" }));
  const install = (...packages: string[]) =>
    run("npm", ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", ...packages], folder);

  for (const version of typescripts) {
    install(join(folder, filename), `typescript@${version}`);
    run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "."], folder);
    console.log(`type-checks under TypeScript ${version}`);
  }
  console.log(run(process.execPath, ["esm.mjs"], folder).trim());
  console.log(run(process.execPath, ["--no-warnings", "cjs.cjs"], folder).trim());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
