import { type Add, type AddMany, Collection, type Edit, type ForEach } from "../../calls/collection.ts";
import { type Ensured, ensurer } from "../../calls/ensure.ts";
import { refusal, toText } from "../../calls/input.ts";
import { fieldsOf, toDomain, toMebibytes } from "../../calls/names.ts";
import type * as types from "../../types.ts";
import { type DomainOrder, iterate } from "../old-iterate.ts";
import { type ForTags, tagsOf } from "../old-tags.ts";

/** Mail domains. Names may be given in Unicode and in any case. */
export class Domains extends Collection {
  /**
   * Lists the domains, active or not.
   *
   * @param filter - `tags`: only those that have one of these tags, or a part of one.
   * @see GET /api/v1/get/domain/all
   */
  readonly list = ({ tags }: { tags?: string | readonly string[] } = {}): Promise<types.Domain[]> =>
    this.calls.rows("/api/v1/get/domain/all", { query: { tags: tags && String(tags) } });
  /**
   * Goes through domains page by page, so that not all of them are in memory at once. `search` looks into names (as
   * punycode) and tags. What is added or deleted meanwhile makes no row come twice or be passed over.
   *
   * On a server that can't search, they are listed.
   *
   * @throws {@link MailcowHttpError} 404 or 405: the server can't search, and so can't sort by `orderBy`.
   * @example
   * for await (const { domain_name } of mcc.domains.iterate({ search: ".example" })) console.log(domain_name);
   * @see POST /api/v1/search/domain, GET /api/v1/get/domain/all
   */
  readonly iterate = (options?: types.IterateOptions<DomainOrder>): AsyncIterable<types.Domain> =>
    iterate(this.calls, "domain", textsOf, [this.list], options);
  /**
   * Reads one domain, or `null`. The name of an alias domain is none: mailcow would answer its target.
   *
   * @see GET /api/v1/get/domain/{domain}
   */
  readonly get = async (domain: string): Promise<types.Domain | null> => {
    const asked = toDomain(domain);
    const row = await this.calls.row("/api/v1/get/domain/{domain}", { path: { domain: asked } });
    return row?.domain_name === asked ? row : null;
  };
  /**
   * Adds a domain, and with it a DKIM key unless `key_size` is 0. Quotas are in MiB. What is not given comes from the
   * template.
   *
   * @returns The domain as mailcow stores it; its quotas are in bytes.
   * @throws {@link MailcowRejectedError} For example `domain_exists`, `domain_invalid` or
   * `mailbox_quota_exceeds_domain_quota`. `rl_timeframe` and `dkim_domain_or_sel_invalid` refuse only the rate limit or
   * the key: the domain is added, as `results` says.
   * @example
   * const { domain_name } = await mcc.domains.add({ domain: "example.com", mailboxes: 50, quota: 51200 });
   * @see POST /api/v1/add/domain, GET /api/v1/get/domain/{domain}
   */
  readonly add: Add<types.AddDomain, types.Domain> = this.adder(
    "/api/v1/add/domain",
    (input: types.AddDomain) => ({ ...input, domain: toDomain(input.domain) }),
    ({ domain }) => this.get(domain),
  );
  /**
   * Adds many domains, some at a time, and answers what became of each, in order. One that is refused does not stop the
   * others, unless `stopOnError` is set.
   *
   * @see POST /api/v1/add/domain, GET /api/v1/get/domain/{domain}
   */
  readonly addMany: AddMany<types.AddDomain, types.Domain> = this.many(this.add);
  /**
   * Sets attributes on domains; what is not given keeps its value. Quotas are in MiB; `tags` are added to those there.
   *
   * @throws {@link MailcowRejectedError} For example `domain_invalid`, `mailboxes_in_use` or `max_quota_in_use`.
   * @see POST /api/v1/edit/domain
   */
  readonly edit: Edit<string, types.EditDomainAttributes> = this.editor("/api/v1/edit/domain", { item: toDomain });
  /**
   * Adds a domain, or edits what differs from one that is there, or does nothing: safe to call again. What is not given
   * is not compared. Where `tags` are given, all others are taken away.
   *
   * `ignored` names what only `add` takes (template, DKIM key, rate limit, `restart_sogo`), and what mailcow keeps
   * although it says success, such as a limit that shall become 0.
   *
   * @example
   * const { action, changes } = await mcc.domains.ensure({ domain: "example.com", mailboxes: 50, quota: 51200 });
   * @see GET /api/v1/get/domain/{domain}, POST /api/v1/add/domain, POST /api/v1/edit/domain,
   * POST /api/v1/delete/domain/tag/{domain}
   */
  readonly ensure: (domain: types.AddDomain) => Promise<Ensured<types.Domain>> = ensurer({
    find: ({ domain }: types.AddDomain) => this.get(domain),
    add: this.add,
    now: (row, { domain, description }) => ({
      ...row,
      domain,
      // An empty description keeps the old one.
      description: description && row.description,
      aliases: row.max_num_aliases_for_domain,
      mailboxes: row.max_num_mboxes_for_domain,
      defquota: toMebibytes(row.def_quota_for_mbox),
      maxquota: toMebibytes(row.max_quota_for_mbox),
      quota: toMebibytes(row.max_quota_for_domain),
      tags: row.tags ?? [],
    }),
    edit: (row, attr: types.EditDomainAttributes) => this.edit(row.domain_name, attr),
    setTags: (row, wanted) => this.setTags(row.domain_name, wanted),
  });
  /**
   * Deletes domains whose mailboxes and resources are gone; DKIM keys and footers stay. mailcow also says success for a
   * domain that was not there.
   *
   * @throws {@link MailcowRejectedError} `domain_not_empty` or `domain_invalid`.
   * @see POST /api/v1/delete/domain
   */
  readonly delete: ForEach<string> = this.deleter("/api/v1/delete/domain", { item: toDomain });
  readonly #tags = tagsOf(this.calls, "domain", toDomain, this.get);
  /**
   * Takes tags away from a domain; `edit` adds them. Tags that it does not have are no error.
   *
   * @see POST /api/v1/delete/domain/tag/{domain}
   */
  readonly deleteTags: ForTags = this.#tags.deleteTags;
  /**
   * Gives a domain these tags and no others. What is surplus is deleted, what is missing is added.
   *
   * @returns What mailcow said; nothing where the tags were right already. A warning `tag_limit_exceeded` says that
   * there were too many.
   * @see GET /api/v1/get/domain/{domain}, POST /api/v1/delete/domain/tag/{domain}, POST /api/v1/edit/domain
   */
  readonly setTags: ForTags = this.#tags.setTags;
  /**
   * Gives domains and alias domains a footer, in the place of the whole old one; by a call for each, as mailcow stops
   * at a domain that it does not know. No call of mailcow reads a footer, and it outlives its domain.
   *
   * @param footer - `html` and `plain`: the footer of the two kinds of mail, empty for none. `skip_replies` is off and
   * `exclude` nobody unless given anew.
   * @throws {@link MailcowRejectedError} `access_denied` (no such domain) or `domain_invalid`. `username_invalid`
   * refuses only that name of `exclude`: the footer is saved, as `results` says.
   * @see POST /api/v1/edit/domain/footer
   */
  readonly setFooter: Edit<string, types.DomainFooter> = this.editor("/api/v1/edit/domain/footer", {
    item: toDomain,
    attr: (footer) => ({ ...footer, html: toText("html", footer.html), plain: toText("plain", footer.plain) }),
    size: 1,
  });
}

/** Domains whose mail goes to the same names of another domain. Names may be given in Unicode and in any case. */
export class AliasDomains extends Collection {
  /**
   * Lists the alias domains, active or not.
   *
   * @see GET /api/v1/get/alias-domain/all
   */
  readonly list = (): Promise<types.AliasDomain[]> => this.calls.rows("/api/v1/get/alias-domain/all");
  /**
   * Reads one alias domain, or `null`.
   *
   * @see GET /api/v1/get/alias-domain/{aliasDomain}
   */
  readonly get = async (domain: string): Promise<types.AliasDomain | null> =>
    this.calls.row("/api/v1/get/alias-domain/{aliasDomain}", { path: { aliasDomain: toName(domain) } });
  /**
   * Adds one alias domain, active unless `active` says otherwise. With `key_size` it gets a DKIM key, whose
   * `dkim_selector` is `dkim` unless given; a key and a rate limit of an earlier alias domain of the name are back.
   *
   * @returns The alias domain as mailcow stores it.
   * @throws {@link MailcowRejectedError} For example `alias_domain_invalid` (there is a domain or an alias domain of
   * that name), `access_denied` (no such target), `targetd_not_found` (the target is an alias domain) or
   * `targetd_relay_domain`. `rl_timeframe` and `dkim_domain_or_sel_invalid` refuse only the rate limit or the key:
   * the alias domain is added, as `results` says.
   * @example
   * await mcc.aliasDomains.add({ alias_domain: "example.net", target_domain: "example.com" });
   * @see POST /api/v1/add/alias-domain, GET /api/v1/get/alias-domain/{aliasDomain}
   */
  readonly add: Add<types.AddAliasDomain, types.AliasDomain> = this.adder("/api/v1/add/alias-domain", toBody, (body) =>
    this.get(body.alias_domain),
  );
  /**
   * Sets attributes on alias domains; what is not given keeps its value. A domain that this server relays for is
   * accepted as the target here, although `add` refuses it.
   *
   * @throws {@link MailcowRejectedError} `alias_domain_invalid` (there is none of that name),
   * `target_domain_invalid` or `access_denied` (no such target).
   * @see POST /api/v1/edit/alias-domain
   */
  readonly edit: Edit<string, types.EditAliasDomainAttributes> = this.editor("/api/v1/edit/alias-domain", {
    item: toName,
  });
  /**
   * Deletes alias domains with their aliases; rate limits, DKIM keys and MTA-STS policies stay.
   *
   * @throws {@link MailcowRejectedError} `access_denied` (there is none of that name) or `domain_invalid`.
   * @see POST /api/v1/delete/alias-domain
   */
  readonly delete: ForEach<string> = this.deleter("/api/v1/delete/alias-domain", { item: toName });
}

const textsOf = ({ domain_name, tags = [] }: types.Domain): readonly string[] => [domain_name, ...tags];

const toName = (domain: string): string => toDomain(domain, "alias_domain");

/** Letters, digits and hyphens, in labels of up to 63. */
const valid = /^(?=.{1,253}$)(?!-)[a-z\d-]{1,63}(?<!-)(\.(?!-)[a-z\d-]{1,63}(?<!-))*$/;

/** mailcow breaks off without an answer at a name that is none. */
function toBody(input: types.AddAliasDomain): types.AddAliasDomain {
  const alias_domain = toName(input.alias_domain);
  if (!valid.test(alias_domain)) throw refusal("alias_domain", "a domain, such as example.com");
  return { active: 1, dkim_selector: "dkim", ...input, alias_domain };
}

const version = "STSv1";

/** MTA-STS policies of domains. No call of mailcow reads or deletes one; it goes with its domain. */
export class MtaSts extends Collection {
  /**
   * Adds the policy of a domain or alias domain, given out unless `active` says otherwise.
   *
   * @param policy - `mx`: the mail servers, joined by commas. `max_age`: seconds, at most 365 days.
   * @throws {@link MailcowRejectedError} `access_denied` (no such domain), `mx_invalid`, or a message of the
   * database where there is a policy already: then `edit` it.
   * @example
   * await mcc.mtaSts.add({ domain: "example.com", mode: "testing", mx: "mail.example.com", max_age: 86400 });
   * @see POST /api/v1/add/mta-sts
   */
  readonly add = async (policy: types.NewMtaSts): Promise<types.ActionResult[]> => {
    const { domain, ...rest } = fieldsOf(policy);
    return this.calls.write("/api/v1/add/mta-sts", { active: 1, ...rest, version, domain: toDomain(domain) });
  };
  /**
   * Sets attributes on policies; what is not given keeps its value. An empty `mx` empties the list.
   *
   * @throws {@link MailcowRejectedError} `access_denied` (no such domain, or none with a policy) or `mx_invalid`.
   * @see POST /api/v1/edit/mta-sts
   */
  readonly edit: Edit<string, types.MtaStsAttributes> = this.editor("/api/v1/edit/mta-sts", {
    item: toDomain,
    attr: (attr) => ({ ...attr, version }),
  });
}
