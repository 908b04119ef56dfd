import { refusal } from "./input.ts";

export function toList<T>(value: T | readonly T[]): T[] {
  return Array.isArray(value) ? [...value] : [value as T];
}

/** The fields that are given: one that is there and undefined counts as not given, so that a default holds. */
export function fieldsOf<Input extends object>(input: Input): Input {
  if (typeof input !== "object" || input === null || Array.isArray(input))
    throw refusal("the input", "an object with the fields to send");
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Input;
}

/**
 * A domain as mailcow stores it: lower case, Unicode as punycode. mailcow converts it by itself on some routes and not
 * on others, and takes `Example.com` for another key than `example.com`.
 */
export function toDomain(input: unknown, field = "domain"): string {
  if (typeof input !== "string" || input.trim() === "") throw refusal(field, "a domain, such as example.com");
  const name = input.trim().toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything that is not ASCII
  const domain = /[^\x00-\x7f]/.test(name) ? toAscii(name) : name;
  if (domain === undefined || /[\s,;/@]/.test(domain)) throw refusal(field, "a single domain, such as example.com");
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
export function toAddress(input: unknown, field = "address"): string {
  const at = typeof input === "string" ? input.lastIndexOf("@") : -1;
  if (typeof input !== "string" || at < 1 || at === input.length - 1) {
    throw refusal(field, "an address, such as ann@example.com");
  }
  return `${input.slice(0, at).trim()}@${toDomain(input.slice(at + 1), field)}`;
}

/** The address of a mailbox, the part before the `@` as it is given. */
export const toMailboxName = (mailbox: string): string => toAddress(mailbox, "mailbox");

/** The address of a mailbox as mailcow stores it; some routes take another case, to no effect. */
export function toMailbox(input: unknown, field = "mailbox"): string {
  return toAddress(input, field).toLowerCase();
}

/** The part of an address before the `@`, as mailcow stores it. A slash could not be read again by path. */
export function toLocalPart(input: unknown): string {
  const part = typeof input === "string" ? input.trim().toLowerCase() : "";
  if (part !== "" && !/[\s@/,;]/.test(part)) return part;
  throw refusal("local_part", "the part of an address before the @, without blanks, slashes or commas");
}

/** An address, or a whole domain as `@example.com`. */
export function toCatchAll(input: unknown, field = "address"): string {
  const name = typeof input === "string" ? input.trim() : "";
  return name.startsWith("@") ? `@${toDomain(name.slice(1), field)}` : toAddress(name, field);
}

/** A recipient as mailcow stores it in maps: an address, or a domain as `@example.com`, both in lower case. */
export function toRecipient(input: string, field: string): string {
  return toCatchAll(input.includes("@") ? input : `@${input}`, field).toLowerCase();
}

/** Names out of one text, which mailcow splits at blanks, commas and semicolons, or out of a list of texts. */
export function toNames(input: string | readonly string[], field: string): string[] {
  const found = toList(input).flatMap((entry) => {
    if (typeof entry !== "string") throw refusal(field, "a text, or a list of texts");
    return entry.split(/[\s,;]+/).filter((piece) => piece !== "");
  });
  if (found.length === 0) throw refusal(field, "at least one name");
  return found;
}

/** A text that mailcow has escaped for HTML. */
export function unescaped(text: string): string {
  const plain = text
    .replaceAll("&#039;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
  return plain.replaceAll("&amp;", "&");
}

/** mailcow takes sizes in MiB and answers them in bytes. */
export const toMebibytes = (bytes: number): number => bytes / 1024 ** 2;
