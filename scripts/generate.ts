/**
 * `npm run generate [-- --check]`: facts + corrections → openapi/mailcow.json → src/generated/mailcow.ts.
 *
 * Works offline. Stops when a correction no longer matches, or when mailcow's spec says something else of a corrected
 * operation than it did when the correction was accepted. `--check` writes nothing and fails where the files drift.
 */
import { Failure, run } from "./lib/cli.ts";
import { buildContract, typesOf } from "./lib/contract.ts";
import { operationsOf } from "./lib/facts.ts";
import { files, readIfThere, toJson, writeAtomically } from "./lib/files.ts";
import { unaccepted } from "./lib/pins.ts";

await run(async (args) => {
  const unknown = args.filter((arg) => arg !== "--check");
  if (unknown.length > 0) throw new Failure(`generate: unknown option ${unknown.join(" ")}; there is only --check`);

  const { contract, corrected, pins } = await buildContract();
  const open = unaccepted(corrected, pins);
  if (open.length > 0) throw new Failure(["generate: corrections that someone has to look at", ...open].join("\n"));

  const outputs: [path: string, text: string][] = [
    [files.contract, toJson(contract)],
    [files.types, await typesOf(contract)],
  ];
  if (args.includes("--check")) return check(outputs);
  for (const [path, text] of outputs) await writeAtomically(path, text);
  console.log(`generated the contract and the types of ${operationsOf(contract).size} operations`);
});

async function check(outputs: [path: string, text: string][]): Promise<void> {
  for (const [path, text] of outputs) {
    if ((await readIfThere(path)) !== text) {
      throw new Failure(`generate --check: ${path} is not what the corrections say; run: npm run generate`);
    }
  }
  console.log("generate --check: contract and types are up to date");
}
