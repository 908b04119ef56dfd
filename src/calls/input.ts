import { MailcowInputError } from "../errors.ts";
import { requests, type Schema, shapes } from "../generated/requests.ts";

/** What is wrong with a value: where, and what would be right. */
interface Flaw {
  readonly at: readonly string[];
  readonly expected: string;
  /** The value is a word for something else: it belongs to another alternative. */
  readonly isOtherKind?: boolean;
}

/**
 * Checks the body of a write against what the contract allows to be sent, before it is sent: mailcow would read a word
 * as 0 (unlimited), ignore a field that it does not know, or act on another item.
 *
 * The message names the route and the field, never the value, which may be a secret.
 */
export function checkBody(path: string, body: unknown): void {
  const flaw = find(requests[path] ?? {}, body, []);
  if (flaw) throw refusal(flaw.at.filter((key) => key !== "attr").join(".") || "the input", flaw.expected, path);
}

/** The refusal of an input, by field; and by route, where that is known. */
export function refusal(field: string, expected: string, path = ""): MailcowInputError {
  const route = path && `${path.replace("/api/v1/", "")}: `;
  return new MailcowInputError(`${route}${field} must be ${expected}`);
}

/** A text that may be empty but has to be given: mailcow takes one that is missing for an empty one. */
export function toText(field: string, value: unknown, expected = "a text; an empty one for none"): string {
  if (typeof value === "string") return value;
  throw refusal(field, expected);
}

function find(given: Schema, value: unknown, at: readonly string[]): Flaw | undefined {
  const schema = resolve(given);
  const choices = schema.oneOf ?? schema.anyOf;
  const isOtherKind = schema.const !== undefined || schema.enum !== undefined || schema.type === "null";
  const wrong: Flaw = { at, expected: inWords(given), isOtherKind };
  // Beside a shared shape, a field may have bounds of its own.
  const hasBounds = given.minimum !== undefined || given.maximum !== undefined;
  if (given.$ref && hasBounds && !fitsNumber(given, Number(value))) return wrong;
  if (choices) return ofChoices(given, choices, value, at);
  if (schema.const !== undefined && value !== schema.const) return wrong;
  if (schema.enum && !schema.enum.includes(value)) return wrong;
  if (schema.type && ![schema.type].flat().some((type) => isOf(type, value))) return wrong;
  if (typeof value === "string") return fitsText(schema, value) ? undefined : wrong;
  if (typeof value === "number") return fitsNumber(schema, value) ? undefined : wrong;
  if (Array.isArray(value)) return ofList(schema, value, at, wrong);
  return typeof value === "object" && value !== null ? ofObject(schema, value, at) : undefined;
}

const resolve = (schema: Schema): Schema => (schema.$ref ? (shapes[schema.$ref] ?? {}) : schema);

/** Of alternatives that all refuse an object, the one that is meant and gets furthest tells what is wrong with it. */
function ofChoices(given: Schema, choices: readonly Schema[], value: unknown, at: readonly string[]): Flaw | undefined {
  const flaws: Flaw[] = [];
  for (const choice of choices) {
    const flaw = find(choice, value, at);
    if (!flaw) return undefined;
    flaws.push(flaw);
  }
  const meant = flaws.filter(({ isOtherKind }) => !isOtherKind);
  const telling = (meant.length > 0 ? meant : flaws).filter((flaw) => flaw.at.length > at.length);
  const deepest = telling.sort((a, b) => b.at.length - a.at.length)[0];
  return deepest ?? { at, expected: inWords(given) };
}

function isOf(type: string, value: unknown): boolean {
  if (type === "integer") return Number.isSafeInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}

const fitsText = ({ minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern }: Schema, value: string): boolean =>
  value.length >= minLength && value.length <= maxLength && (!pattern || new RegExp(pattern, "u").test(value));

const fitsNumber = ({ minimum = -Infinity, maximum = Infinity }: Schema, value: number): boolean =>
  Number.isFinite(value) && value >= minimum && value <= maximum;

function ofList(schema: Schema, value: readonly unknown[], at: readonly string[], wrong: Flaw): Flaw | undefined {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems, items = {} } = schema;
  if (value.length < minItems || value.length > maxItems) return wrong;
  if (uniqueItems && new Set(value.map((entry) => String(entry).toLowerCase())).size < value.length) return wrong;
  return value.some((entry) => find(items, entry, at)) ? wrong : undefined;
}

function ofObject(schema: Schema, value: object, at: readonly string[]): Flaw | undefined {
  const { properties = {}, additionalProperties, required = [], minProperties = 0 } = schema;
  const given = Object.entries(value).filter(([, member]) => member !== undefined);
  for (const [key, member] of given) {
    const field = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    if (!field)
      return {
        at: [...at, key],
        expected: `left out: there is no such field, there are ${Object.keys(properties).join(", ")}`,
      };
    const flaw = typeof field === "object" ? find(field, member, [...at, key]) : undefined;
    if (flaw) return flaw;
  }
  if (given.length < minProperties)
    return { at, expected: `given: at least one of ${Object.keys(properties).join(", ")}` };
  const missing = required.find((key) => !given.some(([name]) => name === key));
  return (missing && { at: [...at, missing], expected: `given: ${inWords(properties[missing] ?? {})}` }) || undefined;
}

const words: Readonly<Record<string, string>> = {
  Flag: "true or false, 1 or 0",
  Count: "a whole number, or its digits",
  Mebibytes: "a whole number of MiB, such as 3072, or its digits",
};

/** What a schema allows, in words. */
function inWords(given: Schema): string {
  const named = given.$ref && words[given.$ref];
  if (named) return `${named}${bounds(given.minimum, given.maximum)}`;
  const schema = resolve(given);
  const choices = schema.oneOf ?? schema.anyOf;
  if (schema.means) return `a text: ${schema.means}`;
  if (choices) return [...new Set(choices.map(inWords))].join(", or ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((word) => JSON.stringify(word)).join(", ");
  if (schema.type === "array") return `a list${entries(schema)}, each ${inWords(schema.items ?? {})}`;
  if (schema.pattern === "^[0-9]+$") return "its digits";
  if (schema.type === "string")
    return schema.pattern
      ? `a text like ${schema.pattern}`
      : `a text${bounds(schema.minLength, schema.maxLength, " characters")}`;
  if (schema.type === "integer") return `a whole number${bounds(schema.minimum, schema.maximum)}`;
  if (schema.type === "object") return `an object with ${Object.keys(schema.properties ?? {}).join(", ")}`;
  return schema.type ? `a ${[schema.type].flat().join(" or ")}` : "something else";
}

function entries({ minItems, maxItems, uniqueItems }: Schema): string {
  const size =
    minItems === 1 && maxItems === undefined ? " of at least 1 entry" : bounds(minItems, maxItems, " entries");
  return uniqueItems ? `${size}, none twice` : size;
}

function bounds(least = 0, most?: number, unit = ""): string {
  if (most !== undefined) return ` of ${least ? `${least} to` : "up to"} ${most}${unit}`;
  return least > 1 ? ` of at least ${least}${unit}` : least === 1 && unit ? " that is not empty" : "";
}
