import { MailcowInputError } from "../errors.ts";
import { isOfFields, symbolsIn } from "../fields.ts";
import { checkSymbols, refusal } from "../refusal.ts";

/** The JSON of a body. Refuses values that JSON can't express or mailcow can't read: they would arrive as others. */
export function toJson(body: unknown): string {
  try {
    // Checking each value while it is written takes much longer, but finds what is wrong, and where.
    const plain = plainOf(body);
    const text = plain === odd ? JSON.stringify(body, checked) : JSON.stringify(plain);
    if (text !== undefined) return text;
  } catch (error) {
    if (error instanceof MailcowInputError) throw error;
    // A BigInt, an object that contains itself, or a `toJSON` that throws.
  }
  throw refusal("body", "what JSON can say");
}

/** Deeper than any body of mailcow. */
const deepest = 16;

/** Stands for a value that is not plain. */
const odd = Symbol("odd");

/**
 * Copies a value that consists only of objects, lists, texts, numbers, booleans and `null`, so that each is read once and
 * sent as it was checked. Returns `odd` for anything else.
 */
function plainOf(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return value.isWellFormed() ? value : odd;
  if (typeof value === "number") return Number.isFinite(value) ? value : odd;
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value !== "object" || depth > deepest || "toJSON" in value || symbolsIn(value).length > 0) return odd;
  if (Array.isArray(value)) {
    const list = Array.from(value, (member) => plainOf(member, depth + 1));
    return list.includes(odd) ? odd : list;
  }
  if (!isOfFields(value)) return odd;
  const copy: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(value)) {
    const member = name === "__proto__" ? odd : plainOf(given, depth + 1);
    if (member === odd) return odd;
    copy[name] = member;
  }
  return copy;
}

function checked(name: string, value: unknown): unknown {
  const expected = name === "__proto__" ? "left out" : expectedOf(value);
  if (expected) throw refusal(name || "body", expected);
  if (typeof value === "object" && value !== null) checkSymbols("field", value);
  return value;
}

function expectedOf(value: unknown): string | undefined {
  if (typeof value === "string" && !value.isWellFormed()) return "valid Unicode, without half a surrogate pair";
  if (typeof value === "number" && !Number.isFinite(value)) return "a number";
  if (typeof value === "symbol" || typeof value === "function") return "what JSON can say";
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && !isOfFields(value) ? "an object with fields, a list, a text or a number" : undefined;
}
