import type { Field, Route } from "../contract.ts";
import { inputError } from "../refusal.ts";
import { toList } from "./lists.ts";
import { fieldsWith } from "./walk.ts";

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
  needsIn(schema, body).length > 0 || fieldsWith(schema, body, "was").length > 0;

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

const needsIn = (schema: Field | undefined, body: unknown): Need[] =>
  fieldsWith(schema, body, "since").flatMap(({ name: field, schema: { since = {} }, value }) => {
    if (typeof since === "string") return [{ field, words: field, since }];
    return toList(value).flatMap((word) => {
      const first = Object.hasOwn(since, String(word)) ? since[String(word)] : undefined;
      return first ? [{ field, words: `${field} with ${JSON.stringify(String(word))}`, since: first }] : [];
    });
  });

/** A body with the names that its fields had up to this release. */
function renamed({ properties = {} }: Field, value: unknown, release: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const fields = Object.entries(value).map(([name, given]) => {
    const member = properties[name] ?? {};
    const { was } = member;
    return [was && release <= was.until ? was.name : name, renamed(member, given, release)];
  });
  return Object.fromEntries(fields);
}
