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
export type { DkimInput } from "./facade/dkim.ts";
export type { DomainAdminCredentials, DomainAdminInput } from "./facade/domain-admins.ts";
export type { MailboxAdded, MailboxInput } from "./facade/mailboxes.ts";
export { MailcowApiClient } from "./facade/mailcow-api-client.ts";
export type {
  MailcowHooks,
  MailcowRequestEvent,
  MailcowResponseEvent,
  MailcowRetryEvent,
} from "./transport/observe.ts";
export type {
  ActionResult,
  AddDkim,
  AddDomain,
  AddDomainAdmin,
  AddMailbox,
  components,
  DkimKey,
  Domain,
  EditDomainAttributes,
  EditMailbox,
  EditMailboxAttributes,
  Mailbox,
  paths,
} from "./types.ts";
