import type { Database, Table } from "../state.ts";
import { aliasDomains, aliases, domains, mailboxes, resources } from "../tables.ts";
import { isDomain } from "./names.ts";

/** Whether a name is a domain or an alias domain of this server. */
export const hasDomain = (db: Database, name: unknown): boolean =>
  isDomain(name) && (db.in(domains).find(name) !== undefined || db.in(aliasDomains).find(name) !== undefined);

/** Whether a name is a mailbox or a resource; `API`, the user of every call, counts as one. */
export const hasMailbox = (db: Database, name: unknown): boolean =>
  name === "API" || db.in(mailboxes).find(name) !== undefined || db.in(resources).find(name) !== undefined;

export const hasAlias = (db: Database, address: unknown): boolean => db.in(aliases).count("address", address) > 0;

/** The names of all domains, and then of all alias domains. */
export const domainNames = (db: Database): string[] => [
  ...db
    .in(domains)
    .all()
    .map(({ domain }) => domain),
  ...db
    .in(aliasDomains)
    .all()
    .map((row) => row.alias_domain),
];

/** All rows of a table that are in a domain, domain by domain, as mailcow lists them. */
export const byDomain = <Row extends { readonly domain: string }>(
  db: Database,
  table: Table<Row>,
): readonly Readonly<Row>[] =>
  db
    .in(domains)
    .all()
    .flatMap(({ domain }) => db.in(table).by("domain", domain));
