import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { PerformanceObserver } from "node:perf_hooks";
import { fileURLToPath, pathToFileURL } from "node:url";
import { contestantsAt } from "./calls/contestants.ts";
import { argument, built, median, report } from "./lib/report.ts";

/**
 * `npm run bench -- allocation`: how many bytes of the heap a call needs. The young generation is made so large that nothing
 * is collected during a round; a round in which something was collected all the same does not count.
 */
const kinds = ["row", "write", "rows"] as const;
const calls = { row: 300, write: 300, rows: 2 };

const collect = globalThis.gc;
if (!collect) {
  const flags = ["--expose-gc", "--max-semi-space-size=512", "--min-semi-space-size=512"];
  const own = [...process.execArgv, ...flags, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  execFileSync(process.execPath, own, { stdio: "inherit" });
  process.exit();
}

const server = fork(fileURLToPath(new URL("calls/server.ts", import.meta.url)), [], {
  execArgv: process.execArgv.filter((flag) => !/gc|semi/.test(flag)),
});
const [port] = (await once(server, "message")) as [number];
const library = await import(pathToFileURL(resolve(built())).href);
const contestants = contestantsAt(`http://127.0.0.1:${port}`, library);

let collections = 0;
new PerformanceObserver((list) => {
  collections += list.getEntries().length;
}).observe({ entryTypes: ["gc"] });
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

const used: Record<string, Record<string, number[]>> = {};
for (let round = -1; round < Number(argument("--rounds") ?? 7); round += 1)
  for (const [name, contestant] of Object.entries(contestants))
    for (const kind of kinds) {
      collect();
      await settled();
      const [before, collected] = [process.memoryUsage().heapUsed, collections];
      for (let call = 0; call < calls[kind]; call += 1) await contestant[kind]();
      const bytes = (process.memoryUsage().heapUsed - before) / calls[kind];
      await settled();
      if (round < 0 || collections > collected) continue;
      used[name] ??= {};
      used[name][kind] ??= [];
      used[name][kind].push(bytes);
    }
server.kill();

const shown = (numbers: readonly number[] = []): string => (median(numbers) / 1024).toFixed(1);
report(
  "Heap per call, KiB",
  Object.fromEntries(
    Object.entries(used).map(([name, ofKind]) => [
      name,
      Object.fromEntries(kinds.map((kind) => [kind, shown(ofKind[kind])])),
    ]),
  ),
);
process.exit();
