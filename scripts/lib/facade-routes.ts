import { readdir, readFile } from "node:fs/promises";

const folder = "src/facade";
const client = "MailcowApiClient";
const collections = "Collections";

/** Where a class begins and ends, and its members with a doc comment, indented as the formatter does. */
const declarations =
  /^export class (?<owner>\w+)(?: extends (?<base>\w+))?|^\}|^ {2}\/\*\*(?<doc>.*?)\*\/\s+(?:(?:static|override|readonly|async)\s+|\*)*(?<member>\w+)/gms;
/** `@see` with what follows it, up to the next tag. */
const seen = /@see\b[^@]*/g;
const named = /(GET|POST) \/api\/v1\/[\w/{}-]+/g;

/** Which methods of the facade stand on which routes, as their doc comments say (`@see POST /api/v1/add/alias`). */
export async function facadeRoutes(): Promise<Map<string, string[]>> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts")).sort();
  // Read as text, because loading TypeScript takes longer than all else that a test of one collection does.
  const sources = await Promise.all(files.map((name) => readFile(`${folder}/${name}`, "utf8")));
  const properties = propertiesOf(sources.find((source) => source.includes(`export class ${collections} `)));
  const routes = new Map<string, string[]>();
  for (const source of sources) {
    let prefix: string | undefined;
    let addsMany = false;
    for (const { groups = {} } of source.matchAll(declarations)) {
      const { owner = "", base, doc, member = "" } = groups;
      if (doc === undefined) {
        prefix = owner === client ? "" : properties.get(owner);
        addsMany = base?.startsWith("Addable") ?? false;
      } else if (prefix !== undefined) {
        // To add many is to add each.
        const methods = [member, ...(addsMany && member === "add" ? ["addMany"] : [])].map((name) => prefix + name);
        for (const route of routesIn(doc)) routes.set(route, [...new Set([...(routes.get(route) ?? []), ...methods])]);
      }
    }
  }
  return routes;
}

/** The collections of the client, by the name of their type: `Aliases` is found at `aliases.`. */
function propertiesOf(source = ""): Map<string, string> {
  const members = source.matchAll(/^ {2}readonly (?<name>\w+): (?<type>\w+)/gm);
  return new Map([...members].map(({ groups = {} }) => [groups["type"] ?? "", `${groups["name"]}.`]));
}

const routesIn = (doc: string): string[] =>
  (doc.match(seen) ?? []).flatMap((text) => text.replace(/\n\s*\*/g, "").match(named) ?? []);
