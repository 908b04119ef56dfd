import type { Changed, Field, Route } from "../contract.ts";
import { MailcowReplyError } from "../errors.ts";
import { inputError, routeName } from "../refusal.ts";
import { isSame, toList } from "./lists.ts";
import { fieldsWith } from "./walk.ts";

/** A field, or a word in a field, that not every supported release of mailcow knows. */
interface Need {
  readonly field: string;
  readonly words: string;
  readonly since: string;
  /** Where a row shows it, and the value there; absent if no row does. */
  readonly shown?: { readonly at: string; readonly value: unknown };
}

/** The release of a server; `null` if the server does not tell. */
type Release = string | null;

/** A release as mailcow names it, such as 2026-03b. Names sort by date. */
export const isRelease = (version: unknown): version is string => /^\d{4}-\d{2}[a-z]?$/.test(String(version));

/** Whether a server does a changed thing in the old way; `ifUnknown` is for a server that does not tell its release. */
export const isStill = (
  { changed }: { changed?: Changed | undefined },
  release: Release,
  ifUnknown: boolean,
): boolean => changed !== undefined && (release === null ? ifUnknown : release <= changed.until);

/** Whether the meaning of a body depends on the release of the server. */
export const needsRelease = (schema: Field | undefined, body: unknown): boolean =>
  hasNeeds(schema, body) || fieldsWith(schema, body, "changed").some(({ schema: { changed } }) => changed?.name);

/** Whether a body has something that not every release knows. */
export const hasNeeds = (schema: Field | undefined, body: unknown): boolean => needsIn(schema, body).length > 0;

/**
 * The body in the form that a release reads. Refuses what this release would ignore while it says success. An unknown
 * release counts as the newest: a password under its old name would stand in the log of a newer mailcow.
 */
export function forRelease(
  { path, body: schema = {} }: Route<never, unknown>,
  body: unknown,
  asked: unknown,
  release: Release,
): unknown {
  for (const { field, words, since } of needsIn(schema, asked))
    if (release !== null && release < since)
      throw inputError(`${words} needs mailcow ${since} or later; this server is ${release}`, field, path);
  return renamed(schema, body, release);
}

/**
 * For a server that does not tell its release: throws if a row does not show what was sent and what not every release
 * knows. Without a row, mailcow said that it had nothing to do.
 */
export function checkShown({ path, body: schema }: Route<never, unknown>, asked: unknown, row?: object): void {
  const { attributes, ...fields } = { attributes: {}, ...row };
  const is: Record<string, unknown> = { ...attributes, ...fields };
  const lost = needsIn(schema, asked).filter(({ shown }) => !row || (shown && !isSame(is[shown.at], shown.value)));
  if (lost.length === 0) return;
  const sent = Object.keys(Object((asked as { attr?: unknown }).attr ?? asked));
  const rest = row ? sent.filter((name) => !lost.some(({ field }) => field === name)) : [];
  const since = lost
    .map((need) => need.since)
    .sort()
    .at(-1);
  throw new MailcowReplyError(
    `${routeName(path)}: mailcow reports success${rest.length > 0 ? ` and took ${rest.join(", ")}` : ""}, but did not ` +
      `store ${[...new Set(lost.map(({ words }) => words))].join(", ")}. The server does not tell its release; it is probably ` +
      `older than mailcow ${since}, which is needed`,
  );
}

const needsIn = (schema: Field | undefined, body: unknown): Need[] =>
  fieldsWith(schema, body, "since").flatMap(({ name: field, schema: { since = {}, shown }, value }) => {
    const of = (word: string, first: string, words: string, is: unknown): Need => ({
      ...{ field, words, since: first },
      ...(shown !== false && { shown: { at: (shown ?? "{}").replace("{}", word), value: is } }),
    });
    if (typeof since === "string") return [of(field, since, field, value)];
    return toList(value).flatMap((given) => {
      const word = String(given);
      const first = Object.hasOwn(since, word) ? since[word] : undefined;
      return first ? [of(word, first, `${field} with ${JSON.stringify(word)}`, 1)] : [];
    });
  });

/** A body with the names that its fields have in this release. */
function renamed({ properties = {} }: Field, value: unknown, release: Release): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const fields = Object.entries(value).map(([name, given]) => {
    const member = properties[name] ?? {};
    const old = isStill(member, release, false) ? member.changed?.name : undefined;
    return [old ?? name, renamed(member, given, release)];
  });
  return Object.fromEntries(fields);
}
