import { type Aliases, aliases } from "./aliases.ts";
import type { Calls } from "./calls.ts";
import { type Dkim, dkim } from "./dkim.ts";
import { type DomainAdmins, domainAdmins } from "./domain-admins.ts";
import { type Domains, domains } from "./domains.ts";
import { type MailboxSettings, mailboxSettings } from "./mailbox-settings.ts";
import { type Mailboxes, mailboxes } from "./mailboxes.ts";
import { type Pushover, pushover } from "./pushover.ts";
import { type RelayHosts, relayHosts } from "./relay-hosts.ts";

/** A collection per resource of mailcow, in mailcow's words. */
export class Collections {
  readonly aliases: Aliases;
  readonly dkim: Dkim;
  readonly domainAdmins: DomainAdmins;
  readonly domains: Domains;
  readonly mailboxes: Mailboxes;
  readonly mailboxSettings: MailboxSettings;
  readonly pushover: Pushover;
  readonly relayHosts: RelayHosts;

  constructor(calls: Calls) {
    this.aliases = aliases(calls);
    this.dkim = dkim(calls);
    this.domainAdmins = domainAdmins(calls);
    this.domains = domains(calls);
    this.mailboxes = mailboxes(calls);
    this.mailboxSettings = mailboxSettings(calls);
    this.pushover = pushover(calls);
    this.relayHosts = relayHosts(calls);
  }
}
