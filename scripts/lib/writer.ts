import type { Changed, Field } from "../../src/contract.ts";
import { fieldsOf, isToday, readsOf, rowsIn, shapeOf } from "./answers.ts";
import { inWord, linesOf, termOf, textOf, type Written } from "./notation.ts";
import { type Described, type Json, nameOf, type Topics } from "./topics.ts";
import { changesOf } from "./versions.ts";

/** Of a schema, what is needed to check input; how a key of the contract is called in the table. */
const kept: Readonly<Record<string, keyof Field>> = {
  type: "type",
  enum: "enum",
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
    const { const: only } = schema;
    const { enum: words = only === undefined ? undefined : [only], type, ...rest } = members;
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

/** Alternatives that only say that they are alternatives belong to those around them. */
const alternativesIn = (field: Written): readonly Written[] =>
  field.anyOf && Object.keys(field).length === 1 ? field.anyOf : [field];

/** The alternatives of a schema that its newest release has. */
const choicesOf = (schema: Json): Json[] => ((schema["oneOf"] ?? schema["anyOf"] ?? []) as Json[]).filter(isToday);

/** What was otherwise in every release up to one. */
function changedIn(node: Json): Changed | undefined {
  const change = changesOf(node).find(({ since }) => since === undefined);
  return change && { until: String(change.until), ...(change.name !== undefined && { name: change.name }) };
}
