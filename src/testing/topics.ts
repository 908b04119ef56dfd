/** The topics that a mailcow in memory knows, one line each. */

import type { Topic } from "./server/topic.ts";
import { aliasDomains } from "./topics/alias-domains.ts";
import { aliases } from "./topics/aliases.ts";
import { appPasswords } from "./topics/app-passwords.ts";
import { domains } from "./topics/domains.ts";
import { mailboxes } from "./topics/mailboxes.ts";
import { resources } from "./topics/resources.ts";
import { searches } from "./topics/search.ts";
import { timeLimitedAliases } from "./topics/time-limited-aliases.ts";

export const topics: readonly Topic[] = [
  aliases,
  aliasDomains,
  appPasswords,
  domains,
  mailboxes,
  resources,
  searches,
  timeLimitedAliases,
];
