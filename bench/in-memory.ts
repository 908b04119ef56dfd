import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { argument, built, median, report, timeOf } from "./lib/report.ts";

/**
 * `npm run bench -- in-memory`: how long calls of a mailcow in memory take when it is small and when it has 10,000 mailboxes, in
 * milliseconds per call. In each round, everything is done on both in turn.
 */
const load = (file: string): Promise<unknown> => import(pathToFileURL(resolve(file)).href);
const { MailcowApiClient } = (await load(built())) as typeof import("../src/index.ts");
const { createMailcow } = (await load("dist/testing/index.js")) as typeof import("../src/testing/index.ts");

const [few, many, block] = [100, 10_000, 1_000];
const addressOf = (at: number): string => `user${String(at).padStart(5, "0")}@example.com`;
const seeds = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => addressOf(from + at));

function open() {
  const limits = { mailboxes: 2 * many, quota: 2 * many, defquota: 1, maxquota: 1 };
  const mailcow = createMailcow({ domains: [{ domain: "example.com", ...limits }] });
  const mcc = new MailcowApiClient("https://mail.example.com", mailcow.apiKey, { fetch: mailcow.fetch });
  const add = (from: number, to: number) =>
    mailcow.add({
      mailboxes: seeds(from, to).map((address) => ({
        ...{ domain: "example.com", local_part: address.split("@")[0] ?? "" },
        ...{ quota: 1, password: "moohoo-Moohoo1" },
      })),
    });
  return { mailcow, mcc, add };
}
type Opened = ReturnType<typeof open>;

/** The first page of a list, which is a single call. */
async function pageOf(mcc: Opened["mcc"], options: Parameters<Opened["mcc"]["mailboxes"]["iterate"]>[0]) {
  for await (const _ of mcc.mailboxes.iterate(options)) return;
}

let next = 2 * many;
const works: Readonly<Record<string, (mailcow: Opened) => Promise<number>>> = {
  get: ({ mcc }) => timeOf(() => mcc.mailboxes.get(addressOf(few - 1)), 100),
  "page of 100": ({ mcc }) => timeOf(() => pageOf(mcc, {}), 10),
  "page of 100, after an add": ({ mcc, add }) => {
    add(--next, next + 1);
    return timeOf(() => pageOf(mcc, {}));
  },
  "page of 100, searched": ({ mcc }) => timeOf(() => pageOf(mcc, { search: "user000" }), 10),
  "page of 100, by quota": ({ mcc }) => timeOf(() => pageOf(mcc, { orderBy: "quota", descending: true }), 10),
};

const times = new Map<string, Record<"few" | "many", number[]>>();
const note = (name: string, size: "few" | "many", ms: number): void => {
  const known = times.get(name) ?? { few: [], many: [] };
  known[size].push(ms);
  times.set(name, known);
};
for (let round = 0; round < Number(argument("--rounds") ?? 5); round += 1) {
  const [small, large] = [open(), open()];
  small.add(0, few);
  note("add", "few", (await timeOf(() => large.add(0, block))) / block);
  large.add(block, many - block);
  note("add", "many", (await timeOf(() => large.add(many - block, many))) / block);
  for (const [name, work] of Object.entries(works)) {
    note(name, "few", await work(small));
    note(name, "many", await work(large));
  }
}
report(
  `A mailcow in memory, ms per call; add: of the first and of the last ${block} mailboxes`,
  Object.fromEntries(
    [...times].map(([name, measured]) => {
      const [small, large] = [median(measured.few), median(measured.many)];
      const row = { [`${few} mailboxes`]: small.toFixed(2), [`${many} mailboxes`]: large.toFixed(2) };
      return [name, { ...row, ratio: (large / small).toFixed(2) }];
    }),
  ),
);
