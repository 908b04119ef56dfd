import { prepare } from "../core/prepare.ts";
import { MailcowInputError } from "../errors.ts";
import { routes } from "../generated/testing.ts";
import type { NewAdmin } from "../generated/types/admins.ts";
import type { NewAliasDomain } from "../generated/types/alias-domains.ts";
import type { NewAlias } from "../generated/types/aliases.ts";
import type { NewAppPassword } from "../generated/types/app-passwords.ts";
import type { NewBccMap } from "../generated/types/bcc-maps.ts";
import type { NewDkimKey } from "../generated/types/dkim.ts";
import type { NewDomainAdmin } from "../generated/types/domain-admins.ts";
import type { NewDomainPolicy } from "../generated/types/domain-policies.ts";
import type { NewDomainTemplate } from "../generated/types/domain-templates.ts";
import type { NewDomain } from "../generated/types/domains.ts";
import type { NewFilter } from "../generated/types/filters.ts";
import type { NewForwardingHost } from "../generated/types/forwarding-hosts.ts";
import type { NewMailboxPolicy } from "../generated/types/mailbox-policies.ts";
import type { NewMailboxTemplate } from "../generated/types/mailbox-templates.ts";
import type { NewMailbox } from "../generated/types/mailboxes.ts";
import type { NewMtaSts } from "../generated/types/mta-sts.ts";
import type { NewOauth2Client } from "../generated/types/oauth2-clients.ts";
import type { NewRecipientMap } from "../generated/types/recipient-maps.ts";
import type { NewRelayHost } from "../generated/types/relay-hosts.ts";
import type { NewResource } from "../generated/types/resources.ts";
import type { NewRspamdSetting } from "../generated/types/rspamd-settings.ts";
import type { NewSyncJob } from "../generated/types/sync-jobs.ts";
import type { NewTimeLimitedAlias } from "../generated/types/time-limited-aliases.ts";
import type { NewTlsPolicyMap } from "../generated/types/tls-policy-maps.ts";
import type { NewTransport } from "../generated/types/transports.ts";
import { checkFields, routeName } from "../refusal.ts";
import { type StoredSeeds, storedNames } from "./stored.ts";

/** A mailbox: its address, or its fields. By default, it gets a password and a quota of 1024 MiB. */
export type MailboxSeed = string | NewMailbox;
type InDomain<Fields> = Omit<Fields, "domain">;

/**
 * A domain: its name, or its fields. `mailboxes` and `aliases` are its limits, as in `add/domain`, or lists of its
 * mailboxes and aliases, for which the limits are then large enough.
 */
export type DomainSeed =
  | string
  | (Omit<NewDomain, "mailboxes" | "aliases"> & {
      readonly mailboxes?: number | readonly (string | InDomain<NewMailbox>)[];
      readonly aliases?: number | readonly NewAlias[];
    });

/** The rows of a new mailcow in memory. Each is added as a call of its route would add it, if there is such a route. */
export interface MailcowSeeds extends StoredSeeds {
  readonly domainTemplates?: readonly NewDomainTemplate[];
  readonly mailboxTemplates?: readonly NewMailboxTemplate[];
  readonly relayHosts?: readonly NewRelayHost[];
  readonly domains?: readonly DomainSeed[];
  readonly aliasDomains?: readonly NewAliasDomain[];
  readonly mailboxes?: readonly MailboxSeed[];
  readonly resources?: readonly NewResource[];
  readonly aliases?: readonly NewAlias[];
  readonly timeLimitedAliases?: readonly NewTimeLimitedAlias[];
  readonly appPasswords?: readonly NewAppPassword[];
  readonly filters?: readonly NewFilter[];
  readonly syncJobs?: readonly NewSyncJob[];
  readonly dkim?: readonly NewDkimKey[];
  readonly domainAdmins?: readonly NewDomainAdmin[];
  readonly admins?: readonly NewAdmin[];
  readonly domainPolicies?: readonly NewDomainPolicy[];
  readonly mailboxPolicies?: readonly NewMailboxPolicy[];
  readonly forwardingHosts?: readonly NewForwardingHost[];
  readonly transports?: readonly NewTransport[];
  readonly rspamdSettings?: readonly NewRspamdSetting[];
  readonly oauth2Clients?: readonly NewOauth2Client[];
  readonly bccMaps?: readonly NewBccMap[];
  readonly recipientMaps?: readonly NewRecipientMap[];
  readonly tlsPolicyMaps?: readonly NewTlsPolicyMap[];
  readonly mtaSts?: readonly NewMtaSts[];
}

type Kind = Exclude<keyof MailcowSeeds, keyof StoredSeeds>;

/** The routes that add them, in the order in which they depend on each other. */
const added: Readonly<Record<Kind, string>> = {
  domainTemplates: "add/domain/template",
  mailboxTemplates: "add/mailbox/template",
  relayHosts: "add/relayhost",
  domains: "add/domain",
  aliasDomains: "add/alias-domain",
  mailboxes: "add/mailbox",
  resources: "add/resource",
  aliases: "add/alias",
  timeLimitedAliases: "add/time_limited_alias",
  appPasswords: "add/app-passwd",
  filters: "add/filter",
  syncJobs: "add/syncjob",
  dkim: "add/dkim",
  domainAdmins: "add/domain-admin",
  admins: "add/admin",
  domainPolicies: "add/domain-policy",
  mailboxPolicies: "add/mailbox-policy",
  forwardingHosts: "add/fwdhost",
  transports: "add/transport",
  rspamdSettings: "add/rsetting",
  oauth2Clients: "add/oauth2-client",
  bccMaps: "add/bcc",
  recipientMaps: "add/recipient_map",
  tlsPolicyMaps: "add/tls-policy-map",
  mtaSts: "add/mta-sts",
};
export const seedNames: readonly string[] = [...Object.keys(added), ...storedNames];

type Fields = Readonly<Record<string, unknown>>;
/** Calls a route and returns mailcow's code if it refuses. */
type Add = (route: string, fields: Fields) => string | undefined;

const byName = new Map(
  Object.values(routes)
    .flat()
    .map((route) => [routeName(route.path), route]),
);

/** Adds all seeds; the first one that mailcow refuses is an input error. */
export function sow(seeds: MailcowSeeds, add: Add): void {
  for (const [kind, route] of Object.entries(added)) {
    const rows: readonly unknown[] = seeds[kind as Kind] ?? [];
    for (const [index, row] of rows.entries()) one(`${kind}[${index}]`, route, row, add);
  }
}

function one(where: string, route: string, seed: unknown, add: Add): void {
  const { fields, within } = spread(route, typeof seed === "string" ? fromText(route, seed) : seed, where);
  const refused = add(route, checked(where, route, fields));
  if (refused !== undefined)
    throw new MailcowInputError(`${where}: mailcow refuses it: ${refused}`, { field: where, route });
  for (const [kind, rows] of Object.entries(within))
    for (const [index, row] of rows.entries()) one(`${where}.${kind}[${index}]`, added[kind as Kind], row, add);
}

/** The fields as the library would send them: checked, in mailcow's spelling, and with what it adds by itself. */
function checked(where: string, name: string, fields: Fields): Fields {
  const route = byName.get(name);
  if (!route) return fields;
  try {
    return Object(prepare(route, fields as never).body);
  } catch (error) {
    if (!(error instanceof MailcowInputError)) throw error;
    throw new MailcowInputError(`${where}: ${error.message}`, { field: `${where}.${error.field}`, route: name });
  }
}

function fromText(route: string, text: string): Fields {
  if (route === "add/domain") return { domain: text };
  const at = text.lastIndexOf("@");
  return { local_part: text.slice(0, at), domain: text.slice(at + 1) };
}

/** The fields of a seed with their defaults, and the seeds inside it. */
function spread(
  route: string,
  seed: unknown,
  where: string,
): { fields: Fields; within: Record<string, readonly Fields[]> } {
  checkFields(where, "field", seed, Object.keys(seed ?? {}));
  const fields: Fields = { ...seed };
  if (route === "add/mailbox") {
    return { fields: { name: fields["local_part"], password: "moohoo-Moohoo1", quota: 1024, ...fields }, within: {} };
  }
  if (route !== "add/domain") return { fields, within: {} };
  const { mailboxes, aliases, ...own } = fields;
  const domain = own["domain"];
  const inside = listOf(mailboxes)?.map((row) => ({
    ...(typeof row === "string" ? { local_part: row } : (row as Fields)),
    domain,
  }));
  const addresses = listOf(aliases)?.map((row) => row as Fields);
  const needed = (inside ?? []).reduce((sum, row: Fields) => sum + Number(row["quota"] ?? 1024), 0);
  const limits = {
    mailboxes: inside ? Math.max(10, inside.length) : mailboxes,
    aliases: addresses ? Math.max(400, addresses.length) : aliases,
    quota: own["quota"] ?? (needed > 10_240 ? needed : undefined),
  };
  const set = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
  return { fields: { ...own, ...set }, within: { mailboxes: inside ?? [], aliases: addresses ?? [] } };
}

const listOf = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined);
