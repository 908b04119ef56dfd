import { execFileSync } from "node:child_process";
import { built, report } from "./lib/report.ts";

/** `npm run bench -- sizes`: what bundles of the library weigh, minified and packed with gzip; the limits are in .size-limit.json. */
interface Measured {
  readonly name: string;
  readonly size: number;
  readonly sizeLimit: number;
}

built();
const output = execFileSync("node_modules/.bin/size-limit", ["--json"], { encoding: "utf8" });
const measured = JSON.parse(output) as Measured[];
report(
  "Bundles, bytes",
  Object.fromEntries(measured.map(({ name, size, sizeLimit }) => [name, { size, limit: sizeLimit }])),
);
