import { expect, test } from "vitest";
import { together } from "../../src/core/together.ts";

const settled = () => new Promise(setImmediate);

test("returns the results in the order of the items, whichever ends first", async () => {
  const work = async (item: number) => {
    for (let wait = 0; wait < 20 - item; wait++) await settled();
    return item * 2;
  };
  expect(await together([1, 20, 3, 10], work)).toEqual([2, 40, 6, 20]);
  expect(await together([], work)).toEqual([]);
});

test("starts nothing more after the first failure, and throws it when the rest has ended", async () => {
  const [started, ended]: [number[], number[]] = [[], []];
  const items = Array.from({ length: 200 }, (_, index) => index);
  const work = async (item: number) => {
    started.push(item);
    for (let wait = 0; wait < item; wait++) await settled();
    ended.push(item);
    if (item === 2) throw new Error("second");
  };
  await expect(together(items, work)).rejects.toThrow("second");
  expect(started.length).toBeLessThan(20);
  expect(ended.sort()).toEqual(started.sort());
  const before = started.length;
  await settled();
  expect(started).toHaveLength(before);
});
