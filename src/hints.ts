import type { MailcowCode } from "./generated/codes.ts";

/** What the most common codes mean, for people who do not know mailcow's source. */
export const hints: { readonly [Code in MailcowCode]?: string } = {
  access_denied: "there is no such item, or its domain is not on this server",
  alias_invalid: "the address is malformed, or there is no alias of that id",
  dkim_domain_or_sel_invalid: "there is a key already, or the name, the selector or the size is wrong",
  domain_exists: "there is a domain or an alias domain of that name",
  domain_invalid: "the name is malformed, or there is no such domain",
  domain_not_empty: "the domain still has mailboxes or resources",
  domain_not_found: "the domain is not on this server, or is an alias domain",
  goto_invalid: "a target is no address",
  is_alias_or_mailbox: "the address is taken by an alias or a mailbox",
  mailbox_invalid: "the address is malformed",
  mailbox_quota_exceeded: "the quota is over what the domain allows a mailbox, in MiB",
  mailbox_quota_left_exceeded: "the quota is over what the domain has left, in MiB",
  max_alias_exceeded: "the domain has as many aliases as it may have",
  max_mailbox_exceeded: "the domain has as many mailboxes as it may have",
  object_exists: "there is something of that name already",
  password_complexity: "the password is too weak for the server's policy",
  password_mismatch: "the two passwords differ",
  required_data_missing: "a field is missing",
  rl_timeframe: "a rate limit needs a span: s, m, h or d",
  username_invalid: "the name is malformed, or there is no such item",
};
