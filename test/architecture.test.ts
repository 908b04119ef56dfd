import { readdir, readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

/** From left to right: what stands further left knows nothing of what stands further right. */
const layers = [
  /^contract\.ts$/,
  /^generated\/shapes\.ts$/,
  /^notation\.ts$/,
  /^generated\//,
  /^(sentence|rejection|errors|meaning|refusal|nearest|fields|remembered)\.ts$/,
  /^transport\//,
  /^client\.ts$/,
  /^core\//,
  // What several collections share.
  /^facade\/(?!collections\.ts|mailcow-api-client\.ts)[^/]+$/,
  /^facade\/collections\//,
  /^facade\/collections\.ts$/,
  /^facade\/mailcow-api-client\.ts$/,
  /^index\.ts$/,
];
/** The mailcow in memory stands beside all that: it takes little of it, and nothing takes anything of it. */
const testing = /^testing\//;
const testingMayUse = /^(contract|errors|refusal|core\/prepare)\.ts$|^generated\/|^testing\//;
const layerOf = (file: string): number => layers.findIndex((layer) => layer.test(file));

const files = (await readdir("src", { recursive: true })).filter((name) => name.endsWith(".ts")).sort();
const sources = new Map(
  await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join("src", file), "utf8");
      return [file, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)] as const;
    }),
  ),
);

/** The files of ours that a file imports, or exports from; those of which only types are imported may be left out. */
function importsOf(file: string, asCode = false): string[] {
  const found: string[] = [];
  sources.get(file)?.forEachChild((node) => {
    if (!ts.isImportDeclaration(node) && !ts.isExportDeclaration(node)) return;
    if (asCode && (ts.isImportDeclaration(node) ? node.importClause?.isTypeOnly : node.isTypeOnly)) return;
    const from = node.moduleSpecifier;
    if (from && ts.isStringLiteral(from) && from.text.startsWith("."))
      found.push(normalize(join(dirname(file), from.text)));
  });
  return found;
}

describe("src", () => {
  test("has no file outside its layers", () => {
    expect(files.filter((file) => layerOf(file) < 0 && !testing.test(file))).toEqual([]);
  });

  test.each(files)("%s imports only from its own layer or from further left", (file) => {
    if (testing.test(file)) return expect(importsOf(file).filter((other) => !testingMayUse.test(other))).toEqual([]);
    expect(importsOf(file).filter((other) => testing.test(other) || layerOf(other) > layerOf(file))).toEqual([]);
  });

  test.each(["client.ts", "errors.ts"])("%s does not bring the sentences of refusals into a bundle", (start) => {
    const brought = new Set([start]);
    for (const file of brought) for (const other of importsOf(file, true)) brought.add(other);
    expect(
      [...brought].filter((file) => /^(meaning|notation)\.ts$|^generated\/(meanings|routes|shapes)/.test(file)),
    ).toEqual([]);
  });

  test("nothing of the library imports generated/testing.ts and rows.ts, which hold all routes and examples", () => {
    const isForTesting = (file: string) => /^generated\/(testing|rows)\.ts$/.test(file);
    const users = files.filter((file) => importsOf(file).some(isForTesting));
    expect(users.filter((file) => !testing.test(file))).toEqual([]);
  });

  test("loads openapi-fetch only for a call that needs it", () => {
    const loaded = [...sources].filter(([, source]) =>
      source.statements.some(
        (node) =>
          ts.isImportDeclaration(node) &&
          ts.isStringLiteral(node.moduleSpecifier) &&
          node.moduleSpecifier.text === "openapi-fetch" &&
          !node.importClause?.isTypeOnly,
      ),
    );
    expect(loaded.map(([file]) => file)).toEqual([]);
  });

  test("collections do not import each other", () => {
    const own = files.filter((file) => file.startsWith("facade/collections/"));
    const crossed = own.flatMap((file) =>
      importsOf(file)
        .filter((other) => other.startsWith("facade/collections/"))
        .map((other) => `${file} → ${other}`),
    );
    expect(crossed).toEqual([]);
  });

  test("decides nothing by a regular expression over the paths of routes", () => {
    const found: string[] = [];
    for (const [file, source] of sources) {
      const visit = (node: ts.Node): void => {
        if (ts.isRegularExpressionLiteral(node) && /(get|add|edit|delete|search)\\\/|api\\\/v1\\\//.test(node.text))
          found.push(`${file}: ${node.text}`);
        node.forEachChild(visit);
      };
      visit(source);
    }
    expect(found).toEqual([]);
  });

  test("calls routes by their constants: no path stands in the code", () => {
    const found: string[] = [];
    for (const [file, source] of sources) {
      if (file.startsWith("generated/")) continue;
      const visit = (node: ts.Node): void => {
        const isText = ts.isStringLiteral(node) || ts.isTemplateHead(node) || ts.isNoSubstitutionTemplateLiteral(node);
        if (isText && /^(GET |POST )?\/api\/v1\/\w/.test(node.text)) found.push(`${file}: ${node.text}`);
        node.forEachChild(visit);
      };
      visit(source);
    }
    expect(found).toEqual([]);
  });
});
