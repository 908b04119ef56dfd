import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Failure, type Place } from "../cli.ts";
import { generate } from "../contract.ts";
import { files, readIfThere, writeAll } from "../files.ts";

/** Generates all that comes from facts and corrections, or with `--check` says what is out of date. */
export async function generateAll(args: string[], place: Place): Promise<void> {
  const unknown = args.filter((arg) => arg !== "--check");
  if (unknown.length > 0) throw new Failure(`generate: unknown option ${unknown.join(" ")}; there is only --check`);

  const { outputs, operations } = await generate(place.folder);
  if (args.includes("--check")) return check(outputs, place);
  await writeAll(place.folder, outputs);
  for (const path of await stale(outputs, place.folder)) await rm(join(place.folder, path));
  place.say(`generated the contract and the types of ${operations} operations`);
}

async function check(outputs: ReadonlyMap<string, string>, { folder, say }: Place): Promise<void> {
  for (const [path, text] of outputs) {
    if ((await readIfThere(join(folder, path))) !== text) {
      throw new Failure(`generate --check: ${path} is not what facts and corrections give; run: npm run generate`);
    }
  }
  for (const path of await stale(outputs, folder)) {
    throw new Failure(`generate --check: ${path} is of a topic that is gone; run: npm run generate`);
  }
  say("generate --check: contract and types are up to date");
}

/** The generated files that come from no topic any more. */
async function stale(outputs: ReadonlyMap<string, string>, folder: string): Promise<string[]> {
  const there = await readdir(join(folder, files.generated), { recursive: true }).catch(() => []);
  const paths = there.filter((name) => name.endsWith(".ts")).map((name) => join(files.generated, name));
  return paths.filter((path) => !outputs.has(path));
}
