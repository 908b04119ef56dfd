/**
 * `npm run test:runtimes [-- --write] [NAME …]`: packs the library and tries it out on the runtimes that it is for. Those
 * come as npm packages into a cache folder; one that can't be had is skipped. `--write` keeps the table in
 * docs/runtimes.md.
 */
import { Failure, run } from "./lib/cli.ts";
import { writeAtomically } from "./lib/files.ts";
import { pack } from "./lib/runtimes/pack.ts";
import { runtimes } from "./lib/runtimes/runtimes.ts";
import { resultOf, tableOf } from "./lib/runtimes/table.ts";
import { type Outcome, tryOut } from "./lib/runtimes/try-out.ts";

/** More at once only wait for each other. */
const atOnce = 3;

await run(async (args, { say }) => {
  const names = args.filter((arg) => arg !== "--write");
  const known = runtimes.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) throw new Failure(`test:runtimes: there is no runtime ${unknown}, only ${known.join(", ")}`);
  const packed = await pack();
  try {
    if (!packed.companions) say("undici and node-fetch are not to be had: they are not tried out");
    const waiting = runtimes.filter(({ name }) => names.length === 0 || names.includes(name));
    const outcomes: Outcome[] = [];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const startedAt = performance.now();
        const outcome = await tryOut(next, packed);
        outcomes.push(outcome);
        say(`${resultOf(outcome)} on ${next.name}, in ${Math.round((performance.now() - startedAt) / 1000)} s`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    outcomes.sort((one, other) => known.indexOf(one.name) - known.indexOf(other.name));
    const table = tableOf(outcomes);
    say(`\n${table}`);
    if (args.includes("--write")) await writeAtomically("docs/runtimes.md", page(table));
    const failed = outcomes.filter(({ findings }) => findings.some(({ error }) => error));
    if (failed.length > 0) throw new Failure(`test:runtimes: failed on ${failed.map(({ name }) => name).join(", ")}`);
  } finally {
    await packed.close();
  }
});

function page(table: string): string {
  return `# Runtimes

The packed library, tried out on each runtime: the documented methods, refusals, faults of the network and of the server, what is
sent once, cancelling, a client that is kept across requests, certificates and proxies. The checks are in
\`test/runtimes\`; \`npm run test:runtimes -- --write\` runs them and makes this page.

${table}
`;
}
