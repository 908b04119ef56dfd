/** How PHP and the database read values of JSON. */

/** PHP's arrays with names: an empty one is a list in JSON. */
export type Data = Record<string, unknown>;

/** The script died: mailcow answers an empty body, and what was done before stays done. */
export class Died extends Error {
  override readonly name = "Died";
}

export function die(reason: string): never {
  throw new Died(reason);
}

/** A value as PHP decodes it: there are no empty objects, and names that count from 0 make a list. */
export function decoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, decoded(member)] as const);
  const isList = entries.every(([name], index) => name === String(index));
  return isList ? entries.map(([, member]) => member) : Object.fromEntries(entries);
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** `(array)`: a list or an object as it is, one value as a list of it, and none for `null`. */
export const array = (value: unknown): object => (isObject(value) ? value : isSet(value) ? [value] : []);

/** The values of `(array)`. */
export const list = (value: unknown): unknown[] => Object.values(array(value));

/** `isset` */
export const isSet = (value: unknown): boolean => value !== null && value !== undefined;

/** `empty` */
export const isEmpty = (value: unknown): boolean =>
  !isSet(value) ||
  value === false ||
  value === "" ||
  value === "0" ||
  value === 0 ||
  (Array.isArray(value) && value.length === 0);

/** `intval`: leading digits count, words are 0. */
export function int(value: unknown): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (isObject(value)) return isEmpty(value) ? 0 : 1;
  const number =
    typeof value === "number" ? value : Number(/^\s*[+-]?\d+(\.\d*)?(e[+-]?\d+)?/i.exec(String(value ?? ""))?.[0] ?? 0);
  return Math.trunc(Number.isFinite(number) ? number : 0) || 0;
}

/** A value as text; lists make most functions of PHP die. */
export function text(value: unknown): string {
  if (isObject(value)) die("a list where text is expected");
  if (typeof value === "boolean") return value ? "1" : "";
  return String(value ?? "");
}

/** A value that is bound to a statement: a list becomes a word. */
export const bound = (value: unknown): string => (isObject(value) ? "Array" : text(value));

/** Text for a column of limited length. */
export function column(value: string, limit: number = 255): string {
  return [...value].length > limit ? die("the text is too long for its column") : value;
}

/** A number for a column of one byte, as most flags are. */
export function tiny(value: number): number {
  return value < -128 || value > 127 ? die("the number is too large for its column") : value;
}

/** A number for an INT column; the database refuses words and rounds fractions. */
export function integer(value: unknown, limit: number = 2 ** 31 - 1): number {
  const number =
    typeof value === "boolean" ? Number(value) : Number(isObject(value) || value === "" ? Number.NaN : value);
  if (Number.isNaN(number) || Math.abs(number) > limit) die("not a number that fits its column");
  return Math.round(number);
}

/** `htmlspecialchars`, which some messages run names through. */
export const escaped = (value: string): string =>
  value.replace(
    /[&<>"']/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#039;" })[sign] ?? "",
  );

/** Texts that are separated by a blank, a comma, a semicolon or a new line. */
export const parts = (value: unknown): string[] =>
  text(value)
    .split(/[ ,;\n]/)
    .map((part) => part.trim());

/** A field that was given, as a number, or what applies without it. */
export const given = (data: Data, name: string, otherwise: unknown): number =>
  int(isSet(data[name]) ? data[name] : otherwise);

export const isNumeric = (value: unknown): boolean =>
  typeof value === "number" ||
  (typeof value === "string" && /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(value.trim()));

/** `>`: by number where both are numbers, by text otherwise. */
export const isGreater = (a: unknown, b: unknown): boolean =>
  isNumeric(a) && isNumeric(b) ? Number(a) > Number(b) : String(a) > String(b);

/** `==`: by number where both are numbers, by truth where one has no other value, by text otherwise. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a === "boolean" || typeof b === "boolean") return isEmpty(a) === isEmpty(b);
  if (isObject(a) || isObject(b)) return JSON.stringify(a) === JSON.stringify(b);
  return isNumeric(a) && isNumeric(b) ? Number(a) === Number(b) : String(a ?? "") === String(b ?? "");
}

/** `strtolower`, which knows the letters of ASCII. */
export const lower = (value: unknown): string => text(value).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
