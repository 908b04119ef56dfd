import { MailcowInputError } from "./errors.ts";
import { isOfFields, symbolsIn } from "./fields.ts";
import { nearest } from "./nearest.ts";

/** A route as messages name it, such as `add/mailbox`. */
export const routeName = (path: string): string => path.replace("/api/v1/", "");

/** An input error that begins with its route, if it has one. */
export function inputError(says: string, field: string, path = ""): MailcowInputError {
  const route = routeName(path);
  return new MailcowInputError(`${route && `${route}: `}${says}`, { field, route });
}

/** The refusal of an input: names the field and what would be right, but not the value, which may be a secret. */
export function refusal(field: string, expected: string, path?: string): MailcowInputError {
  return inputError(`${field} must be ${expected}`, field, path);
}

type What = "field" | "filter" | "option" | "route";

/** Refuses fields whose names are symbols: nothing would read them. */
export function checkSymbols(what: What, given: object, path?: string): void {
  const [symbol] = symbolsIn(given);
  if (symbol) throw inputError(`unknown ${what} "${symbol}": a name must be a text`, symbol, path);
}

/** Refuses unknown names. */
export function checkNames(what: What, given: object, names: readonly string[], path?: string): void {
  checkSymbols(what, given, path);
  for (const name of Object.keys(given))
    if (!names.includes(name)) throw inputError(unknownWords(what, name, names), name, path);
}

/** Refuses a value that is not an object with fields. */
export function checkObject(whole: string, given: unknown, example: string | undefined): asserts given is object {
  if (!isOfFields(given)) throw refusal(whole, `an object, such as { ${example}: … }`);
}

/** Refuses a value that is not an object with fields, and unknown fields. */
export function checkFields(
  whole: string,
  what: What,
  given: unknown,
  names: readonly string[],
  example: string | undefined = names[0],
): asserts given is object {
  checkObject(whole, given, example);
  checkNames(what, given, names);
}

/** Says that a name is unknown, and which one was probably meant. */
export function unknownWords(what: What, name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  const hint =
    meant === undefined ? `; there are ${[...names].sort().join(", ") || "none"}` : `; did you mean "${meant}"?`;
  return `unknown ${what} "${name}"${hint}`;
}
