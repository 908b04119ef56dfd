/** The types of the generated tables: the contract's routes and fields as data. */

/** The kinds of names in mailcow, and `text` for text that is sent unchanged; see `core/names.ts`. */
export type NameKind =
  | "account"
  | "address"
  | "address-or-domain"
  | "catch-all"
  | "destination"
  | "domain"
  | "host"
  | "host-or-network"
  | "id"
  | "local-part"
  | "mailbox"
  | "network"
  | "next-hop"
  | "number"
  | "recipient"
  | "search"
  | "selector"
  | "send-as"
  | "sender-pattern"
  | "tag"
  | "text"
  | "url";

/** Up to some release of mailcow, a field or a route was otherwise. */
export interface Changed {
  readonly until: string;
  /** What the field was called. */
  readonly name?: string;
}

/** The part of JSON Schema that the contract uses for requests, and what a value means to mailcow. */
export interface Field {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly items?: Field;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Field>>;
  readonly additionalProperties?: Field | boolean;
  readonly anyOf?: readonly Field[];
  /** What a value is, in words, if its bounds alone do not explain it. */
  readonly means?: string;
  readonly name?: NameKind;
  /** The separator of several names in one text; callers may give a list. */
  readonly list?: string;
  readonly unit?: string;
  /** The value to send if the caller gives none, because mailcow's own default is a trap. */
  readonly send?: unknown;
  /** The field whose value this one repeats. */
  readonly repeats?: string;
  /** The first release of mailcow that knows it, or knows the words of an `enum`; older ones ignore it silently. */
  readonly since?: string | Readonly<Record<string, string>>;
  /** The last release of mailcow that knows it. */
  readonly until?: string | Readonly<Record<string, string>>;
  /** Where a row shows it, if not under its own name; `{}` stands for the word. `false` if no row shows it. */
  readonly shown?: string | false;
  readonly changed?: Changed;
  /** The topic in which this name must exist; mailcow does not check it. */
  readonly unchecked?: "domain-templates" | "domains" | "identity-provider" | "mailbox-templates" | "relay-hosts";
}

/**
 * What a refusal by mailcow asks of the caller:
 *
 * - `exists`: it already exists; edit it, or leave it
 * - `not-found`: it does not exist
 * - `limit`: a number is over a limit; lower the number or raise the limit
 * - `in-use`: other things depend on it; change them first
 * - `password`: choose another password
 * - `invalid`: mailcow does not accept a value; correct it
 * - `denied`: mailcow does not allow it
 * - `failed`: something on the server failed; look there, and try again
 * - `unknown`: this library does not know the code; a newer mailcow may have new codes
 */
export type MailcowCategory =
  | "denied"
  | "exists"
  | "failed"
  | "in-use"
  | "invalid"
  | "limit"
  | "not-found"
  | "password"
  | "unknown";

/** What a code means. `{1}` is its first argument; `[with {1}|without]` has words for when it is present and absent. */
export interface Meaning {
  readonly category: MailcowCategory;
  /** Why mailcow refuses, in words. */
  readonly cause: string;
  /** What to do about it. */
  readonly cure: string;
}

/** Meanings by code; a key that ends in `*` matches every message that starts with it. The first match counts. */
export type Meanings = Readonly<Record<string, Meaning>>;

declare const types: unique symbol;

/** A route: what it takes (`Input`) and what a call returns (`Answer`). */
export interface Route<Input, Answer> {
  readonly method: "GET" | "POST";
  readonly path: string;
  /**
   * The outer shape of mailcow's answer with HTTP 200:
   *
   * - `rows`: a list; `{}` if it is empty
   * - `row`: an object; `{}` if there is none
   * - `entries`: what was done, one entry per result
   * - `value`: anything else, which is always present
   */
  readonly answers: "rows" | "row" | "entries" | "value";
  /** The only value that the answer may have. */
  readonly const?: unknown;
  /** The JSON types of the answer, or of the rows of a list. */
  readonly types?: readonly string[] | undefined;
  /** Fields of the answer, or of the rows of a list. An object without any of them is not an answer of this route. */
  readonly fields?: readonly string[] | undefined;
  /**
   * The fields of the answer, or of the rows of a list, that the library reads, by their path, with their JSON types;
   * `undefined` where some may not have it. `*` stands for each entry of a list.
   */
  readonly reads?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly params?: Readonly<Record<string, Field>> | undefined;
  readonly body?: Field | undefined;
  /** The first release of mailcow that has the route, where not all have it. */
  readonly since?: string | undefined;
  readonly changed?: Changed | undefined;
  /** How many items one call may take; no limit if absent. */
  readonly batch?: number | undefined;
  /** Items with this text in their name come last, because some releases of mailcow break off the call at them. */
  readonly last?: string | undefined;
  /** Codes that have a different meaning on this route. */
  readonly codes?: Meanings | undefined;
  /** Only for the compiler. */
  readonly [types]?: (input: Input) => Answer;
}

/** What the transport must know about a route that differs from the others. */
export interface Traits {
  /** The names of its query parameters. */
  readonly query?: readonly string[];
  /** A bare text, number, truth value or `null` is an answer. */
  readonly bare?: true;
  /** The answer is text in any encoding, although mailcow labels it as JSON. */
  readonly text?: true;
  /** Some releases answer two lists, one directly after the other; the first says what was done. */
  readonly glued?: true;
  /** The items of its body are secrets. */
  readonly secretItems?: true;
  /** A GET that changes something: it is never sent twice. */
  readonly writes?: true;
}

/** One entry of mailcow's answer to a write. */
export interface ActionResult {
  /** `success`, `warning` and `info` mean that it worked; everything else means that it did not. */
  readonly type: string;
  /** As mailcow sent it: a code, a sentence, or a code with its arguments. */
  readonly msg: string | readonly unknown[];
  /** The item that the entry is about, if mailcow's answer tells. */
  readonly id?: string | number;
  /** The code alone, such as `domain_exists`; a sentence if mailcow has no code. */
  readonly code: string;
}

/** A failed entry, with its meaning in words without placeholders. */
export interface FailedResult extends ActionResult, Meaning {}
