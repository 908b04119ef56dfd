import type { ActionResult } from "../../contract.ts";
import { checked } from "../../core/api.ts";
import { Addable, type AddOptions, checkedItems } from "../../core/collection.ts";
import { type Outcome, perItem } from "../../core/each.ts";
import { type Ensured, type EnsureOptions, ensure } from "../../core/ensure.ts";
import { fieldsOf, toList, toMebibytes } from "../../core/lists.ts";
import { type CallOptions, callOptionsOf, filterOf, isNone } from "../../core/options.ts";
import { checkReferences } from "../../core/references.ts";
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
  /** Those that have one of these tags, or a part of one. */
  readonly tags?: string | readonly string[];
}

/** A domain as `ensure` makes it: with its relayhost, which mailcow ignores when a domain is added, and only an edit sets. */
export interface WantedDomain extends types.NewDomain, Pick<types.DomainChanges, "relayhost"> {}

/** The whole footer of a domain's mails: what is not given is emptied, so both texts have to be given. */
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

/** What domains can be sorted by: `quota_used_in_domain` is what its mailboxes may hold, `bytes_total` what they do. */
export type DomainOrder = keyof typeof columns;

/** Mail domains. Names may be given in Unicode and in any case. */
export class Domains extends Addable<types.NewDomain, types.Domain> {
  /**
   * Lists the domains, active or not.
   *
   * @param filter - `tags`: only those that have one of these tags, or a part of one.
   * @see GET /api/v1/get/domain/all
   */
  async list(filter?: DomainFilter, options?: CallOptions): Promise<types.Domain[]> {
    const tags = filterOf(filter, "tags");
    return isNone(tags) ? [] : this.call(routes.getDomainAll, tags, options);
  }

  /**
   * Goes through domains page by page, so that not all of them are in memory at once. `search` looks into names (as
   * punycode) and tags. What is added or deleted meanwhile makes no row come twice or be passed over.
   *
   * On a server that can't search, they are listed.
   *
   * @throws {MailcowHttpError} 404 or 405: the server can't search, and so can't sort by `orderBy`.
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
   * Reads one domain, or `null`. The name of an alias domain is none: mailcow would answer its target.
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
   * Adds a domain, and with it a DKIM key unless `key_size` is 0. Quotas are in MiB. What is not given comes from the
   * template.
   *
   * @returns The domain as mailcow stores it; its quotas are in bytes.
   * @throws {MailcowInputError} There is no such `template`.
   * @throws {MailcowRejectedError} For example `domain_exists`, `domain_invalid` or
   * `mailbox_quota_exceeds_domain_quota`. `rl_timeframe` and `dkim_domain_or_sel_invalid` refuse only the rate limit or
   * the key: the domain is added, as `results` says.
   * @example
   * const { domain_name } = await mcc.domains.add({ domain: "example.com", mailboxes: 50, quota: 51200 });
   * @see POST /api/v1/add/domain, GET /api/v1/get/domain/{domain}, GET /api/v1/get/domain/template/{template}
   */
  add(domain: types.NewDomain, options?: CallOptions): Promise<types.Domain>;
  async add(domain: types.NewDomain, options?: Partial<AddOptions>): Promise<types.Domain | null> {
    const id = (sent: types.NewDomain) => checked(routes.getDomain, { domain: sent.domain }).domain;
    return this.adding(routes.addDomain, domain, options, (sent, call) => this.get(id(sent), call), id);
  }

  /**
   * Sets attributes on domains; what is not given keeps its value. Quotas are in MiB. `tags` are added to those there:
   * the domains are read first, and each is sent those that it has not, since mailcow breaks off at one that it has.
   * mailcow also says success for an alias domain, and changes nothing.
   *
   * @returns What became of each; no `results` where there was nothing to send, as a domain had all the tags.
   * @throws {MailcowInputError} There is no such `relayhost`, or one of two tags is the other in another spelling.
   * @throws {MailcowRejectedError} For example `domain_invalid`, `mailboxes_in_use` or `max_quota_in_use`.
   * @see POST /api/v1/edit/domain, GET /api/v1/get/domain/{domain}, GET /api/v1/get/relayhost/{id}
   */
  async edit(domains: DomainNames, changes: types.DomainChanges, options?: CallOptions): Promise<Outcome[]> {
    const call = callOptionsOf(options);
    const route = routes.editDomain;
    const body = checkedItems(route, toList(domains), (part) => ({ items: part, attr: changes }));
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
   * Adds a domain, or edits what differs from one that is there, or does nothing: safe to call again. What is not given
   * is not compared. Where `tags` are given, all others are taken away. The `relayhost` of a domain that is added is set
   * by an edit afterwards.
   *
   * `ignored` names what only `add` takes (template, DKIM key, rate limit, `restart_sogo`), and what mailcow keeps
   * although it says success, such as a limit that shall become 0.
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
          // What is only set afterwards has to be right before the domain is added.
          await checkReferences(this.core, routes.editDomain, { attr: given }, call);
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
   * Deletes domains whose mailboxes and resources are gone, by a call for each; DKIM keys and footers stay. mailcow also
   * says success for a domain that was not there.
   *
   * @throws {MailcowRejectedError} `domain_not_empty` or `domain_invalid`.
   * @see POST /api/v1/delete/domain
   */
  async delete(domains: DomainNames, options?: CallOptions): Promise<Outcome[]> {
    return this.each(routes.deleteDomain, domains, options);
  }

  /**
   * Takes tags away from a domain; `edit` adds them. Tags that it does not have are no error.
   *
   * @see POST /api/v1/delete/domain/tag/{domain}
   */
  async deleteTags(domain: string, tags: string | readonly string[], options?: CallOptions): Promise<ActionResult[]> {
    return deleteTags(this.core, routes.deleteDomainTag, { domain }, tags, options);
  }

  /**
   * Gives a domain these tags and no others. What is surplus is deleted, what is missing is added.
   *
   * @returns What mailcow said; nothing where the tags were right already. A warning `tag_limit_exceeded` says that
   * there were too many.
   * @throws {MailcowRejectedError} `access_denied`: there is no such domain.
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
   * Gives domains and alias domains a footer, in the place of the whole old one; by a call for each, as mailcow stops
   * at a domain that it does not know. No call of mailcow reads a footer, and it outlives its domain.
   *
   * @param footer - `html` and `plain`: the footer of the two kinds of mail, empty for none. `skip_replies` is off and
   * `exclude` nobody unless given anew.
   * @throws {MailcowRejectedError} `access_denied` (no such domain) or `domain_invalid`. `username_invalid`
   * refuses only that name of `exclude`: the footer is saved, as `results` says.
   * @see POST /api/v1/edit/domain/footer
   */
  async setFooter(domains: DomainNames, footer: DomainFooter, options?: CallOptions): Promise<Outcome[]> {
    const { html, plain } = fieldsOf(footer);
    const missing = html === undefined ? "html" : plain === undefined ? "plain" : undefined;
    if (missing) throw refusal(missing, "a text; an empty one for none", routes.editDomainFooter.path);
    return this.editing(routes.editDomainFooter, domains, footer, options);
  }

  async *#whole(call: CallOptions): AsyncGenerator<types.Domain[]> {
    yield this.list({}, call);
  }
}
