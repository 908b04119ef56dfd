import type { Field } from "../contract.ts";
import { remembered } from "../remembered.ts";
import { toList } from "./lists.ts";

/** A field of a body, with its schema and the given value. */
export interface Given {
  readonly name: string;
  readonly schema: Field;
  readonly value: unknown;
}

/** All given fields of a body, also those in lists and alternatives, whose schema has one of these marks. */
export function fieldsWith(schema: Field | undefined, value: unknown, ...marks: readonly Mark[]): Given[] {
  const found: Given[] = [];
  if (schema) look(schema, value, "", marks, found);
  return found;
}

function look(schema: Field, value: unknown, name: string, marks: readonly Mark[], found: Given[]): void {
  const parts = partsOf(schema);
  // Most schemas have none, so that their bodies need no walk.
  if (!marks.some((mark) => parts.marks.has(mark))) return;
  if (marks.some((mark) => schema[mark] !== undefined)) found.push({ name, schema, value });
  for (const choice of parts.choices) look(choice, value, name, marks, found);
  if (parts.items) for (const entry of toList(value)) look(parts.items, entry, name, marks, found);
  for (const [field, member] of parts.members) {
    const given = Object(value)[field] as unknown;
    if (given !== undefined) look(member, given, field, marks, found);
  }
}

const kinds = ["changed", "since", "unchecked"] as const;
type Mark = (typeof kinds)[number];

/** The marks in a schema, and the parts of it in which there are some. */
interface Parts {
  readonly marks: ReadonlySet<Mark>;
  readonly choices: readonly Field[];
  readonly items: Field | undefined;
  readonly members: readonly [name: string, Field][];
}

const partsOf = remembered((schema: Field): Parts => {
  const { anyOf = [], items, properties = {} } = schema;
  const parts = {
    choices: anyOf.filter(hasMarks),
    items: items && hasMarks(items) ? items : undefined,
    members: Object.entries(properties).filter(([, member]) => hasMarks(member)),
  };
  const inner = [...parts.choices, ...(parts.items ? [parts.items] : []), ...parts.members.map(([, member]) => member)];
  const own = kinds.filter((mark) => schema[mark] !== undefined);
  return { ...parts, marks: new Set([...own, ...inner.flatMap((part) => [...partsOf(part).marks])]) };
});

const hasMarks = (schema: Field): boolean => partsOf(schema).marks.size > 0;
