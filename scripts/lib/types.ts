import { isDigits, isEntry, type Json, nameOf, resolve, type Topics } from "./topics.ts";

const width = 120;

/** How a type is written. */
interface Writing {
  readonly topics: Topics;
  /** The topic in whose file it stands. */
  readonly topic: string;
  /** What is sent may be looser than what comes: lists may be readonly, numbers may come in digits. */
  readonly side: "input" | "answer";
  /** Types of the topic itself are named by `types.`; else they stand in the same file. */
  readonly named?: boolean;
}

/** The types of each topic, by file below src/generated: rows, and what can be added and changed. */
export function topicTypesOf(topics: Topics): Map<string, string> {
  const inputs = namesIn(
    [...topics.operations.values()].flat().map(({ body }) => body),
    topics,
  );
  const files = new Map<string, string[]>([["common", []]]);
  for (const topic of topics.operations.keys()) files.set(topic, []);
  for (const [name, topic] of [...topics.topicOf].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const schema = topics.schemas[name] ?? {};
    if (isInternal(name, schema, topics)) continue;
    files.get(topic)?.push(declaration(name, schema, { topics, topic, side: inputs.has(name) ? "input" : "answer" }));
  }
  return new Map(
    [...files].map(([topic, declarations]) => {
      const text = declarations.join("\n");
      const imports = /\bcommon\./.test(text) ? 'import type * as common from "./common.ts";\n\n' : "";
      return [`types/${topic}.ts`, `${imports}${text || "export {};\n"}`];
    }),
  );
}

/** The schemas that are used below some others, by name. */
function namesIn(values: readonly unknown[], { schemas }: Topics): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (key !== "$ref") visit(member);
      else if (!found.has(nameOf(member))) {
        found.add(nameOf(member));
        visit(schemas[nameOf(member)]);
      }
    }
  };
  visit(values);
  return found;
}

/** What only makes up other shapes: entries of answers, and bodies around what is meant. */
function isInternal(name: string, schema: Json, topics: Topics): boolean {
  const fields = Object.keys((schema["properties"] ?? {}) as Json);
  const choices = ((schema["oneOf"] ?? schema["anyOf"]) as Json[] | undefined) ?? [];
  return (
    name === "Nothing" ||
    name === "ActionLog" ||
    name.endsWith("Result") ||
    isEntry(schema) ||
    isWrapper(fields) ||
    (choices.length > 0 &&
      choices.every((choice) => isWrapper(Object.keys((resolve(choice, topics.schemas)["properties"] ?? {}) as Json))))
  );
}

const isWrapper = (fields: readonly string[]): boolean =>
  fields.includes("attr") || (fields.length === 1 && fields[0] === "items");

function declaration(name: string, schema: Json, writing: Writing): string {
  const doc = comment(String(schema["description"] ?? ""), "");
  const isPlain = schema["type"] === "object" && schema["properties"] && !schema["oneOf"] && !schema["anyOf"];
  if (isPlain && !schema["additionalProperties"])
    return `${doc}export interface ${name} ${objectType(schema, writing)}\n`;
  return `${doc}export type ${name} = ${typeOf(schema, writing)};\n`;
}

/** A schema as a type. */
export function typeOf(schema: Json, writing: Writing): string {
  const { topics, topic, side, named } = writing;
  if (schema["$ref"]) {
    const name = nameOf(schema["$ref"]);
    const target = topics.schemas[name] ?? {};
    if (isInternal(name, target, topics)) return typeOf(target, writing);
    const owner = topics.topicOf.get(name);
    if (owner === topic) return named ? `types.${name}` : name;
    return `common.${name}`;
  }
  if (schema["const"] !== undefined) return JSON.stringify(schema["const"]);
  if (schema["enum"]) return (schema["enum"] as unknown[]).map((word) => JSON.stringify(word)).join(" | ");
  const choices = (schema["oneOf"] ?? schema["anyOf"]) as Json[] | undefined;
  if (choices) return union(choices.map((choice) => typeOf(choice, writing)));
  const types = [schema["type"]].flat() as (string | undefined)[];
  return union(types.map((type) => ofType(type, schema, side, writing)));
}

function ofType(type: string | undefined, schema: Json, side: Writing["side"], writing: Writing): string {
  if (type === "string") {
    if (side === "input" && schema["x-mailcow-list"]) return "string | readonly string[]";
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a type of TypeScript's
    return side === "input" && isDigits(schema) ? "`${number}`" : "string";
  }
  if (type === "integer" || type === "number") return "number";
  if (type === "boolean" || type === "null") return type;
  if (type === "array") return listType(schema, side, writing);
  if (type === "object") return objectType(schema, writing);
  return "unknown";
}

function listType(schema: Json, side: Writing["side"], writing: Writing): string {
  const readonly = side === "input" ? "readonly " : "";
  const members = schema["prefixItems"] as Json[] | undefined;
  if (members) return `${readonly}[${members.map((member) => typeOf(member, writing)).join(", ")}]`;
  if (schema["maxItems"] === 0) return `${readonly}never[]`;
  const item = typeOf((schema["items"] ?? {}) as Json, writing);
  return `${readonly}${/ \| |^readonly /.test(item) ? `(${item})` : item}[]`;
}

function objectType(schema: Json, writing: Writing): string {
  const {
    properties,
    additionalProperties,
    required = [],
  } = schema as {
    properties?: Record<string, Json>;
    additionalProperties?: Json | boolean;
    required?: string[];
  };
  if (!properties || Object.keys(properties).length === 0) {
    const value = typeof additionalProperties === "object" ? typeOf(additionalProperties, writing) : undefined;
    return value ? `Readonly<Record<string, ${value}>>` : "Record<string, never>";
  }
  const lines = Object.entries(properties).flatMap(([name, field]) => {
    // Its older name is for the raw client; the library finds it by today's.
    if (field["x-mailcow-instead-of"]) return [];
    const isSent = writing.side === "input" && (field["x-mailcow-send"] !== undefined || field["x-mailcow-repeats"]);
    // What can only be one thing is filled in.
    if (isSent && field["const"] !== undefined) return [];
    const optional = isSent || !required.includes(name) ? "?" : "";
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
    const fallback = writing.side === "input" ? (field["x-mailcow-send"] ?? field["default"]) : undefined;
    const doc = comment(
      String(field["description"] ?? resolve(field, writing.topics.schemas)["description"] ?? ""),
      "  ",
      fallback === undefined ? undefined : `@default ${JSON.stringify(fallback)}`,
    );
    return [`${doc}  ${key}${optional}: ${typeOf(field, writing).replaceAll("\n", "\n  ")};\n`];
  });
  if (typeof additionalProperties === "object")
    lines.push(`  readonly [name: string]: ${typeOf(additionalProperties, writing)} | undefined;\n`);
  return `{\n${lines.join("")}}`;
}

/** One type of several, none twice. */
const union = (types: readonly string[]): string => [...new Set(types.flatMap(membersOf))].join(" | ");

/** The members of a union, as far as no bracket holds them together. */
function membersOf(type: string): string[] {
  const members: string[] = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at < type.length; at += 1) {
    if ("([{<".includes(type[at] ?? "")) depth += 1;
    else if (")]}>".includes(type[at] ?? "")) depth -= 1;
    else if (depth === 0 && type.startsWith(" | ", at)) {
      members.push(type.slice(from, at));
      from = at + 3;
    }
  }
  return [...members, type.slice(from)];
}

/** A doc comment of one or more lines. */
function comment(text: string, indent: string, tag?: string): string {
  const words = text.replaceAll("*/", "* /").split(/\s+/).filter(Boolean);
  if (words.length === 0 && !tag) return "";
  const one = `${indent}/** ${words.join(" ")} */`;
  if (!tag && one.length <= width) return `${one}\n`;
  const lines: string[] = [];
  let line = `${indent} *`;
  for (const word of words) {
    if (line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent} *`;
    }
    line += ` ${word}`;
  }
  if (words.length > 0) lines.push(line);
  if (tag) lines.push(...(words.length > 0 ? [`${indent} *`] : []), `${indent} * ${tag}`);
  return [`${indent}/**`, ...lines, `${indent} */`, ""].join("\n");
}
