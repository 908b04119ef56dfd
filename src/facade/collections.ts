import type { Calls } from "./calls.ts";
import { type Admins, admins } from "./collections/admins.ts";
import { type AliasDomains, aliasDomains } from "./collections/alias-domains.ts";
import { type Aliases, aliases } from "./collections/aliases.ts";
import { type AppPasswords, appPasswords } from "./collections/app-passwords.ts";
import { type BccMaps, bccMaps } from "./collections/bcc-maps.ts";
import { type Dkim, dkim } from "./collections/dkim.ts";
import { type DomainAdmins, domainAdmins } from "./collections/domain-admins.ts";
import { type Domains, domains } from "./collections/domains.ts";
import { type Fail2ban, fail2ban } from "./collections/fail2ban.ts";
import { type Filters, filters, type GlobalFilters, globalFilters } from "./collections/filters.ts";
import { type ForwardingHosts, forwardingHosts } from "./collections/forwarding-hosts.ts";
import { type IdentityProvider, identityProvider } from "./collections/identity-provider.ts";
import { type Logs, logs } from "./collections/logs.ts";
import { type MailQueue, mailQueue } from "./collections/mail-queue.ts";
import { type MailboxSettings, mailboxSettings } from "./collections/mailbox-settings.ts";
import { type Mailboxes, mailboxes } from "./collections/mailboxes.ts";
import { type MtaSts, mtaSts } from "./collections/mta-sts.ts";
import { type Oauth2Clients, oauth2Clients } from "./collections/oauth2-clients.ts";
import { passwordPolicy, type ServerPasswordPolicy } from "./collections/password-policy.ts";
import { type DomainPolicies, domainPolicies, type MailboxPolicies, mailboxPolicies } from "./collections/policies.ts";
import { type Pushover, pushover } from "./collections/pushover.ts";
import { type Quarantine, quarantine } from "./collections/quarantine.ts";
import { type RateLimits, rateLimits } from "./collections/rate-limits.ts";
import { type RecipientMaps, recipientMaps } from "./collections/recipient-maps.ts";
import { type RelayHosts, relayHosts } from "./collections/relay-hosts.ts";
import { type Resources, resources } from "./collections/resources.ts";
import { type RspamdSettings, rspamdSettings } from "./collections/rspamd-settings.ts";
import { type Settings, settings } from "./collections/settings.ts";
import { type Status, status } from "./collections/status.ts";
import { type SyncJobs, syncJobs } from "./collections/sync-jobs.ts";
import {
  type DomainTemplates,
  domainTemplates,
  type MailboxTemplates,
  mailboxTemplates,
} from "./collections/templates.ts";
import { type TimeLimitedAliases, timeLimitedAliases } from "./collections/time-limited-aliases.ts";
import { type TlsPolicyMaps, tlsPolicyMaps } from "./collections/tls-policy-maps.ts";
import { type Transports, transports } from "./collections/transports.ts";

/** A collection per resource of mailcow, in mailcow's words. */
export class Collections {
  readonly admins: Admins;
  readonly aliasDomains: AliasDomains;
  readonly aliases: Aliases;
  readonly appPasswords: AppPasswords;
  readonly bccMaps: BccMaps;
  readonly dkim: Dkim;
  readonly domainAdmins: DomainAdmins;
  readonly domainPolicies: DomainPolicies;
  readonly domainTemplates: DomainTemplates;
  readonly domains: Domains;
  readonly fail2ban: Fail2ban;
  readonly filters: Filters;
  readonly forwardingHosts: ForwardingHosts;
  readonly globalFilters: GlobalFilters;
  readonly identityProvider: IdentityProvider;
  readonly logs: Logs;
  readonly mailQueue: MailQueue;
  readonly mailboxPolicies: MailboxPolicies;
  readonly mailboxSettings: MailboxSettings;
  readonly mailboxTemplates: MailboxTemplates;
  readonly mailboxes: Mailboxes;
  readonly mtaSts: MtaSts;
  readonly oauth2Clients: Oauth2Clients;
  readonly passwordPolicy: ServerPasswordPolicy;
  readonly pushover: Pushover;
  readonly quarantine: Quarantine;
  readonly rateLimits: RateLimits;
  readonly recipientMaps: RecipientMaps;
  readonly relayHosts: RelayHosts;
  readonly resources: Resources;
  readonly rspamdSettings: RspamdSettings;
  readonly settings: Settings;
  readonly status: Status;
  readonly syncJobs: SyncJobs;
  readonly timeLimitedAliases: TimeLimitedAliases;
  readonly tlsPolicyMaps: TlsPolicyMaps;
  readonly transports: Transports;

  constructor(calls: Calls) {
    this.admins = admins(calls);
    this.aliasDomains = aliasDomains(calls);
    this.aliases = aliases(calls);
    this.appPasswords = appPasswords(calls);
    this.bccMaps = bccMaps(calls);
    this.dkim = dkim(calls);
    this.domainAdmins = domainAdmins(calls);
    this.domainPolicies = domainPolicies(calls);
    this.domainTemplates = domainTemplates(calls);
    this.domains = domains(calls);
    this.fail2ban = fail2ban(calls);
    this.filters = filters(calls);
    this.forwardingHosts = forwardingHosts(calls);
    this.globalFilters = globalFilters(calls);
    this.identityProvider = identityProvider(calls);
    this.logs = logs(calls);
    this.mailQueue = mailQueue(calls);
    this.mailboxPolicies = mailboxPolicies(calls);
    this.mailboxSettings = mailboxSettings(calls);
    this.mailboxTemplates = mailboxTemplates(calls);
    this.mailboxes = mailboxes(calls);
    this.mtaSts = mtaSts(calls);
    this.oauth2Clients = oauth2Clients(calls);
    this.passwordPolicy = passwordPolicy(calls);
    this.pushover = pushover(calls);
    this.quarantine = quarantine(calls);
    this.rateLimits = rateLimits(calls);
    this.recipientMaps = recipientMaps(calls);
    this.relayHosts = relayHosts(calls);
    this.resources = resources(calls);
    this.rspamdSettings = rspamdSettings(calls);
    this.settings = settings(calls);
    this.status = status(calls);
    this.syncJobs = syncJobs(calls);
    this.timeLimitedAliases = timeLimitedAliases(calls);
    this.tlsPolicyMaps = tlsPolicyMaps(calls);
    this.transports = transports(calls);
  }
}
