import type { Field } from "../contract.ts";
import { toList } from "./lists.ts";

/** A field of a body, with its schema and the given value. */
export interface Given {
  readonly name: string;
  readonly schema: Field;
  readonly value: unknown;
}

type Mark = "changed" | "since" | "unchecked";

/** All given fields of a body, also those in lists and alternatives, whose schema has one of these marks. */
export function fieldsWith(schema: Field | undefined, value: unknown, ...marks: readonly Mark[]): Given[] {
  if (!schema || !hasMarks(schema)) return [];
  return [...walk(schema, value, "")].filter((given) => marks.some((mark) => given.schema[mark] !== undefined));
}

function* walk(schema: Field, value: unknown, name: string): Generator<Given> {
  yield { name, schema, value };
  const { anyOf = [], items, properties = {} } = schema;
  for (const choice of anyOf) yield* walk(choice, value, name);
  if (items) for (const entry of toList(value)) yield* walk(items, entry, name);
  for (const [field, member] of Object.entries(properties)) {
    const given = Object(value)[field] as unknown;
    if (given !== undefined) yield* walk(member, given, field);
  }
}

const known = new WeakMap<Field, boolean>();

/** Whether there is anything to look for; most schemas have no marks, and their bodies need no walk. */
function hasMarks(schema: Field): boolean {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const { changed, since, unchecked, anyOf = [], items, properties = {} } = schema;
  const inner = [...anyOf, ...(items ? [items] : []), ...Object.values(properties)];
  const found = (changed ?? since ?? unchecked) !== undefined || inner.some(hasMarks);
  known.set(schema, found);
  return found;
}
