import { MailcowInputError } from "../errors.ts";
import { isOfFields, symbolsIn } from "../fields.ts";
import { checkSymbols, refusal } from "../refusal.ts";

/** The JSON of a body. Refuses values that JSON can't express or mailcow can't read: they would arrive as others. */
export function toJson(body: unknown): string {
  try {
    // Checking each value while it is written takes much longer, but finds what is wrong, and where.
    const text = isPlain(body) ? JSON.stringify(body) : JSON.stringify(body, checked);
    if (text !== undefined) return text;
  } catch (error) {
    if (error instanceof MailcowInputError) throw error;
    // A BigInt, an object that contains itself, or a `toJSON` that throws.
  }
  throw refusal("body", "what JSON can say");
}

/** Deeper than any body of mailcow. */
const deepest = 16;

/** Whether this consists only of objects, lists, texts, numbers, booleans and `null`, as they are sent. */
function isPlain(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return !/\p{Surrogate}/u.test(value);
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object") return typeof value === "boolean";
  if (value === null) return true;
  if (depth > deepest || "toJSON" in value || symbolsIn(value).length > 0) return false;
  if (Array.isArray(value)) return value.every((member) => isPlain(member, depth + 1));
  if (!isOfFields(value)) return false;
  for (const [name, member] of Object.entries(value))
    if (name === "__proto__" || !isPlain(member, depth + 1)) return false;
  return true;
}

function checked(name: string, value: unknown): unknown {
  const expected = name === "__proto__" ? "left out" : expectedOf(value);
  if (expected) throw refusal(name || "body", expected);
  if (typeof value === "object" && value !== null) checkSymbols("field", value);
  return value;
}

function expectedOf(value: unknown): string | undefined {
  if (typeof value === "string" && /\p{Surrogate}/u.test(value)) return "valid Unicode, without half a surrogate pair";
  if (typeof value === "number" && !Number.isFinite(value)) return "a number";
  if (typeof value === "symbol" || typeof value === "function") return "what JSON can say";
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && !isOfFields(value) ? "an object with fields, a list, a text or a number" : undefined;
}
