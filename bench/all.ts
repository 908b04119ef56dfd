import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argument } from "./lib/report.ts";

/**
 * `npm run bench [-- PART …] [-- --json FILE] [-- --rounds N]`: builds the library and measures it, each part in a process
 * of its own: all parts, or those that are named.
 */
const parts = ["calls", "allocation", "imports", "sizes", "types", "generate", "in-memory"];

const named = process.argv.slice(2).filter((arg) => parts.includes(arg));
const rounds = argument("--rounds");
const folder = mkdtempSync(join(tmpdir(), "mailcow-client-bench-"));
const results: Record<string, unknown> = {};
try {
  execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
  for (const part of named.length > 0 ? named : parts) {
    const file = join(folder, `${part}.json`);
    const args = [`bench/${part}.ts`, "--json", file, ...(rounds ? ["--rounds", rounds] : [])];
    execFileSync("node_modules/.bin/tsx", args, { stdio: "inherit" });
    results[part] = JSON.parse(readFileSync(file, "utf8"));
  }
} finally {
  rmSync(folder, { recursive: true });
}
const file = argument("--json");
if (file) writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
