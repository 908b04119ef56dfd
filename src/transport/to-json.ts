import { MailcowInputError } from "../errors.ts";
import { isOfFields } from "../fields.ts";
import { checkSymbols, refusal } from "../refusal.ts";

/** The JSON of a body; what JSON can't say, or mailcow can't read, would be sent as something else, and is refused. */
export function toJson(body: unknown): string {
  try {
    const text = JSON.stringify(body, checked);
    if (text !== undefined) return text;
  } catch (error) {
    if (error instanceof MailcowInputError) throw error;
    // A BigInt, an object that holds itself, or a `toJSON` that throws.
  }
  throw refusal("body", "what JSON can say");
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
