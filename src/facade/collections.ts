import { type Aliases, aliases } from "./aliases.ts";
import { type BccMaps, bccMaps } from "./bcc-maps.ts";
import type { Calls } from "./calls.ts";
import { type Dkim, dkim } from "./dkim.ts";
import { type DomainAdmins, domainAdmins } from "./domain-admins.ts";
import { type Domains, domains } from "./domains.ts";
import { type Mailboxes, mailboxes } from "./mailboxes.ts";
import { type Oauth2Clients, oauth2Clients } from "./oauth2-clients.ts";
import { type RecipientMaps, recipientMaps } from "./recipient-maps.ts";
import { type RelayHosts, relayHosts } from "./relay-hosts.ts";
import { type RspamdSettings, rspamdSettings } from "./rspamd-settings.ts";
import { type TlsPolicyMaps, tlsPolicyMaps } from "./tls-policy-maps.ts";
import { type Transports, transports } from "./transports.ts";

/** A collection per resource of mailcow, in mailcow's words. */
export class Collections {
  readonly aliases: Aliases;
  readonly bccMaps: BccMaps;
  readonly dkim: Dkim;
  readonly domainAdmins: DomainAdmins;
  readonly domains: Domains;
  readonly mailboxes: Mailboxes;
  readonly oauth2Clients: Oauth2Clients;
  readonly recipientMaps: RecipientMaps;
  readonly relayHosts: RelayHosts;
  readonly rspamdSettings: RspamdSettings;
  readonly tlsPolicyMaps: TlsPolicyMaps;
  readonly transports: Transports;

  constructor(calls: Calls) {
    this.aliases = aliases(calls);
    this.bccMaps = bccMaps(calls);
    this.dkim = dkim(calls);
    this.domainAdmins = domainAdmins(calls);
    this.domains = domains(calls);
    this.mailboxes = mailboxes(calls);
    this.oauth2Clients = oauth2Clients(calls);
    this.recipientMaps = recipientMaps(calls);
    this.relayHosts = relayHosts(calls);
    this.rspamdSettings = rspamdSettings(calls);
    this.tlsPolicyMaps = tlsPolicyMaps(calls);
    this.transports = transports(calls);
  }
}
