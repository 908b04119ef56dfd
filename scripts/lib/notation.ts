import type { Field } from "../../src/contract.ts";
import { Failure } from "./cli.ts";

/** A field as it is written: some stand for a named shape, beside which they say more. */
export interface Written extends Omit<Field, "anyOf" | "items" | "properties" | "additionalProperties"> {
  readonly shape?: string;
  readonly anyOf?: readonly Written[];
  readonly items?: Written;
  readonly properties?: Readonly<Record<string, Written>>;
  readonly additionalProperties?: Written | boolean;
}

/** The lines of an object's fields, in the notation that `src/notation.ts` describes. Equal fields in a row share a line. */
export function linesOf({ properties = {}, required = [] }: Written): string[] {
  const lines: { names: string[]; text: string }[] = [];
  for (const [name, field] of Object.entries(properties)) {
    const text = textOf(field);
    const last = lines.at(-1);
    const marked = required.includes(name) ? `${name}!` : name;
    if (last?.text === text) last.names.push(marked);
    else lines.push({ names: [marked], text });
  }
  return lines.map(({ names, text }) => `${names.join(",")} ${text}`);
}

/** A field in the notation, with the lines of its own fields below it. */
export function textOf(field: Written): string {
  const alternatives = isEither(field) ? (field.anyOf ?? []).map((choice) => `| ${textOf(choice)}`) : [];
  const below = [...linesOf(field), ...alternatives].map((line) => `\n ${line.replaceAll("\n", "\n ")}`);
  return termOf(field) + below.join("");
}

/** Whether there are objects among the alternatives, which need lines of their own. */
const isEither = ({ anyOf = [] }: Written): boolean => anyOf.some(({ properties }) => properties);

/** The words of a field. */
export function termOf(field: Written): string {
  const { anyOf, items, pattern, means, shape, ...more } = field;
  if (anyOf) return choiceOf(field, anyOf);
  if (items) return wrapped(items, "list", wordsOf({ ...more, type: undefined }, "Items"));
  const { additionalProperties: others, ...rest } = more;
  if (typeof others === "object") return wrapped(others, "map", wordsOf({ ...rest, type: undefined }, "Properties"));
  return joined([...(shape ? [shape] : []), ...wordsOf(more)], pattern, means) || "any";
}

function choiceOf(field: Written, choices: readonly Written[]): string {
  const { anyOf: _, pattern, means, ...rest } = field;
  const own = joined(wordsOf(rest), pattern, means);
  if (isEither(field)) return own ? `either ${own}` : "either";
  const [one, list] = choices;
  const { items, ...ofList } = list ?? {};
  if (!own && choices.length === 2 && one && items && JSON.stringify(items) === JSON.stringify(one))
    return wrapped(one, "some", wordsOf({ ...ofList, type: undefined }, "Items"));
  const text = choices.map(termOf).join(" | ");
  if (text.includes(" & ")) throw new Failure(`generate: alternatives within alternatives need a name: ${text}`);
  return own ? `${text} & ${own}` : text;
}

/** A list of something; a pattern and a meaning come last. */
function wrapped(entry: Written, word: "list" | "map" | "some", more: readonly string[]): string {
  if (entry.anyOf) return [termOf(entry), ...(termOf(entry).includes(" & ") ? [] : ["&"]), word, ...more].join(" ");
  const { pattern, means, ...rest } = entry;
  return joined([termOf(rest), word, ...more], pattern, means);
}

function joined(words: readonly string[], pattern: string | undefined, means: string | undefined): string {
  return [...words, ...(pattern ? [`~ ${pattern}`] : []), ...(means ? [`# ${means}`] : [])].join(" ");
}

type Words = Omit<Written, "type"> & { readonly type?: Field["type"] | undefined };

/** The words for what is left of a field; `size` is what its bounds are about. */
function wordsOf({ type, name, enum: values, required: _, ...rest }: Words, size = sizeOf(type)): string[] {
  const isName = type === "string" && name !== undefined && name !== "number";
  const {
    properties,
    shape,
    [`min${size}`]: least,
    [`max${size}`]: most,
    ...others
  } = { ...rest } as Record<string, unknown>;
  return [
    ...(isName ? [name] : values || type === undefined ? [] : [[type].flat().join(",")]),
    ...(values ? [`=${values.map(inWord).join(",")}`] : []),
    ...(name === undefined || isName ? [] : [`name=${name}`]),
    ...(least === undefined && most === undefined ? [] : [`${least ?? ""}..${most ?? ""}`]),
    ...Object.entries(others).map(([key, value]) => `${key}=${inWord(value)}`),
  ];
}

const sizeOf = (type: unknown): string =>
  ({ string: "Length", array: "Items", object: "Properties" })[String(type)] ?? "imum";

/** A value as it stands in a word. */
export function inWord(value: unknown): string {
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .map(([key, member]) => `${key}:${member}`)
      .join();
  return typeof value === "string" && /^[^\s",:]+$/.test(value) && !/^(-?\d+|true|false)$/.test(value)
    ? value
    : JSON.stringify(value);
}

/** A text as code. */
export const inCode = (text: string): string => `\`${text.replace(/[\\`]|\$(?=\{)/g, "\\$&")}\``;
