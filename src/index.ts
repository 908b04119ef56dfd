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
export type { AliasDomains } from "./facade/alias-domains.ts";
export type { AliasAttributes, Aliases, AliasId, NewAlias } from "./facade/aliases.ts";
export type { AddedAppPassword, AppPasswords, NewAppPassword } from "./facade/app-passwords.ts";
export type { BccMaps } from "./facade/bcc-maps.ts";
export type { Add, AddMany, AddOptions, SkipRead } from "./facade/collection.ts";
export type { Dkim, DkimDnsRecord, NewDkimKey } from "./facade/dkim.ts";
export type { DkimInput, DomainAdminCredentials, MailboxAdded, MailboxInput } from "./facade/documented.ts";
export type { AddedDomainAdmin, DomainAdmins, EnsuredDomainAdmin, NewDomainAdmin } from "./facade/domain-admins.ts";
export type { DomainFooter, Domains } from "./facade/domains.ts";
export type { Change, Ensured, EnsureOptions } from "./facade/ensure.ts";
export type { Fail2ban } from "./facade/fail2ban.ts";
export type { Filters, GlobalFilters } from "./facade/filters.ts";
export type { ForwardingHosts } from "./facade/forwarding-hosts.ts";
export type { IdentityProvider } from "./facade/identity-provider.ts";
export type { DomainOrder, IterateOptions, MailboxOrder } from "./facade/iterate.ts";
export type { LogRange, Logs } from "./facade/logs.ts";
export type { MailQueue } from "./facade/mail-queue.ts";
export type { MailboxFilter } from "./facade/mailbox-rows.ts";
export type { MailboxSettings, SpamScore } from "./facade/mailbox-settings.ts";
export type { AddedMailbox, Mailboxes, NewMailbox } from "./facade/mailboxes.ts";
export { MailcowApiClient } from "./facade/mailcow-api-client.ts";
export type { ManyOptions, ManyOutcome } from "./facade/many.ts";
export type { MtaSts, MtaStsAttributes, NewMtaSts } from "./facade/mta-sts.ts";
export type { Oauth2Clients } from "./facade/oauth2-clients.ts";
export type { Outcome } from "./facade/outcomes.ts";
export type { ServerPasswordPolicy } from "./facade/password-policy.ts";
export type { DomainPolicies, MailboxPolicies } from "./facade/policies.ts";
export type { Pushover } from "./facade/pushover.ts";
export type { Quarantine } from "./facade/quarantine.ts";
export type { RateLimits } from "./facade/rate-limits.ts";
export type { RecipientMaps } from "./facade/recipient-maps.ts";
export type { RelayHosts } from "./facade/relay-hosts.ts";
export type { Resources } from "./facade/resources.ts";
export type { RspamdSettings } from "./facade/rspamd-settings.ts";
export type { AppLink, Settings } from "./facade/settings.ts";
export type { Status } from "./facade/status.ts";
export type { NewSyncJob, SyncJobs } from "./facade/sync-jobs.ts";
export type { DomainTemplates, MailboxTemplateAttributes, MailboxTemplates } from "./facade/templates.ts";
export type { TimeLimitedAliases } from "./facade/time-limited-aliases.ts";
export type { TlsPolicyMaps } from "./facade/tls-policy-maps.ts";
export type { Transports } from "./facade/transports.ts";
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
