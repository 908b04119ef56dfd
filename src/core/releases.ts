import type { Field, Route } from "../contract.ts";
import { inputError } from "../refusal.ts";
import { toList } from "./lists.ts";

/** A field, or a word in a field, that not every supported release of mailcow knows. */
interface Need {
  readonly field: string;
  readonly words: string;
  readonly since: string;
}

/** A release as mailcow names it, such as 2026-03b. Names sort by date. */
export const isRelease = (version: unknown): version is string => /^\d{4}-\d{2}[a-z]?$/.test(String(version));

/** Whether the meaning of a body depends on the release of the server. */
export const needsRelease = (schema: Field | undefined, body: unknown): boolean =>
  schema !== undefined && (!needsIn(schema, body).next().done || isRenamed(schema, body));

/**
 * The body in the form that a release reads. Refuses what this release would ignore while it says success. An unknown
 * release counts as the newest.
 */
export function forRelease(
  { path, body: schema = {} }: Route<never, unknown>,
  body: unknown,
  asked: unknown,
  release: string | undefined,
): unknown {
  if (release === undefined) return body;
  for (const { field, words, since } of needsIn(schema, asked))
    if (release < since)
      throw inputError(`${words} needs mailcow ${since} or later; this server is ${release}`, field, path);
  return renamed(schema, body, release);
}

function* needsIn(schema: Field, value: unknown, field = ""): Generator<Need> {
  const { since, properties = {}, items, anyOf = [] } = schema;
  if (typeof since === "string") yield { field, words: field, since };
  else if (since) {
    for (const word of toList(value).map(String)) {
      const first = Object.hasOwn(since, word) ? since[word] : undefined;
      if (first) yield { field, words: `${field} with ${JSON.stringify(word)}`, since: first };
    }
  }
  for (const choice of anyOf) yield* needsIn(choice, value, field);
  if (items) for (const entry of toList(value)) yield* needsIn(items, entry, field);
  for (const [name, member, given] of fieldsOf(properties, value)) yield* needsIn(member, given, name);
}

const isRenamed = ({ was, properties = {} }: Field, value: unknown): boolean =>
  was !== undefined || fieldsOf(properties, value).some(([, member, given]) => isRenamed(member, given));

/** A body with the names that its fields had up to this release. */
function renamed({ properties = {} }: Field, value: unknown, release: string): unknown {
  const changed = new Map(
    fieldsOf(properties, value).map(([name, member, given]) => {
      const now = member.was && release <= member.was.until ? member.was.name : name;
      return [name, [now, renamed(member, given, release)]] as const;
    }),
  );
  if (changed.size === 0) return value;
  return Object.fromEntries(Object.entries(Object(value)).map(([name, given]) => changed.get(name) ?? [name, given]));
}

/** The fields that a value has, each with its schema. */
function fieldsOf(properties: Readonly<Record<string, Field>>, value: unknown): [string, Field, unknown][] {
  const given = Array.isArray(value) ? {} : (Object(value) as Record<string, unknown>);
  return Object.entries(properties).flatMap(([name, member]) =>
    given[name] === undefined ? [] : [[name, member, given[name]] as [string, Field, unknown]],
  );
}
