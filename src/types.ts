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
/** A mailbox without the fields that cost mailcow extra look-ups. Sizes are in bytes. */
export interface ReducedMailbox extends Of<"ReducedMailbox"> {}
/** The logins of a mailbox. */
export interface Logins extends Of<"Logins"> {}
/** The flags that make mail of a mailbox come and go encrypted. */
export interface EditTlsPolicyAttributes extends Of<"EditTlsPolicyAttributes"> {}
/** Something that the user of a mailbox may do there, such as `spam_alias`. */
export type UserRight = Of<"UserRight">;
/** What happens to mail to `name+tag@…`. */
export type TaggedMailHandler = Of<"EditDelimiterActionAttributes">["tagged_mail_handler"];
/** How often a mailbox is told of its quarantine. */
export type QuarantineNotification = Of<"EditQuarantineNotificationAttributes">["quarantine_notification"];
/** Of which quarantined mail a mailbox is told. */
export type QuarantineCategory = Of<"EditQuarantineCategoryAttributes">["quarantine_category"];
/** How a mailbox sends push messages by Pushover. */
export interface PushoverSettings extends Omit<Of<"EditPushoverAttributes">, "delete"> {}
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
