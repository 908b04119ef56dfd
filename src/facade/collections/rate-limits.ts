import { MailcowReplyError } from "../../errors.ts";
import type { DomainRateLimit, MailboxRateLimit, RateLimit, SetRateLimit } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { editor } from "../collection.ts";
import { refusal } from "../input.ts";
import { toDomain, toMailbox } from "../names.ts";
import type { Outcome } from "../outcomes.ts";

/** How many messages domains and mailboxes may send in a second, a minute, an hour or a day. */
export interface RateLimits {
  /**
   * Lists the domains and alias domains that have a limit, with it.
   *
   * @see GET /api/v1/get/rl-domain/all
   */
  listDomains(): Promise<DomainRateLimit[]>;
  /**
   * Reads the limit of a domain; `null` where it has none, or is not there.
   *
   * @see GET /api/v1/get/rl-domain/{domain}
   */
  getDomain(domain: string): Promise<RateLimit | null>;
  /**
   * Limits domains and alias domains. The limit of an alias domain outlives it.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such domain.
   * @example
   * await mcc.rateLimits.setDomain("example.com", { rl_value: 500, rl_frame: "h" });
   * @see POST /api/v1/edit/rl-domain
   */
  setDomain(domains: string | readonly string[], limit: SetRateLimit): Promise<Outcome[]>;
  /**
   * Takes the limits of domains away. mailcow also says success where there was none.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such domain.
   * @see POST /api/v1/edit/rl-domain
   */
  removeDomain(domains: string | readonly string[]): Promise<Outcome[]>;
  /**
   * Lists the mailboxes that have a limit of their own, with it.
   *
   * @see GET /api/v1/get/rl-mbox/all
   */
  listMailboxes(): Promise<MailboxRateLimit[]>;
  /**
   * Reads a mailbox's own limit; `null` where it has none, even if its domain has, or is not there.
   *
   * @see GET /api/v1/get/rl-mbox/{mailbox}
   */
  getMailbox(mailbox: string): Promise<RateLimit | null>;
  /**
   * Limits mailboxes, whatever their domains are limited to. mailcow takes resources too.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/rl-mbox
   */
  setMailbox(mailboxes: string | readonly string[], limit: SetRateLimit): Promise<Outcome[]>;
  /**
   * Takes the own limits of mailboxes away, so that those of their domains count. mailcow also says success where there
   * was none.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/rl-mbox
   */
  removeMailbox(mailboxes: string | readonly string[]): Promise<Outcome[]>;
  /**
   * Sets the counter of a limit that was hit back to nothing, so that its sender may send again. Whether or not there
   * was one, the rows of the log of rate limits that hold its name, or a longer one, go.
   *
   * @param hash - `rl_hash` of a row of that log.
   * @returns Whether there was such a counter.
   * @see POST /api/v1/delete/rlhash
   */
  resetHash(hash: string): Promise<boolean>;
}

const kinds = {
  Domain: { path: "/api/v1/edit/rl-domain", toName: toDomain },
  Mailbox: { path: "/api/v1/edit/rl-mbox", toName: toMailbox },
} as const;

export function rateLimits(calls: Calls): RateLimits {
  const name = (verb: string, kind: keyof typeof kinds) => (input: string) =>
    kinds[kind].toName(`rateLimits.${verb}${kind}`, kind.toLowerCase(), input);
  const set = (kind: keyof typeof kinds, verb = "set") =>
    editor(calls, `rateLimits.${verb}${kind}`, kinds[kind].path, name(verb, kind), (limit: SetRateLimit) => {
      // mailcow takes a limit of 0, or of no number, for none.
      if (verb === "remove" || Number(limit.rl_value) > 0) return limit;
      throw refusal(`rateLimits.set${kind}`, "rl_value", "a whole number above 0, or its digits");
    });
  // The frame says nothing here, but mailcow wants one.
  const remove = (kind: keyof typeof kinds) => (names: string | readonly string[]) =>
    set(kind, "remove")(names, { rl_value: 0, rl_frame: "s" });
  return {
    listDomains: () => calls.rows("/api/v1/get/rl-domain/all"),
    getDomain: async (input) =>
      calls.row("/api/v1/get/rl-domain/{domain}", { path: { domain: name("get", "Domain")(input) } }),
    setDomain: set("Domain"),
    removeDomain: remove("Domain"),
    listMailboxes: () => calls.rows("/api/v1/get/rl-mbox/all"),
    getMailbox: async (input) =>
      calls.row("/api/v1/get/rl-mbox/{mailbox}", { path: { mailbox: name("get", "Mailbox")(input) } }),
    setMailbox: set("Mailbox"),
    removeMailbox: remove("Mailbox"),
    resetHash: async (hash) =>
      (await calls.ask("rateLimits.resetHash", "/api/v1/delete/rlhash", [hash]).catch(nothing)) === 1,
  };
}

/** mailcow answers nothing at all where there is no such counter. */
function nothing(error: unknown): void {
  if (!(error instanceof MailcowReplyError && error.empty)) throw error;
}
