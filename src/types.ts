import type { components, paths } from "./generated/mailcow.ts";

type Of<Name extends keyof components["schemas"]> = components["schemas"][Name];

// Interfaces, so that an editor shows their names and not all their fields.

/** A domain as mailcow stores it. Sizes are in bytes. */
export interface Domain extends Of<"Domain"> {}
/** A domain to add. Sizes are in MiB. */
export interface AddDomain extends Of<"AddDomain"> {}
/** What can be set on a domain. Sizes are in MiB. */
export interface EditDomainAttributes extends Of<"EditDomainAttributes"> {}
/** A mailbox as mailcow stores it. Sizes are in bytes. */
export interface Mailbox extends Of<"Mailbox"> {}
/** A mailbox to add. Sizes are in MiB. */
export interface AddMailbox extends Of<"AddMailbox"> {}
/** Which mailboxes to edit, and what to set on them. */
export interface EditMailbox extends Of<"EditMailbox"> {}
/** What can be set on a mailbox. Sizes are in MiB. */
export interface EditMailboxAttributes extends Of<"EditMailboxAttributes"> {}
/** An alias as mailcow stores it. */
export interface Alias extends Of<"Alias"> {}
/** An alias to add. */
export interface AddAlias extends Of<"AddAlias"> {}
/** What can be set on an alias. */
export interface EditAliasAttributes extends Of<"EditAliasAttributes"> {}
/** The public side of a DKIM key. */
export interface DkimKey extends Of<"DkimKey"> {}
/** A DKIM key to make. */
export interface AddDkim extends Of<"AddDkim"> {}
/** A DKIM key to bring along. */
export interface AddDkimImport extends Of<"AddDkimImport"> {}
/** A domain admin as mailcow stores it. */
export interface DomainAdmin extends Of<"DomainAdmin"> {}
/** A domain admin to add. */
export interface AddDomainAdmin extends Of<"AddDomainAdmin"> {}
/** What can be set on a domain admin. */
export interface EditDomainAdminAttributes extends Of<"EditDomainAdminAttributes"> {}

/** A server that outgoing mail is handed to, as mailcow stores it; its password in clear. */
export interface Relayhost extends Of<"Relayhost"> {}
/** A relayhost to add. */
export interface AddRelayhost extends Of<"AddRelayhost"> {}
/** What can be set on a relayhost. */
export interface EditRelayhostAttributes extends Of<"EditRelayhostAttributes"> {}

/** A server that mail to one destination is handed to, as mailcow stores it; its password in clear. */
export interface Transport extends Of<"Transport"> {}
/** A transport to add. */
export interface AddTransport extends Of<"AddTransport"> {}
/** What can be set on a transport. */
export interface EditTransportAttributes extends Of<"EditTransportAttributes"> {}
/** A piece of configuration of rspamd. */
export interface RspamdSetting extends Of<"RspamdSetting"> {}
/** A piece of configuration of rspamd to add. */
export interface AddRspamdSetting extends Of<"AddRsetting"> {}
/** What can be set on a piece of configuration of rspamd. */
export interface EditRspamdSettingAttributes extends Of<"EditRsettingAttributes"> {}
/** An application whose users log in with their mailbox; its secret in clear. */
export interface Oauth2Client extends Of<"Oauth2Client"> {}
/** An OAuth2 client to add. */
export interface AddOauth2Client extends Of<"AddOauth2Client"> {}
/** What can be set on an OAuth2 client. */
export interface Oauth2ClientAttributes extends Required<Of<"AddOauth2Client">> {}
/** A map that copies the mail of a domain, a mailbox or an alias. */
export interface BccMap extends Of<"BccMap"> {}
/** A BCC map to add. */
export interface AddBccMap extends Of<"AddBcc"> {}
/** What can be set on a BCC map. */
export interface EditBccMapAttributes extends Of<"EditBccAttributes"> {}
/** What BCC maps can be made for. */
export interface BccDestinationOptions extends Required<Of<"BccDestinationOptions">> {}
/** A recipient and what replaces it. */
export interface RecipientMap extends Of<"RecipientMap"> {}
/** A recipient map to add. */
export interface AddRecipientMap extends Of<"AddRecipientMap"> {}
/** What can be set on a recipient map. */
export interface EditRecipientMapAttributes extends Of<"EditRecipientMapAttributes"> {}
/** What TLS has to be like towards one destination. */
export interface TlsPolicyMap extends Of<"TlsPolicyMap"> {}
/** A TLS policy map to add. */
export interface AddTlsPolicyMap extends Of<"AddTlsPolicyMap"> {}
/** What can be set on a TLS policy map. */
export interface EditTlsPolicyMapAttributes extends Of<"EditTlsPolicyMapAttributes"> {}

/** One entry of mailcow's answer to a write. */
export interface ActionResult {
  /** `success`, `warning` and `info` went well, everything else did not. */
  readonly type: string;
  /** As mailcow sent it: a code, a sentence, or a code with its arguments. */
  readonly msg: string | readonly unknown[];
  /** The item that it speaks of, as far as mailcow's answer tells. */
  readonly id?: string | number;
  /** The code alone, such as `domain_exists`; a sentence where mailcow has no code. */
  readonly code: string;
}

export type { components, paths };
