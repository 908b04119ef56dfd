import { type Document, type Operation, operationsOf } from "./facts.ts";

export type Json = Record<string, unknown>;

/** An operation of the contract, with its parameters and its shapes resolved as far as they are named. */
export interface Described {
  /** Such as `POST /api/v1/add/alias`. */
  readonly route: string;
  readonly id: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly operation: Operation;
  readonly params: readonly Parameter[];
  readonly body: Json | undefined;
  /** What comes with HTTP 200; nothing where that is always an empty body. */
  readonly answer: Json | undefined;
}

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly description?: string;
  readonly schema: Json;
}

/** The contract by topic: the name of a collection, as files spell it (`alias-domains`). */
export interface Topics {
  readonly operations: ReadonlyMap<string, readonly Described[]>;
  /** The topic of each named schema; `common` where several share it. */
  readonly topicOf: ReadonlyMap<string, string>;
  readonly schemas: Readonly<Record<string, Json>>;
}

export const nameOf = (ref: unknown): string => String(ref).split("/").at(-1) ?? "";

/** `aliasDomains`, which is a tag, as a name of files. */
const kebab = (tag: string): string => tag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export function topicsOf(contract: Document): Topics {
  const { schemas, parameters = {} } = contract["components"] as Record<string, Record<string, Json>>;
  const operations = new Map<string, Described[]>();
  const users = new Map<string, Set<string>>();
  const use = (value: unknown, topic: string): void => {
    if (typeof value !== "object" || value === null) return;
    const ref = (value as Json)["$ref"];
    if (typeof ref === "string") {
      const name = nameOf(ref);
      const known = users.get(name) ?? new Set();
      if (known.has(topic)) return;
      users.set(name, known.add(topic));
      use(schemas?.[name], topic);
    } else for (const member of Object.values(value)) use(member, topic);
  };
  for (const [route, operation] of operationsOf(contract)) {
    const [method, path] = route.split(" ") as ["GET" | "POST", string];
    const [tag] = (operation["tags"] ?? []) as string[];
    // An operation that no correction describes yet has no topic.
    if (tag === undefined || !operation["operationId"]) continue;
    const params = ((operation["parameters"] ?? []) as Json[]).map(
      (given) => (given["$ref"] ? parameters[nameOf(given["$ref"])] : given) as unknown as Parameter,
    );
    const body = schemaOf(operation["requestBody"]);
    const answer = schemaOf((operation["responses"] as Json)["200"]);
    const topic = kebab(tag);
    const id = String(operation["operationId"]);
    operations.set(topic, [
      ...(operations.get(topic) ?? []),
      { route, id, method, path, operation, params, body, answer },
    ]);
    for (const shape of [body, answer, ...params.map(({ schema }) => schema)]) use(shape, topic);
  }
  const topicOf = new Map(
    [...users].map(([name, topics]) => [name, topics.size === 1 ? ([...topics][0] ?? "") : "common"] as const),
  );
  return { operations, topicOf, schemas: schemas ?? {} };
}

function schemaOf(described: unknown): Json | undefined {
  const { content } = (described ?? {}) as { content?: Record<string, { schema: Json }> };
  return content?.["application/json"]?.schema;
}

/** A schema in the place of its name. */
export function resolve(schema: Json, schemas: Topics["schemas"]): Json {
  return schema["$ref"] ? resolve(schemas[nameOf(schema["$ref"])] ?? {}, schemas) : schema;
}

/** The alternatives of a schema, down to those that have none. */
export function alternatives(schema: Json, schemas: Topics["schemas"]): Json[] {
  const resolved = resolve(schema, schemas);
  const choices = (resolved["oneOf"] ?? resolved["anyOf"]) as Json[] | undefined;
  return choices ? choices.flatMap((choice) => alternatives(choice, schemas)) : [resolved];
}

/** Whether a text is a number in digits: its pattern lets nothing else through, not even a range. */
export const isDigits = ({ pattern }: Json): boolean =>
  typeof pattern === "string" && /^\^[-?*+()|{},.\d[\]\\d$]+\$$/.test(pattern) && !new RegExp(pattern).test("1-2");

/** One entry of the answer to a write: `type` and `msg`. */
export function isEntry(schema: Json): boolean {
  const fields = Object.keys((schema["properties"] ?? {}) as Json);
  return fields.includes("msg") && fields.every((field) => ["type", "log", "msg"].includes(field));
}

/** `{}`, which mailcow answers where there is nothing. */
export const isNothing = (schema: Json): boolean => schema["maxProperties"] === 0;
