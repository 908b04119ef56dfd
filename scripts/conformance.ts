/**
 * `npm run conformance [-- --recordings DIR] [--for RELEASE] [--json FILE] [--mutate] [--verbose]`: holds the contract to
 * recordings of a real mailcow server: the strict contract of the newest release, or with `--for` that of another. With `--mutate`, breaks each recorded answer one thing at a time and counts what is noticed.
 */
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { Failure, run } from "./lib/cli.ts";
import { Conformance } from "./lib/conformance/check.ts";
import { Junk } from "./lib/conformance/junk.ts";
import { kinds, mutate } from "./lib/conformance/mutate.ts";
import { type Exchange, readRecordings } from "./lib/conformance/recordings.ts";
import { contractOf } from "./lib/contract.ts";
import { type Document, operationsOf } from "./lib/facts.ts";
import { files, toJson } from "./lib/files.ts";
import { readReleases } from "./lib/releases.ts";
import { withAbsentRoutes } from "./lib/versions.ts";

await run(async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      recordings: { type: "string", default: files.recordings },
      for: { type: "string" },
      json: { type: "string" },
      mutate: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
    },
  });
  const whole: Document = JSON.parse(await readFile(files.contract, "utf8"));
  const release = values.for ?? (await readReleases(".")).newest;
  const contract = withAbsentRoutes(await contractOf(".", release), whole);
  const exchanges = await readRecordings(values.recordings);
  const conformance = new Conformance(contract, whole);
  if (values.mutate) return reportMutations(conformance, exchanges, values.verbose);

  const junk = new Junk(await readFile(files.junk, "utf8"));
  const report = conformance.check(exchanges, junk);
  if (values.json) await writeFile(values.json, toJson({ ...report, routes: [...report.routes] }));
  for (const { recording, route, pointer, expected, found } of report.violations) {
    console.log(`${recording}\n  ${route} ${pointer}: ${expected}; found ${clip(JSON.stringify(found))}`);
  }
  for (const entry of values.recordings === files.recordings ? junk.unused(exchanges) : []) {
    console.log(`${entry}: listed as junk, but there is no such recording`);
    process.exitCode = 1;
  }
  console.log(`${report.skipped} exchanges are off the contract and were skipped`);
  console.log(
    `conformance: ${report.exchanges} exchanges, ${report.violations.length} violations, ${report.empty} empty, ` +
      `${report.routes.size}/${operationsOf(contract).size} routes`,
  );
  if (report.violations.length > 0) process.exitCode = 1;
});

function reportMutations(conformance: Conformance, exchanges: Exchange[], verbose: boolean): void {
  const { scores, survivors } = mutate(conformance, exchanges);
  if (verbose)
    for (const { recording, route, kind, where } of survivors) console.log(`${kind} ${route} ${where} (${recording})`);
  const line = (name: string, killed: number, total: number) =>
    `${name}: killed ${killed} of ${total} (${total ? ((100 * killed) / total).toFixed(1) : "100.0"} %)`;
  for (const kind of kinds) console.log(line(kind, scores[kind].killed, scores[kind].total));
  const all = Object.values(scores);
  const killed = all.reduce((sum, score) => sum + score.killed, 0);
  const total = all.reduce((sum, score) => sum + score.total, 0);
  console.log(line("mutations", killed, total));
  if (kinds.some((kind) => scores[kind].killed < 0.9 * scores[kind].total) || killed < 0.97 * total) {
    throw new Failure("the contract accepts too many broken answers; --verbose lists them");
  }
}

function clip(text = "nothing"): string {
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}
