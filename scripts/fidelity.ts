/**
 * `npm run fidelity [-- --recordings DIR] [--mailcow RELEASE] [--topic T] [--verbose]`: replays recordings of a real
 * mailcow to the one in memory, each file from an empty server, and counts per topic how many exchanges it answers the
 * same. Left aside is what each server makes up: ids, keys, hashes, times. `--verbose` shows what differs.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { run } from "./lib/cli.ts";
import { type Exchange, readRecordings, routeOf } from "./lib/conformance/recordings.ts";
import type { Document } from "./lib/facts.ts";
import { Replay, type Score } from "./lib/fidelity.ts";
import { files } from "./lib/files.ts";
import { readReleases } from "./lib/releases.ts";

await run(async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      recordings: { type: "string", default: files.recordings },
      mailcow: { type: "string" },
      topic: { type: "string" },
      verbose: { type: "boolean", default: false },
    },
  });
  const release = values.mailcow ?? (await readReleases(".")).newest;
  const topicOf = topics(JSON.parse(await readFile(files.contract, "utf8")));
  const scores = new Map<string, Score>();
  const exchanges = await readRecordings(values.recordings);
  let [file, replay] = ["", new Replay(release, [])];
  for (const exchange of exchanges) {
    if (exchange.file !== file) {
      file = exchange.file;
      replay = new Replay(
        release,
        exchanges.filter((other) => other.file === file),
      );
    }
    const difference = await replay.run(exchange);
    const topic = topicOf(exchange);
    const score = scores.get(topic) ?? { same: 0, total: 0, differences: [] };
    scores.set(topic, score);
    score.total += 1;
    if (difference) score.differences.push(difference);
    else score.same += 1;
  }
  for (const [topic, score] of [...scores].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (values.topic !== undefined && topic !== values.topic) continue;
    console.log(line(topic, score));
    if (!values.verbose) continue;
    for (const { recording, route, where, recorded, ours } of score.differences)
      console.log(`  ${recording}\n    ${route} ${where}: recorded ${clip(recorded)}\n      ours ${clip(ours)}`);
  }
  const all = [...scores.values()];
  const sum = (of: "same" | "total") => all.reduce((total, score) => total + score[of], 0);
  console.log(line("all", { same: sum("same"), total: sum("total"), differences: [] }));
});

function line(topic: string, { same, total }: Score): string {
  return `${topic.padEnd(22)}${String(same).padStart(5)} of ${String(total).padStart(5)}  ${((100 * same) / total).toFixed(1)} %`;
}

/** Searches and requests about the wrong key or method are topics of their own. */
function topics(contract: Document): (exchange: Exchange) => string {
  const byRoute = new Map<string, string>();
  for (const [path, operations] of Object.entries(contract.paths))
    for (const [method, { tags }] of Object.entries(operations as Record<string, { tags: string[] }>))
      byRoute.set(`${method.toUpperCase()} ${path}`, tags[0] ?? "");
  return (exchange) => {
    if (exchange.file === "00-auth") return "auth";
    if (exchange.request.template.includes("/search/")) return "search";
    if (exchange.file === "17-lists" && exchange.request.method === "GET") return "lists";
    const start = exchange.request.template.split("/").slice(0, 5).join("/");
    const near = [...byRoute].find(([route]) => route.split(" ")[1]?.startsWith(start));
    return byRoute.get(routeOf(exchange)) ?? near?.[1] ?? "auth";
  };
}

function clip(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 300 ? `${text.slice(0, 297)}...` : text;
}
