import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Contestant, contestantsAt } from "./calls/contestants.ts";
import { bundle } from "./calls/sizes.ts";
import { argument } from "./lib/report.ts";

/**
 * `npm run bench -- calls`: how long calls take, as a part of what bare `fetch` takes. For each kind of call, and in each
 * round, everybody makes the same calls in random order, so that a busy machine is busy for all; what counts is the median over the
 * rounds, with the middle half of them in brackets. The server has a process of its own.
 */
const rounds = Number(argument("--rounds") ?? 15);

/** How many calls are made, and how many at the same time. */
const cells: { readonly what: keyof Contestant; readonly at: number; readonly calls: number }[] = [
  { what: "row", at: 1, calls: 120 },
  { what: "row", at: 16, calls: 400 },
  { what: "row", at: 64, calls: 320 },
  { what: "write", at: 1, calls: 120 },
  { what: "write", at: 16, calls: 400 },
  { what: "write", at: 64, calls: 320 },
  { what: "rows", at: 1, calls: 4 },
  { what: "rows", at: 16, calls: 16 },
];

const server = fork(fileURLToPath(new URL("calls/server.ts", import.meta.url)), [], { execArgv: process.execArgv });
const [port] = (await once(server, "message")) as [number];
const bundled = await bundle();
const library = await import(pathToFileURL(bundled).href);
const contestants = contestantsAt(`http://127.0.0.1:${port}`, library);

/** Microseconds for each call. */
async function timeOf(call: () => Promise<unknown>, calls: number, at: number): Promise<number> {
  let left = calls;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await call();
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: at }, worker));
  return ((performance.now() - startedAt) / calls) * 1000;
}

const shuffled = <Entry>(list: readonly Entry[]): Entry[] =>
  list
    .map((entry) => ({ entry, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ entry }) => entry);
const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const quantile = (numbers: readonly number[], part: number): number =>
  sorted(numbers)[Math.floor((numbers.length - 1) * part)] ?? Number.NaN;

const all = Object.entries(contestants);
const ratios = new Map(all.map(([name]) => [name, cells.map((): number[] => [])]));
const bareTimes: number[][] = cells.map(() => []);
for (const [index, { what, at, calls }] of cells.entries()) {
  // Everybody's code is compiled first, as it is in a program that runs for longer than a second.
  if (what !== "rows") for (const [, contestant] of all) await timeOf(contestant[what], 1_000, at);
  for (let round = -3; round < rounds; round += 1) {
    const times = new Map<string, number>();
    // In another order each time, because garbage of one contestant may be collected while the next one calls.
    for (const [name, contestant] of shuffled(all)) times.set(name, await timeOf(contestant[what], calls, at));
    // The first rounds fill pools and caches.
    if (round < 0) continue;
    const bare = times.get("fetch") ?? Number.NaN;
    bareTimes[index]?.push(bare);
    for (const [name, time] of times) ratios.get(name)?.[index]?.push(time / bare);
  }
}
server.kill();

const results = [...ratios].map(([name, ofCells]) => ({
  name,
  cells: ofCells.map((measured, index) => ({
    ...cells[index],
    ratio: quantile(measured, 0.5),
    from: quantile(measured, 0.25),
    to: quantile(measured, 0.75),
  })),
}));
const [cpu] = cpus();
const run = {
  date: new Date().toISOString(),
  node: process.version,
  cpu: `${cpus().length} × ${cpu?.model}`,
  load: loadavg().map((load) => load.toFixed(1)),
  rounds,
  bareFetchMicroseconds: bareTimes.map((times) => Math.round(quantile(times, 0.5))),
  results,
};
const file = argument("--json");
if (file) writeFileSync(file, `${JSON.stringify(run, undefined, 2)}\n`);
console.log(`${run.date}, Node ${run.node}, ${run.cpu}, load ${run.load.join(" ")}, ${rounds} rounds`);
console.log(`| | ${cells.map(({ what, at }) => `${what} × ${at}`).join(" | ")} |`);
console.log(`|---|${cells.map(() => "---|").join("")}`);
for (const { name, cells: ofName } of results) {
  const texts = ofName.map(({ ratio, from, to }) => `${ratio.toFixed(2)} (${from.toFixed(2)}–${to.toFixed(2)})`);
  console.log(`| ${name} | ${texts.join(" | ")} |`);
}
console.log(`| fetch, µs | ${run.bareFetchMicroseconds.join(" | ")} |`);
process.exit();
