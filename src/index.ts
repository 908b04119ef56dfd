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
export type { BccMaps } from "./facade/bcc-maps.ts";
export type { Add, AddMany, AddOptions, SkipRead } from "./facade/collection.ts";
export type { Dkim, DkimDnsRecord, NewDkimKey } from "./facade/dkim.ts";
export type { DkimInput, DomainAdminCredentials, MailboxAdded, MailboxInput } from "./facade/documented.ts";
export type { AddedDomainAdmin, DomainAdmins, EnsuredDomainAdmin, NewDomainAdmin } from "./facade/domain-admins.ts";
export type { Domains } from "./facade/domains.ts";
export type { Change, Ensured, EnsureOptions } from "./facade/ensure.ts";
export type { AddedMailbox, Mailboxes, NewMailbox } from "./facade/mailboxes.ts";
export { MailcowApiClient } from "./facade/mailcow-api-client.ts";
export type { ManyOptions, ManyOutcome } from "./facade/many.ts";
export type { Oauth2Clients } from "./facade/oauth2-clients.ts";
export type { Outcome } from "./facade/outcomes.ts";
export type { RecipientMaps } from "./facade/recipient-maps.ts";
export type { RelayHosts } from "./facade/relay-hosts.ts";
export type { RspamdSettings } from "./facade/rspamd-settings.ts";
export type { TlsPolicyMaps } from "./facade/tls-policy-maps.ts";
export type { Transports } from "./facade/transports.ts";
export type { MailcowCode } from "./generated/codes.ts";
export type {
  ActionResult,
  AddBccMap,
  AddDkim,
  AddDomain,
  AddDomainAdmin,
  AddMailbox,
  AddOauth2Client,
  AddRecipientMap,
  AddRelayhost,
  AddRspamdSetting,
  AddTlsPolicyMap,
  AddTransport,
  Alias,
  BccDestinationOptions,
  BccMap,
  components,
  DkimKey,
  Domain,
  DomainAdmin,
  EditBccMapAttributes,
  EditDomainAttributes,
  EditMailbox,
  EditMailboxAttributes,
  EditRecipientMapAttributes,
  EditRelayhostAttributes,
  EditRspamdSettingAttributes,
  EditTlsPolicyMapAttributes,
  EditTransportAttributes,
  Mailbox,
  Oauth2Client,
  Oauth2ClientAttributes,
  paths,
  RecipientMap,
  Relayhost,
  RspamdSetting,
  TlsPolicyMap,
  Transport,
} from "./types.ts";
