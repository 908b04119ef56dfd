import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const lines = (await readFile("docs/guards.md", "utf8")).split("\n").filter((line) => line.startsWith("|"));
const guards = lines
  .filter((line) => !/^\|( trap |---)/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, trap = "", , tests = ""]) => [trap, tests] as const);

/** The texts of a test file, names of tests among them. */
async function textsOf(file: string): Promise<string[]> {
  const source = await readFile(file, "utf8");
  return [...source.matchAll(/"((?:[^"\\\n]|\\.)+)"/g)].map(([, text = ""]) => text);
}

test.each(guards)("%s: the tests of this guard are there", async (_, tests) => {
  for (const entry of tests.split("; ")) {
    const [, name, title = ""] = /^([\w/-]+): (.+)$/.exec(entry) ?? [];
    const texts = await textsOf(`test/${name}.test.ts`);
    expect(
      texts.some((text) => text.startsWith(title)),
      entry,
    ).toBe(true);
  }
});

test("there are guards", () => {
  expect(guards.length).toBeGreaterThan(50);
});
