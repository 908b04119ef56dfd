import { expect, test } from "vitest";
import { complaints, programs } from "../support/blocks.ts";

test("the blocks of the pages and the examples of the doc comments are type-checked", () => {
  expect(programs.length).toBeGreaterThan(90);
  expect(complaints(programs.filter(({ notChecked }) => !notChecked))).toEqual([]);
});
