/** The topics that a mailcow in memory knows, one line each. */

import type { Topic } from "./server/topic.ts";
import { admins } from "./topics/admins.ts";
import { aliasDomains } from "./topics/alias-domains.ts";
import { aliases } from "./topics/aliases.ts";
import { appPasswords } from "./topics/app-passwords.ts";
import { bccMaps } from "./topics/bcc-maps.ts";
import { corsTopic } from "./topics/cors.ts";
import { dkim } from "./topics/dkim.ts";
import { domainAdmins } from "./topics/domain-admins.ts";
import { domainFooters } from "./topics/domain-footers.ts";
import { domainPolicies } from "./topics/domain-policies.ts";
import { domainTemplates } from "./topics/domain-templates.ts";
import { domains } from "./topics/domains.ts";
import { fail2ban } from "./topics/fail2ban.ts";
import { filterTopic } from "./topics/filters.ts";
import { forwardingHosts } from "./topics/forwarding-hosts.ts";
import { globalFilters } from "./topics/global-filters.ts";
import { identityProviders } from "./topics/identity-provider.ts";
import { logs } from "./topics/logs.ts";
import { mailQueue } from "./topics/mail-queue.ts";
import { mailboxPolicies } from "./topics/mailbox-policies.ts";
import { mailboxSettings } from "./topics/mailbox-settings.ts";
import { mailboxTemplates } from "./topics/mailbox-templates.ts";
import { mailboxes } from "./topics/mailboxes.ts";
import { mtaSts } from "./topics/mta-sts.ts";
import { oauth2Clients } from "./topics/oauth2-clients.ts";
import { passwordPolicies } from "./topics/password-policy.ts";
import { pushover } from "./topics/pushover.ts";
import { quarantine } from "./topics/quarantine.ts";
import { rateLimits } from "./topics/rate-limits.ts";
import { recipientMaps } from "./topics/recipient-maps.ts";
import { relayHosts } from "./topics/relay-hosts.ts";
import { resources } from "./topics/resources.ts";
import { rspamdSettings } from "./topics/rspamd-settings.ts";
import { searches } from "./topics/search.ts";
import { settings } from "./topics/settings.ts";
import { status } from "./topics/status.ts";
import { syncJobs } from "./topics/sync-jobs.ts";
import { timeLimitedAliases } from "./topics/time-limited-aliases.ts";
import { tlsPolicyMaps } from "./topics/tls-policy-maps.ts";
import { transports } from "./topics/transports.ts";

export const topics: readonly Topic[] = [
  admins,
  aliasDomains,
  aliases,
  appPasswords,
  bccMaps,
  dkim,
  domainAdmins,
  domainFooters,
  domainPolicies,
  domains,
  filterTopic,
  forwardingHosts,
  mailboxes,
  mailboxPolicies,
  mailboxSettings,
  mtaSts,
  oauth2Clients,
  pushover,
  rateLimits,
  recipientMaps,
  relayHosts,
  resources,
  rspamdSettings,
  searches,
  syncJobs,
  timeLimitedAliases,
  tlsPolicyMaps,
  transports,
  corsTopic,
  domainTemplates,
  fail2ban,
  globalFilters,
  identityProviders,
  logs,
  mailQueue,
  mailboxTemplates,
  passwordPolicies,
  quarantine,
  settings,
  status,
];
