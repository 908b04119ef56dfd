/** What the generated tables are made of: the contract's routes and fields, as data. */

/** The kinds of names that mailcow knows, and `text` for what is sent as it is; see `core/names.ts`. */
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

/** The part of JSON Schema that the contract's requests are written in, and what a value means to mailcow. */
export interface Field {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
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
  /** What a value is, in words, where its bounds alone would be a riddle. */
  readonly means?: string;
  readonly name?: NameKind;
  /** What separates several names in one text; callers may give a list. */
  readonly list?: string;
  readonly unit?: string;
  /** What is sent where the caller gives nothing, because mailcow's own default is a trap. */
  readonly send?: unknown;
  /** The field whose value this one repeats. */
  readonly repeats?: string;
  /** The first release of mailcow that knows it, or knows the words of an `enum`; older ones ignore it in silence. */
  readonly since?: string | Readonly<Record<string, string>>;
  /** The last release of mailcow that knows it. */
  readonly until?: string | Readonly<Record<string, string>>;
  /** The last release of mailcow that ignores it in silence, although it has the field. */
  readonly ignoredUntil?: string;
  /** What the field was called up to some release. */
  readonly was?: { readonly until: string; readonly name: string };
  /** The topic of which something of this name has to exist, although mailcow does not look. */
  readonly unchecked?: "domain-templates" | "domains" | "identity-provider" | "mailbox-templates" | "relay-hosts";
}

/**
 * What a refusal of mailcow's asks of the caller:
 *
 * - `exists`: there is one already; edit it, or leave it
 * - `not-found`: what is named is not there
 * - `limit`: a number is over a limit; lower the one or raise the other
 * - `in-use`: other things depend on it; change them first
 * - `password`: choose another password
 * - `invalid`: mailcow does not take a value; correct it
 * - `denied`: mailcow does not allow it
 * - `failed`: something on the server failed; look there, and try again
 * - `unknown`: a newer mailcow may refuse with codes that this library does not know
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

/** What a code of mailcow's means: `{1}` stands for its first argument, `[with {1}|without]` for words with and without. */
export interface Meaning {
  readonly category: MailcowCategory;
  /** Why mailcow refuses, in words. */
  readonly cause: string;
  /** What to do about it. */
  readonly cure: string;
}

/** Meanings by code; a key that ends in `*` stands for every message that begins so. The first that fits counts. */
export type Meanings = Readonly<Record<string, Meaning>>;

declare const types: unique symbol;

/** A route: what it takes (`Input`) and what a call of it returns (`Answer`). */
export interface Route<Input, Answer> {
  readonly method: "GET" | "POST";
  readonly path: string;
  /**
   * The outer shape of what mailcow answers with HTTP 200:
   *
   * - `rows`: a list; `{}` where it is empty
   * - `row`: an object; `{}` if there is none
   * - `entries`: what was done, entry by entry
   * - `value`: anything else, which is always there
   */
  readonly answers: "rows" | "row" | "entries" | "value";
  /** The only value that the answer may have. */
  readonly const?: unknown;
  /** The types that the answer may have in JSON, or the rows of a list. */
  readonly types?: readonly string[];
  /** Fields of the answer, or of the rows of a list. An object without any of them is not an answer of this route. */
  readonly fields?: readonly string[];
  readonly params?: Readonly<Record<string, Field>>;
  readonly body?: Field;
  /** The first release of mailcow that has the route, where not all have it. */
  readonly since?: string;
  /** How many items one call may take; many where it is not said. */
  readonly batch?: number;
  /** What refusals mean here, where they mean something else elsewhere. */
  readonly codes?: Meanings;
  /** Only for the compiler. */
  readonly [types]?: (input: Input) => Answer;
}

/** What the transport has to know of a route that is not like the others. */
export interface Traits {
  /** Words that stand for other routes in the place of a path parameter. */
  readonly reserved?: Readonly<Record<string, readonly string[]>>;
  /** The names of its query parameters. */
  readonly query?: readonly string[];
  /** A bare text, number, truth value or `null` is an answer. */
  readonly bare?: true;
  /** The answer is text in whatever encoding, although mailcow labels it as JSON. */
  readonly text?: true;
  /** The items of its body are secrets. */
  readonly secretItems?: true;
  /** A GET that changes something: it is never sent twice. */
  readonly writes?: true;
}

/** One entry of mailcow's answer to a write. */
export interface ActionResult {
  /** `success`, `warning` and `info` went well, everything else did not. */
  readonly type: string;
  /** As mailcow sent it: a code, a sentence, or a code with its arguments. */
  readonly msg: string | readonly unknown[];
  /** The item that it speaks of, as far as mailcow's answer tells. */
  readonly id?: string | number;
  /** The code alone, such as `domain_exists`; a sentence where mailcow has no code. */
  readonly code: string;
}

/** An entry that says no, and what it means, in words without placeholders. */
export interface FailedResult extends ActionResult, Meaning {}
