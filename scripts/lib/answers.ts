import type { Route } from "../../src/contract.ts";
import { alternatives, isEntry, isNothing, type Json, type Topics } from "./topics.ts";

/** Forms that only older releases have are up to the collection: the library writes and reads today's. */
export const isToday = (choice: Json): boolean => !choice["x-mailcow-until"];

interface Shape {
  readonly answers: Route<never, never>["answers"];
  /** The rows of a list, or the alternatives of what comes. */
  readonly items: readonly Json[];
}

/** What a route answers with HTTP 200. */
export function shapeOf(schema: Json | undefined, { schemas }: Topics): Shape {
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
export function rowsIn(schema: Json | undefined, answers: Shape["answers"], { schemas }: Topics): Json[] {
  const all = schema ? alternatives(schema, schemas) : [];
  if (answers !== "rows") return all.filter(({ type }) => type === "object");
  return all.flatMap(({ items }) => (items ? alternatives(items as Json, schemas) : []));
}

/**
 * The fields of rows that the library reads, by their path, with all types that they may have. `*` stands for each entry
 * of a list.
 */
export function readsOf(rows: readonly Json[], topics: Topics, at = ""): Record<string, string[]> {
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

/** The fields of an answer, or of the rows of a list, that are always there; of an open map, nothing is known. */
export function fieldsOf(answer: Json | undefined, topics: Topics): string[] {
  const { answers, items } = shapeOf(answer, topics);
  const required = items.map((item) => (item["required"] ?? []) as string[]);
  const isOpen = items.some((item, index) => item["type"] === "object" && !required[index]?.length);
  return answers === "entries" || isOpen ? [] : [...new Set(required.flat())];
}
