export {
  createMailcowClient,
  type MailcowClient,
  type MailcowClientOptions,
  type MailcowTransportOptions,
} from "./client.ts";
export {
  MailcowAuthError,
  MailcowError,
  MailcowHttpError,
  MailcowInputError,
  MailcowNetworkError,
  MailcowRejectedError,
  MailcowReplyError,
  type MailcowRequest,
  MailcowTimeoutError,
} from "./errors.ts";
export type { AliasAttributes, Aliases, AliasId, NewAlias } from "./facade/aliases.ts";
export type { Add, AddOptions, SkipRead } from "./facade/collection.ts";
export type { Dkim, DkimDnsRecord, NewDkimKey } from "./facade/dkim.ts";
export type { DkimInput, DomainAdminCredentials, MailboxAdded, MailboxInput } from "./facade/documented.ts";
export type { AddedDomainAdmin, DomainAdmins, NewDomainAdmin } from "./facade/domain-admins.ts";
export type { Domains } from "./facade/domains.ts";
export type { DomainOrder, IterateOptions, MailboxOrder } from "./facade/iterate.ts";
export type { MailboxFilter } from "./facade/mailbox-rows.ts";
export type { MailboxSettings, SpamScore } from "./facade/mailbox-settings.ts";
export type { AddedMailbox, Mailboxes, NewMailbox } from "./facade/mailboxes.ts";
export { MailcowApiClient } from "./facade/mailcow-api-client.ts";
export type { Outcome } from "./facade/outcomes.ts";
export type { Pushover } from "./facade/pushover.ts";
export type { RelayHosts } from "./facade/relay-hosts.ts";
export type {
  ActionResult,
  AddDkim,
  AddDomain,
  AddDomainAdmin,
  AddMailbox,
  AddRelayhost,
  components,
  DkimKey,
  Domain,
  EditDomainAttributes,
  EditMailbox,
  EditMailboxAttributes,
  EditRelayhostAttributes,
  EditTlsPolicyAttributes,
  Logins,
  Mailbox,
  PushoverSettings,
  paths,
  QuarantineCategory,
  QuarantineNotification,
  ReducedMailbox,
  Relayhost,
  TaggedMailHandler,
  UserRight,
} from "./types.ts";
