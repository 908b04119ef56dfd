/** The topics that a mailcow in memory knows, one line each. */

import type { Topic } from "./server/topic.ts";
import { aliasDomains } from "./topics/alias-domains.ts";
import { aliases } from "./topics/aliases.ts";
import { appPasswords } from "./topics/app-passwords.ts";
import { domains } from "./topics/domains.ts";
import { filterTopic } from "./topics/filters.ts";
import { mailboxSettings } from "./topics/mailbox-settings.ts";
import { mailboxes } from "./topics/mailboxes.ts";
import { pushover } from "./topics/pushover.ts";
import { rateLimits } from "./topics/rate-limits.ts";
import { resources } from "./topics/resources.ts";
import { searches } from "./topics/search.ts";
import { syncJobs } from "./topics/sync-jobs.ts";
import { timeLimitedAliases } from "./topics/time-limited-aliases.ts";

export const topics: readonly Topic[] = [
  aliasDomains,
  aliases,
  appPasswords,
  domains,
  filterTopic,
  mailboxSettings,
  mailboxes,
  pushover,
  rateLimits,
  resources,
  searches,
  syncJobs,
  timeLimitedAliases,
];
