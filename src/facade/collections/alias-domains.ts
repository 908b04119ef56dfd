import { checked } from "../../core/api.ts";
import { type AddOptions, Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import { kinds } from "../../core/names.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/alias-domains.ts";
import type * as types from "../../generated/types/alias-domains.ts";
import { refusal } from "../../refusal.ts";

export type * from "../../generated/types/alias-domains.ts";

/** Domains whose mail goes to the same local parts of another domain. Names may be in Unicode and in any case. */
export class AliasDomains extends Collection {
  /**
   * Lists the alias domains, active or not.
   *
   * @see GET /api/v1/get/alias-domain/all
   */
  async list(options?: CallOptions): Promise<types.AliasDomain[]> {
    return this.call(routes.getAliasDomainAll, {}, options);
  }

  /**
   * Returns one alias domain, or `null`.
   *
   * @see GET /api/v1/get/alias-domain/{aliasDomain}
   */
  async get(aliasDomain: string, options?: CallOptions): Promise<types.AliasDomain | null> {
    return this.call(routes.getAliasDomain, { aliasDomain }, options);
  }

  /** Adds an alias domain; with `read: false`, returns `null` and saves the request that reads it back. */
  add(aliasDomain: types.NewAliasDomain, options: AddOptions): Promise<types.AliasDomain | null>;
  /**
   * Adds one alias domain, active by default. With `key_size`, it gets a DKIM key, whose `dkim_selector` is `dkim` by
   * default. The DKIM key and rate limit of a deleted alias domain with this name apply again.
   *
   * @returns The alias domain as mailcow stores it.
   * @throws {MailcowRejectedError} For example `alias_domain_invalid` (a domain or an alias domain has this name),
   * `access_denied` (no such target), `targetd_not_found` (the target is an alias domain) or `targetd_relay_domain`.
   * With `rl_timeframe` or `dkim_domain_or_sel_invalid`, mailcow has added the alias domain, but without the rate limit
   * or the key; `results` shows this.
   * @example
   * await mcc.aliasDomains.add({ alias_domain: "example.net", target_domain: "example.com" });
   * @see POST /api/v1/add/alias-domain, GET /api/v1/get/alias-domain/{aliasDomain}
   */
  add(aliasDomain: types.NewAliasDomain, options?: CallOptions): Promise<types.AliasDomain>;
  async add(aliasDomain: types.NewAliasDomain, options?: Partial<AddOptions>): Promise<types.AliasDomain | null> {
    return this.adding(
      routes.addAliasDomain,
      aliasDomain,
      options,
      (sent, call) => this.get(sent.alias_domain, call),
      (sent) => checkName(sent.alias_domain),
    );
  }

  /**
   * Sets attributes on alias domains. Fields you leave out keep their value. Unlike `add`, this accepts a domain that
   * the server only relays for as the target.
   *
   * @throws {MailcowRejectedError} `alias_domain_invalid` (no such alias domain), `target_domain_invalid` (the
   * target is an alias domain) or `access_denied` (no such target).
   * @see POST /api/v1/edit/alias-domain
   */
  async edit(
    aliasDomains: string | readonly string[],
    changes: types.AliasDomainChanges,
    options?: CallOptions,
  ): Promise<Outcome[]> {
    return this.editing(routes.editAliasDomain, aliasDomains, changes, options);
  }

  /**
   * Deletes alias domains with their aliases; rate limits, DKIM keys and MTA-STS policies stay.
   *
   * @throws {MailcowRejectedError} `access_denied` (no such alias domain) or `domain_invalid`.
   * @see POST /api/v1/delete/alias-domain
   */
  async delete(aliasDomains: string | readonly string[], options?: CallOptions): Promise<Outcome[]> {
    return this.each(routes.deleteAliasDomain, aliasDomains, options);
  }
}

/** Letters, digits and hyphens, in labels of up to 63 characters. */
const valid = /^(?=.{1,253}$)(?!-)[a-z\d-]{1,63}(?<!-)(\.(?!-)[a-z\d-]{1,63}(?<!-))*$/;

/** At a malformed name, mailcow breaks off without an answer. */
function checkName(aliasDomain: string): void {
  if (!valid.test(aliasDomain)) throw refusal("alias_domain", kinds.domain.expected, routes.addAliasDomain.path);
  checked(routes.getAliasDomain, { aliasDomain });
}
