/**
 * Reads the generated tables, which are texts in a notation of their own (`docs/decisions/0014`): a text takes less room
 * than objects, and costs nothing before it is used. `scripts/lib/notation.ts` writes it. A route looks like this:
 *
 * ```text
 * edit/thing batch=1                              its path, and other values of `Route`
 * items! Ids                                      a required field; `Ids` is in generated/shapes.ts
 * attr! object 1..                                an object with at least one field; its fields are indented
 *  name text 1..64                                a name of this kind (or a JSON type), of 1 to 64 characters
 *  quota,maxquota Mebibytes since=2026-01         two equal fields, with another value of `Field`
 *  mode =on,off                                   a word
 *  code text 1.. ~ ^\d+$ # such as 42              a pattern, and what is meant
 *  tags tag list ..9 uniqueItems=true             a list with at most 9 entries
 *  hosts host 1.. some                            one, or a list
 *  size integer 0.. | string & unit=bytes         alternatives, and what they have in common
 * ! invalid mode_invalid = cause; cure            what a code means
 *
 * get/thing/{id} row                              answers a row; without such a word, entries
 * > id:integer name note:string,null?             fields that the library reads, texts without a type; `note` may be absent
 * ? cpu memory                                    the fields by which the answer is known, if not by those
 * id Id                                           a parameter
 *
 * delete/thing
 * = Id list 1..                                   the whole body, if it is not an object
 * ```
 *
 * `map` is an object of any fields, and `any` is any value. The alternatives of `either` follow indented, after a `|` each.
 * In the fields that are read, `attributes.` puts all that follow below that field, and `.` ends it.
 */
import type { Changed, Field, Meaning, Meanings, Route } from "./contract.ts";
import { type Shape, shapes } from "./generated/shapes.ts";

type Draft<Type> = { -readonly [Key in keyof Type]: Type[Key] };
type Table = Route<never, unknown>;

/** A route whose table is read when it is used for the first time. */
class WrittenRoute implements Table {
  readonly #text: string;
  readonly #codes: string;
  #path: string | undefined;
  #table: Table | undefined;
  #meanings: Meanings | undefined;

  constructor(text: string, codes: string) {
    this.#text = text;
    this.#codes = codes;
  }

  get #read(): Table {
    this.#table ??= tableOf(this.path, this.#text);
    return this.#table;
  }

  get method(): "GET" | "POST" {
    return this.#read.method;
  }
  /** By their paths, all routes are looked through, so this reads nothing else. */
  get path(): string {
    this.#path ??= `/api/v1/${this.#text.split(/[ \n]/, 1)[0]}`;
    return this.#path;
  }
  get answers(): Table["answers"] {
    return this.#read.answers;
  }
  get const(): unknown {
    return this.#read.const;
  }
  get types(): Table["types"] {
    return this.#read.types;
  }
  get fields(): Table["fields"] {
    return this.#read.fields;
  }
  get reads(): Table["reads"] {
    return this.#read.reads;
  }
  get params(): Table["params"] {
    return this.#read.params;
  }
  get body(): Field | undefined {
    return this.#read.body;
  }
  get since(): string | undefined {
    return this.#read.since;
  }
  get changed(): Changed | undefined {
    return this.#read.changed;
  }
  get batch(): number | undefined {
    return this.#read.batch;
  }
  get last(): string | undefined {
    return this.#read.last;
  }
  get codes(): Meanings {
    this.#meanings ??= meaningsIn([this.#codes, ...this.#text.split("\n! ").slice(1)].join("\n"));
    return this.#meanings;
  }
}

/** A route, by its table; `codes` are meanings that it shares with others of its topic. */
/* @__NO_SIDE_EFFECTS__ */
export function route<Input, Answer>(text: string, codes = ""): Route<Input, Answer> {
  return new WrittenRoute(text, codes) as Route<Input, Answer>;
}

function tableOf(path: string, text: string): Table {
  const [head = "", ...blocks] = text.split(/\n(?! )/);
  const [address = "", ...words] = head.split(" ");
  const isRead = address.startsWith("get/");
  const table: Draft<Table> = { method: isRead ? "GET" : "POST", path, answers: "entries" };
  for (const word of words) {
    const [shape, types] = split(word, ":");
    if (word.includes("=")) setIn(table, word);
    else Object.assign(table, { answers: shape, ...(types && { types: types.split(",") }) });
  }
  const [params, fields]: [string[], string[]] = [[], []];
  for (const block of blocks) {
    const [name, rest] = split(block, " ");
    if (name === ">") {
      table.reads = readsIn(rest);
      // Without the first of them, no answer is accepted.
      table.fields = Object.keys(table.reads);
    } else if (name === "?") table.fields = rest.split(" ");
    else if (name === "=") table.body = fieldOf(rest);
    else if (name !== "!") (isRead || path.includes(`{${name}}`) ? params : fields).push(block);
  }
  if (params.length > 0) table.params = membersIn(params).properties;
  if (fields.length > 0) table.body = { type: "object", ...membersIn(fields) };
  return table;
}

function readsIn(text: string): Record<string, string[]> {
  const reads: Record<string, string[]> = {};
  let before = "";
  for (const word of text.split(" ")) {
    if (word.endsWith(".")) before = word === "." ? "" : word;
    else {
      const [name = "", types = "string"] = word.replace("?", "").split(":");
      reads[before + name] = [...types.split(","), ...(word.endsWith("?") ? ["undefined"] : [])];
    }
  }
  return reads;
}

/** The fields of an object, each with the lines below it. */
function membersIn(blocks: readonly string[]): Pick<Field, "properties" | "required"> {
  const properties: Record<string, Field> = {};
  const required: string[] = [];
  for (const block of blocks) {
    const [names, text] = split(block, " ");
    const field = fieldOf(text);
    for (const name of names.split(",")) {
      const bare = name.replace("!", "");
      if (bare !== name) required.push(bare);
      properties[bare] = field;
    }
  }
  return { properties, ...(required.length > 0 && { required }) };
}

function fieldOf(text: string): Field {
  const [line, below] = split(text, "\n ");
  const [choices, common] = split(line, " & ");
  const fields = choices.split(" | ").map((choice) => fieldWith(choice));
  const [first = {}] = fields;
  const alternatives = fields.length > 1 ? { anyOf: fields } : first;
  const field = common ? fieldWith(common, alternatives) : alternatives;
  if (!below) return field;
  const blocks = below.replaceAll("\n ", "\n").split(/\n(?! )/);
  return { ...field, ...(field.type ? membersIn(blocks) : { anyOf: blocks.map((block) => fieldOf(block.slice(2))) }) };
}

/** A field to which words were added. */
function fieldWith(text: string, base: Field = {}): Field {
  if (shapeTexts().has(text)) return shapeOf(text as Shape);
  const [before, means] = split(` ${text}`, " # ");
  const [words, pattern] = split(before, " ~ ");
  const entry: Draft<Field> = { ...base };
  let field = entry;
  let whole = entry;
  for (const word of words.match(/(?:[^ "]|"[^"]*")+/g) ?? []) {
    const [, least, most] = /^(-?\d*)\.\.(\d*)$/.exec(word) ?? [];
    if (most !== undefined) setBounds(field, least, most);
    else if (word === "list" || word === "some") {
      const list: Draft<Field> = { type: "array", items: field };
      whole = word === "list" ? list : { anyOf: [field, list] };
      field = list;
    } else if (word === "map") whole = field = { type: "object", additionalProperties: field };
    else if (word.startsWith("=")) field.enum = word.slice(1).split(",").map(valueIn);
    else if (word.includes("=")) setIn(field, word);
    else if (/^[A-Z]/.test(word)) Object.assign(field, shapeOf(word as Shape));
    else if (word.includes(",")) field.type = word.split(",");
    else if (/^(string|integer|number|boolean|null|object)$/.test(word)) field.type = word;
    else if (word !== "any" && word !== "either") Object.assign(field, { type: "string", name: word });
  }
  if (pattern) entry.pattern = pattern;
  if (means) entry.means = means;
  return whole;
}

function setBounds(field: Draft<Field>, least = "", most = ""): void {
  const what = { string: "Length", array: "Items", object: "Properties" }[String(field.type)] ?? "imum";
  if (least) Object.assign(field, { [`min${what}`]: Number(least) });
  if (most) Object.assign(field, { [`max${what}`]: Number(most) });
}

/** Sets a value, such as `unit=days`, or several by their names, such as `since=eas:2026-01,dav:2026-01`. */
function setIn(target: object, word: string): void {
  const [key, text] = split(word, "=");
  const value = text.includes(":") ? Object.fromEntries(text.split(",").map((pair) => pair.split(":"))) : valueIn(text);
  Object.assign(target, { [key]: value });
}

const valueIn = (text: string): unknown => (/^(-?\d+|true|false|".*")$/.test(text) ? JSON.parse(text) : text);

/** A text before and after the first separator. */
function split(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

let texts: Map<string, string> | undefined;

/** The texts of the named shapes. */
function shapeTexts(): Map<string, string> {
  texts ??= new Map(shapes.split(/\n(?! )/).map((block) => split(block, " ")));
  return texts;
}

/** The named shapes that were read so far. */
const known = new Map<string, Field>();

/** A shape that several routes share. */
export function shapeOf(name: Shape): Field {
  const field = known.get(name) ?? fieldOf(shapeTexts().get(name) ?? "");
  known.set(name, field);
  return field;
}

/** What codes mean: lines such as `invalid mode_invalid = cause; cure`. */
export function meaningsIn(text: string): Meanings {
  const meanings: Record<string, Meaning> = {};
  for (const line of text.split("\n")) {
    const [head, sentences] = split(line, " = ");
    const [category, code] = split(head, " ");
    const [cause, cure] = split(sentences, "; ");
    if (code) meanings[code] = { category: category as Meaning["category"], cause, cure };
  }
  return meanings;
}
