import { MailcowInputError } from "./errors.ts";
import { nearest } from "./nearest.ts";

/** The refusal of an input: the field, and what would be right. The value stays out of it, which may be a secret. */
export function refusal(field: string, expected: string, path = ""): MailcowInputError {
  const route = path.replace("/api/v1/", "");
  return new MailcowInputError(`${route && `${route}: `}${field} must be ${expected}`, { field, route });
}

/** The refusal of a field, a filter or an option that nobody reads. */
export function unknown(
  what: "field" | "filter" | "option",
  name: string,
  names: readonly string[],
  path = "",
): MailcowInputError {
  const route = path.replace("/api/v1/", "");
  const message = `${route && `${route}: `}${unknownWords(what, name, names)}`;
  return new MailcowInputError(message, { field: name, route });
}

/** Refuses what has a name that nobody reads. */
export function checkNames(what: "field" | "filter" | "option", given: object, names: readonly string[]): void {
  for (const name of Object.keys(given)) if (!names.includes(name)) throw unknown(what, name, names);
}

/** Says that there is no such name, and which one was probably meant. */
export function unknownWords(what: string, name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  const hint =
    meant === undefined ? `; there are ${[...names].sort().join(", ") || "none"}` : `; did you mean "${meant}"?`;
  return `unknown ${what} "${name}"${hint}`;
}
