import { type Admins, admins } from "./admins.ts";
import { type Aliases, aliases } from "./aliases.ts";
import { type AppPasswords, appPasswords } from "./app-passwords.ts";
import type { Calls } from "./calls.ts";
import { type Dkim, dkim } from "./dkim.ts";
import { type DomainAdmins, domainAdmins } from "./domain-admins.ts";
import { type Domains, domains } from "./domains.ts";
import { type ForwardingHosts, forwardingHosts } from "./forwarding-hosts.ts";
import { type Mailboxes, mailboxes } from "./mailboxes.ts";
import { type DomainPolicies, domainPolicies, type MailboxPolicies, mailboxPolicies } from "./policies.ts";
import { type RateLimits, rateLimits } from "./rate-limits.ts";
import { type RelayHosts, relayHosts } from "./relay-hosts.ts";
import { type SyncJobs, syncJobs } from "./sync-jobs.ts";

/** A collection per resource of mailcow, in mailcow's words. */
export class Collections {
  readonly admins: Admins;
  readonly aliases: Aliases;
  readonly appPasswords: AppPasswords;
  readonly dkim: Dkim;
  readonly domainAdmins: DomainAdmins;
  readonly domainPolicies: DomainPolicies;
  readonly domains: Domains;
  readonly forwardingHosts: ForwardingHosts;
  readonly mailboxes: Mailboxes;
  readonly mailboxPolicies: MailboxPolicies;
  readonly rateLimits: RateLimits;
  readonly relayHosts: RelayHosts;
  readonly syncJobs: SyncJobs;

  constructor(calls: Calls) {
    this.admins = admins(calls);
    this.aliases = aliases(calls);
    this.appPasswords = appPasswords(calls);
    this.dkim = dkim(calls);
    this.domainAdmins = domainAdmins(calls);
    this.domainPolicies = domainPolicies(calls);
    this.domains = domains(calls);
    this.forwardingHosts = forwardingHosts(calls);
    this.mailboxes = mailboxes(calls);
    this.mailboxPolicies = mailboxPolicies(calls);
    this.rateLimits = rateLimits(calls);
    this.relayHosts = relayHosts(calls);
    this.syncJobs = syncJobs(calls);
  }
}
