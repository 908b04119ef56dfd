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
export type { Add, AddMany, AddOptions, SkipRead } from "./facade/collection.ts";
export type { AddedAdmin, Admins, NewAdmin } from "./facade/collections/admins.ts";
export type { AliasDomains } from "./facade/collections/alias-domains.ts";
export type { AliasAttributes, Aliases, AliasId, NewAlias } from "./facade/collections/aliases.ts";
export type { AddedAppPassword, AppPasswords, NewAppPassword } from "./facade/collections/app-passwords.ts";
export type { BccMaps } from "./facade/collections/bcc-maps.ts";
export type { Dkim, DkimDnsRecord, NewDkimKey } from "./facade/collections/dkim.ts";
export type {
  AddedDomainAdmin,
  DomainAdmins,
  EnsuredDomainAdmin,
  NewDomainAdmin,
} from "./facade/collections/domain-admins.ts";
export type { DomainFooter, Domains } from "./facade/collections/domains.ts";
export type { Fail2ban } from "./facade/collections/fail2ban.ts";
export type { Filters, GlobalFilters } from "./facade/collections/filters.ts";
export type { ForwardingHosts } from "./facade/collections/forwarding-hosts.ts";
export type { IdentityProvider } from "./facade/collections/identity-provider.ts";
export type { LogRange, Logs } from "./facade/collections/logs.ts";
export type { MailQueue } from "./facade/collections/mail-queue.ts";
export type { MailboxSettings, SpamScore } from "./facade/collections/mailbox-settings.ts";
export type { AddedMailbox, Mailboxes, NewMailbox } from "./facade/collections/mailboxes.ts";
export type { MtaSts, MtaStsAttributes, NewMtaSts } from "./facade/collections/mta-sts.ts";
export type { Oauth2Clients } from "./facade/collections/oauth2-clients.ts";
export type { ServerPasswordPolicy } from "./facade/collections/password-policy.ts";
export type { DomainPolicies, MailboxPolicies } from "./facade/collections/policies.ts";
export type { Pushover } from "./facade/collections/pushover.ts";
export type { Quarantine } from "./facade/collections/quarantine.ts";
export type { RateLimits } from "./facade/collections/rate-limits.ts";
export type { RecipientMaps } from "./facade/collections/recipient-maps.ts";
export type { RelayHosts } from "./facade/collections/relay-hosts.ts";
export type { Resources } from "./facade/collections/resources.ts";
export type { RspamdSettings } from "./facade/collections/rspamd-settings.ts";
export type { AppLink, Settings } from "./facade/collections/settings.ts";
export type { Status } from "./facade/collections/status.ts";
export type { NewSyncJob, SyncJobs } from "./facade/collections/sync-jobs.ts";
export type { DomainTemplates, MailboxTemplateAttributes, MailboxTemplates } from "./facade/collections/templates.ts";
export type { TimeLimitedAliases } from "./facade/collections/time-limited-aliases.ts";
export type { TlsPolicyMaps } from "./facade/collections/tls-policy-maps.ts";
export type { Transports } from "./facade/collections/transports.ts";
export type { DkimInput, DomainAdminCredentials, MailboxAdded, MailboxInput } from "./facade/documented.ts";
export type { Change, Ensured, EnsureOptions } from "./facade/ensure.ts";
export type { DomainOrder, IterateOptions, MailboxOrder } from "./facade/iterate.ts";
export type { MailboxFilter } from "./facade/mailbox-rows.ts";
export { MailcowApiClient } from "./facade/mailcow-api-client.ts";
export type { ManyOptions, ManyOutcome } from "./facade/many.ts";
export type { Outcome } from "./facade/outcomes.ts";
export type { MailcowCode } from "./generated/codes.ts";
export type {
  MailcowHooks,
  MailcowRequestEvent,
  MailcowResponseEvent,
  MailcowRetryEvent,
} from "./transport/observe.ts";
export type {
  AcmeLogLine,
  ActionResult,
  AddAdmin,
  AddAliasDomain,
  AddAppPasswd,
  AddBccMap,
  AddDkim,
  AddDomain,
  AddDomainAdmin,
  AddDomainPolicy,
  AddDomainTemplate,
  AddFilter,
  AddFwdhost,
  AddMailbox,
  AddMailboxPolicy,
  AddMailboxTemplate,
  AddMtaSts,
  AddOauth2Client,
  AddRecipientMap,
  AddRelayhost,
  AddResource,
  AddRspamdSetting,
  AddSyncjob,
  AddTimeLimitedAlias,
  AddTlsPolicyMap,
  AddTransport,
  Admin,
  Alias,
  AliasDomain,
  ApiLogLine,
  AppPassword,
  AppPasswordProtocol,
  AutodiscoverLogLine,
  BccDestinationOptions,
  BccMap,
  Container,
  ContainerSample,
  CorsSettings,
  CronLogLine,
  CustomLogin,
  components,
  DkimKey,
  Domain,
  DomainAdmin,
  DomainAdminRight,
  DomainRateLimit,
  DomainTemplate,
  EditAdminAttributes,
  EditAliasDomainAttributes,
  EditAppPasswdAttributes,
  EditBccMapAttributes,
  EditDomainAdminAttributes,
  EditDomainAttributes,
  EditDomainFooterAttributes,
  EditDomainTemplateAttributes,
  EditFilterAttributes,
  EditFwdhostAttributes,
  EditMailbox,
  EditMailboxAttributes,
  EditMailboxTemplateAttributes,
  EditMtaStsAttributes,
  EditPasswordPolicyAttributes,
  EditRecipientMapAttributes,
  EditRelayhostAttributes,
  EditResourceAttributes,
  EditRspamdSettingAttributes,
  EditSyncjobAttributes,
  EditTimeLimitedAliasAttributes,
  EditTlsPolicyAttributes,
  EditTlsPolicyMapAttributes,
  EditTransportAttributes,
  Fail2banOptions,
  Fail2banState,
  Fail2banWithoutOptions,
  Filter,
  ForwardingHost,
  GlobalFilterScripts,
  Host,
  IdentityProviderRow,
  KeycloakIdentityProvider,
  LdapIdentityProvider,
  Logins,
  Mailbox,
  MailboxRateLimit,
  MailboxTemplate,
  MailStorage,
  NetfilterLogLine,
  NewIdentityProvider,
  NewKeycloakIdentityProvider,
  NewLdapIdentityProvider,
  NewOidcIdentityProvider,
  Oauth2Client,
  Oauth2ClientAttributes,
  OidcIdentityProvider,
  PasswordPolicy,
  PasswordResetNotification,
  PolicyEntry,
  PolicyList,
  Preset,
  PublicAddresses,
  PushoverSettings,
  paths,
  QuarantineCategory,
  QuarantineDetails,
  QuarantineItem,
  QuarantineNotification,
  QuarantineSettings,
  QueuedMail,
  QuotaNotification,
  RateLimit,
  RatelimitedLogLine,
  RecipientMap,
  ReducedMailbox,
  Relayhost,
  Resource,
  RspamdActionCount,
  RspamdHistoryLine,
  RspamdMap,
  RspamdSetting,
  RspamdStats,
  SaslLogLine,
  SetRateLimit,
  SyncJob,
  SyslogLine,
  TaggedMailHandler,
  TimeLimitedAlias,
  TlsPolicyMap,
  Transport,
  UiLogLine,
  UiTexts,
  UserRight,
  WatchdogHealth,
  WatchdogLogLine,
  WatchdogMessage,
} from "./types.ts";
