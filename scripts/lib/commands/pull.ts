import { join } from "node:path";
import { parseArgs } from "node:util";
import { Failure, type Place } from "../cli.ts";
import { changedLines } from "../diff.ts";
import { type Document, factsOf, linesOf, operationsOf } from "../facts.ts";
import { files, readIfThere, toJson, writeAtomically } from "../files.ts";
import { mailcowMaster, readSource } from "../source.ts";

/** Fetches mailcow's spec, keeps its facts, and says what has changed since the last time. */
export async function pull(args: string[], { folder, say }: Place): Promise<void> {
  const { from, allowInsecure } = optionsOf(args);
  const source = await readSource(from, allowInsecure);
  const facts = factsOf(source.document);
  const operations = operationsOf(facts);
  const before = await readIfThere(join(folder, files.facts));

  await writeAtomically(join(folder, files.cache), source.text);
  await writeAtomically(
    join(folder, files.facts),
    toJson({
      "x-source": {
        from: source.from,
        sha256: source.sha256,
        paths: Object.keys(facts.paths).length,
        operations: operations.size,
      },
      ...facts,
    }),
  );

  say(`pulled ${operations.size} operations from ${source.from}`);
  for (const line of changes(before ? (JSON.parse(before) as Document) : undefined, facts)) say(line);
}

function optionsOf(args: string[]): { from: string; allowInsecure: boolean } {
  try {
    const { values } = parseArgs({
      args,
      options: { from: { type: "string" }, "allow-insecure": { type: "boolean", default: false } },
    });
    return { from: values.from ?? mailcowMaster, allowInsecure: values["allow-insecure"] };
  } catch (error) {
    throw new Failure(`pull: ${(error as Error).message}`);
  }
}

function* changes(before: Document | undefined, after: Document): Generator<string> {
  if (!before) return yield "first pull: nothing to compare with";
  const old = operationsOf(before);
  const now = operationsOf(after);
  let count = 0;
  for (const name of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const was = old.get(name);
    const is = now.get(name);
    const lines = was && is ? changedLines(linesOf(was, before), linesOf(is, after)) : [];
    if (was && is && lines.length === 0) continue;
    count++;
    yield `${was ? (is ? "changed" : "removed") : "added"}: ${name}`;
    for (const line of lines) yield `  ${line}`;
  }
  if (count === 0) yield "no operation changed since the last pull";
}
