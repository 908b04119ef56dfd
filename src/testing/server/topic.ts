import type { Data } from "../rules/php.ts";
import type { Database } from "../state.ts";
import type { Call } from "./call.ts";

/**
 * What a route does. A write says what it did on the call (`call.success`, …); `false` says that it did nothing. A read
 * returns the data; for nothing, mailcow answers `{}`.
 */
export type Handler = (call: Call) => unknown;

/** The `log` of an entry: the function of mailcow that said it, and the data as that function saw it. */
export type Log = (data: Data | readonly unknown[]) => readonly unknown[];

/** A route of mailcow. */
export interface Action {
  readonly run: Handler;
  readonly log: Log;
  /** The name under which the items of an edit or a delete are merged with the attributes. */
  readonly items?: string;
  /** What a read answers when it finds nothing. */
  readonly nothing?: unknown;
}

/** What one topic of mailcow's API does, all in one file. */
export interface Topic {
  /** By route, such as `add/domain` or `get/domain/{domain}`. */
  readonly actions: Readonly<Record<string, Action>>;
  /** What else happens when a domain or a mailbox goes, or a mailbox gets another name. */
  readonly on?: {
    readonly domainRemoved?: (db: Database, domain: string) => void;
    readonly mailboxRemoved?: (db: Database, username: string) => void;
    readonly mailboxRenamed?: (db: Database, before: string, after: string) => void;
  };
}

const noLog: Log = () => [];

export const reads = (run: Handler, nothing: unknown = {}): Action => ({ run, log: noLog, nothing });
export const adds = (log: Log, run: Handler): Action => ({ run, log });
/** An edit or a delete; `items` is the name under which mailcow puts what it is about. */
export const changes = (items: string, log: Log, run: Handler): Action => ({ run, log, items });

/** An edit or a delete of what there is once: it ignores items. */
export const writes = (log: Log, run: Handler): Action => ({ run, log });

const secrets = ["password", "password2", "app_passwd", "app_passwd2"];

/** The data with an asterisk for each password. */
function masked(data: Data | readonly unknown[]): unknown {
  if (Array.isArray(data)) return data;
  const entries = Object.entries(data);
  return inPhp(
    Object.fromEntries(entries.map(([name, value]) => [name, secrets.includes(name) && value != null ? "*" : value])),
  );
}

const inPhp = (data: object): object => (Object.keys(data).length === 0 ? [] : data);

/** The log of mailcow's largest function: `["mailbox", "add", "domain", data, null]`. */
export const mailboxLog =
  (action: string, type: string): Log =>
  (data) => ["mailbox", action, type, masked(data), null];

/** The log of the others: `["dkim", "add", data]`. */
export const logOf =
  (...words: readonly unknown[]): Log =>
  (data) => [...words, masked(data)];

/** The log of functions that hide nothing. */
export const clearLogOf =
  (...words: readonly unknown[]): Log =>
  (data) => [...words, inPhp(data)];

/** The log of maps, which ends in a variable that mailcow never sets. */
export const mapLog =
  (map: string, action: string): Log =>
  (data) => [map, action, inPhp(data), null];
