import { isSecretField, type Redactor } from "./secrets.ts";

/**
 * How many characters of an answer are searched, each text once. The echo of a write of thousands of items is shorter.
 */
const mostCharacters = 1_000_000;
/** Even a short text takes as long to search as this many characters. */
const perText = 100;

/**
 * Hides secrets in the entries of an answer: `log` repeats the call, sometimes with passwords in clear, and a server
 * may quote the key. Ids, settings and codes stay. Data that is not an entry is unchanged.
 */
export function hideEchoes(data: unknown, redactor: Redactor): unknown {
  const hide = sparingly(redactor);
  return Array.isArray(data) ? mapEntries(data, (entry) => hideInEntry(entry, hide)) : hideInEntry(data, hide);
}

type Hide = (text: string) => string;

/** Searches each text once, and stops after a number of characters: an answer may consist of nothing but texts. */
function sparingly(redactor: Redactor): Hide {
  const known = new Map<string, string>();
  const allowance = { left: mostCharacters };
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (allowance.left <= 0) return "[withheld]";
    allowance.left -= perText;
    const clean = redactor.text(text, allowance);
    known.set(text, clean);
    return clean;
  };
}

function hideInEntry(entry: unknown, hide: Hide): unknown {
  if (typeof entry !== "object" || entry === null || !("msg" in entry || "log" in entry)) return entry;
  const hideName = (name: string, member: unknown) => (name === "type" && isType(member) ? name : hide(name));
  return mapMembers(entry, hideName, (name, member) => {
    if (name === "type" && isType(member)) return member;
    return name === "msg" ? hideInMessage(member, hide) : mapTexts(member, hide, isSecretField(name));
  });
}

type OfMember<Result> = (name: string, member: unknown) => Result;

/** The object itself if nothing in it is hidden, as in nearly all of them; otherwise a copy. */
function mapMembers(value: object, hideName: OfMember<string>, hideMember: OfMember<unknown>): object {
  const fields = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(value);
  let changed: [string, unknown][] | undefined;
  for (let at = 0; at < names.length; at += 1) {
    const name = names[at] ?? "";
    const member = fields[name];
    const cleanName = hideName(name, member);
    const clean = hideMember(name, member);
    if (cleanName !== name || clean !== member) changed ??= names.slice(0, at).map((same) => [same, fields[same]]);
    changed?.push([cleanName, clean]);
  }
  return changed ? Object.fromEntries(changed) : value;
}

/** The same for a list. */
function mapEntries(list: readonly unknown[], map: (entry: unknown, at: number) => unknown): readonly unknown[] {
  const mapped = list.map(map);
  return mapped.every((entry, at) => entry === list[at]) ? list : mapped;
}

const isType = (type: unknown): boolean =>
  typeof type === "string" && /^(danger|error|info|success|warning)$/.test(type);

/**
 * The code, which is `msg` or its first part. It stays even if a password is part of it, because programs rely on it.
 */
function hideInMessage(msg: unknown, hide: Hide): unknown {
  if (!Array.isArray(msg)) return isCode(msg) ? hideCode(msg, hide) : mapTexts(msg, hide);
  return mapEntries(msg, (part, at) => (at === 0 && isCode(part) ? hideCode(part, hide) : mapTexts(part, hide)));
}

const isCode = (part: unknown): part is string => typeof part === "string" && /^[a-z]+(_[a-z0-9]+)+$/.test(part);

const hideCode = (code: string, hide: Hide): string => (hide(code) === "[redacted]" ? "[redacted]" : code);

/** A copy without secrets, also in names. If the name of a field marks a secret, everything in the field is one. */
function mapTexts(value: unknown, hide: Hide, isSecret = false): unknown {
  if (typeof value === "string" || typeof value === "number") {
    const text = String(value);
    const clean = isSecret && isTelling(text) ? "[redacted]" : hide(text);
    return clean === text ? value : clean;
  }
  if (Array.isArray(value)) return mapEntries(value, (member) => mapTexts(member, hide, isSecret));
  if (typeof value !== "object" || value === null) return value;
  return mapMembers(value, hide, (name, member) => mapTexts(member, hide, isSecret || isSecretField(name)));
}

/** A value that reveals nothing: `*`, with which mailcow hides secrets itself, or a switch. */
const isTelling = (text: string): boolean => !["", "0", "1", "*"].includes(text);
