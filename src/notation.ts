/**
 * Reads the generated tables. A table is a text, because text takes less room than objects and is only looked at when it
 * is used for the first time. `scripts/lib/notation.ts` writes it.
 *
 * The first line of a route has its path, what it answers (entries if nothing is said), and other values of `Route`. Then
 * come lines with:
 *
 * - `> id:integer goto` fields that the library reads, of type `string` if no other is given; `?` where a field may be
 *   absent; `attributes.` puts the following ones below it, and `.` ends that
 * - `? cpu memory` the fields by which the answer is known, if they are not those above
 * - `! invalid mode_invalid = cause; cure` what a code means
 * - `= Ids` the whole body, if it is not an object
 * - `quota,maxquota Mebibytes since=2026-01` any other line: a field of the body, or a parameter, if it is in the path or
 *   the route reads. `domain!` is required. The lines of its own fields are below it, indented.
 *
 * A field is a kind of name, a JSON type, the name of a shape, or the words that are possible (`=s,m,h,d`), and then:
 *
 * - `1..64` its bounds: characters, entries, fields, or values
 * - `list`, `some`, `map` a list of that, one or a list of that, an object whose fields are that; their bounds follow
 * - `unit=days` and the like: other values of `Field`
 * - `~ ^a+$` a pattern, and `# such as aaa` what is meant, both of a single entry if it is a list
 * - `string | null & unit=days` alternatives, and what they have in common; those of `either` are below it, a line each
 */
import type { Changed, Field, Meaning, Meanings, Route } from "./contract.ts";
import { type Shape, shapes } from "./generated/shapes.ts";

type Draft<Type> = { -readonly [Key in keyof Type]: Type[Key] };
type Table = Route<never, unknown>;

/** A route whose table is read when it is used for the first time. */
class WrittenRoute implements Table {
  readonly #text: string;
  readonly #codes: string;
  #table: Table | undefined;
  #meanings: Meanings | undefined;

  constructor(text: string, codes: string) {
    this.#text = text;
    this.#codes = codes;
  }

  get #read(): Table {
    this.#table ??= tableOf(this.#text);
    return this.#table;
  }

  get method(): "GET" | "POST" {
    return this.#read.method;
  }
  get path(): string {
    return this.#read.path;
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
    const own = this.#text.match(/(?<=^! ).*/gm)?.join("\n");
    this.#meanings ??= { ...meaningsIn(this.#codes), ...(own && meaningsIn(own)) };
    return this.#meanings;
  }
}

/** A route, by its table; `codes` are meanings that it shares with others of its topic. */
/* @__NO_SIDE_EFFECTS__ */
export function route<Input, Answer>(text: string, codes = ""): Route<Input, Answer> {
  return new WrittenRoute(text, codes) as Route<Input, Answer>;
}

function tableOf(text: string): Table {
  const [head = "", ...blocks] = text.split(/\n(?! )/);
  const [address = "", ...words] = head.split(" ");
  const path = `/api/v1/${address}`;
  const isRead = address.startsWith("get/");
  const table: Draft<Table> = { method: isRead ? "GET" : "POST", path, answers: "entries" };
  for (const word of words) {
    const [shape, types] = split(word, ":");
    if (word.includes("=")) setIn(table, word);
    else Object.assign(table, { answers: shape, ...(types && { types: types.split(",") }) });
  }
  const [params, fields]: [string[], string[]] = [[], []];
  for (const block of blocks) {
    const [name = "", rest = ""] = split(block, " ");
    if (name === ">") {
      table.reads = readsIn(rest);
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
    else if (word === "closed") field.additionalProperties = false;
    else if (word === "unique") field.uniqueItems = true;
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
  const lines = text
    .trim()
    .split("\n")
    .flatMap((line): [string, Meaning][] => {
      const [head, sentences] = split(line, " = ");
      const [category, code] = split(head, " ");
      const [cause, cure] = split(sentences, "; ");
      return code ? [[code, { category: category as Meaning["category"], cause, cure }]] : [];
    });
  return Object.fromEntries(lines);
}
