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

/** A right that a domain admin may have. */
export type DomainAdminRight = Of<"DomainAdminRight">;
/** An admin of the whole server as mailcow stores it. */
export interface Admin extends Of<"Admin"> {}
/** An admin to add. */
export interface AddAdmin extends Of<"AddAdmin"> {}
/** What can be set on an admin. */
export interface EditAdminAttributes extends Of<"EditAdminAttributes"> {}
/** An app password as mailcow stores it. */
export interface AppPassword extends Of<"AppPassword"> {}
/** What an app password may be good for. */
export type AppPasswordProtocol = Of<"AppPasswordProtocol">;
/** An app password to add. */
export interface AddAppPasswd extends Of<"AddAppPasswd"> {}
/** What can be set on an app password. */
export interface EditAppPasswdAttributes extends Of<"EditAppPasswdAttributes"> {}
/** A host whose mail is taken as forwarded, as mailcow stores it. */
export interface ForwardingHost extends Of<"ForwardingHost"> {}
/** A forwarding host to add. */
export interface AddFwdhost extends Of<"AddFwdhost"> {}
/** What can be set on a forwarding host. */
export interface EditFwdhostAttributes extends Of<"EditFwdhostAttributes"> {}
/** A sender on an allow list or a deny list. */
export interface PolicyEntry extends Of<"PolicyEntry"> {}
/** The list of a sender: `wl` is always taken, `bl` never. */
export type PolicyList = Of<"PolicyList">;
/** A sender to put on a list of a domain. */
export interface AddDomainPolicy extends Of<"AddDomainPolicy"> {}
/** A sender to put on a list of a mailbox. */
export interface AddMailboxPolicy extends Of<"AddMailboxPolicy"> {}
/** How many messages may be sent in a span of time. */
export interface RateLimit extends Of<"RateLimit"> {}
/** The rate limit of a domain. */
export interface DomainRateLimit extends Of<"DomainRateLimit"> {}
/** The rate limit of a mailbox. */
export interface MailboxRateLimit extends Of<"MailboxRateLimit"> {}
/** A rate limit to set. */
export interface SetRateLimit extends Required<Of<"EditRlDomainAttributes">> {}
/** A job that fetches mail from another server, as mailcow stores it. */
export interface SyncJob extends Of<"SyncJob"> {}
/** A sync job to add. */
export interface AddSyncjob extends Of<"AddSyncjob"> {}
/** What can be set on a sync job. */
export interface EditSyncjobAttributes extends Of<"EditSyncjobAttributes"> {}

/** A server that outgoing mail is handed to, as mailcow stores it; its password in clear. */
export interface Relayhost extends Of<"Relayhost"> {}
/** A relayhost to add. */
export interface AddRelayhost extends Of<"AddRelayhost"> {}
/** What can be set on a relayhost. */
export interface EditRelayhostAttributes extends Of<"EditRelayhostAttributes"> {}

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
