import { type Document, isObject, operationsOf } from "./facts.ts";
import type { Releases } from "./releases.ts";
import { type Json, nameOf } from "./topics.ts";

/** What was different up to some release: in words, and as a schema or as the name of a field. */
export interface Change {
  readonly since?: string;
  readonly until: string;
  readonly says?: string;
  /** The field was ignored in silence. */
  readonly ignored?: boolean;
  /** The field had to be sent. */
  readonly required?: boolean;
  /** The schema that stood in the place of today's. */
  readonly schema?: Json;
  /** What the field was called. */
  readonly name?: string;
}

/** The answer of a mailcow that does not have the route. */
const noSuchRoute = {
  description: "This mailcow is older than the route.",
  content: {
    "application/json": {
      schema: {
        type: "object",
        description: "The answer to a call of a route that is not there.",
        required: ["type", "msg"],
        properties: {
          type: { type: "string", const: "error", description: "Always `error`." },
          msg: { type: "string", const: "route not found", description: "Always the same text." },
        },
      },
    },
  },
};

/**
 * The contract of every release at once. Nothing is left out; a field is `required` where every release has it, and
 * descriptions say since when there is what not all have.
 */
export function wholeRange(corrected: Document, releases: Releases): Document {
  const whole = new Versions(corrected, releases).of(corrected) as Document;
  const late = [...operationsOf(whole).values()].filter((operation) => operation["x-mailcow-since"]);
  for (const { responses } of late as { responses: Json }[])
    responses["404"] = { $ref: "#/components/responses/NoSuchRoute" };
  const { responses } = whole["components"] as { responses: Json };
  if (late.length > 0) responses["NoSuchRoute"] = noSuchRoute;
  return { ...whole, info: { ...whole.info, version: `${releases.oldest} to ${releases.newest}` } };
}

/** The strict contract of one release. */
export function ofRelease(corrected: Document, releases: Releases, release: string): Document {
  const strict = new Versions(corrected, releases, release).of(corrected) as Document;
  strict.info = { ...strict.info, version: release };
  for (const [path, item] of Object.entries(strict.paths))
    if (Object.keys(item).length === 0) delete strict.paths[path];
  const used = new Set([...operationsOf(strict).values()].flatMap(({ tags }) => tags as string[]));
  strict["tags"] = (strict["tags"] as { name: string }[]).filter(({ name }) => used.has(name));
  dropUnused(strict["components"] as Record<string, Json>, strict);
  return strict;
}

/** A strict contract, and what mailcow answers to calls of the routes that only other releases have. */
export function withAbsentRoutes(strict: Document, whole: Document): Document {
  const paths = { ...strict.paths };
  for (const [route, operation] of operationsOf(whole)) {
    const [method = "", path = ""] = route.split(" ");
    const { "200": _, ...refusals } = operation["responses"] as Json;
    paths[path] = { [method.toLowerCase()]: { responses: { ...refusals, "404": noSuchRoute } }, ...paths[path] };
  }
  const kinds = Object.entries(whole["components"] as Record<string, Json>);
  const own = strict["components"] as Record<string, Json>;
  return {
    ...strict,
    paths,
    components: Object.fromEntries(kinds.map(([kind, all]) => [kind, { ...all, ...own[kind] }])),
  };
}

/** Keys below which stand names, each with a schema or the like. */
const maps = new Set(["properties", "responses", "content", "examples", "schemas", "paths"]);
/** Keys below which stand values of the API. */
const values = new Set(["example", "value", "default", "const", "enum", "x-mailcow-send", "x-mailcow-changed"]);

/** Copies of parts of the document as they are in one release, or without a release in the whole range. */
class Versions {
  readonly #schemas: Record<string, Json>;
  readonly #releases: Releases;
  readonly #release: string | undefined;

  constructor(document: Document, releases: Releases, release?: string) {
    this.#schemas = (document["components"] as { schemas: Record<string, Json> }).schemas;
    this.#releases = releases;
    this.#release = release;
  }

  of(value: unknown): unknown {
    if (Array.isArray(value)) return value.filter((member) => this.#has(member)).map((member) => this.of(member));
    if (!isObject(value)) return value;
    const copy: Json = {};
    for (const [key, member] of Object.entries(value)) {
      if (values.has(key)) copy[key] = member;
      else if (maps.has(key) && isObject(member)) copy[key] = this.#map(member);
      else if (this.#has(member)) copy[key] = this.of(member);
    }
    if (isObject(value["properties"])) this.#fields(copy, value["properties"]);
    return this.#release === undefined ? this.#explained(copy) : this.#strict(copy);
  }

  #map(members: Json): Json {
    const there = Object.entries(members).filter(([, member]) => this.#has(member));
    return Object.fromEntries(there.map(([name, member]) => [name, this.of(member)]));
  }

  /** Whether this is a part of the contract. */
  #has(value: unknown): boolean {
    return this.#release === undefined || this.#isThere(rangeOf(value), this.#release);
  }

  /** Whether something was otherwise in this release. */
  #applies({ since, until }: Change): boolean {
    return this.#has({ "x-mailcow-since": since, "x-mailcow-until": until });
  }

  #isThere({ since, until }: Range, release: string): boolean {
    return !(since && this.#releases.isAfter(since, release)) && !(until && this.#releases.isAfter(release, until));
  }

  /** Which fields are always there, and what fields are called whose name has changed. */
  #fields(copy: Json, before: Json): void {
    const isAlways = (name: string) => {
      const range = rangeOf(before[name]);
      return this.#release === undefined ? !range.since && !range.until : this.#isThere(range, this.#release);
    };
    const fields = copy["properties"] as Record<string, Json>;
    const required = ((copy["required"] ?? []) as string[]).filter(isAlways);
    const renamed = new Map<string, Change>();
    for (const [name, field] of Object.entries(before as Record<string, Json>)) {
      const change = changesOf(field).find((one) => this.#applies(one));
      if (change?.name) renamed.set(name, change);
      if (change?.required && this.#release !== undefined) required.push(name);
    }
    if (this.#release === undefined) copy["properties"] = this.#both(fields, renamed);
    else {
      const now = (name: unknown) => renamed.get(String(name))?.name ?? name;
      const entries = Object.entries(fields).map(([name, field]) => {
        const repeats = field["x-mailcow-repeats"];
        return [now(name), { ...field, ...(repeats !== undefined && { "x-mailcow-repeats": now(repeats) }) }];
      });
      copy["properties"] = Object.fromEntries(entries);
    }
    if ("required" in copy || required.length > 0)
      copy["required"] = required.flatMap((name) => {
        const change = renamed.get(name);
        if (!change) return [name];
        return this.#release === undefined ? [] : [change.name];
      });
  }

  /** Every field that has changed its name under both names. */
  #both(fields: Record<string, Json>, renamed: ReadonlyMap<string, Change>): Json {
    const entries = Object.entries(fields).flatMap(([name, field]) => {
      const change = renamed.get(name);
      if (!change) return [[name, field]];
      const since = this.#releases.next(change.until);
      const now = this.#described(field, [`Up to mailcow ${change.until} it is \`${change.name}\`.`]);
      const old = {
        ...field,
        description: `What is \`${name}\` since mailcow ${since}.`,
        "x-mailcow-until": change.until,
        "x-mailcow-instead-of": name,
      };
      delete (old as Json)["x-mailcow-changed"];
      return [
        [name, now],
        [change.name, old],
      ];
    });
    return Object.fromEntries(entries);
  }

  /** In the whole range, a schema allows what it allowed in any release, and its description says what came when. */
  #explained(copy: Json): Json {
    const changes = changesOf(copy);
    const node = this.#described(copy, notesOf(copy));
    const older = changes.filter(({ schema }) => schema);
    if (changes.length > 0) node["x-mailcow-changed"] = changes.map(({ schema: _, ...change }) => change);
    if (older.length === 0) return node;
    const { description, "x-mailcow-changed": changed, ...newest } = node;
    const choices = older.map(({ until, schema }) => ({ ...(this.of(schema) as Json), "x-mailcow-until": until }));
    return { description, "x-mailcow-changed": changed, anyOf: [newest, ...choices] };
  }

  /** In one release, nothing is left of the keys that speak of releases. */
  #strict(copy: Json): Json {
    const { "x-mailcow-since": since, "x-mailcow-until": until, "x-mailcow-changed": _, ...rest } = copy;
    const change = changesOf(copy).find((one) => this.#applies(one));
    if (change?.schema) return this.of(change.schema) as Json;
    const there = (word: unknown) =>
      this.#has({ "x-mailcow-since": wordOf(since, word), "x-mailcow-until": wordOf(until, word) });
    const node = this.#described(rest, change?.says ? [change.says] : []);
    if (Array.isArray(node["enum"])) node["enum"] = node["enum"].filter(there);
    return node;
  }

  /** A copy with something added to its description. */
  #described(node: Json, notes: readonly string[]): Json {
    if (notes.length === 0) return { ...node };
    const own = node["description"] ?? this.#schemas[nameOf(node["$ref"])]?.["description"];
    return { ...node, description: [...(own === undefined ? [] : [own]), ...notes].join(" ") };
  }
}

interface Range {
  readonly since: string | undefined;
  readonly until: string | undefined;
}

/** From which release to which a thing is there. A map speaks of the words of an `enum`, not of the thing itself. */
export function rangeOf(value: unknown): Range {
  const text = (key: string) => {
    const found = isObject(value) ? value[key] : undefined;
    return typeof found === "string" ? found : undefined;
  };
  return { since: text("x-mailcow-since"), until: text("x-mailcow-until") };
}

const wordOf = (map: unknown, word: unknown): unknown => (isObject(map) ? map[String(word)] : undefined);

export const changesOf = (node: Json): Change[] => (node["x-mailcow-changed"] ?? []) as Change[];

/** What a description has to say of releases. */
function notesOf(node: Json): string[] {
  const { since, until } = rangeOf(node);
  return [
    ...(since ? [`Since mailcow ${since}.`] : []),
    ...(until ? [`Up to mailcow ${until}.`] : []),
    ...[node, node["items"]]
      .filter(isObject)
      .flatMap((one) => [
        ...wordsOf(one["x-mailcow-since"]).map(([release, words]) => `${words} since mailcow ${release}.`),
        ...wordsOf(one["x-mailcow-until"]).map(([release, words]) => `${words} up to mailcow ${release}.`),
      ]),
    ...changesOf(node).flatMap((change) => (change.says ? [`${rangeInWords(change)}: ${change.says}`] : [])),
  ];
}

/** Such as "Up to mailcow 2026-07". */
export const rangeInWords = ({ since, until }: Change): string =>
  since ? `From mailcow ${since} to ${until}` : `Up to mailcow ${until}`;

/** The words of an `enum` that came or went with each release. */
function wordsOf(map: unknown): [release: string, words: string][] {
  const words = new Map<string, string[]>();
  for (const [word, release] of isObject(map) ? Object.entries(map) : [])
    words.set(String(release), [...(words.get(String(release)) ?? []), `\`${word}\``]);
  return [...words].map(([release, list]) => [release, list.join(", ")]);
}

/** Drops components to which nothing refers, until there are none. */
function dropUnused(components: Record<string, Json>, document: Document): void {
  for (let dropped = true; dropped; ) {
    dropped = false;
    const text = JSON.stringify(document);
    for (const [kind, members] of Object.entries(components)) {
      if (kind === "securitySchemes") continue;
      for (const name of Object.keys(members))
        if (!text.includes(`"#/components/${kind}/${name}"`)) dropped = delete members[name];
    }
  }
}
