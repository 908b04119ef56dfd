import { MailcowInputError } from "../errors.ts";

/** Says what would be right, or nothing where the value is. */
export type Check = (value: unknown) => string | undefined;

/** A check for every field that a request of the contract has: a field that the contract gains has to be added here. */
export type Fields<T> = { readonly [K in keyof T]-?: Check };

const unless = (fits: boolean, expected: string): string | undefined => (fits ? undefined : expected);
const isText = (value: unknown): value is string => typeof value === "string";
const isWhole = (value: unknown): boolean =>
  (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) || (isText(value) && /^[0-9]+$/.test(value));

export const flag: Check = (value) =>
  unless([true, false, 0, 1, "0", "1"].includes(value as never), "true or false, 1 or 0");

export const count: Check = (value) => unless(isWhole(value), "a whole number, or its digits");

/** mailcow reads anything but a number as 0, and 0 as unlimited. */
export const mebibytes: Check = (value) => unless(isWhole(value), "a whole number of MiB, such as 3072, or its digits");

export const id: Check = (value) => unless(isWhole(value), "the id of an item, a whole number");

export const text =
  (longest: number = Number.POSITIVE_INFINITY): Check =>
  (value) =>
    unless(
      isText(value) && value.length <= longest,
      longest < 1e9 ? `a text of up to ${longest} characters` : "a text",
    );

export const filled: Check = (value) => unless(isText(value) && value.trim() !== "", "a text that is not empty");

export const oneOf =
  (...words: readonly (string | number | boolean)[]): Check =>
  (value) =>
    unless(words.includes(value as never), words.map((word) => JSON.stringify(word)).join(", "));

/** One of the words, or a list of them. */
export const someOf =
  (...words: readonly string[]): Check =>
  (value) =>
    unless(
      toList(value).every((word) => words.includes(word as never)),
      `a list of ${words.join(", ")}`,
    );

export const texts: Check = (value) => unless(toList(value).every(isText), "a text, or a list of texts");

/** mailcow drops tags that are empty or too many; on domains it also fails halfway on a double. */
export const tags =
  ({ distinct }: { distinct: boolean }): Check =>
  (value) => {
    const given = toList(value);
    const right = given.every((tag) => isText(tag) && tag.trim() !== "" && tag.length <= 255);
    const folded = new Set(given.map((tag) => String(tag).toLowerCase()));
    return unless(
      right && given.length <= 26 && (!distinct || folded.size === given.length),
      `a list of up to 26 tags of up to 255 characters${distinct ? ", each given once" : ""}`,
    );
  };

/** A DKIM selector. */
export const selector: Check = (value) =>
  unless(isText(value) && /^[A-Za-z0-9._-]+$/.test(value), "ASCII letters, digits, dots, hyphens or underscores");

export function toList<T>(value: T | readonly T[]): T[] {
  return Array.isArray(value) ? [...value] : [value as T];
}

export function refuse(method: string, field: string, expected: string): MailcowInputError {
  return new MailcowInputError(`${method}: ${field} must be ${expected}`);
}

/**
 * Checks an input field by field. A field that the call does not have is refused too: mailcow would ignore it in silence
 * or, where it is called like the ids, act on another item.
 */
export function checkFields<T extends object>(
  method: string,
  input: unknown,
  fields: Fields<T>,
  required: keyof T & string,
): void;
export function checkFields<T extends object>(method: string, input: unknown, fields: Fields<T>): void;
export function checkFields(method: string, input: unknown, fields: Record<string, Check>, required?: string): void {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new MailcowInputError(`${method}: expected an object with fields such as ${Object.keys(fields)[0]}`);
  }
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  for (const [field, value] of given) {
    const check = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (!check) {
      throw new MailcowInputError(`${method}: there is no field ${field}; there are ${Object.keys(fields).join(", ")}`);
    }
    const expected = check(value);
    if (expected) throw refuse(method, field, expected);
  }
  if (required && !given.some(([field]) => field === required))
    throw new MailcowInputError(`${method}: ${required} is missing`);
}

/** The items of a call: at least one, each a text that is not empty. */
export function checkItems(method: string, field: string, input: unknown): string[] {
  const items = toList(input);
  if (items.length === 0)
    throw refuse(method, field, "at least one name: mailcow does nothing for none and calls it success");
  for (const item of items)
    if (filled(item)) throw refuse(method, field, "a name, or a list of names, none of them empty");
  return items as string[];
}
