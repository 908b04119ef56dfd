import type { Field, Route } from "../contract.ts";
import { MailcowInputError } from "../errors.ts";
import { isOfFields, symbolsIn } from "../fields.ts";
import { checkNames, inputError, refusal, unknownWords } from "../refusal.ts";
import { remembered } from "../remembered.ts";
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
  const result = spell(field, value, isOpen);
  if (result instanceof Flaw) throw asError(result, at, path);
  return result;
}

/**
 * Only the given fields of a body, in mailcow's spelling: adds no defaults and does not require missing fields. Several
 * names stay a list.
 */
export function spelled<Input extends object>(
  { path, body }: Pick<Route<never, unknown>, "path" | "body">,
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

function asError(flaw: Flaw, at: readonly string[], path: string): MailcowInputError {
  const field = [...at, ...flaw.at].filter((key) => key !== "attr").join(".") || "the input";
  return flaw.kind === "unknown" ? inputError(flaw.expected, field, path) : refusal(field, flaw.expected, path);
}

/** What is wrong with a value: where it is, and what would be right. Words are only looked for where it comes to that. */
class Flaw {
  /** From the outside in. */
  readonly at: string[] = [];
  /** The field is unknown, and `expected` is the whole message; or the value is a word of another alternative. */
  readonly kind: "unknown" | "word" | undefined;
  readonly #expected: Field | string;

  constructor(expected: Field | string, kind?: "unknown" | "word") {
    this.#expected = expected;
    this.kind = kind ?? (typeof expected === "object" && isWord(expected) ? "word" : undefined);
  }

  get expected(): string {
    return typeof this.#expected === "string" ? this.#expected : inWords(this.#expected);
  }

  /** The same, seen from what the value belongs to. */
  in(key: string): this {
    this.at.unshift(key);
    return this;
  }
}

/** A value as it is sent, or what is wrong with it. */
function spell(field: Field, value: unknown, isOpen = false): unknown {
  // mailcow can't read a body with such a text.
  if (typeof value === "string" && !value.isWellFormed())
    return new Flaw("valid Unicode, without half a surrogate pair");
  const [symbol] = typeof value === "object" && value !== null ? symbolsIn(value) : [];
  if (symbol) return unknownField(symbol, field.properties);
  if (!fitsBounds(field, value)) return new Flaw(field);
  if (field.anyOf) return ofChoices(field, field.anyOf, value, isOpen);
  if (field.enum) return field.enum.includes(value) ? value : new Flaw(field);
  if (field.list !== undefined && (typeof value === "string" || Array.isArray(value))) return ofNames(field, value);
  const { type } = field;
  if (type && !(typeof type === "string" ? isOf(type, value) : type.some((one) => isOf(one, value))))
    return new Flaw(field);
  if (typeof value === "string") return ofText(field, value);
  if (Array.isArray(value)) return ofList(field, value, isOpen);
  if (typeof value === "object" && value !== null && type) return ofObject(field, value as Input, isOpen);
  return type ? value : ofAnything(value, field);
}

function ofText(field: Field, text: string): unknown {
  const value = field.name && text !== "" ? stored(field.name, text) : text;
  return value !== undefined && fitsText(field, value) ? value : new Flaw(field);
}

/** Several names, as a text or a list: converts each to mailcow's spelling and joins them, without duplicates. */
function ofNames(field: Field, given: string | readonly unknown[]): unknown {
  const { name = "text", list: separator = "," } = field;
  const isSplit = name === "tag" || name === "search" || name === "text" ? separator : /[\s,;]+/;
  const names = new Set<string>();
  for (const entry of [given].flat()) {
    if (typeof entry !== "string" || !entry.isWellFormed()) return new Flaw(field);
    const pieces = entry.split(isSplit).filter((piece) => piece.trim() !== "");
    // A separator in one tag of a list would make two tags.
    if (typeof isSplit === "string" && Array.isArray(given) && pieces.length > 1) return new Flaw(field);
    if (pieces.length === 0 && (Array.isArray(given) || !fitsText(field, ""))) return new Flaw(field);
    for (const piece of pieces) {
      const one = stored(name, piece.trim());
      if (one === undefined) return new Flaw(field);
      names.add(one);
    }
  }
  const value = [...names].join(separator);
  return fitsText(field, value) ? value : new Flaw(field);
}

/** Any JSON value, as it would be read. */
function ofAnything(value: unknown, expected: Field | string): unknown {
  try {
    const text = JSON.stringify(copied(value));
    return text === undefined ? new Flaw(expected) : JSON.parse(text);
  } catch (error) {
    if (error instanceof MailcowInputError) throw error;
    return new Flaw(expected);
  }
}

/** If all alternatives refuse a value, the likely one that gets furthest says what is wrong. */
function ofChoices(given: Field, choices: readonly Field[], value: unknown, isOpen: boolean): unknown {
  const flaws: { readonly flaw: Flaw; readonly choice: Field }[] = [];
  for (const choice of choices) {
    const result = spell(choice, value, isOpen);
    if (!(result instanceof Flaw)) return result;
    flaws.push({ flaw: result, choice });
  }
  const meant = flaws.filter(({ flaw, choice }) => flaw.kind !== "word" && isMeant(choice, value));
  const telling = (meant.length > 0 ? meant : flaws).flatMap(({ flaw }) => (flaw.at.length > 0 ? [flaw] : []));
  const deepest = telling.sort((a, b) => b.at.length - a.at.length)[0];
  if (deepest?.kind !== "word") return deepest ?? new Flaw(given);
  // No alternative has this word, so name the words of all.
  const same = telling.filter((flaw) => flaw.kind === "word" && flaw.at.join() === deepest.at.join());
  const words = new Flaw([...new Set(same.map(({ expected }) => expected))].join(", or "), "word");
  words.at.push(...deepest.at);
  return words;
}

const isWord = ({ enum: words, type }: Field): boolean => words !== undefined || type === "null";

/** Whether a value may be meant for an alternative: it has no word that belongs to another one. */
function isMeant(choice: Field, value: unknown): boolean {
  if (isWord(choice)) return !(spell(choice, value) instanceof Flaw);
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

function ofList(field: Field, value: readonly unknown[], isOpen: boolean): unknown {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems, items = {} } = field;
  if (value.length < minItems || value.length > maxItems) return new Flaw(field);
  const list: unknown[] = [];
  // Unlike `map`, this also checks holes in the list.
  for (const entry of value.values()) {
    const result = spell(items, entry, isOpen);
    if (result instanceof Flaw) return result.at.length > 0 ? result : new Flaw(field);
    list.push(result);
  }
  const keyOf = items.name === "tag" ? collationKey : (entry: string) => entry.toLowerCase();
  if (uniqueItems && new Set(list.map((entry) => keyOf(String(entry)))).size < list.length) return new Flaw(field);
  return list;
}

const unknownField = (key: string, properties: object = {}, hint = ""): Flaw =>
  new Flaw(`${unknownWords("field", key, Object.keys(properties))}${hint}`, "unknown").in(key);

/** The fields that are sent although they are not given; looked for once. */
const automaticIn = remembered((field: Field): [name: string, Field][] =>
  Object.entries(field.properties ?? {}).filter(([, { send, repeats }]) => send !== undefined || repeats !== undefined),
);

function ofObject(field: Field, input: Input, isOpen: boolean): unknown {
  const { properties = {}, additionalProperties, required = [], minProperties = 0 } = field;
  const fields = Object.entries(input).filter(([, member]) => member !== undefined);
  const size = fields.length;
  const given = (name: string): unknown => fields.find(([key]) => key === name)?.[1];
  for (const [name, { send, repeats }] of automaticIn(field)) {
    const value = repeats === undefined ? send : given(repeats);
    if (value !== undefined && given(name) === undefined) fields.push([name, value]);
  }
  for (const one of fields) {
    const [key, member] = one;
    const schema = Object.hasOwn(properties, key) ? properties[key] : additionalProperties || isOpen;
    if (!schema) return unknownField(key, properties, wayOut);
    const isKnown = typeof schema === "object";
    const result = isKnown ? spell(schema, member, isOpen) : ofAnything(member, "JSON");
    if (result instanceof Flaw) return isKnown ? result.in(key) : result;
    one[1] = result;
  }
  // A newer mailcow may want the field that is not known here in the place of one that is required today.
  const isNewer = isOpen && fields.some(([key]) => !Object.hasOwn(properties, key));
  const missing = isNewer ? undefined : required.find((key) => given(key) === undefined);
  if (missing) return new Flaw(`given: ${inWords(properties[missing] ?? {})}`).in(missing);
  if (size < minProperties) return new Flaw(`given: at least one of ${Object.keys(properties).join(", ")}`);
  for (const [key, { repeats }] of automaticIn(field)) {
    const value = given(key);
    if (repeats !== undefined && value !== undefined && value !== given(repeats))
      return new Flaw(`the same as ${repeats}`).in(key);
  }
  return Object.fromEntries(fields);
}
