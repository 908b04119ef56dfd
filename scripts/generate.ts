/**
 * `npm run generate [-- --check]`: facts + corrections → openapi/mailcow.json → src/generated/mailcow.ts.
 *
 * Works offline. Stops when a correction no longer matches, or when mailcow's spec says something else of a corrected
 * operation than it did when the correction was accepted. `--check` writes nothing and fails where the files drift.
 */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Failure, run } from "./lib/cli.ts";
import { generate } from "./lib/contract.ts";
import { files, readIfThere, writeAll } from "./lib/files.ts";

await run(async (args) => {
  const unknown = args.filter((arg) => arg !== "--check");
  if (unknown.length > 0) throw new Failure(`generate: unknown option ${unknown.join(" ")}; there is only --check`);

  const { outputs, operations } = await generate();
  if (args.includes("--check")) return check(outputs);
  await writeAll(outputs);
  for (const path of await stale(outputs)) await rm(path);
  console.log(`generated the contract and the types of ${operations} operations`);
});

async function check(outputs: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of outputs) {
    if ((await readIfThere(path)) !== text) {
      throw new Failure(`generate --check: ${path} is not what facts and corrections give; run: npm run generate`);
    }
  }
  for (const path of await stale(outputs)) {
    throw new Failure(`generate --check: ${path} is of a topic that is gone; run: npm run generate`);
  }
  console.log("generate --check: contract and types are up to date");
}

/** The generated files that come from no topic any more. */
async function stale(outputs: ReadonlyMap<string, string>): Promise<string[]> {
  const there = await readdir(files.generated, { recursive: true }).catch(() => []);
  const paths = there.filter((name) => name.endsWith(".ts")).map((name) => join(files.generated, name));
  return paths.filter((path) => !outputs.has(path));
}
