import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const folders = ["src/facade", "src/facade/collections"];
const files = [
  ...folders.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`)),
  "src/core/collection.ts",
  "src/client.ts",
].filter((name) => name.endsWith(".ts"));

/** What a user can call, as an editor shows it: each overload, but not the body below several. */
function publicSignatures(file: string): [name: string, node: ts.MethodDeclaration][] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const classes = source.statements.filter((node) => ts.isClassDeclaration(node));
  return classes.flatMap((owner) => {
    const methods = owner.members
      .filter((member) => ts.isMethodDeclaration(member))
      .filter((member) => !ts.isPrivateIdentifier(member.name))
      .filter((member) => !member.modifiers?.some(({ kind }) => hidden.has(kind)));
    const isOverloaded = ({ name, body }: ts.MethodDeclaration) =>
      body && methods.some((other) => !other.body && other.name.getText() === name.getText());
    return methods
      .filter((method) => !isOverloaded(method))
      .map((method): [string, ts.MethodDeclaration] => [`${owner.name?.text}.${method.name.getText()}`, method]);
  });
}
// What is abstract is documented where it is made.
const hidden = new Set([ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.AbstractKeyword]);

const signatures = files.flatMap(publicSignatures);

describe("the doc comments of what users call", () => {
  test.each(signatures)("%s has its own doc comment, on each overload", (_, method) => {
    const [doc, ...others] = ts.getJSDocCommentsAndTags(method).filter(ts.isJSDoc);
    expect(ts.getTextOfJSDocComment(doc?.comment) ?? "").toMatch(/^[A-Z*].*\S/);
    expect(others).toEqual([]);
  });

  test("are many", () => {
    expect(signatures.length).toBeGreaterThan(250);
  });

  test.each(files)("%s uses a @throws form that editors render", (file) => {
    // An editor takes `{@link X}` behind `@throws` for a type, and shows its pieces.
    expect(readFileSync(file, "utf8")).not.toMatch(/@throws \{@link/);
  });
});
