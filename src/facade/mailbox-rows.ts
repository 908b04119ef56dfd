import type { Route } from "../contract.ts";
import type { Api } from "../core/api.ts";
import type { Batch } from "../core/batch.ts";
import { toList } from "../core/lists.ts";
import { stored } from "../core/names.ts";
import { type CallOptions, filterOf, isNone } from "../core/options.ts";
import { together } from "../core/together.ts";
import { MailcowReplyError } from "../errors.ts";
import { getDomain } from "../generated/routes/domains.ts";
import * as routes from "../generated/routes/mailboxes.ts";
import type { Mailbox, ReducedMailbox } from "../generated/types/mailboxes.ts";

/** Which mailboxes to list. */
export interface MailboxFilter {
  /** Only mailboxes of these domains. */
  readonly domain?: string | readonly string[];
  /** Only mailboxes with a tag that contains one of these texts. */
  readonly tags?: string | readonly string[];
}

interface Tags {
  tags?: string | readonly string[];
}

/** The two ways to list mailboxes, each for the whole server and for some domains. */
const whole = [routes.getMailboxAll, routes.getMailboxAllByDomains] as const;
const reduced = [routes.getMailboxReduced, routes.getMailboxReducedByDomains] as const;

export const listMailboxes = (api: Api, filter?: MailboxFilter, options?: CallOptions): Promise<Mailbox[]> =>
  list(api, whole, filter, options);

export const listReduced = (api: Api, filter?: MailboxFilter, options?: CallOptions): Promise<ReducedMailbox[]> =>
  list(api, reduced, filter, options);

/**
 * Lists the mailboxes of the requested domains, each once. mailcow lists the whole server for an unknown domain; with
 * tags, it also lists domains whose names end in a requested one; and it repeats rows.
 */
async function list<Row extends ReducedMailbox>(
  api: Api,
  [ofAll, ofDomains]: readonly [Route<Tags, Row[]>, Route<Tags & { domains: string | readonly string[] }, Row[]>],
  given?: MailboxFilter,
  options?: CallOptions,
): Promise<Row[]> {
  const filter = filterOf(given, "domain", "tags");
  if (isNone(filter)) return [];
  const { domain: domains, ...tags } = filter;
  const isWhole = domains === undefined;
  const names = isWhole
    ? []
    : toList(domains).flatMap((name) => name.split(/[\s,;]+/).map((piece) => stored("domain", piece)));
  const rows = await (isWhole ? api.call(ofAll, tags, options) : api.call(ofDomains, { domains, ...tags }, options));
  const once = new Map<string, Row>();
  for (const row of rows)
    if (isWhole || names.includes(row.domain) || names.includes(String(row.domain).toLowerCase()))
      once.set(row.username, row);
  return [...once.values()];
}

/** Returns one mailbox, or `null`. For a resource, mailcow sends a row of nulls. */
export async function readMailbox(api: Api, mailbox: string, options?: CallOptions): Promise<Mailbox | null> {
  const row = await api.call(routes.getMailbox, { mailbox }, options);
  return row && "username" in row && row.username !== null ? row : null;
}

/** Fewer new mailboxes of a domain are read back one by one, and so is a list that would be longer. */
const [fewest, longest] = [10, 2_000];

/**
 * Reads a new mailbox back. If it is one of many, they are read together from the list of their domain, unless that
 * list is so long that it costs more than reading them one by one.
 */
export async function readNew(
  api: Api,
  mailbox: string,
  batch: Batch | undefined,
  options: CallOptions,
): Promise<Mailbox | null> {
  const domain = domainOf(mailbox);
  const isListed = await batch?.once(`size of ${domain}`, () => isListCheap(api, domain, batch.items, options));
  if (!batch || !isListed) return readMailbox(api, mailbox, options);
  await batch.hold(domain);
  const rows = await batch.once(domain, async () => {
    const list = await listMailboxes(api, { domain }, options);
    return new Map(list.map((row) => [row.username, row]));
  });
  return rows.get(mailbox) ?? null;
}

/** Four rows of a list cost mailcow as much as a request for a single one, and the list has rows that are not new. */
async function isListCheap(api: Api, domain: string, items: readonly unknown[], options: CallOptions) {
  const isOfDomain = (item: unknown) => stored("domain", String(Object(item).domain)) === domain;
  const added = items.filter(isOfDomain).length;
  if (added < fewest) return false;
  const row = await api.call(getDomain, { domain }, options).catch((error: unknown) => {
    if (error instanceof MailcowReplyError) throw error;
  });
  const size = row?.mboxes_in_domain ?? longest;
  return size <= 3 * added && size + added <= longest;
}

const domainOf = (mailbox: string): string => mailbox.slice(mailbox.lastIndexOf("@") + 1);

/** Reads mailboxes and returns a look-up by address; it returns `undefined` for a mailbox that does not exist. */
export async function mailboxRows(
  api: Api,
  mailboxes: readonly string[],
  options: CallOptions,
): Promise<(mailbox: string) => ReducedMailbox | undefined> {
  const domain = [...new Set(mailboxes.map(domainOf))];
  // Read a few one by one; read many, or a name that can't go into a path, from the lists of their domains.
  const isFew = mailboxes.length < 10 && !mailboxes.join().includes("/");
  const reads = isFew
    ? together(mailboxes, (mailbox) => readMailbox(api, mailbox, options))
    : together(domain, (name) => listReduced(api, { domain: name }, options));
  const rows = (await reads).flat().filter((row) => row !== null);
  const found = new Map(rows.map((row) => [String(row.username).toLowerCase(), row]));
  return (mailbox) => found.get(mailbox.toLowerCase());
}

/** A user's name as mailcow stores it: without the angle brackets around it. */
export const storedName = (name: string): string => name.replace(/^<+|(?<!>)>+$/g, "");

/** The protocols by which users log in to a mailbox. */
export const protocols = ["imap", "pop3", "smtp", "sieve", "eas", "dav"] as const;
