import { Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import { fieldsOf } from "../../core/lists.ts";
import type { CallOptions } from "../../core/options.ts";
import { MailcowReplyError } from "../../errors.ts";
import * as routes from "../../generated/routes/rate-limits.ts";
import type { DomainNames, MailboxNames, RateLimit } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/rate-limits.ts";
import { refusal } from "../../refusal.ts";

export type * from "../../generated/types/rate-limits.ts";

/** The limit to set, of at least one message. */
export type RateLimitChanges = Required<types.RateLimitChanges>;

/** How many messages domains and mailboxes may send in a second, a minute, an hour or a day. */
export class RateLimits extends Collection {
  /**
   * Lists the limits of domains and alias domains, of those that have one.
   *
   * @see GET /api/v1/get/rl-domain/all
   */
  async listDomains(options?: CallOptions): Promise<types.DomainRateLimit[]> {
    return this.call(routes.getRlDomainAll, {}, options);
  }

  /**
   * Reads the limit of a domain or alias domain; `null` where it has none or does not exist.
   *
   * @see GET /api/v1/get/rl-domain/{domain}
   */
  async getDomain(domain: string, options?: CallOptions): Promise<RateLimit | null> {
    return this.call(routes.getRlDomain, { domain }, options);
  }

  /**
   * Limits domains and alias domains. The limit of an alias domain outlives it.
   *
   * @throws {MailcowRejectedError} `access_denied`: there is no such domain.
   * @example
   * await mcc.rateLimits.setDomain("example.com", { rl_value: 500, rl_frame: "h" });
   * @see POST /api/v1/edit/rl-domain
   */
  async setDomain(domains: DomainNames, limit: RateLimitChanges, options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editRlDomain, domains, above0(limit, routes.editRlDomain), options);
  }

  /**
   * Takes the limits of domains and alias domains away. mailcow also says success where there was none.
   *
   * @throws {MailcowRejectedError} `access_denied`: there is no such domain.
   * @see POST /api/v1/edit/rl-domain
   */
  async removeDomain(domains: DomainNames, options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editRlDomain, domains, none, options);
  }

  /**
   * Lists the limits of mailboxes, of those that have one of their own.
   *
   * @see GET /api/v1/get/rl-mbox/all
   */
  async listMailboxes(options?: CallOptions): Promise<types.MailboxRateLimit[]> {
    return this.call(routes.getRlMboxAll, {}, options);
  }

  /**
   * Reads the own limit of a mailbox; `null` where it has none, even if its domain has one, or does not exist.
   *
   * @see GET /api/v1/get/rl-mbox/{mailbox}
   */
  async getMailbox(mailbox: string, options?: CallOptions): Promise<RateLimit | null> {
    return this.call(routes.getRlMbox, { mailbox }, options);
  }

  /**
   * Limits mailboxes, whatever their domains are limited to. mailcow takes resources too.
   *
   * @throws {MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/rl-mbox
   */
  async setMailbox(mailboxes: MailboxNames, limit: RateLimitChanges, options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editRlMbox, mailboxes, above0(limit, routes.editRlMbox), options);
  }

  /**
   * Takes the own limits of mailboxes away, so that those of their domains count. mailcow also says success where there
   * was none.
   *
   * @throws {MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/rl-mbox
   */
  async removeMailbox(mailboxes: MailboxNames, options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editRlMbox, mailboxes, none, options);
  }

  /**
   * Resets the counter of a limit that was hit, so that its sender may send again. Whether or not there was one, the
   * rows of the log of rate limits that contain its name are deleted, also where theirs is longer.
   *
   * @param hash - `rl_hash` of a row of that log.
   * @returns Whether there was such a counter.
   * @see POST /api/v1/delete/rlhash
   */
  async resetHash(hash: string, options?: CallOptions): Promise<boolean> {
    // mailcow answers nothing at all where it means none.
    const deleted = await this.call(routes.deleteRlhash, [hash], options).catch((error: unknown) => {
      if (!(error instanceof MailcowReplyError && error.empty)) throw error;
    });
    return deleted === 1;
  }
}

/** The frame says nothing here, but mailcow wants one. */
const none = { rl_value: 0, rl_frame: "s" } as const;

/** mailcow takes a limit of 0, or of no number, for none. */
function above0(limit: RateLimitChanges, { path }: { path: string }): RateLimitChanges {
  const attr = fieldsOf(limit);
  if (Number(attr.rl_value) > 0) return attr;
  throw refusal("rl_value", "a whole number above 0, or its digits", path);
}
