import { bound, isSet } from "./php.ts";

/** Whether PHP takes a value for a whole number between two others. */
export function isInt(value: unknown, lowest: number, highest: number): boolean {
  const given = typeof value === "object" ? "" : value === true ? "1" : String(value).trim();
  return /^[+-]?(0|[1-9]\d*)$/.test(given) && Number(given) >= lowest && Number(given) <= highest;
}

/** Whether PHP takes a value for a yes. */
export const isYes = (value: unknown): boolean =>
  isSet(value) && typeof value !== "object" && /^(1|true|on|yes)$/i.test(String(value).trim());

/** Whether a text, with its delimiters and flags, is a regular expression, as far as JavaScript can tell. */
export function isRegex(value: string): boolean {
  // Brackets end with their counterparts.
  const closing = ["()", "[]", "{}", "<>"].find(([start]) => start === value.trimStart()[0])?.[1];
  if (closing !== undefined) {
    const end = value.lastIndexOf(closing);
    const inside = value
      .trimStart()
      .slice(1, end - value.length)
      .replaceAll("/", "\\/");
    return end > 0 && isRegex(`/${inside}/${value.slice(end + 1)}`);
  }
  const found = /^\s*([^\sa-z\d\\])((?:\\[\s\S]|(?!\1)[^\\])*)\1([imsxADSUXJun\s]*)$/i.exec(value);
  if (!found) return false;
  try {
    new RegExp(found[2] ?? "");
    return true;
  } catch {
    // PCRE knows more than JavaScript, such as flags within the expression.
    return /\(\?[imsx-]+[:)]|\[\[:|\(\?[P>|#]|[*+?}]\+/.test(found[2] ?? "");
  }
}

/** A value for a column that must not be null. */
export const filled = (value: unknown, otherwise: () => string): string => (isSet(value) ? bound(value) : otherwise());
