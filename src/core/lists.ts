import { isOfFields } from "../fields.ts";
import { refusal } from "../refusal.ts";

export function toList<T>(value: T | readonly T[]): T[] {
  return Array.isArray(value) ? [...value] : [value as T];
}

/** The fields that are given: one that is there and undefined counts as not given, so that a default holds. */
export function fieldsOf<Input extends object>(input: Input): Input {
  if (!isOfFields(input)) throw refusal("the input", "an object with the fields to send");
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Input;
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

/** Whether a flag says yes, as a number or in digits. */
export const isOn = (flag: unknown): boolean => Number(flag) === 1;

/** mailcow takes sizes in MiB and returns them in bytes. */
export const toMebibytes = (bytes: number): number => bytes / 1024 ** 2;
