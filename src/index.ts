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
export type { AddedAdmin, Admins, NewAdmin } from "./facade/admins.ts";
export type { AliasAttributes, Aliases, AliasId, NewAlias } from "./facade/aliases.ts";
export type { AddedAppPassword, AppPasswords, NewAppPassword } from "./facade/app-passwords.ts";
export type { Add, AddOptions, SkipRead } from "./facade/collection.ts";
export type { Dkim, DkimDnsRecord, NewDkimKey } from "./facade/dkim.ts";
export type { DkimInput, DomainAdminCredentials, MailboxAdded, MailboxInput } from "./facade/documented.ts";
export type { AddedDomainAdmin, DomainAdmins, NewDomainAdmin } from "./facade/domain-admins.ts";
export type { Domains } from "./facade/domains.ts";
export type { ForwardingHosts } from "./facade/forwarding-hosts.ts";
export type { AddedMailbox, Mailboxes, NewMailbox } from "./facade/mailboxes.ts";
export { MailcowApiClient } from "./facade/mailcow-api-client.ts";
export type { Outcome } from "./facade/outcomes.ts";
export type { DomainPolicies, MailboxPolicies } from "./facade/policies.ts";
export type { RateLimits } from "./facade/rate-limits.ts";
export type { RelayHosts } from "./facade/relay-hosts.ts";
export type { NewSyncJob, SyncJobs } from "./facade/sync-jobs.ts";
export type {
  ActionResult,
  AddAdmin,
  AddAppPasswd,
  AddDkim,
  AddDomain,
  AddDomainAdmin,
  AddDomainPolicy,
  AddFwdhost,
  AddMailbox,
  AddMailboxPolicy,
  AddRelayhost,
  AddSyncjob,
  Admin,
  AppPassword,
  AppPasswordProtocol,
  components,
  DkimKey,
  Domain,
  DomainAdmin,
  DomainAdminRight,
  DomainRateLimit,
  EditAdminAttributes,
  EditAppPasswdAttributes,
  EditDomainAdminAttributes,
  EditDomainAttributes,
  EditFwdhostAttributes,
  EditMailbox,
  EditMailboxAttributes,
  EditRelayhostAttributes,
  EditSyncjobAttributes,
  ForwardingHost,
  Mailbox,
  MailboxRateLimit,
  PolicyEntry,
  PolicyList,
  paths,
  RateLimit,
  Relayhost,
  SetRateLimit,
  SyncJob,
} from "./types.ts";
