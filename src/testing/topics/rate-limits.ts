import { hasDomain, hasMailbox } from "../rules/access.ts";
import { rateLimitOf, saveRateLimit } from "../rules/rate-limits.ts";
import type { Call } from "../server/call.ts";
import { Raw } from "../server/raw.ts";
import { changes, logOf, reads, type Topic } from "../server/topic.ts";
import type { Database } from "../state.ts";
import { aliasDomains, domains, mailboxes } from "../tables.ts";

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
    "get/rl-domain/all": reads(({ db }) =>
      limits(db, "domain", [
        ...db
          .in(domains)
          .all()
          .map(({ domain }) => domain),
        ...db
          .in(aliasDomains)
          .all()
          .map((row) => row.alias_domain),
      ]),
    ),
    "get/rl-domain/{domain}": reads(
      ({ db, params: { domain = "" } }) => hasDomain(db, domain) && rateLimitOf(db, domain),
    ),
    "get/rl-mbox/all": reads(({ db }) =>
      limits(
        db,
        "mailbox",
        db
          .in(domains)
          .all()
          .flatMap(({ domain }) => db.in(mailboxes).by("domain", domain))
          .map(({ username }) => username),
      ),
    ),
    "get/rl-mbox/{mailbox}": reads(
      ({ db, params: { mailbox = "" } }) => hasMailbox(db, mailbox) && rateLimitOf(db, mailbox),
    ),
    // mailcow prints the result itself, which is nothing unless mail was held back.
    "delete/rlhash": changes("hash", logOf("ratelimit", "delete"), () => new Raw("")),
  },
};
