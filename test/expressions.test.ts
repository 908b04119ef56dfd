import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "recheck";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { files } from "../scripts/lib/files.ts";

/** The expressions of the sources, with their flags. */
function* literalsIn(node: ts.Node): Generator<string> {
  if (ts.isRegularExpressionLiteral(node)) yield node.text;
  const inside: ts.Node[] = [];
  node.forEachChild((child) => void inside.push(child));
  for (const child of inside) yield* literalsIn(child);
}

/** The patterns of the contract, which are read as `new RegExp(pattern, "u")`. */
function* patternsIn(schema: unknown): Generator<string> {
  if (typeof schema !== "object" || schema === null) return;
  const { pattern } = schema as { pattern?: unknown };
  if (typeof pattern === "string") yield `/${pattern}/u`;
  for (const member of Object.values(schema)) yield* patternsIn(member);
}

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.startsWith("generated"))
  .map((name) => [name, readFileSync(join("src", name), "utf8")] as const);
const literals = sources.flatMap(([name, text]) => [
  ...literalsIn(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)),
]);
const patterns = [...patternsIn(JSON.parse(readFileSync(files.contract, "utf8")))];

/** What the checker says of an expression: `safe` where its time grows no faster than the text that it reads. */
async function verdictOn(expression: string): Promise<string> {
  const [, source = "", flags = ""] = /^\/(.*)\/(\w*)$/s.exec(expression) ?? [];
  const found = await check(source, flags);
  return found.status === "vulnerable" ? `${found.complexity.summary}: ${found.attack.pattern}` : found.status;
}

describe("an expression takes time in proportion to its text", () => {
  test.each([...new Set([...literals, ...patterns])])("%s", async (expression) => {
    expect(await verdictOn(expression)).toBe("safe");
  });

  test("the checker finds an expression that takes longer", async () => {
    expect(await verdictOn("/^([^ ]+=[^ ]+( [^ ]+=[^ ]+)*)?$/u")).toMatch(/exponential/);
    expect(await verdictOn("/>+$/")).toMatch(/2nd degree polynomial/);
  });

  test("the checker finds all expressions", () => {
    expect(literals.length).toBeGreaterThan(50);
    expect(patterns.length).toBeGreaterThan(100);
    // An expression that is put together where it is used would not be seen here; the contract's patterns are. The
    // mailcow in memory only looks whether the destination of a transport is an expression.
    const built = sources.filter(([, text]) => /\bRegExp\(/.test(text)).map(([name]) => name);
    expect(built).toEqual(["core/prepare.ts", "testing/topics/transports.ts"]);
  });
});
