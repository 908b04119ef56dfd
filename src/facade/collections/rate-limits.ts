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

/** The limit to set; at least one message. */
export type RateLimitChanges = Required<types.RateLimitChanges>;

/** How many messages domains and mailboxes may send per second, minute, hour or day. */
export class RateLimits extends Collection {
  /**
   * Lists the domains and alias domains that have a limit.
   *
   * @see GET /api/v1/get/rl-domain/all
   */
  async listDomains(options?: CallOptions): Promise<types.DomainRateLimit[]> {
    return this.call(routes.getRlDomainAll, {}, options);
  }

  /**
   * Returns the limit of a domain or alias domain; `null` if it has none or does not exist.
   *
   * @see GET /api/v1/get/rl-domain/{domain}
   */
  async getDomain(domain: string, options?: CallOptions): Promise<RateLimit | null> {
    return this.call(routes.getRlDomain, { domain }, options);
  }

  /**
   * Sets the limit of domains and alias domains. The limit of an alias domain stays when it is deleted.
   *
   * @throws {MailcowRejectedError} `access_denied`: the domain does not exist.
   * @example
   * await mcc.rateLimits.setDomain("example.com", { rl_value: 500, rl_frame: "h" });
   * @see POST /api/v1/edit/rl-domain
   */
  async setDomain(domains: DomainNames, limit: RateLimitChanges, options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editRlDomain, domains, above0(limit, routes.editRlDomain), options);
  }

  /**
   * Removes the limits of domains and alias domains. mailcow also reports success if there was none.
   *
   * @throws {MailcowRejectedError} `access_denied`: the domain does not exist.
   * @see POST /api/v1/edit/rl-domain
   */
  async removeDomain(domains: DomainNames, options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editRlDomain, domains, none, options);
  }

  /**
   * Lists the mailboxes that have their own limit.
   *
   * @see GET /api/v1/get/rl-mbox/all
   */
  async listMailboxes(options?: CallOptions): Promise<types.MailboxRateLimit[]> {
    return this.call(routes.getRlMboxAll, {}, options);
  }

  /**
   * Returns the mailbox's own limit; `null` if it has none (even if its domain has one) or does not exist.
   *
   * @see GET /api/v1/get/rl-mbox/{mailbox}
   */
  async getMailbox(mailbox: string, options?: CallOptions): Promise<RateLimit | null> {
    return this.call(routes.getRlMbox, { mailbox }, options);
  }

  /**
   * Sets the limit of mailboxes, which replaces the limit of their domain. mailcow also accepts resources.
   *
   * @throws {MailcowRejectedError} `access_denied`: the mailbox does not exist.
   * @see POST /api/v1/edit/rl-mbox
   */
  async setMailbox(mailboxes: MailboxNames, limit: RateLimitChanges, options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editRlMbox, mailboxes, above0(limit, routes.editRlMbox), options);
  }

  /**
   * Removes the limits of mailboxes, so that the limits of their domains apply. mailcow also reports success if there
   * was none.
   *
   * @throws {MailcowRejectedError} `access_denied`: the mailbox does not exist.
   * @see POST /api/v1/edit/rl-mbox
   */
  async removeMailbox(mailboxes: MailboxNames, options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editRlMbox, mailboxes, none, options);
  }

  /**
   * Resets the counter of a limit that was reached, so that its sender may send again. Also deletes all rows of the log
   * of rate limits that contain this hash, even as a part of a longer one, and even if there is no such counter.
   *
   * @param hash - `rl_hash` of a row of that log.
   * @returns Whether there was such a counter.
   * @see POST /api/v1/delete/rlhash
   */
  async resetHash(hash: string, options?: CallOptions): Promise<boolean> {
    // mailcow sends an empty answer if there is no such counter.
    const deleted = await this.call(routes.deleteRlhash, [hash], options).catch((error: unknown) => {
      if (!(error instanceof MailcowReplyError && error.empty)) throw error;
    });
    return deleted === 1;
  }
}

/** mailcow requires a frame, but it has no meaning here. */
const none = { rl_value: 0, rl_frame: "s" } as const;

/** For a limit of 0, or without a number, mailcow would remove the limit. */
function above0(limit: RateLimitChanges, { path }: { path: string }): RateLimitChanges {
  const attr = fieldsOf(limit);
  if (Number(attr.rl_value) > 0) return attr;
  throw refusal("rl_value", "a whole number above 0, or its digits", path);
}
