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
  const found: Given[] = [];
  if (schema) look(schema, value, "", found);
  return found.filter((given) => marks.some((mark) => given.schema[mark] !== undefined));
}

function look(schema: Field, value: unknown, name: string, found: Given[]): void {
  const parts = partsOf(schema);
  if (parts.isMarked) found.push({ name, schema, value });
  for (const choice of parts.choices) look(choice, value, name, found);
  if (parts.items) for (const entry of toList(value)) look(parts.items, entry, name, found);
  for (const [field, member] of parts.members) {
    const given = Object(value)[field] as unknown;
    if (given !== undefined) look(member, given, field, found);
  }
}

/** The parts of a schema in which there are marks; most schemas have none, and their bodies need no walk. */
interface Parts {
  readonly isMarked: boolean;
  readonly choices: readonly Field[];
  readonly items: Field | undefined;
  readonly members: readonly [name: string, Field][];
}

const known = new WeakMap<Field, Parts>();

function partsOf(schema: Field): Parts {
  const before = known.get(schema);
  if (before) return before;
  const { changed, since, unchecked, anyOf = [], items, properties = {} } = schema;
  const parts = {
    isMarked: (changed ?? since ?? unchecked) !== undefined,
    choices: anyOf.filter(hasMarks),
    items: items && hasMarks(items) ? items : undefined,
    members: Object.entries(properties).filter(([, member]) => hasMarks(member)),
  };
  known.set(schema, parts);
  return parts;
}

function hasMarks(schema: Field): boolean {
  const { isMarked, choices, items, members } = partsOf(schema);
  return isMarked || choices.length > 0 || items !== undefined || members.length > 0;
}
