import type { Call } from "../server/call.ts";
import { logOf } from "../server/topic.ts";
import type { Database } from "../state.ts";
import { rateLimits } from "../tables.ts";
import { hasDomain, hasMailbox } from "./access.ts";
import { bound, type Data, int, list, text } from "./php.ts";

/** Sets or removes the rate limit of domains or mailboxes, and says so in words of its own. */
export function saveRateLimit(call: Call, scope: "domain" | "mailbox", data: Data, sent: Data = data): void {
  const log = logOf("ratelimit", "edit", scope)(sent);
  const has = scope === "domain" ? hasDomain : hasMailbox;
  for (const object of typeof data["object"] === "object" ? list(data["object"]) : [data["object"]]) {
    const [value, frame] = [int(data["rl_value"]), bound(data["rl_frame"])];
    if (!["s", "m", "h", "d"].includes(frame)) call.danger("rl_timeframe", log);
    else if (!has(call.db, object)) call.danger("access_denied", log);
    else {
      const name = text(object);
      if (value === 0) call.db.in(rateLimits).remove(name);
      else call.db.in(rateLimits).put({ object: name, value: String(value), frame });
      call.success(["rl_saved", object], log);
    }
  }
}

/** The rate limit as rows show it. Its name is compared with its case. */
export function rateLimitOf(db: Database, object: string): false | { value: string; frame: string } {
  const found = db.in(rateLimits).find(object);
  return found ? { value: found.value, frame: found.frame } : false;
}
