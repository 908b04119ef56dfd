import { ifNothing } from "../../calls/calls.ts";
import { Collection, type Edit, type ForEach } from "../../calls/collection.ts";
import { refusal } from "../../calls/input.ts";
import { toDomain, toMailbox } from "../../calls/names.ts";
import type { DomainRateLimit, MailboxRateLimit, RateLimit, SetRateLimit } from "../../types.ts";

/** How many messages domains and mailboxes may send in a second, a minute, an hour or a day. */
export class RateLimits extends Collection {
  /**
   * Lists the domains and alias domains that have a limit, with it.
   *
   * @see GET /api/v1/get/rl-domain/all
   */
  readonly listDomains = (): Promise<DomainRateLimit[]> => this.calls.rows("/api/v1/get/rl-domain/all");
  /**
   * Reads the limit of a domain; `null` where it has none, or is not there.
   *
   * @see GET /api/v1/get/rl-domain/{domain}
   */
  readonly getDomain = async (domain: string): Promise<RateLimit | null> =>
    this.calls.row("/api/v1/get/rl-domain/{domain}", { path: { domain: toDomain(domain) } });
  /**
   * Limits domains and alias domains. The limit of an alias domain outlives it.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such domain.
   * @example
   * await mcc.rateLimits.setDomain("example.com", { rl_value: 500, rl_frame: "h" });
   * @see POST /api/v1/edit/rl-domain
   */
  readonly setDomain: Edit<string, SetRateLimit> = this.#set("/api/v1/edit/rl-domain", toDomain);
  /**
   * Takes the limits of domains away. mailcow also says success where there was none.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such domain.
   * @see POST /api/v1/edit/rl-domain
   */
  readonly removeDomain: ForEach<string> = this.#remove("/api/v1/edit/rl-domain", toDomain);
  /**
   * Lists the mailboxes that have a limit of their own, with it.
   *
   * @see GET /api/v1/get/rl-mbox/all
   */
  readonly listMailboxes = (): Promise<MailboxRateLimit[]> => this.calls.rows("/api/v1/get/rl-mbox/all");
  /**
   * Reads a mailbox's own limit; `null` where it has none, even if its domain has, or is not there.
   *
   * @see GET /api/v1/get/rl-mbox/{mailbox}
   */
  readonly getMailbox = async (mailbox: string): Promise<RateLimit | null> =>
    this.calls.row("/api/v1/get/rl-mbox/{mailbox}", { path: { mailbox: toMailbox(mailbox) } });
  /**
   * Limits mailboxes, whatever their domains are limited to. mailcow takes resources too.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/rl-mbox
   */
  readonly setMailbox: Edit<string, SetRateLimit> = this.#set("/api/v1/edit/rl-mbox", toMailbox);
  /**
   * Takes the own limits of mailboxes away, so that those of their domains count. mailcow also says success where there
   * was none.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/rl-mbox
   */
  readonly removeMailbox: ForEach<string> = this.#remove("/api/v1/edit/rl-mbox", toMailbox);
  /**
   * Sets the counter of a limit that was hit back to nothing, so that its sender may send again. Whether or not there
   * was one, the rows of the log of rate limits that hold its name, or a longer one, go.
   *
   * @param hash - `rl_hash` of a row of that log.
   * @returns Whether there was such a counter.
   * @see POST /api/v1/delete/rlhash
   */
  readonly resetHash = async (hash: string): Promise<boolean> =>
    (await this.calls.ask("/api/v1/delete/rlhash", [hash]).catch(ifNothing)) === 1;

  #set(path: Path, item: (name: string) => string): Edit<string, SetRateLimit> {
    return this.editor(path, { item, attr: above0 });
  }

  #remove(path: Path, item: (name: string) => string): ForEach<string> {
    return this.sender(path, (items) => ({ items, attr: none }), { item });
  }
}

type Path = "/api/v1/edit/rl-domain" | "/api/v1/edit/rl-mbox";

/** The frame says nothing here, but mailcow wants one. */
const none = { rl_value: 0, rl_frame: "s" } as const;

/** mailcow takes a limit of 0, or of no number, for none. */
function above0(limit: SetRateLimit): SetRateLimit {
  if (Number(limit.rl_value) > 0) return limit;
  throw refusal("rl_value", "a whole number above 0, or its digits");
}
