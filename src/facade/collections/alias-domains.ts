import { type Add, Collection, type Edit, type ForEach } from "../../calls/collection.ts";
import { refusal } from "../../calls/input.ts";
import { toDomain } from "../../calls/names.ts";
import type { AddAliasDomain, AliasDomain, EditAliasDomainAttributes } from "../../types.ts";

/** Domains whose mail goes to the same names of another domain. Names may be given in Unicode and in any case. */
export class AliasDomains extends Collection {
  /**
   * Lists the alias domains, active or not.
   *
   * @see GET /api/v1/get/alias-domain/all
   */
  readonly list = (): Promise<AliasDomain[]> => this.calls.rows("/api/v1/get/alias-domain/all");
  /**
   * Reads one alias domain, or `null`.
   *
   * @see GET /api/v1/get/alias-domain/{aliasDomain}
   */
  readonly get = async (domain: string): Promise<AliasDomain | null> =>
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
  readonly add: Add<AddAliasDomain, AliasDomain> = this.adder("/api/v1/add/alias-domain", toBody, (body) =>
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
  readonly edit: Edit<string, EditAliasDomainAttributes> = this.editor("/api/v1/edit/alias-domain", { item: toName });
  /**
   * Deletes alias domains with their aliases; rate limits, DKIM keys and MTA-STS policies stay.
   *
   * @throws {@link MailcowRejectedError} `access_denied` (there is none of that name) or `domain_invalid`.
   * @see POST /api/v1/delete/alias-domain
   */
  readonly delete: ForEach<string> = this.deleter("/api/v1/delete/alias-domain", { item: toName });
}

const toName = (domain: string): string => toDomain(domain, "alias_domain");

/** Letters, digits and hyphens, in labels of up to 63. */
const valid = /^(?=.{1,253}$)(?!-)[a-z\d-]{1,63}(?<!-)(\.(?!-)[a-z\d-]{1,63}(?<!-))*$/;

/** mailcow breaks off without an answer at a name that is none. */
function toBody(input: AddAliasDomain): AddAliasDomain {
  const alias_domain = toName(input.alias_domain);
  if (!valid.test(alias_domain)) throw refusal("alias_domain", "a domain, such as example.com");
  return { active: 1, dkim_selector: "dkim", ...input, alias_domain };
}
