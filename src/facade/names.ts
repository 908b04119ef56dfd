import { refuse, toList } from "./checks.ts";

/**
 * A domain as mailcow stores it: lower case, Unicode as punycode. mailcow converts it by itself on some routes and not on
 * others, and takes `Example.com` for another key than `example.com`.
 */
export function toDomain(method: string, field: string, input: unknown): string {
  if (typeof input !== "string" || input.trim() === "") throw refuse(method, field, "a domain, such as example.com");
  const name = input.trim().toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything that is not ASCII
  const domain = /[^\x00-\x7f]/.test(name) ? toAscii(name) : name;
  if (domain === undefined || /[\s,;/@]/.test(domain))
    throw refuse(method, field, "a single domain, such as example.com");
  return domain;
}

function toAscii(name: string): string | undefined {
  if (/[/?#@:%\\\s]/.test(name)) return undefined;
  try {
    return new URL(`https://${name}`).hostname;
  } catch {
    return undefined;
  }
}

/** An address with its domain as mailcow stores it; the part before the `@` stays as it is. */
export function toAddress(method: string, field: string, input: unknown): string {
  const at = typeof input === "string" ? input.lastIndexOf("@") : -1;
  if (typeof input !== "string" || at < 1 || at === input.length - 1) {
    throw refuse(method, field, "an address, such as ann@example.com");
  }
  return `${input.slice(0, at).trim()}@${toDomain(method, field, input.slice(at + 1))}`;
}

/** Addresses out of one text, or out of a list of them. */
export function toAddresses(method: string, field: string, input: string | readonly string[]): string[] {
  return pieces(method, field, input).map((piece) =>
    piece.startsWith("@") ? `@${toDomain(method, field, piece.slice(1))}` : toAddress(method, field, piece),
  );
}

/** Domains out of one text, or out of a list of them. */
export function toDomains(method: string, field: string, input: string | readonly string[]): string[] {
  return pieces(method, field, input).map((piece) => toDomain(method, field, piece));
}

/** Where mailcow takes several in one text, it splits at blanks, commas and semicolons. */
function pieces(method: string, field: string, input: string | readonly string[]): string[] {
  const found = toList(input).flatMap((entry) => {
    if (typeof entry !== "string") throw refuse(method, field, "a text, or a list of texts");
    return entry.split(/[\s,;]+/).filter((piece) => piece !== "");
  });
  if (found.length === 0) throw refuse(method, field, "at least one name");
  return found;
}
