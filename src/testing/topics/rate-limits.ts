import { byDomain, domainNames, hasDomain, hasMailbox } from "../rules/access.ts";
import { answerOf, answers } from "../rules/answers.ts";
import { bound } from "../rules/php.ts";
import { rateLimitOf, saveRateLimit } from "../rules/rate-limits.ts";
import type { Call } from "../server/call.ts";
import { Raw } from "../server/raw.ts";
import { changes, logOf, reads, type Topic } from "../server/topic.ts";
import { type Database, type Table, table } from "../state.ts";
import { mailboxes } from "../tables.ts";

/** Counters of mail that was held back. */
const counters: Table<{ readonly hash: string }> = table<{ readonly hash: string }>("RL_HASH", "hash", { exact: true });

/** Resets a counter. mailcow prints the bare result: 1, or nothing where there was no counter. */
function forget({ db, items }: Call): Raw {
  const hash = items.map(bound).join("");
  const isThere = db.in(counters).find(hash) !== undefined;
  db.in(counters).remove(hash);
  const route = "get/logs/ratelimited/{count}";
  const rows = answerOf(db, route) as readonly { readonly rl_hash: string }[];
  db.set(answers, { ...db.get(answers), [route]: rows.filter(({ rl_hash }) => rl_hash !== hash) });
  return new Raw(isThere ? "1" : "");
}

const edit =
  (scope: "domain" | "mailbox") =>
  (call: Call): void =>
    saveRateLimit(call, scope, call.data, { ...call.data, ...call.sent });

/** The limits of all names that have one. */
function limits(db: Database, key: "domain" | "mailbox", names: readonly string[]): unknown[] {
  return names.flatMap((name) => {
    const found = rateLimitOf(db, name);
    return found ? [{ ...found, [key]: name }] : [];
  });
}

export const rateLimits: Topic = {
  actions: {
    "edit/rl-domain": changes("object", logOf("ratelimit", "edit", "domain"), edit("domain")),
    "edit/rl-mbox": changes("object", logOf("ratelimit", "edit", "mailbox"), edit("mailbox")),
    "get/rl-domain/all": reads(({ db }) => limits(db, "domain", domainNames(db))),
    "get/rl-domain/{domain}": reads(
      ({ db, params: { domain = "" } }) => hasDomain(db, domain) && rateLimitOf(db, domain),
    ),
    "get/rl-mbox/all": reads(({ db }) =>
      limits(
        db,
        "mailbox",
        byDomain(db, mailboxes).map(({ username }) => username),
      ),
    ),
    "get/rl-mbox/{mailbox}": reads(
      ({ db, params: { mailbox = "" } }) => hasMailbox(db, mailbox) && rateLimitOf(db, mailbox),
    ),
    "delete/rlhash": changes("hash", logOf("ratelimit", "delete"), forget),
  },
};
