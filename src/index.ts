export {
  createMailcowClient,
  type MailcowClient,
  type MailcowClientOptions,
  type MailcowTransportOptions,
} from "./client.ts";
export type { ActionResult, FailedResult, MailcowCategory } from "./contract.ts";
export type { AddOptions } from "./core/collection.ts";
export type { Outcome } from "./core/each.ts";
export type { Change, Ensured, EnsureOptions } from "./core/ensure.ts";
export type { ManyOptions, ManyOutcome } from "./core/many.ts";
export type { CallOptions } from "./core/options.ts";
export {
  isMailcowError,
  MailcowAuthError,
  MailcowError,
  type MailcowFailure,
  MailcowHttpError,
  MailcowInputError,
  MailcowNetworkError,
  MailcowRejectedError,
  MailcowReplyError,
  type MailcowRequest,
  MailcowTimeoutError,
} from "./errors.ts";
export type * from "./facade/collections/admins.ts";
export type * from "./facade/collections/alias-domains.ts";
export type * from "./facade/collections/aliases.ts";
export type * from "./facade/collections/app-passwords.ts";
export type * from "./facade/collections/bcc-maps.ts";
export type * from "./facade/collections/dkim.ts";
export type * from "./facade/collections/domain-admins.ts";
export type * from "./facade/collections/domain-policies.ts";
export type * from "./facade/collections/domain-templates.ts";
export type * from "./facade/collections/domains.ts";
export type * from "./facade/collections/fail2ban.ts";
export type * from "./facade/collections/filters.ts";
export type * from "./facade/collections/forwarding-hosts.ts";
export type * from "./facade/collections/global-filters.ts";
export type * from "./facade/collections/identity-provider.ts";
export type * from "./facade/collections/logs.ts";
export type * from "./facade/collections/mail-queue.ts";
export type * from "./facade/collections/mailbox-policies.ts";
export type * from "./facade/collections/mailbox-settings.ts";
export type * from "./facade/collections/mailbox-templates.ts";
export type * from "./facade/collections/mailboxes.ts";
export type * from "./facade/collections/mta-sts.ts";
export type * from "./facade/collections/oauth2-clients.ts";
export type * from "./facade/collections/password-policy.ts";
export type * from "./facade/collections/pushover.ts";
export type * from "./facade/collections/quarantine.ts";
export type * from "./facade/collections/rate-limits.ts";
export type * from "./facade/collections/recipient-maps.ts";
export type * from "./facade/collections/relay-hosts.ts";
export type * from "./facade/collections/resources.ts";
export type * from "./facade/collections/rspamd-settings.ts";
export type * from "./facade/collections/settings.ts";
export type * from "./facade/collections/status.ts";
export type * from "./facade/collections/sync-jobs.ts";
export type * from "./facade/collections/time-limited-aliases.ts";
export type * from "./facade/collections/tls-policy-maps.ts";
export type * from "./facade/collections/transports.ts";
export type { IterateOptions } from "./facade/iterate.ts";
export {
  type DkimInput,
  type DomainAdminCredentials,
  type MailboxAdded,
  type MailboxInput,
  type MailboxUpdate,
  MailcowApiClient,
  type MailcowApiOptions,
} from "./facade/mailcow-api-client.ts";
export type { MailcowCode } from "./generated/codes.ts";
export type { components, paths } from "./generated/mailcow.ts";
export type * from "./generated/types/common.ts";
export type {
  MailcowHooks,
  MailcowRequestEvent,
  MailcowResponseEvent,
  MailcowRetryEvent,
} from "./transport/observe.ts";
