import { readdir, readFile } from "node:fs/promises";
import ts from "typescript";
import { expect, test } from "vitest";

/** The lines of a file that hold code: neither blank nor only a comment. */
async function linesOfCode(file: string): Promise<number> {
  const source = ts.createSourceFile(file, await readFile(file, "utf8"), ts.ScriptTarget.Latest, true);
  const lines = new Set<number>();
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    if (node.getChildCount(source) > 0) {
      for (const child of node.getChildren(source)) visit(child);
      return;
    }
    const [from, to] = [node.getStart(source), node.getEnd()].map(
      (at) => source.getLineAndCharacterOfPosition(at).line,
    );
    if (from === undefined || to === undefined || node.getWidth(source) === 0) return;
    for (let line = from; line <= to; line++) lines.add(line);
  };
  visit(source);
  return lines.size;
}

test("the facade stays thin", async () => {
  const folder = "src/facade";
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const sizes = await Promise.all(names.map(async (name) => [name, await linesOfCode(`${folder}/${name}`)] as const));
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  expect(sizes.filter(([, size]) => size > 250)).toEqual([]);
  expect(total).toBeGreaterThan(1000);
  expect(total).toBeLessThan(1500);
});
