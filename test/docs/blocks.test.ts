import { expect, test } from "vitest";
import { complaints, programs } from "../support/blocks.ts";
import { outputOf } from "../support/run-block.ts";

test("the blocks of the pages and the examples of the doc comments are type-checked", () => {
  expect(programs.length).toBeGreaterThan(90);
  expect(complaints(programs.filter(({ notChecked }) => !notChecked))).toEqual([]);
});

const running = programs.filter(({ notRun }) => !notRun);

test.each(running)("$place runs on a mailcow in memory", async (block) => {
  const output = await outputOf(block);
  if (block.output !== undefined) expect(output).toBe(block.output);
});

test("the blocks that are not run, and why", () => {
  const marked = programs.filter(({ notRun }) => notRun);
  expect(marked.map(({ place, notRun }) => `${place.replace(/:\d+$/, "")}: ${notRun}`)).toEqual([
    "CONTRIBUTING.md: an excerpt of a file",
    "docs/monitoring.md: needs @opentelemetry/api",
    "docs/networks.md: needs undici; npm run test:runtimes tries it",
    "docs/networks.md: needs Bun; npm run test:runtimes tries it",
    "docs/networks.md: needs Deno; npm run test:runtimes tries it",
  ]);
});
