import type { Calls, PostPath } from "../calls/calls.ts";
import { Collection, type Edit } from "../calls/collection.ts";
import { toDomain, toList, toMailboxName } from "../calls/names.ts";
import type { Mailbox, MailboxFilter, ReducedMailbox } from "../types.ts";

/**
 * Lists mailboxes, each once and only of the domains that were asked for: mailcow gives the whole server for a domain
 * that it does not know, with tags also the domains that have the name within theirs, and then some rows twice.
 */
export async function listMailboxes<Row extends ReducedMailbox>(
  calls: Calls,
  word: "all" | "reduced",
  { domain, tags }: MailboxFilter = {},
): Promise<Row[]> {
  const names = domain === undefined ? undefined : toList(domain).map((name) => toDomain(name));
  const query = { tags: tags && String(tags) };
  const rows: ReducedMailbox[] = names
    ? await calls.rows(`/api/v1/get/mailbox/${word}/{domains}`, { path: { domains: names.join(",") }, query })
    : await calls.rows(`/api/v1/get/mailbox/${word}`, { query });
  const own = rows.filter((row) => names?.includes(row.domain.toLowerCase()) ?? true);
  return [...new Map(own.map((row) => [row.username, row as Row])).values()];
}

/** Reads one mailbox, or `null`. A resource has a row too, of nulls. */
export async function readMailbox(calls: Calls, mailbox: string): Promise<Mailbox | null> {
  const row = await calls.row("/api/v1/get/mailbox/{mailbox}", { path: { mailbox } });
  return row?.username == null ? null : row;
}

/** The rows of mailboxes as a look-up by address, in any case; a mailbox that is not there has none. */
export async function mailboxRows(
  calls: Calls,
  mailboxes: readonly string[],
): Promise<(mailbox: string) => ReducedMailbox | undefined> {
  const domains = new Set(mailboxes.map((mailbox) => mailbox.slice(mailbox.lastIndexOf("@") + 1)));
  // Few are read one by one, more by the lists of their domains; so is a name that can't stand in a path.
  const reads =
    mailboxes.length < 10 && !mailboxes.join().includes("/")
      ? mailboxes.map(async (mailbox) => [await readMailbox(calls, mailbox)])
      : [...domains].map((domain) => listMailboxes(calls, "reduced", { domain }));
  const rows = (await Promise.all(reads)).flat().filter((row) => row !== null);
  const found = new Map(rows.map((row) => [row.username.toLowerCase(), row]));
  return (mailbox) => found.get(mailbox.toLowerCase());
}

/** How a mailbox can be logged in to. */
export const protocols = ["imap", "pop3", "smtp", "sieve", "eas", "dav"] as const;

type Word = PostPath extends infer Path ? (Path extends `/api/v1/edit/${infer Name}` ? Name : never) : never;

/** A collection of what belongs to mailboxes, by their address. */
export abstract class MailboxCollection extends Collection {
  /** Makes a setter: `attr` makes the attributes that the route takes. */
  protected setter<Value>(word: Word, attr: (value: Value) => unknown = (value) => value): Edit<string, Value> {
    return this.editor(`/api/v1/edit/${word}`, { item: toMailboxName, attr });
  }

  /** Makes a setter of a single field, which mostly is called like its route. */
  protected fieldSetter<Value>(word: Word, field: string = word): Edit<string, Value> {
    return this.setter(word, (value) => ({ [field]: value }));
  }
}
