import { alternatives, isNothing, type Json, nameOf, resolve, type Topics } from "./topics.ts";

/** A named row of an answer, with an example, and the fields that the example does not have. */
interface Row {
  readonly type: string;
  readonly topic: string;
  readonly example: object;
  readonly others: readonly string[];
}

/** Code with an example of each row that mailcow returns, by the name of its type. */
export function rowsFile(topics: Topics): string {
  const rows = [...rowsOf(topics)].sort(([a], [b]) => (a < b ? -1 : 1));
  const variable = (topic: string) => topic.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const names = [...new Set(rows.map(([, { topic }]) => topic))].sort();
  return `${names.map((topic) => `import type * as ${variable(topic)} from "./types/${topic}.ts";\n`).join("")}
/** The types of the rows that mailcow returns. */
export interface Rows {
${rows.map(([name, { type, topic }]) => `  readonly ${name}: ${variable(topic)}.${type};\n`).join("")}}

/** An example of each row. */
export const rows: Rows = {
${rows.map(([name, { example }]) => `  ${name}: ${JSON.stringify(example)},\n`).join("")}};

/** The fields that rows may have beside those of their example. */
export const otherFields: { readonly [Name in keyof Rows]?: readonly string[] } = {
${rows
  .filter(([, { others }]) => others.length > 0)
  .map(([name, { others }]) => `  ${name}: ${JSON.stringify(others)},\n`)
  .join("")}};
`;
}

/** The rows of all answers. The answer about a single row comes after that about all, and often tells more. */
function rowsOf(topics: Topics): Map<string, Row> {
  const found = new Map<string, Row>();
  for (const { method, answer, operation } of [...topics.operations.values()].flat()) {
    const type = answer && rowType(answer, topics);
    const topic = type && topics.topicOf.get(type);
    const example = exampleOf(operation);
    if (method !== "GET" || !topic || !example) continue;
    const fields = alternatives(topics.schemas[type] ?? {}, topics.schemas).flatMap(({ properties }) =>
      Object.keys((properties ?? {}) as Json),
    );
    const others = [...new Set(fields)].filter((name) => !Object.hasOwn(example, name));
    const name = type.charAt(0).toLowerCase() + type.slice(1);
    const known = found.get(name);
    if (!known || others.length <= known.others.length) found.set(name, { type, topic, example, others });
  }
  return found;
}

/** The name of the first shape of an answer, or of its rows, that has one. */
function rowType(schema: Json, topics: Topics): string | undefined {
  if (schema["$ref"]) {
    const target = resolve(schema, topics.schemas);
    return isNothing(target) ? undefined : nameOf(schema["$ref"]);
  }
  const inner = [schema["oneOf"] ?? schema["anyOf"] ?? schema["items"] ?? []].flat() as Json[];
  return inner.map((each) => rowType(each, topics)).find((name) => name !== undefined);
}

/** The first example of an answer, or its first row. */
function exampleOf(operation: Json): object | undefined {
  const { content } = ((operation["responses"] as Json)["200"] ?? {}) as { content?: Record<string, Json> };
  const [first] = Object.values(
    (content?.["application/json"]?.["examples"] ?? {}) as Record<string, { value: unknown }>,
  );
  const rows = [first?.value].flat().filter((row) => typeof row === "object" && row !== null && !Array.isArray(row));
  return rows[0] as object | undefined;
}
