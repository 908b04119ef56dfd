import type { ActionResult } from "../../contract.ts";
import { checked, checkIds } from "../../core/api.ts";
import { Addable, type AddOptions, checkedItems } from "../../core/collection.ts";
import { type Outcome, perItem } from "../../core/each.ts";
import { type Ensured, type EnsureOptions, ensure } from "../../core/ensure.ts";
import { fieldsOf, toList, toMebibytes } from "../../core/lists.ts";
import { type CallOptions, callOptionsOf, filterOf, isNone } from "../../core/options.ts";
import { together } from "../../core/together.ts";
import * as routes from "../../generated/routes/domains.ts";
import type { DomainNames } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/domains.ts";
import { refusal } from "../../refusal.ts";
import { type IterateOptions, iterate, type Table } from "../iterate.ts";
import { deleteTags, missingTags, setTags } from "../tags.ts";

export type * from "../../generated/types/domains.ts";

/** Which domains to list. */
export interface DomainFilter {
  /** Only domains with a tag that contains one of these texts. */
  readonly tags?: string | readonly string[];
}

/** A domain as `ensure` makes it: with its relayhost, which only an edit sets. */
export interface WantedDomain extends types.NewDomain, Pick<types.DomainChanges, "relayhost"> {}

/** The whole footer of a domain's mail. Both texts are required, because mailcow empties a missing one. */
export interface DomainFooter extends types.DomainFooter {
  html: string;
  plain: string;
}

const columns = {
  domain_name: 2,
  aliases_in_domain: 3,
  mboxes_in_domain: 4,
  quota_used_in_domain: 5,
  bytes_total: 6,
  def_quota_for_mbox: 7,
  max_quota_for_mbox: 8,
  backupmx: 10,
  active: 15,
} as const;

/**
 * The fields to sort domains by: `quota_used_in_domain` is the sum of the quotas of its mailboxes, `bytes_total` the
 * size of their mail.
 */
export type DomainOrder = keyof typeof columns;

/** Mail domains. Names may be in Unicode and in any case. */
export class Domains extends Addable<types.NewDomain, types.Domain> {
  /**
   * Lists the domains, active or not.
   *
   * @param filter - `tags`: only domains with a tag that contains one of these texts.
   * @see GET /api/v1/get/domain/all
   */
  async list(filter?: DomainFilter, options?: CallOptions): Promise<types.Domain[]> {
    const tags = filterOf(filter, "tags");
    return isNone(tags) ? [] : this.call(routes.getDomainAll, tags, options);
  }

  /**
   * Returns domains page by page, so that they are never all in memory; the next page is read while you work on this
   * one. `search` looks in names (as punycode) and tags. No row comes twice or is left out because domains are added or
   * deleted meanwhile.
   *
   * On a server that can't search, this lists the domains instead.
   *
   * @throws {MailcowHttpError} 404 or 405: you set `orderBy`, and the server can't search.
   * @example
   * for await (const { domain_name } of mcc.domains.iterate({ search: ".example" })) console.log(domain_name);
   * @see POST /api/v1/search/domain, GET /api/v1/get/domain/all
   */
  iterate(options?: IterateOptions<DomainOrder>): AsyncGenerator<types.Domain, void, undefined> {
    const lists = (call: CallOptions) => this.#whole(call);
    const table: Table<types.Domain, DomainOrder> = {
      ...{ route: routes.searchDomain, columns, searched: [2, 14], lists },
      texts: ({ domain_name, tags = [] }) => [domain_name, ...tags],
    };
    return iterate(this.core, table, options);
  }

  /**
   * Returns one domain, or `null`. An alias domain is not found; mailcow would return its target.
   *
   * @see GET /api/v1/get/domain/{domain}
   */
  async get(domain: string, options?: CallOptions): Promise<types.Domain | null> {
    const input = checked(routes.getDomain, { domain });
    const row = await this.call(routes.getDomain, input, options);
    return row?.domain_name === input.domain ? row : null;
  }

  /** Adds a domain; with `read: false`, returns `null` and saves the request that reads it back. */
  add(domain: types.NewDomain, options: AddOptions): Promise<types.Domain | null>;
  /**
   * Adds a domain, with a DKIM key unless `key_size` is 0. Quotas are in MiB. Fields you leave out come from the
   * template.
   *
   * @returns The domain as mailcow stores it; its quotas are in bytes.
   * @throws {MailcowInputError} The `template` does not exist.
   * @throws {MailcowRejectedError} For example `domain_exists`, `domain_invalid` or
   * `mailbox_quota_exceeds_domain_quota`. With `rl_timeframe` or `dkim_domain_or_sel_invalid`, mailcow has added the
   * domain, but without the rate limit or the key; `results` shows this.
   * @example
   * const { domain_name } = await mcc.domains.add({ domain: "example.com", mailboxes: 50, quota: 51200 });
   * @see POST /api/v1/add/domain, GET /api/v1/get/domain/{domain}, GET /api/v1/get/domain/template/{template}
   */
  add(domain: types.NewDomain, options?: CallOptions): Promise<types.Domain>;
  async add(domain: types.NewDomain, options?: Partial<AddOptions>): Promise<types.Domain | null> {
    return this.adding(
      routes.addDomain,
      domain,
      options,
      (sent, call) => this.get(sent.domain, call),
      (sent) => checkIds(routes.getDomain, { domain: sent.domain }),
    );
  }

  /**
   * Sets attributes on domains. Fields you leave out keep their value. Quotas are in MiB. `tags` are added to the tags
   * of each domain. mailcow breaks off at a tag that a domain already has, so the domains are read first and each is
   * sent only its missing tags. For an alias domain, mailcow reports success and changes nothing.
   *
   * @returns The outcome of each; without `results` if a domain already had all the tags and nothing was sent.
   * @throws {MailcowInputError} The `relayhost` does not exist, or two tags are the same in different spellings.
   * @throws {MailcowRejectedError} For example `domain_invalid`, `mailboxes_in_use` or `max_quota_in_use`.
   * @see POST /api/v1/edit/domain, GET /api/v1/get/domain/{domain}, GET /api/v1/get/relayhost/{id}
   */
  async edit(domains: DomainNames, changes: types.DomainChanges, options?: CallOptions): Promise<Outcome[]> {
    const call = callOptionsOf(options);
    const route = routes.editDomain;
    const body = checkedItems(route, toList(domains), (part) => ({ items: part, attr: changes }), call);
    const { items } = body;
    const { attr } = body.toBody(items);
    const { tags = [], ...rest } = attr;
    if (tags.length === 0 && Object.keys(rest).length > 0) return this.editing(route, items, rest, call);
    const rows = new Map(await together(items, async (domain) => [domain, await this.get(domain, call)] as const));
    return perItem(items, async (domain) => {
      const added = missingTags(tags, rows.get(domain)?.tags);
      const sent = { ...rest, ...(added.length > 0 && { tags: added }) };
      return Object.keys(sent).length > 0 ? this.call(route, { items: [domain], attr: sent }, call) : [];
    });
  }

  /**
   * Adds a domain, edits what differs, or does nothing: safe to call again. Fields you leave out are not compared.
   * `tags` replaces all tags. For a new domain, `relayhost` is set by a second call.
   *
   * `ignored` lists fields that only `add` takes (template, DKIM key, rate limit, `restart_sogo`), and fields that
   * mailcow keeps although it reports success, such as a limit you set to 0.
   *
   * @throws {MailcowInputError} There is no such `template` or `relayhost`.
   * @example
   * const { action, changes } = await mcc.domains.ensure({ domain: "example.com", mailboxes: 50, quota: 51200 });
   * @see GET /api/v1/get/domain/{domain}, POST /api/v1/add/domain, POST /api/v1/edit/domain,
   * POST /api/v1/delete/domain/tag/{domain}, GET /api/v1/get/domain/template/{template},
   * GET /api/v1/get/relayhost/{id}
   */
  async ensure(domain: WantedDomain, options?: EnsureOptions): Promise<Ensured<types.Domain>> {
    const given = fieldsOf(domain);
    return ensure(
      {
        route: routes.addDomain,
        editRoute: routes.editDomain,
        find: (desired, call) => this.get(desired.domain, call),
        add: async (desired, call) => {
          // Check the fields of the later edit before the domain is added.
          await this.core.checkBody(routes.editDomain, { attr: given }, call);
          return this.add(desired, call);
        },
        now: (row, desired) => ({
          ...row,
          domain: desired.domain,
          // An empty description keeps the old one.
          description: desired.description && row.description,
          aliases: row.max_num_aliases_for_domain,
          mailboxes: row.max_num_mboxes_for_domain,
          defquota: toMebibytes(row.def_quota_for_mbox),
          maxquota: toMebibytes(row.max_quota_for_mbox),
          quota: toMebibytes(row.max_quota_for_domain),
          tags: row.tags ?? [],
        }),
        edit: (row, changes: types.DomainChanges, call) => this.edit(row.domain_name, changes, call),
        setTags: (row, wanted, call) => this.setTags(row.domain_name, wanted, call),
      },
      given,
      options,
    );
  }

  /**
   * Deletes domains, one call each. Delete their mailboxes and resources first; their DKIM keys and footers stay.
   * mailcow also reports success for a domain that does not exist.
   *
   * @throws {MailcowRejectedError} `domain_not_empty` or `domain_invalid`.
   * @see POST /api/v1/delete/domain
   */
  async delete(domains: DomainNames, options?: CallOptions): Promise<Outcome[]> {
    return this.each(routes.deleteDomain, domains, options);
  }

  /**
   * Removes tags from a domain; `edit` adds them. Tags that it does not have are not an error.
   *
   * @see POST /api/v1/delete/domain/tag/{domain}
   */
  async deleteTags(domain: string, tags: string | readonly string[], options?: CallOptions): Promise<ActionResult[]> {
    return deleteTags(this.core, routes.deleteDomainTag, { domain }, tags, options);
  }

  /**
   * Replaces the tags of a domain: deletes surplus tags and adds missing ones.
   *
   * @returns mailcow's entries; empty if nothing had to change. The warning `tag_limit_exceeded` means that there were
   * too many tags.
   * @throws {MailcowRejectedError} `access_denied`: the domain does not exist.
   * @see GET /api/v1/get/domain/{domain}, POST /api/v1/delete/domain/tag/{domain}, POST /api/v1/edit/domain
   */
  async setTags(domain: string, tags: readonly string[], options?: CallOptions): Promise<ActionResult[]> {
    const tagged = {
      edit: routes.editDomain,
      remove: (surplus: readonly string[], call: CallOptions) => this.deleteTags(domain, surplus, call),
      read: (id: string, call: CallOptions) => this.get(id, call),
    };
    return setTags(this.core, tagged, domain, tags, options);
  }

  /**
   * Replaces the whole footer of domains and alias domains, one call each: mailcow stops at an unknown domain. mailcow
   * has no route to read a footer, and keeps it when the domain is deleted.
   *
   * @param footer - `html` and `plain`: the footer of the two kinds of mail; empty for none. If you leave them out,
   * `skip_replies` is off and `exclude` is empty.
   * @throws {MailcowRejectedError} `access_denied` (no such domain) or `domain_invalid`. With `username_invalid`,
   * mailcow has saved the footer, but without that name in `exclude`; `results` shows this.
   * @see POST /api/v1/edit/domain/footer
   */
  async setFooter(domains: DomainNames, footer: DomainFooter, options?: CallOptions): Promise<Outcome[]> {
    const { html, plain } = fieldsOf(footer);
    const missing = html === undefined ? "html" : plain === undefined ? "plain" : undefined;
    if (missing) throw refusal(missing, "a text, which may be empty", routes.editDomainFooter.path);
    return this.editing(routes.editDomainFooter, domains, footer, options);
  }

  async *#whole(call: CallOptions): AsyncGenerator<types.Domain[]> {
    yield this.list({}, call);
  }
}
