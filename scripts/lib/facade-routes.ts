import { readdir, readFile } from "node:fs/promises";
import ts from "typescript";

const folder = "src/facade";
const client = "MailcowApiClient";
const collections = "Collections";

/** Which methods of the facade stand on which routes, as their doc comments say (`@see POST /api/v1/add/alias`). */
export async function facadeRoutes(): Promise<Map<string, string[]>> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts")).sort();
  const sources = await Promise.all(
    files.map(async (name) =>
      ts.createSourceFile(name, await readFile(`${folder}/${name}`, "utf8"), ts.ScriptTarget.Latest, true),
    ),
  );
  const owners = sources.flatMap((source) => source.statements.filter((node) => ts.isClassDeclaration(node)));
  const properties = propertiesOf(owners.find(({ name }) => name?.text === collections));
  const routes = new Map<string, string[]>();
  for (const owner of owners) {
    const name = owner.name?.text ?? "";
    const prefix = name === client ? "" : properties.get(name);
    if (prefix === undefined) continue;
    const note = (route: string, method: string) =>
      routes.set(route, [...new Set([...(routes.get(route) ?? []), `${prefix}${method}`])]);
    for (const member of owner.members) {
      const method = member.name?.getText() ?? "";
      for (const route of routesSeen(member)) {
        note(route, method);
        // To add many is to add each.
        if (method === "add" && owner.heritageClauses?.some((clause) => clause.getText().includes("Addable<")))
          note(route, "addMany");
      }
    }
  }
  return routes;
}

/** The collections of the client, by the name of their type: `Aliases` is found at `aliases.`. */
function propertiesOf(owner: ts.ClassDeclaration | undefined): Map<string, string> {
  const found = new Map<string, string>();
  for (const member of owner?.members ?? []) {
    if (ts.isPropertyDeclaration(member) && member.type) found.set(member.type.getText(), `${member.name.getText()}.`);
  }
  return found;
}

function routesSeen(member: ts.Node): string[] {
  const texts = ts
    .getJSDocTags(member)
    .filter(({ tagName }) => tagName.text === "see")
    .map((tag) => tag.getText());
  return texts.flatMap((text) => text.match(/(GET|POST) \/api\/v1\/[\w/{}-]+/g) ?? []);
}
