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
export type { AliasDomains } from "./facade/alias-domains.ts";
export type { AliasAttributes, Aliases, AliasId, NewAlias } from "./facade/aliases.ts";
export type { Add, AddOptions, SkipRead } from "./facade/collection.ts";
export type { Dkim, DkimDnsRecord, NewDkimKey } from "./facade/dkim.ts";
export type { DkimInput, DomainAdminCredentials, MailboxAdded, MailboxInput } from "./facade/documented.ts";
export type { AddedDomainAdmin, DomainAdmins, NewDomainAdmin } from "./facade/domain-admins.ts";
export type { DomainFooter, Domains } from "./facade/domains.ts";
export type { Fail2ban } from "./facade/fail2ban.ts";
export type { Filters, GlobalFilters } from "./facade/filters.ts";
export type { IdentityProvider } from "./facade/identity-provider.ts";
export type { LogRange, Logs } from "./facade/logs.ts";
export type { MailQueue } from "./facade/mail-queue.ts";
export type { AddedMailbox, Mailboxes, NewMailbox } from "./facade/mailboxes.ts";
export { MailcowApiClient } from "./facade/mailcow-api-client.ts";
export type { MtaSts, MtaStsAttributes, NewMtaSts } from "./facade/mta-sts.ts";
export type { Outcome } from "./facade/outcomes.ts";
export type { ServerPasswordPolicy } from "./facade/password-policy.ts";
export type { Quarantine } from "./facade/quarantine.ts";
export type { RelayHosts } from "./facade/relay-hosts.ts";
export type { Resources } from "./facade/resources.ts";
export type { AppLink, Settings } from "./facade/settings.ts";
export type { Status } from "./facade/status.ts";
export type { DomainTemplates, MailboxTemplateAttributes, MailboxTemplates } from "./facade/templates.ts";
export type { TimeLimitedAliases } from "./facade/time-limited-aliases.ts";
export type { MailcowCode } from "./generated/codes.ts";
export type {
  AcmeLogLine,
  ActionResult,
  AddAliasDomain,
  AddDkim,
  AddDomain,
  AddDomainAdmin,
  AddDomainTemplate,
  AddFilter,
  AddMailbox,
  AddMailboxTemplate,
  AddMtaSts,
  AddRelayhost,
  AddResource,
  AddTimeLimitedAlias,
  AliasDomain,
  ApiLogLine,
  AutodiscoverLogLine,
  Container,
  ContainerSample,
  CorsSettings,
  CronLogLine,
  CustomLogin,
  components,
  DkimKey,
  Domain,
  DomainTemplate,
  EditAliasDomainAttributes,
  EditDomainAttributes,
  EditDomainFooterAttributes,
  EditDomainTemplateAttributes,
  EditFilterAttributes,
  EditMailbox,
  EditMailboxAttributes,
  EditMailboxTemplateAttributes,
  EditMtaStsAttributes,
  EditPasswordPolicyAttributes,
  EditRelayhostAttributes,
  EditResourceAttributes,
  EditTimeLimitedAliasAttributes,
  Fail2banOptions,
  Fail2banState,
  Fail2banWithoutOptions,
  Filter,
  GlobalFilterScripts,
  Host,
  IdentityProviderRow,
  KeycloakIdentityProvider,
  LdapIdentityProvider,
  Mailbox,
  MailboxTemplate,
  MailStorage,
  NetfilterLogLine,
  NewIdentityProvider,
  NewKeycloakIdentityProvider,
  NewLdapIdentityProvider,
  NewOidcIdentityProvider,
  OidcIdentityProvider,
  PasswordPolicy,
  PasswordResetNotification,
  Preset,
  PublicAddresses,
  paths,
  QuarantineDetails,
  QuarantineItem,
  QuarantineSettings,
  QueuedMail,
  QuotaNotification,
  RatelimitedLogLine,
  Relayhost,
  Resource,
  RspamdActionCount,
  RspamdHistoryLine,
  RspamdMap,
  RspamdStats,
  SaslLogLine,
  SyslogLine,
  TimeLimitedAlias,
  UiLogLine,
  UiTexts,
  WatchdogHealth,
  WatchdogLogLine,
  WatchdogMessage,
} from "./types.ts";
