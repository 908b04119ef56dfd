import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { pathOf } from "./calls/rivals.ts";
import { argument, built, median, report } from "./lib/report.ts";

/**
 * `npm run bench -- imports`: how long a process takes to import the library, in milliseconds above an empty module. In each
 * round, all are imported in turn. Time of the processor wavers less than time of the clock where a machine is busy.
 */
const url = (file: string): string => pathToFileURL(resolve(file)).href;
const modules = {
  "an empty module": "data:text/javascript,",
  "all of the library": url(built()),
  "openapi-fetch": url("node_modules/openapi-fetch/dist/index.mjs"),
  axios: url(pathOf("axios")),
  "mailcow-api": url(pathOf("mailcow-api")),
};
type Name = keyof typeof modules;

function timesOf(module: string): { clock: number; processor: number } {
  const program = `
    const [cpu, from] = [process.cpuUsage(), performance.now()];
    await import(${JSON.stringify(module)});
    const [clock, { user, system }] = [performance.now() - from, process.cpuUsage(cpu)];
    console.log(JSON.stringify({ clock, processor: (user + system) / 1000 }));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" }));
}

const names = Object.keys(modules) as Name[];
const times = new Map(names.map((name) => [name, [] as { clock: number; processor: number }[]]));
for (let round = 0; round < Number(argument("--rounds") ?? 15); round += 1)
  for (const name of names) times.get(name)?.push(timesOf(modules[name]));

const of = (name: Name, kind: "clock" | "processor"): number =>
  median((times.get(name) ?? []).map((time) => time[kind]));
const above = (name: Name, kind: "clock" | "processor"): string =>
  (of(name, kind) - (name === "an empty module" ? 0 : of("an empty module", kind))).toFixed(1);
report(
  "Import, ms above an empty module",
  Object.fromEntries(names.map((name) => [name, { clock: above(name, "clock"), processor: above(name, "processor") }])),
);
