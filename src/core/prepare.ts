import type { Field, Route } from "../contract.ts";
import { MailcowInputError } from "../errors.ts";
import { isOfFields, symbolsIn } from "../fields.ts";
import { checkNames, inputError, refusal, unknownWords } from "../refusal.ts";
import { copied } from "./lists.ts";
import { collationKey, stored } from "./names.ts";
import { inWords } from "./words.ts";

/** What is sent: a copy, so that exactly the checked data is sent. */
export interface Prepared {
  readonly params: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** The part of the body that the caller gave, if the rest was read from the server. */
  readonly asked?: unknown;
}

/** What is wrong with a value: where it is, and what would be right. */
interface Flaw {
  readonly at: readonly string[];
  readonly expected: string;
  /** The field is unknown, and `expected` is the whole message. */
  readonly isUnknown?: boolean;
  /** The value is a word of another alternative. */
  readonly isOtherKind?: boolean;
}

/** A value as it is sent, or what is wrong with it. */
type Fit = { readonly value: unknown } | { readonly flaw: Flaw };

type Input = Readonly<Record<string, unknown>>;

/**
 * Converts an input to mailcow's spelling and checks it against the contract before anything is sent: mailcow reads a
 * word as 0 (unlimited), ignores an unknown field, or acts on another item.
 *
 * The message names the route and the field, never the value, which may be a secret.
 */
export function prepare<I>({ path, params = {}, body }: Route<I, unknown>, input: I, isOpen = false): Prepared {
  const names = Object.keys(params);
  if (names.length === 0) {
    if (body) return { params: {}, body: conformed(body, input, path, [], isOpen) };
    checkNames("field", Object(input), [], path);
    return { params: {} };
  }
  const given = (input ?? {}) as Input;
  const { body: _, ...fields } = given;
  checkNames("field", body ? fields : given, names, path);
  const sent: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(params)) {
    if (given[name] === undefined && !path.includes(`{${name}}`)) continue;
    sent[name] = fitted(field, given[name], path, name);
    // An empty parameter would mean everything.
    if (sent[name] === "") throw refusal(name, inWords(field), path);
  }
  return { params: sent, ...(body && { body: conformed(body, given["body"], path, [], isOpen) }) };
}

/** A value as mailcow stores it; throws if it does not fit the field. */
export const fitted = (field: Field, value: unknown, path = "", ...at: string[]): unknown =>
  conformed(field, value, path, at, false);

/** The same; with `isOpen`, fields that the contract does not have stay as they are. */
function conformed(field: Field, value: unknown, path: string, at: readonly string[], isOpen: boolean): unknown {
  const result = spell(field, value, at, isOpen);
  if ("flaw" in result) throw asError(result.flaw, path);
  return result.value;
}

/**
 * Only the given fields of a body, in mailcow's spelling: adds no defaults and does not require missing fields. Several
 * names stay a list.
 */
export function spelled<Input extends object>(
  { path, body }: Route<never, unknown>,
  input: Input,
  edit?: Route<never, unknown>,
  isOpen = false,
): Input {
  const properties = { ...edit?.body?.properties?.["attr"]?.properties, ...body?.properties };
  if (!isOpen) checkNames("field", input, Object.keys(properties), path);
  const fields = Object.entries(input).map(([name, value]) => {
    const field = properties[name] ?? {};
    const sent = fitted(field, value, path, name);
    return [name, field.list !== undefined && sent ? String(sent).split(field.list) : sent];
  });
  return Object.fromEntries(fields);
}

const wayOut = " (the option allowUnknown sends fields that only a newer mailcow knows)";

function asError({ at, expected, isUnknown }: Flaw, path: string): MailcowInputError {
  const field = at.filter((key) => key !== "attr").join(".") || "the input";
  return isUnknown ? inputError(expected, field, path) : refusal(field, expected, path);
}

/** A value that a field does not take. Words are only looked for where it comes to that. */
class Misfit implements Flaw {
  readonly at: readonly string[];
  readonly #field: Field;

  constructor(field: Field, at: readonly string[]) {
    this.at = at;
    this.#field = field;
  }

  get isOtherKind(): boolean {
    return isWord(this.#field);
  }

  get expected(): string {
    return inWords(this.#field);
  }
}

const halfPair = /\p{Surrogate}/u;

function spell(field: Field, value: unknown, at: readonly string[], isOpen = false): Fit {
  // mailcow can't read a body with such a text.
  if (typeof value === "string" && halfPair.test(value))
    return { flaw: { at, expected: "valid Unicode, without half a surrogate pair" } };
  const [symbol] = typeof value === "object" && value !== null ? symbolsIn(value) : [];
  if (symbol) return unknownField(symbol, at, field.properties);
  const wrong: Fit = { flaw: new Misfit(field, at) };
  if (!fitsBounds(field, value)) return wrong;
  if (field.anyOf) return ofChoices(field, field.anyOf, value, at, isOpen);
  if (field.const !== undefined) return value === field.const ? { value } : wrong;
  if (field.enum) return field.enum.includes(value) ? { value } : wrong;
  if (field.list !== undefined && (typeof value === "string" || Array.isArray(value)))
    return ofNames(field, value, wrong);
  if (field.type && ![field.type].flat().some((type) => isOf(type, value))) return wrong;
  if (typeof value === "string") return ofText(field, value, wrong);
  if (Array.isArray(value)) return ofList(field, value, at, wrong, isOpen);
  if (typeof value === "object" && value !== null && field.type) return ofObject(field, value as Input, at, isOpen);
  return field.type ? { value } : ofAnything(value, wrong);
}

function ofText(field: Field, text: string, wrong: Fit): Fit {
  const value = field.name && text !== "" ? stored(field.name, text) : text;
  return value !== undefined && fitsText(field, value) ? { value } : wrong;
}

/** Several names, as a text or a list: converts each to mailcow's spelling and joins them, without duplicates. */
function ofNames(field: Field, given: string | readonly unknown[], wrong: Fit): Fit {
  const { name = "text", list: separator = "," } = field;
  const isSplit = name === "tag" || name === "search" || name === "text" ? separator : /[\s,;]+/;
  const names = new Set<string>();
  for (const entry of [given].flat()) {
    if (typeof entry !== "string" || halfPair.test(entry)) return wrong;
    const pieces = entry.split(isSplit).filter((piece) => piece.trim() !== "");
    // A separator in one tag of a list would make two tags.
    if (typeof isSplit === "string" && Array.isArray(given) && pieces.length > 1) return wrong;
    if (pieces.length === 0 && (Array.isArray(given) || !fitsText(field, ""))) return wrong;
    for (const piece of pieces) {
      const one = stored(name, piece.trim());
      if (one === undefined) return wrong;
      names.add(one);
    }
  }
  const value = [...names].join(separator);
  return fitsText(field, value) ? { value } : wrong;
}

/** Any JSON value, as it would be read. */
function ofAnything(value: unknown, wrong: Fit): Fit {
  try {
    const text = JSON.stringify(copied(value));
    return text === undefined ? wrong : { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof MailcowInputError) throw error;
    return wrong;
  }
}

/** If all alternatives refuse a value, the likely one that gets furthest says what is wrong. */
function ofChoices(
  given: Field,
  choices: readonly Field[],
  value: unknown,
  at: readonly string[],
  isOpen: boolean,
): Fit {
  const flaws: { readonly flaw: Flaw; readonly choice: Field }[] = [];
  for (const choice of choices) {
    const result = spell(choice, value, at, isOpen);
    if ("value" in result) return result;
    flaws.push({ flaw: result.flaw, choice });
  }
  const meant = flaws.filter(({ flaw, choice }) => !flaw.isOtherKind && isMeant(choice, value));
  const telling = (meant.length > 0 ? meant : flaws).flatMap(({ flaw }) => (flaw.at.length > at.length ? [flaw] : []));
  const deepest = telling.sort((a, b) => b.at.length - a.at.length)[0];
  if (!deepest?.isOtherKind) return { flaw: deepest ?? { at, expected: inWords(given) } };
  // No alternative has this word, so name the words of all.
  const same = telling.filter((flaw) => flaw.isOtherKind && flaw.at.join() === deepest.at.join());
  return {
    flaw: {
      at: deepest.at,
      isOtherKind: true,
      expected: [...new Set(same.map(({ expected }) => expected))].join(", or "),
    },
  };
}

const isWord = ({ const: word, enum: words, type }: Field): boolean =>
  word !== undefined || words !== undefined || type === "null";

/** Whether a value may be meant for an alternative: it has no word that belongs to another one. */
function isMeant(choice: Field, value: unknown): boolean {
  if (isWord(choice)) return "value" in spell(choice, value, []);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(choice.properties ?? {}).every(([name, member]) => {
    const given = (value as Input)[name];
    if (given === undefined) return !(isWord(member) && choice.required?.includes(name));
    return isMeant(member, given);
  });
}

function isOf(type: string, value: unknown): boolean {
  if (type === "integer") return Number.isSafeInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  if (type === "object") return isOfFields(value);
  return typeof value === type && (type !== "number" || Number.isFinite(value));
}

const patterns = new Map<string, RegExp>();

/** To make an expression takes longer than to ask it. */
function patternOf(source: string): RegExp {
  const pattern = patterns.get(source) ?? new RegExp(source, "u");
  patterns.set(source, pattern);
  return pattern;
}

const fitsText = ({ minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern }: Field, value: string): boolean =>
  value.length >= minLength && value.length <= maxLength && (!pattern || patternOf(pattern).test(value));

/** The bounds of a number also apply to its digits as text. */
function fitsBounds({ minimum, maximum }: Field, value: unknown): boolean {
  if (minimum === undefined && maximum === undefined) return true;
  if (typeof value !== "number" && !(typeof value === "string" && /^\d+$/.test(value))) return true;
  return Number(value) >= (minimum ?? -Infinity) && Number(value) <= (maximum ?? Infinity);
}

function ofList(field: Field, value: readonly unknown[], at: readonly string[], wrong: Fit, isOpen: boolean): Fit {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems, items = {} } = field;
  if (value.length < minItems || value.length > maxItems) return wrong;
  const list: unknown[] = [];
  // Unlike `map`, this also checks holes in the list.
  for (const entry of value.values()) {
    const result = spell(items, entry, at, isOpen);
    if ("flaw" in result) return result.flaw.at.length > at.length ? result : wrong;
    list.push(result.value);
  }
  const keyOf = items.name === "tag" ? collationKey : (entry: string) => entry.toLowerCase();
  if (uniqueItems && new Set(list.map((entry) => keyOf(String(entry)))).size < list.length) return wrong;
  return { value: list };
}

function unknownField(key: string, at: readonly string[], properties: object = {}, hint = ""): Fit {
  const expected = `${unknownWords("field", key, Object.keys(properties))}${hint}`;
  return { flaw: { at: [...at, key], expected, isUnknown: true } };
}

function ofObject(field: Field, input: Input, at: readonly string[], isOpen: boolean): Fit {
  const { properties = {}, additionalProperties, required = [], minProperties = 0 } = field;
  const given = new Map(Object.entries(input).filter(([, member]) => member !== undefined));
  const size = given.size;
  for (const [name, { send, repeats }] of Object.entries(properties)) {
    if (given.has(name)) continue;
    if (repeats !== undefined && given.has(repeats)) given.set(name, given.get(repeats));
    else if (send !== undefined) given.set(name, send);
  }
  const sent: [string, unknown][] = [];
  for (const [key, member] of given) {
    const schema = Object.hasOwn(properties, key) ? properties[key] : additionalProperties || isOpen;
    if (!schema) return unknownField(key, at, properties, wayOut);
    const result =
      typeof schema === "object"
        ? spell(schema, member, [...at, key], isOpen)
        : ofAnything(member, { flaw: { at, expected: "JSON" } });
    if ("flaw" in result) return result;
    sent.push([key, result.value]);
  }
  // A newer mailcow may want the field that is not known here in the place of one that is required today.
  const isNewer = sent.some(([key]) => !Object.hasOwn(properties, key));
  const missing = isNewer && isOpen ? undefined : required.find((key) => !given.has(key));
  if (missing) return { flaw: { at: [...at, missing], expected: `given: ${inWords(properties[missing] ?? {})}` } };
  if (size < minProperties)
    return { flaw: { at, expected: `given: at least one of ${Object.keys(properties).join(", ")}` } };
  for (const [key, { repeats }] of Object.entries(properties)) {
    if (repeats !== undefined && given.has(key) && given.get(key) !== given.get(repeats))
      return { flaw: { at: [...at, key], expected: `the same as ${repeats}` } };
  }
  return { value: Object.fromEntries(sent) };
}
