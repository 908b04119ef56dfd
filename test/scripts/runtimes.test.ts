import { expect, test } from "vitest";
import { resultOf, tableOf } from "../../scripts/lib/runtimes/table.ts";

const good = { name: "Node 20", findings: [{ check: "a read" }, { check: "a write" }] };
const bad = { name: "Bun", findings: [{ check: "a read" }, { check: "a write", error: "it was sent twice" }] };
const absent = { name: "Chromium", findings: [] };

test("the table counts checks, names those that failed, and counts no runtime that was not there as one that passed", () => {
  expect([good, bad, absent].map(resultOf)).toEqual(["2 of 2", "1 of 2", "skipped: it was not to be had"]);
  expect(tableOf([good, bad, absent]).split("\n").slice(2)).toEqual([
    "| Node 20 | 2 of 2 |  |",
    "| Bun | 1 of 2 | a write |",
    "| Chromium | skipped: it was not to be had |  |",
    "- Bun, a write: it was sent twice",
  ]);
});
