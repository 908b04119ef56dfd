/**
 * `npm run consumer`: packs the library, looks at what is in the package, and uses it as a stranger would: imported from
 * ESM, required from CommonJS, and type-checked under each TypeScript that users are likely to have.
 *
 * `test/consumer/files.txt` lists the files of the package; `-- --write` makes this list anew.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix, resolve } from "node:path";
import { toJson } from "./lib/files.ts";
import { typescripts } from "./lib/typescripts.ts";

const folder = mkdtempSync(join(tmpdir(), "mailcow-client-consumer-"));
const run = (command: string, args: string[], cwd: string) =>
  execFileSync(command, args, { cwd, stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" });

/** The declarations beside the code follow src, and are not listed. */
function checkFiles(packed: readonly string[]): void {
  const listed = packed.filter((path) => !/^dist\/.+\/.+\.d\.ts$/.test(path)).join("\n");
  if (process.argv.includes("--write")) writeFileSync("test/consumer/files.txt", `${listed}\n`);
  if (readFileSync("test/consumer/files.txt", "utf8") !== `${listed}\n`)
    throw new Error(`the package has other files than test/consumer/files.txt lists:\n${listed}`);
}

function checkLinks(packed: readonly string[]): void {
  for (const page of packed.filter((path) => path.endsWith(".md"))) {
    for (const [, target = ""] of readFileSync(page, "utf8").matchAll(/\]\(([\w./-]+)(?:#[\w-]*)?\)/g)) {
      const path = posix.join(posix.dirname(page), target);
      if (!packed.some((file) => file === path || file.startsWith(path.replace(/\/?$/, "/"))))
        throw new Error(`${page} links to ${target}, which is not in the package`);
    }
  }
}

try {
  const [{ filename, files }] = JSON.parse(
    run("npm", ["pack", "--json", "--pack-destination", folder], resolve(".")),
  ) as [{ filename: string; files: { path: string }[] }];
  const packed = files.map(({ path }) => path).sort();
  checkFiles(packed);
  checkLinks(packed);
  console.log(`the package has ${packed.length} files, and all that its pages link to`);
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
