import { execFileSync } from "node:child_process";
import { argument, median, report } from "./lib/report.ts";

/** `npm run bench -- generate`: how long it takes to make everything from facts and corrections. */
const times = Array.from({ length: Number(argument("--rounds") ?? 3) }, () => {
  const from = performance.now();
  execFileSync("node_modules/.bin/tsx", ["scripts/generate.ts", "--check"]);
  return performance.now() - from;
});
report("Generating", { "npm run generate -- --check": { seconds: (median(times) / 1000).toFixed(1) } });
