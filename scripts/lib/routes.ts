import type { Field, Meanings, Route, Traits } from "../../src/contract.ts";
import { inCode, meaningsIn, refusalsOf } from "./codes.ts";
import type { Document } from "./facts.ts";
import { alternatives, type Described, isEntry, isNothing, type Json, nameOf, type Topics } from "./topics.ts";
import { typeOf } from "./types.ts";
import { changesOf } from "./versions.ts";

/** Of a schema, what is needed to check input; how a key of the contract is called in the table. */
const kept: Readonly<Record<string, keyof Field>> = {
  type: "type",
  enum: "enum",
  const: "const",
  pattern: "pattern",
  minimum: "minimum",
  maximum: "maximum",
  minLength: "minLength",
  maxLength: "maxLength",
  minItems: "minItems",
  maxItems: "maxItems",
  uniqueItems: "uniqueItems",
  minProperties: "minProperties",
  required: "required",
  "x-mailcow-means": "means",
  "x-mailcow-name": "name",
  "x-mailcow-list": "list",
  "x-mailcow-unit": "unit",
  "x-mailcow-send": "send",
  "x-mailcow-repeats": "repeats",
  "x-mailcow-since": "since",
  "x-mailcow-until": "until",
  "x-mailcow-shown": "shown",
  "x-mailcow-unchecked": "unchecked",
};

/** Code that makes a table of the routes of each topic, by file below src/generated. */
export function routesOf(topics: Topics, contract: Document): Map<string, string> {
  const files = new Map<string, string>();
  const shared = new Map<string, string>();
  for (const [topic, operations] of topics.operations) {
    const own = new Map<string, string>();
    const used = new Set<string>();
    const code = new Coder(topics, topic, own, shared, used);
    const meanings = operations.map((each) => ({ ...meaningsIn(each, contract), says: refusalsOf(each, topics) }));
    const ofTopic = meanings[0]?.topic ?? {};
    const hasOwn = Object.keys(ofTopic).length > 0;
    const routes = operations.map((operation, index) => {
      const { own = {}, says = [] } = meanings[index] ?? {};
      return code.route(operation, codesOfRoute(own, hasOwn && says.length > 0));
    });
    const lines = [...own].map(([name, field]) => `const ${name}: Field = ${field};\n`);
    if (hasOwn) lines.unshift(`const codes: Meanings = ${inCode(ofTopic)};\n`);
    const imports = [
      'import type { ActionResult, Field, Meanings, Route } from "../../contract.ts";',
      ...(/\bcommon\./.test(routes.join("")) ? ['import type * as common from "../types/common.ts";'] : []),
      ...(/\btypes\./.test(routes.join("")) ? [`import type * as types from "../types/${topic}.ts";`] : []),
      ...importsOf([...used], [...lines, ...routes].join("")),
    ].map((line) => withoutUnused(line, [...lines, ...routes].join("")));
    files.set(`routes/${topic}.ts`, [`${imports.join("\n")}\n`, ...lines, ...routes].join("\n"));
  }
  const common = [...shared].map(([name, field]) => `export const ${name}: Field = ${field};\n`);
  files.set("routes/common.ts", [`import type { Field } from "../../contract.ts";\n`, ...common].join("\n"));
  files.set("traits.ts", traitsFile(topics));
  return files;
}

/** Of the shared shapes, those that are named in some code; others are only parts of them. */
function importsOf(names: readonly string[], code: string): string[] {
  const text = code.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const used = names.filter((name) => new RegExp(`(?<!common\\.)\\b${name}\\b`).test(text)).sort();
  return used.length > 0 ? [`import { ${used.join(", ")} } from "./common.ts";`] : [];
}

/** An import of types without those that are not used. */
function withoutUnused(line: string, text: string): string {
  const named = /^import type \{ (.+) \} from/.exec(line)?.[1];
  if (!named || !line.includes("contract.ts")) return line;
  const used = named.split(", ").filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  return line.replace(named, used.join(", "));
}

/** Code for what refusals mean on a route; nothing where they mean what they mean everywhere. */
function codesOfRoute(own: Meanings, isOfTopic: boolean): string {
  if (Object.keys(own).length === 0) return isOfTopic ? "codes" : "";
  return isOfTopic ? inCode(own).replace("{", "{\n  ...codes,") : inCode(own);
}

class Coder {
  readonly #topics: Topics;
  readonly #topic: string;
  readonly #own: Map<string, string>;
  readonly #shared: Map<string, string>;
  readonly #used: Set<string>;

  constructor(topics: Topics, topic: string, own: Map<string, string>, shared: Map<string, string>, used: Set<string>) {
    this.#topics = topics;
    this.#topic = topic;
    this.#own = own;
    this.#shared = shared;
    this.#used = used;
  }

  route({ route, id, method, path, operation, params, body, answer }: Described, codes: string): string {
    const facts = {
      method: JSON.stringify(method),
      path: JSON.stringify(path),
      ...this.#answer(answer),
      ...(params.length > 0 && {
        params: `{ ${params.map(({ name, schema }) => `${name}: ${this.field(schema)}`).join(", ")} }`,
      }),
      ...(body && { body: this.field(body) }),
      ...(operation["x-mailcow-since"] !== undefined && { since: JSON.stringify(operation["x-mailcow-since"]) }),
      ...(changedIn(operation) && { changed: changedIn(operation) }),
      ...(operation["x-mailcow-batch"] !== undefined && { batch: JSON.stringify(operation["x-mailcow-batch"]) }),
      ...(operation["x-mailcow-last"] !== undefined && { last: JSON.stringify(operation["x-mailcow-last"]) }),
      ...(codes && { codes }),
    };
    const lines = Object.entries(facts).map(([key, value]) => `  ${key}: ${value},\n`);
    const types = typesOfRoute({ params, body, answer }, this.#topics, this.#topic);
    return `/** ${route} */\nexport const ${id}: Route<${types.input}, ${types.answer}> = {\n${lines.join("")}};\n`;
  }

  /** The shape of an answer, in the words of the table. */
  #answer(schema: Json | undefined): Record<string, string> {
    const { answers, items } = shapeOf(schema, this.#topics);
    const types = [...new Set(items.flatMap((item) => item["type"] as string | string[]))].filter(Boolean);
    const fields = [...new Set(items.flatMap((item) => (item["required"] ?? []) as string[]))];
    // Of an open map, nothing is known.
    const isOpen = items.some((item) => item["type"] === "object" && !((item["required"] as string[])?.length > 0));
    const reads = readsOf(rowsIn(schema, answers, this.#topics), this.#topics);
    const [only, ...more] = items.flatMap((item) => item["const"] ?? item["enum"] ?? [undefined]);
    return {
      answers: JSON.stringify(answers),
      ...(answers === "value" && only !== undefined && more.length === 0 && { const: JSON.stringify(only) }),
      ...(answers !== "entries" && types.length > 0 && types.join() !== "object" && { types: JSON.stringify(types) }),
      ...(answers !== "entries" && fields.length > 0 && !isOpen && { fields: JSON.stringify(fields) }),
      ...(Object.keys(reads).length > 0 && { reads: JSON.stringify(reads) }),
    };
  }

  /** Code for a schema: a name, or the table itself. */
  field(schema: Json): string {
    const { $ref: ref, ...beside } = schema;
    if (ref !== undefined) {
      const name = this.#named(nameOf(ref));
      const own = this.#members(beside);
      return own.length > 0 ? `{ ...${name}, ${own.join(", ")} }` : name;
    }
    return `{ ${this.#members(schema).join(", ")} }`;
  }

  #named(name: string): string {
    const isShared = this.#topics.topicOf.get(name) === "common";
    const known = isShared ? this.#shared : this.#own;
    if (!known.has(name)) {
      const field = this.field(this.#topics.schemas[name] ?? {});
      known.set(name, field);
    }
    if (isShared) this.#used.add(name);
    return name;
  }

  #members(schema: Json): string[] {
    const members: string[] = [];
    const add = (key: string, code: string) => members.push(`${key}: ${code}`);
    for (const [key, value] of Object.entries(schema)) {
      const name = kept[key];
      if (name) add(name, JSON.stringify(value));
      else if (key === "items") add("items", this.field(value as Json));
      else if (key === "oneOf" || key === "anyOf")
        add(
          "anyOf",
          `[${(value as Json[])
            .filter(isToday)
            .map((choice) => this.field(choice))
            .join(", ")}]`,
        );
      else if (key === "additionalProperties")
        add(key, typeof value === "object" ? this.field(value as Json) : JSON.stringify(value));
      else if (key === "properties") {
        const fields = Object.entries(value as Record<string, Json>)
          .filter(([, member]) => !member["x-mailcow-instead-of"])
          .map(([field, member]) => `${property(field)}: ${this.field(member)}`);
        add("properties", `{ ${fields.join(", ")} }`);
      }
    }
    const changed = changedIn(schema);
    if (changed) add("changed", changed);
    // A pattern says little to a reader; its description says what is meant.
    if (schema["pattern"] && schema["description"] && !schema["x-mailcow-means"])
      add("means", JSON.stringify(schema["description"]));
    return members;
  }
}

/** Code for what was otherwise in every release up to one. */
function changedIn(node: Json): string | undefined {
  const change = changesOf(node).find(({ since }) => since === undefined);
  return change && JSON.stringify({ until: change.until, name: change.name });
}

const property = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name));

/** Forms that only older releases have are up to the collection: the library writes and reads today's. */
const isToday = (choice: Json): boolean => !choice["x-mailcow-until"];

interface Shape {
  readonly answers: Route<never, never>["answers"];
  /** The rows of a list, or the alternatives of what comes. */
  readonly items: readonly Json[];
}

/** What a route answers with HTTP 200. */
function shapeOf(schema: Json | undefined, { schemas }: Topics): Shape {
  if (!schema) return { answers: "row", items: [] };
  const all = alternatives(schema, schemas).filter(isToday);
  const itemsOf = (list: Json): Json[] => (list["items"] ? alternatives(list["items"] as Json, schemas) : []);
  const isEntries = (choice: Json) =>
    isEntry(choice) || (choice["type"] === "array" && itemsOf(choice).length > 0 && itemsOf(choice).every(isEntry));
  const data = all.filter((choice) => !isEntries(choice));
  if (data.length === 0) return { answers: "entries", items: [] };
  const some = data.filter((choice) => !isNothing(choice) && choice["maxItems"] !== 0);
  const lists = some.filter((choice) => choice["type"] === "array");
  if (some.length === lists.length) return { answers: "rows", items: lists.flatMap(itemsOf) };
  // Beside a row, a list of such rows answers another question: an empty id, which is never sent, or a search for tags.
  const isOfRows = (choice: Json) => lists.includes(choice) && itemsOf(choice).some((item) => some.includes(item));
  const items = some.filter((choice) => !isOfRows(choice));
  return { answers: some.length < data.length ? "row" : "value", items };
}

/** The rows of an answer, or the answer itself, in every form that any release has. */
function rowsIn(schema: Json | undefined, answers: Shape["answers"], { schemas }: Topics): Json[] {
  const all = schema ? alternatives(schema, schemas) : [];
  if (answers !== "rows") return all.filter(({ type }) => type === "object");
  return all.flatMap(({ items }) => (items ? alternatives(items as Json, schemas) : []));
}

/**
 * The fields of rows that the library reads, by their path, with all types that they may have. `*` stands for each entry
 * of a list.
 */
function readsOf(rows: readonly Json[], topics: Topics, at = ""): Record<string, string[]> {
  const reads: Record<string, string[]> = {};
  const some = rows.filter((row) => !isEntry(row) && !isNothing(row));
  const names = new Set(some.flatMap((row) => (row["x-mailcow-reads"] ?? []) as string[]));
  for (const name of names) {
    const values = some.flatMap((row) => {
      const member = ((row["properties"] ?? {}) as Record<string, Json>)[name];
      const isSure = ((row["required"] ?? []) as string[]).includes(name);
      return [...(member ? alternatives(member, topics.schemas) : []), ...(member && isSure ? [] : [{}])];
    });
    reads[`${at}${name}`] = [...new Set(values.flatMap(typesOf))];
    const entries = values.flatMap(({ items }) => (items ? alternatives(items as Json, topics.schemas) : []));
    Object.assign(reads, readsOf(values, topics, `${at}${name}.`), readsOf(entries, topics, `${at}${name}.*.`));
  }
  return reads;
}

/** The JSON types of a value; `undefined` if there may be none. */
function typesOf({ type, const: only, enum: words }: Json): string[] {
  if (type !== undefined) return [type].flat() as string[];
  return [words ?? [only]].flat().map((word) => (word === null ? "null" : typeof word));
}

/** What a route takes and what a call of it returns, as types. */
function typesOfRoute(
  { params, body, answer }: Pick<Described, "params" | "body" | "answer">,
  topics: Topics,
  topic: string,
): { input: string; answer: string } {
  const write = (schema: Json, side: "input" | "answer") => typeOf(schema, { topics, topic, side, named: true });
  const fields = params.map(
    ({ name, in: where, schema }) => `${name}${where === "query" ? "?" : ""}: ${write(schema, "input")}`,
  );
  const whole = body && write(body, "input");
  const input = fields.length > 0 ? `{ ${[...fields, ...(whole ? [`body: ${whole}`] : [])].join("; ")} }` : whole;
  const { answers, items } = shapeOf(answer, topics);
  const one = [...new Set(items.map((item) => write(nameAgain(item, topics), "answer")))].join(" | ") || "never";
  const returned = {
    rows: / \| /.test(one) ? `(${one})[]` : `${one}[]`,
    row: `${one} | null`,
    value: one,
    entries: "ActionResult[]",
  }[answers];
  return { input: input ?? "Record<never, never>", answer: returned.replace("never | ", "") };
}

/** The name of a schema that was resolved, so that its type has a name too. */
function nameAgain(item: Json, { schemas }: Topics): Json {
  const name = Object.keys(schemas).find((key) => schemas[key] === item);
  return name ? { $ref: `#/components/schemas/${name}` } : item;
}

/** The routes of each method as a text, and what the transport has to know of those that are not like the others. */
function traitsFile(topics: Topics): string {
  const lineOf = ({ path, params, operation, answer, body }: Described): string => {
    const { answers, items } = shapeOf(answer, topics);
    const query = params.filter((param) => param.in === "query").map(({ name }) => name);
    const marks: Record<Exclude<keyof Traits, "query">, unknown> = {
      bare: answers !== "rows" && items.some(({ type }) => type !== "object" && type !== "array"),
      text: operation["x-mailcow-text"],
      glued: operation["x-mailcow-glued"],
      secretItems: body && itemsOf(body, topics).some((item) => item["x-mailcow-secret"]),
      writes: operation["x-mailcow-writes"],
    };
    const words = Object.entries(marks).flatMap(([mark, isSo]) => (isSo ? [mark] : []));
    return [[path.replace("/api/v1/", ""), ...query].join("?"), ...words].join(" ");
  };
  const all = [...topics.operations.values()].flat();
  const linesOf = (method: string): string[] =>
    all
      .filter((described) => described.method === method)
      .map(lineOf)
      .sort();
  return `/** The routes to read, each with its query parameters and its traits. */
export const reads = \`
${linesOf("GET").join("\n")}
\`;

/** Of the other routes, those that have any. */
export const writes = \`
${linesOf("POST")
  .filter((line) => /[ ?]/.test(line))
  .join("\n")}
\`;
`;
}

/** What may stand for an item in a body. */
function itemsOf(body: Json, { schemas }: Topics): Json[] {
  const inside = ({ properties, items }: Json) => ((properties as Json)?.["items"] ?? items ?? {}) as Json;
  const choices = alternatives(body, schemas).flatMap((choice) => alternatives(inside(choice), schemas));
  return [...choices, ...choices.flatMap((choice) => alternatives(inside(choice), schemas))];
}
