import type { Changed, Field, Meanings, Route, Traits } from "../../src/contract.ts";
import { linesOfMeanings, meaningsIn, refusalsOf } from "./codes.ts";
import type { Document } from "./facts.ts";
import { inCode, inWord, linesOf, termOf, textOf, type Written } from "./notation.ts";
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

/** Code with the routes of each topic, by file below src/generated, and the shapes that several of them share. */
export function routesOf(topics: Topics, contract: Document): Map<string, string> {
  const files = new Map<string, string>();
  const writer = new Writer(topics);
  for (const [topic, operations] of topics.operations) {
    const meanings = operations.map((each) => ({ ...meaningsIn(each, contract), says: refusalsOf(each, topics) }));
    const ofTopic = meanings[0]?.topic ?? {};
    const hasOwn = Object.keys(ofTopic).length > 0;
    const routes = operations.map((operation, index) => {
      const { own = {}, says = [] } = meanings[index] ?? {};
      return codeOf(operation, writer, topic, own, hasOwn && says.length > 0);
    });
    const text = routes.join("");
    const imports = [
      `import type { ${[...(text.includes("ActionResult") ? ["ActionResult"] : []), "Route"].join(", ")} } from "../../contract.ts";`,
      'import { route } from "../../notation.ts";',
      ...(/\bcommon\./.test(text) ? ['import type * as common from "../types/common.ts";'] : []),
      ...(/\btypes\./.test(text) ? [`import type * as types from "../types/${topic}.ts";`] : []),
    ];
    const codes = hasOwn ? [`const codes = ${inCode(linesOfMeanings(ofTopic))};\n`] : [];
    files.set(`routes/${topic}.ts`, [`${imports.join("\n")}\n`, ...codes, ...routes].join("\n"));
  }
  files.set(
    "shapes.ts",
    `/** The shapes that several routes share, in the notation of notation.ts. */
export const shapes = ${inCode(writer.shapes())};

export type Shape =${[...writer.named].map((name) => `\n  | "${name}"`).join("")};
`,
  );
  files.set("tables.ts", tablesFile([...topics.operations.keys()]));
  files.set("traits.ts", traitsFile(topics));
  return files;
}

/** All tables, one after the other: a bundle has them in this order, and gzip finds a repetition only if it is near. */
const tablesFile = (
  topics: readonly string[],
): string => `/** All tables, together, because gzip finds repetitions only nearby; a bundle has modules in the order of the imports. */
${[...topics]
  .sort()
  .map((topic) => `export * from "./routes/${topic}.ts";`)
  .join("\n")}
export { meanings } from "./meanings.ts";
`;

function codeOf(described: Described, writer: Writer, topic: string, own: Meanings, isOfTopic: boolean): string {
  const { route, id } = described;
  const codes = Object.keys(own).length > 0 ? linesOfMeanings(own).split("\n") : [];
  const text = [writer.route(described), ...codes.map((line) => `! ${line}`)].join("\n");
  const types = typesOfRoute(described, writer.topics, topic);
  return `/** ${route} */\nexport const ${id}: Route<${types.input}, ${types.answer}> = route(${inCode(text)}${isOfTopic ? ", codes" : ""});\n`;
}

/** Writes routes and fields in the notation of `src/notation.ts`. */
export class Writer {
  readonly topics: Topics;
  /** How often each named schema occurs. */
  readonly #uses = new Map<string, number>();

  constructor(topics: Topics) {
    this.topics = topics;
    for (const { params, body } of [...topics.operations.values()].flat()) {
      for (const { schema } of params) this.#count(schema);
      if (body) this.#count(body);
    }
  }

  #count(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    const { $ref: ref, ...members } = value as Json;
    if (ref !== undefined) this.#use(nameOf(ref));
    for (const member of Object.values(members)) this.#count(member);
  }

  #use(name: string): void {
    const uses = this.#uses.get(name) ?? 0;
    this.#uses.set(name, uses + 1);
    if (uses === 0) this.#count(this.topics.schemas[name]);
  }

  #hasName = (name: string): boolean => (this.#uses.get(name) ?? 0) > 1;

  /** The names of shapes that occur several times. */
  get named(): string[] {
    return [...this.#uses.keys()].filter(this.#hasName).sort();
  }

  /** The shapes that have a name, a line each, with their fields below it. */
  shapes(): string {
    return this.named.map((name) => `${name} ${textOf(this.field(this.topics.schemas[name] ?? {}))}`).join("\n");
  }

  route({ path, operation, params, body, answer }: Described): string {
    const { answers, items } = shapeOf(answer, this.topics);
    const types = [...new Set(items.flatMap((item) => item["type"] as string | string[]))].filter(Boolean);
    const reads = readsOf(rowsIn(answer, answers, this.topics), this.topics);
    const [only, ...more] = items.flatMap((item) => item["const"] ?? item["enum"] ?? [undefined]);
    const words = {
      const: answers === "value" && more.length === 0 ? only : undefined,
      since: operation["x-mailcow-since"],
      changed: changedIn(operation),
      batch: operation["x-mailcow-batch"],
      last: operation["x-mailcow-last"],
    };
    // Without the first of the fields that are read, no answer is accepted, if it is always there.
    const isKnownByReads = Object.values(reads)[0]?.includes("undefined") === false;
    const fields = isKnownByReads ? [] : fieldsOf(answer, this.topics);
    const whole = body && this.field(body);
    return [
      [
        path.replace("/api/v1/", ""),
        ...(answers === "entries" ? [] : [["", "object"].includes(types.join()) ? answers : `${answers}:${types}`]),
        ...Object.entries(words).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${inWord(value)}`])),
      ].join(" "),
      ...(Object.keys(reads).length > 0 ? [`> ${wordsOfReads(reads).join(" ")}`] : []),
      ...(fields.length > 0 ? [`? ${fields.join(" ")}`] : []),
      ...params.map(({ name, schema }) => `${name} ${textOf(this.field(schema))}`),
      ...(whole ? bodyOf(whole) : []),
    ].join("\n");
  }

  field(schema: Json): Written {
    const { $ref: ref, ...beside } = schema;
    if (ref === undefined) return this.#members(schema);
    const name = nameOf(ref);
    const target = this.#hasName(name) ? { shape: name } : this.field(this.topics.schemas[name] ?? {});
    return { ...target, ...this.#members(beside) };
  }

  #members(schema: Json): Written {
    const members: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(schema)) {
      const name = kept[key];
      if (name) members[name] = value;
      else if (key === "items") members["items"] = this.field(value as Json);
      else if (key === "additionalProperties")
        members[key] = typeof value === "object" ? this.field(value as Json) : value;
      else if (key === "properties")
        members[key] = Object.fromEntries(
          Object.entries(value as Record<string, Json>)
            .filter(([, member]) => !member["x-mailcow-instead-of"])
            .map(([field, member]) => [field, this.field(member)]),
        );
    }
    const choices = choicesOf(schema).map((choice) => this.field(choice));
    const changed = changedIn(schema);
    if (changed) members["changed"] = changed;
    // A pattern says little to a reader; its description says what is meant.
    if (schema["pattern"] && schema["description"] && !schema["x-mailcow-means"])
      members["means"] = schema["description"];
    const { const: only, enum: words = only === undefined ? undefined : [only], type, ...rest } = members;
    const [one] = choices;
    return {
      ...rest,
      ...(words ? { enum: words } : type !== undefined && { type }),
      ...(one && choices.length === 1 ? one : one && { anyOf: choices.flatMap(alternativesIn) }),
    } as Written;
  }
}

/** The lines of a body; those of a plain object are only its fields. */
const bodyOf = (body: Written): string[] =>
  body.properties && termOf(body) === "object" ? linesOf(body) : [`= ${textOf(body)}`];

/** The fields of an answer, or of the rows of a list, that are always there; of an open map, nothing is known. */
export function fieldsOf(answer: Json | undefined, topics: Topics): string[] {
  const { answers, items } = shapeOf(answer, topics);
  const required = items.map((item) => (item["required"] ?? []) as string[]);
  const isOpen = items.some((item, index) => item["type"] === "object" && !required[index]?.length);
  return answers === "entries" || isOpen ? [] : [...new Set(required.flat())];
}

/** Alternatives that only say that they are alternatives belong to those around them. */
const alternativesIn = (field: Written): readonly Written[] =>
  field.anyOf && Object.keys(field).length === 1 ? field.anyOf : [field];

/** The alternatives of a schema that its newest release has. */
const choicesOf = (schema: Json): Json[] => ((schema["oneOf"] ?? schema["anyOf"] ?? []) as Json[]).filter(isToday);

/** Fields with their types, as words: those below another come after its name. */
function wordsOfReads(reads: Readonly<Record<string, readonly string[]>>): string[] {
  let before = "";
  return Object.entries(reads).flatMap(([path, types]) => {
    const [, at = "", name = ""] = /^(.*\.)?(.*)$/.exec(path) ?? [];
    const sure = types.filter((type) => type !== "undefined");
    const word = `${name}${sure.join() === "string" ? "" : `:${sure}`}${sure.length < types.length ? "?" : ""}`;
    const place = at === before ? [] : [at || "."];
    before = at;
    return [...place, word];
  });
}

/** What was otherwise in every release up to one. */
function changedIn(node: Json): Changed | undefined {
  const change = changesOf(node).find(({ since }) => since === undefined);
  return change && { until: String(change.until), ...(change.name !== undefined && { name: change.name }) };
}

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
