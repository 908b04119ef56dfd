/** The topics that a mailcow in memory knows, one line each. */

import type { Topic } from "./server/topic.ts";
import { domains } from "./topics/domains.ts";
import { mailboxes } from "./topics/mailboxes.ts";
import { searches } from "./topics/search.ts";

export const topics: readonly Topic[] = [domains, mailboxes, searches];
