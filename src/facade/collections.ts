import { type AliasDomains, aliasDomains } from "./alias-domains.ts";
import { type Aliases, aliases } from "./aliases.ts";
import type { Calls } from "./calls.ts";
import { type Dkim, dkim } from "./dkim.ts";
import { type DomainAdmins, domainAdmins } from "./domain-admins.ts";
import { type Domains, domains } from "./domains.ts";
import { type Fail2ban, fail2ban } from "./fail2ban.ts";
import { type Filters, filters, type GlobalFilters, globalFilters } from "./filters.ts";
import { type IdentityProvider, identityProvider } from "./identity-provider.ts";
import { type Logs, logs } from "./logs.ts";
import { type MailQueue, mailQueue } from "./mail-queue.ts";
import { type Mailboxes, mailboxes } from "./mailboxes.ts";
import { type MtaSts, mtaSts } from "./mta-sts.ts";
import { passwordPolicy, type ServerPasswordPolicy } from "./password-policy.ts";
import { type Quarantine, quarantine } from "./quarantine.ts";
import { type RelayHosts, relayHosts } from "./relay-hosts.ts";
import { type Resources, resources } from "./resources.ts";
import { type Settings, settings } from "./settings.ts";
import { type Status, status } from "./status.ts";
import { type TimeLimitedAliases, timeLimitedAliases } from "./time-limited-aliases.ts";

/** A collection per resource of mailcow, in mailcow's words. */
export class Collections {
  readonly aliasDomains: AliasDomains;
  readonly aliases: Aliases;
  readonly dkim: Dkim;
  readonly domainAdmins: DomainAdmins;
  readonly domains: Domains;
  readonly fail2ban: Fail2ban;
  readonly filters: Filters;
  readonly globalFilters: GlobalFilters;
  readonly identityProvider: IdentityProvider;
  readonly logs: Logs;
  readonly mailQueue: MailQueue;
  readonly mailboxes: Mailboxes;
  readonly mtaSts: MtaSts;
  readonly passwordPolicy: ServerPasswordPolicy;
  readonly quarantine: Quarantine;
  readonly relayHosts: RelayHosts;
  readonly resources: Resources;
  readonly settings: Settings;
  readonly status: Status;
  readonly timeLimitedAliases: TimeLimitedAliases;

  constructor(calls: Calls) {
    this.aliasDomains = aliasDomains(calls);
    this.aliases = aliases(calls);
    this.dkim = dkim(calls);
    this.domainAdmins = domainAdmins(calls);
    this.domains = domains(calls);
    this.fail2ban = fail2ban(calls);
    this.filters = filters(calls);
    this.globalFilters = globalFilters(calls);
    this.identityProvider = identityProvider(calls);
    this.logs = logs(calls);
    this.mailQueue = mailQueue(calls);
    this.mailboxes = mailboxes(calls);
    this.mtaSts = mtaSts(calls);
    this.passwordPolicy = passwordPolicy(calls);
    this.quarantine = quarantine(calls);
    this.relayHosts = relayHosts(calls);
    this.resources = resources(calls);
    this.settings = settings(calls);
    this.status = status(calls);
    this.timeLimitedAliases = timeLimitedAliases(calls);
  }
}
