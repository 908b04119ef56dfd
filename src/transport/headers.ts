import { MailcowInputError } from "../errors.ts";
import { checkSymbols } from "../refusal.ts";
import { fromBase64 } from "./readings.ts";

type Value = string | number | boolean | null | undefined | (string | number | boolean)[];

/** Headers with valid names and values. */
export type GivenHeaders = Record<string, Value>;

/**
 * The caller's headers, in the only form that openapi-fetch merges correctly. Invalid values are refused here, naming
 * only the header: the platform's error would repeat the value, which may be a password for a proxy.
 */
export function checkHeaders(input: unknown): GivenHeaders {
  if (input === undefined || input === null) return {};
  if (typeof input !== "object") throw new MailcowInputError("headers must be an object of names and values");
  const isList = Symbol.iterator in input;
  if (!isList) checkSymbols("field", input);
  const pairs: [string, Value][] = isList ? [...(input as Iterable<[string, string]>)] : Object.entries(input);
  if (!pairs.every(Array.isArray))
    throw new MailcowInputError("headers must be an object, or pairs, of names and values");
  for (const [name, value] of pairs) {
    if (typeof name !== "string" || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
      throw new MailcowInputError(
        "headers: a name has characters that are not allowed there: expected a name such as X-Proxy",
      );
    }
    for (const one of [value].flat()) checkValue(name, one);
  }
  return Object.fromEntries(pairs);
}

function checkValue(name: string, value: unknown): void {
  if (value === null || value === undefined || typeof value === "number" || typeof value === "boolean") return;
  if (typeof value !== "string") throw new MailcowInputError(`headers: ${name} must be a text`);
  if (!/^[\t\x20-\x7e]*$/.test(value)) {
    throw new MailcowInputError(
      `headers: ${name} has characters that are not allowed there: expected ASCII without line ends`,
    );
  }
}

/** Values of headers that grant access to a proxy or to mailcow. Each part of them is a secret too. */
export function secretsInHeaders(headers: Headers): string[] {
  const secret = /auth|cookie|key|pass|secret|token/i;
  return [...headers]
    .filter(([name]) => secret.test(name))
    .flatMap(([, value]) => {
      const credentials = value.slice(value.indexOf(" ") + 1);
      const cookies = value.split(";").map((cookie) => cookie.slice(cookie.indexOf("=") + 1).trim());
      return [value, credentials, ...cookies, ...(/^basic /i.test(value) ? partsOf(credentials) : [])];
    });
}

/** User and password of `Basic` together, and the password alone. */
function partsOf(credentials: string): string[] {
  try {
    const pair = fromBase64(credentials);
    return [pair, pair.slice(pair.indexOf(":") + 1)];
  } catch {
    return [];
  }
}
