import { existsSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";

/** The value of an option, such as that of `--json FILE`. */
export const argument = (name: string): string | undefined => process.argv[process.argv.indexOf(name) + 1 || Infinity];

export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

/** The milliseconds that some work takes: the mean, if it is done several times in turn. */
export async function timeOf(work: () => unknown, times = 1): Promise<number> {
  const startedAt = performance.now();
  for (let at = 0; at < times; at += 1) await work();
  return (performance.now() - startedAt) / times;
}

type Row = Readonly<Record<string, number | string>>;

/** Prints a table, and writes it with what it was measured on to the file that `--json` names. */
export function report(title: string, rows: Readonly<Record<string, Row>>): void {
  const columns = [...new Set(Object.values(rows).flatMap((row) => Object.keys(row)))];
  const load = loadavg().map((load) => load.toFixed(1));
  const run = {
    date: new Date().toISOString(),
    node: process.version,
    cpu: `${cpus().length} × ${cpus()[0]?.model}`,
    load,
  };
  console.log(`${title} (${run.date}, Node ${run.node}, ${run.cpu}, load ${load.join(" ")})\n`);
  console.log(`| | ${columns.join(" | ")} |\n|---|${columns.map(() => "---|").join("")}`);
  for (const [name, row] of Object.entries(rows))
    console.log(`| ${name} | ${columns.map((column) => row[column] ?? "").join(" | ")} |`);
  console.log();
  const file = argument("--json");
  if (file) writeFileSync(file, `${JSON.stringify({ title, ...run, rows }, undefined, 2)}\n`);
}

/** The library as it is published. */
export function built(): string {
  if (!existsSync("dist/index.js")) throw new Error("there is no dist/index.js; run: npm run build");
  return "dist/index.js";
}
