import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { MailcowApiClient, type NewMailbox } from "../src/index.ts";
import { argument, median, timeOf } from "./lib/report.ts";

/**
 * `npm run bench:lists [-- --json FILE] [-- --rounds N]`: how long users wait for long lists and for many new mailboxes, on
 * a stand-in for a mailcow with 2,000 mailboxes in 20 domains. Times are those of the stand-in, four times as fast as a
 * mailcow. In each round everything is done in turn; what counts is the median of the ratios.
 */
const rounds = Number(argument("--rounds") ?? 5);

/** Fewer than a third of the mailboxes of a domain of the stand-in. */
const added = 30;
const newOnes = (domain: string, round: number): NewMailbox[] =>
  Array.from({ length: added }, (_, index) => ({
    ...{ domain, local_part: `new${round}-${index}`, quota: 1, password: "moohoo-moohoo" },
  }));

/** A round: the milliseconds of everything. */
async function roundOf(mcc: MailcowApiClient, round: number) {
  const all = await timeOf(() => mcc.api.GET("/api/v1/get/mailbox/all"));
  const list = await timeOf(() => mcc.mailboxes.list());
  let first = 0;
  const startedAt = performance.now();
  const iterate = await timeOf(async () => {
    for await (const _ of mcc.mailboxes.iterate()) first ||= performance.now() - startedAt;
  });
  // A domain with more mailboxes than are worth a list, and a new one.
  const addedSingly = await timeOf(() => mcc.mailboxes.addMany(newOnes("d00.example", round)));
  const addedTogether = await timeOf(() => mcc.mailboxes.addMany(newOnes(`new${round}.example`, round)));
  return { all, list, iterate, first, addedSingly, addedTogether };
}

const results = [];
for (const workers of [2, 4]) {
  const path = fileURLToPath(new URL("lists/server.ts", import.meta.url));
  const server = fork(path, [String(workers)], { execArgv: process.execArgv });
  const [port] = (await once(server, "message")) as [number];
  const mcc = new MailcowApiClient(`http://127.0.0.1:${port}`, "5EC2E7-KEY000-000000-000000-000000");
  const measured: Awaited<ReturnType<typeof roundOf>>[] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await roundOf(mcc, round));
  server.disconnect();
  const of = (value: (round: (typeof measured)[number]) => number) => median(measured.map(value));
  const result = {
    workers,
    "get/mailbox/all : list": of(({ all, list }) => all / list),
    "iterate, first row : all rows": of(({ first, iterate }) => first / iterate),
    "addMany, read one by one : together": of(({ addedSingly, addedTogether }) => addedSingly / addedTogether),
    "get/mailbox/all, ms": of(({ all }) => all),
    "list, ms": of(({ list }) => list),
    "iterate, ms": of(({ iterate }) => iterate),
    "addMany, together, ms": of(({ addedTogether }) => addedTogether),
  };
  results.push(result);
  for (const [name, value] of Object.entries(result)) console.log(name.padEnd(36), Number(value.toFixed(3)));
}
const file = argument("--json");
if (file) writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
const isEnough = results.every((result) => {
  const isListFast = result.workers < 4 || result["get/mailbox/all : list"] >= 2;
  return isListFast && result["iterate, first row : all rows"] <= 0.05;
});
process.exitCode = isEnough ? 0 : 1;
