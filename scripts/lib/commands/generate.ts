import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Failure, type Place } from "../cli.ts";
import { contractOf, generate, typesOf } from "../contract.ts";
import { files, readIfThere, toJson, writeAll, writeAtomically } from "../files.ts";

/**
 * Generates all that comes from facts and corrections, or with `--check` says what is out of date. With `--for`, writes
 * the contract or the types of one release.
 */
export async function generateAll(args: string[], place: Place): Promise<void> {
  const options = optionsOf(args);
  if (options.for !== undefined) return ofOneRelease(options.for, options, place);

  const { outputs, operations } = await generate(place.folder);
  if (options.check) return check(outputs, place);
  await writeAll(place.folder, outputs);
  for (const path of await stale(outputs, place.folder)) await rm(join(place.folder, path));
  place.say(`generated the contract and the types of ${operations} operations`);
}

interface Options {
  readonly check: boolean;
  readonly for?: string;
  readonly out?: string;
  readonly types?: string;
}

function optionsOf(args: string[]): Options {
  const usage = "there are --check, and --for RELEASE with --out FILE or --types FILE";
  try {
    const { values } = parseArgs({
      args,
      options: {
        check: { type: "boolean", default: false },
        for: { type: "string" },
        out: { type: "string" },
        types: { type: "string" },
      },
    });
    const hasTarget = values.out !== undefined || values.types !== undefined;
    if (hasTarget !== (values.for !== undefined) || (hasTarget && values.check)) throw new Error("wrong options");
    return values;
  } catch (error) {
    throw new Failure(`generate: ${(error as Error).message}; ${usage}`);
  }
}

async function ofOneRelease(release: string, { out, types }: Options, { folder, say }: Place): Promise<void> {
  const contract = await contractOf(folder, release);
  if (out !== undefined) await writeAtomically(out, toJson(contract));
  if (types !== undefined) await writeAtomically(types, await typesOf(contract));
  say(`generated ${[out, types].filter(Boolean).join(" and ")} for mailcow ${release}`);
}

async function check(outputs: ReadonlyMap<string, string>, { folder, say }: Place): Promise<void> {
  for (const [path, text] of outputs) {
    if ((await readIfThere(join(folder, path))) !== text) {
      throw new Failure(`generate --check: ${path} is out of date; run: npm run generate`);
    }
  }
  for (const path of await stale(outputs, folder)) {
    throw new Failure(`generate --check: ${path} belongs to a topic that no longer exists; run: npm run generate`);
  }
  say("generate --check: contract and types are up to date");
}

/** The generated files that come from no topic any more. */
async function stale(outputs: ReadonlyMap<string, string>, folder: string): Promise<string[]> {
  const there = await readdir(join(folder, files.generated), { recursive: true }).catch(() => []);
  const paths = there.filter((name) => name.endsWith(".ts")).map((name) => join(files.generated, name));
  return paths.filter((path) => !outputs.has(path));
}
