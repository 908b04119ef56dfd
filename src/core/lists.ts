import { isOfFields } from "../fields.ts";
import { checkSymbols, refusal } from "../refusal.ts";

export function toList<T>(value: T | readonly T[]): T[] {
  return Array.isArray(value) ? [...value] : [value as T];
}

/** Each id once, in its first form; `5` and `"5"` are the same. */
export function eachOnce<Id>(ids: readonly Id[]): Id[] {
  const once = new Map<string, Id>();
  for (const id of ids) if (!once.has(String(id))) once.set(String(id), id);
  return [...once.values()];
}

/** No input of mailcow is nested deeper. Without a limit, copying an object that refers to itself would not end. */
const deepest = 32;

/** Copies plain data, so that later changes to the original have no effect; other values stay as they are. */
export function copied<Data>(data: Data, depth = 0): Data {
  if (depth > deepest || !(Array.isArray(data) || isOfFields(data))) return data;
  checkSymbols("field", data);
  if (Array.isArray(data)) return data.map((entry) => copied(entry, depth + 1)) as Data;
  const copy = { ...(data as object) } as Record<string, unknown>;
  // Own fields, so that not even one named `__proto__` sets a prototype.
  for (const [name, member] of Object.entries(copy))
    if (typeof member === "object") copy[name] = copied(member, depth + 1);
  return copy as Data;
}

/** A copy of the fields; an undefined field counts as left out, so that its default applies. */
export function fieldsOf<Input extends object>(input: Input): Input {
  if (!isOfFields(input)) throw refusal("the input", "an object with the fields to send");
  const fields = copied(input);
  if (!Object.values(fields).includes(undefined)) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Input;
}

/** A copy of the fields, with defaults for those that are not given. A tenth of the time of spreading both. */
export function withDefaults<Input extends object>(given: Input, defaults: Partial<Input>): Input {
  const fields: Partial<Input> = { ...given };
  for (const name of Object.keys(defaults) as (keyof Input)[])
    if (fields[name] === undefined) fields[name] = defaults[name];
  return fields as Input;
}

/** Whether a flag is on, as a number or in digits. */
export const isOn = (flag: unknown): boolean => Number(flag) === 1;

/** mailcow takes sizes in MiB and returns them in bytes. */
export const toMebibytes = (bytes: number): number => bytes / 1024 ** 2;

/** A value as values are compared: flags and numbers as digits, and `null` as an empty text. */
export const inText = (value: unknown): string => String(typeof value === "boolean" ? Number(value) : (value ?? ""));

/** Lists are the same if they have the same entries, in any case and order. */
export function isSame(is: unknown, to: unknown): boolean {
  const tidy = (value: unknown) => inText(value).trim();
  if (!Array.isArray(is) && !Array.isArray(to)) return tidy(is) === tidy(to);
  const [found, wanted] = [is, to].map((list) => new Set(toList(list).map((entry) => tidy(entry).toLowerCase())));
  return found?.size === wanted?.size && [...(found ?? [])].every((entry) => wanted?.has(entry));
}
