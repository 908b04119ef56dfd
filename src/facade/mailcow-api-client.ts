import { checkBody, refusal } from "../calls/input.ts";
import { fieldsOf, toDomain, toList, toLocalPart, toMailboxName, toNames } from "../calls/names.ts";
import { inTurn } from "../calls/outcomes.ts";
import { passwordsFor, withPasswords } from "../calls/passwords.ts";
import { createMailcowClient, type MailcowClient, type MailcowTransportOptions } from "../client.ts";
import { Api } from "../core/api.ts";
import type * as types from "../types.ts";
import { newDomainAdmin } from "./collections/admins.ts";
import { dkimDefaults } from "./collections/dkim.ts";
import { newAlias } from "./collections/old-aliases.ts";
import { Collections } from "./collections.ts";

/**
 * The admin API of one mailcow server.
 *
 * Every method can throw: {@link MailcowInputError} before anything is sent, {@link MailcowRejectedError} when mailcow
 * refuses (or does only a part), and the other {@link MailcowError}s when there is no usable answer.
 *
 * @example
 * const mcc = new MailcowApiClient("https://mail.example.com", process.env.MAILCOW_API_KEY);
 * await mcc.addDomain({ domain: "example.com" });
 * const { username, password } = await mcc.addMailbox({ domain: "example.com", local_part: "ann" });
 */
export class MailcowApiClient extends Collections {
  /** The typed client underneath, for every route: answers `{ data, error, response }` as mailcow sends them. */
  readonly api: MailcowClient;

  /**
   * @param baseurl - The address of the server, such as `https://mail.example.com`.
   * @param apikey - The API key; a read-only key will do for the `get` methods.
   * @throws {@link MailcowInputError} One of them is missing or can't be right.
   */
  constructor(baseurl: string | undefined, apikey: string | undefined, options: MailcowTransportOptions = {}) {
    const api = createMailcowClient({ ...options, baseUrl: baseurl ?? "", apiKey: apikey ?? "" });
    super(new Api(api));
    this.api = api;
  }

  /**
   * Makes a client from `MAILCOW_API_BASEURL` and `MAILCOW_API_KEY`.
   *
   * @param env - Where to find them; by default the environment of the process, where the runtime has one.
   * @throws {@link MailcowInputError} One of them is missing or can't be right.
   * @example
   * const mcc = MailcowApiClient.fromEnv();
   */
  static fromEnv(options: MailcowTransportOptions = {}, env: Environment = environment): MailcowApiClient {
    return new MailcowApiClient(env["MAILCOW_API_BASEURL"], env["MAILCOW_API_KEY"], options);
  }

  /**
   * Reads one domain, or all.
   *
   * @param domain - The domain; all of them by default. The name of an alias domain finds nothing.
   * @returns The rows, none where there is no such domain. Sizes are in bytes.
   * @example
   * for (const { domain_name, mboxes_left } of await mcc.getDomain()) console.log(domain_name, mboxes_left);
   * @see GET /api/v1/get/domain/all, GET /api/v1/get/domain/{domain}
   */
  async getDomain(domain = "all"): Promise<types.Domain[]> {
    if (domain === "all") return this.domains.list();
    return toList((await this.domains.get(domain)) ?? []);
  }

  /**
   * Adds a domain, and with it a DKIM key unless `key_size` is 0.
   *
   * @param domain - Its name, or its name with settings. Quotas are in MiB. Without a `template`, these defaults are sent:
   * `active` 1, `aliases` 400, `mailboxes` 10, `defquota` 3072, `maxquota` 10240, `quota` 10240.
   * @returns `true`
   * @throws {@link MailcowRejectedError} For example `domain_exists`, `domain_invalid` or
   * `mailbox_quota_exceeds_domain_quota`. `rl_timeframe` and `dkim_domain_or_sel_invalid` refuse only the rate limit or
   * the key: the domain is added, as `results` says.
   * @example
   * await mcc.addDomain({ domain: "example.com", mailboxes: 50, quota: 51200 });
   * @see POST /api/v1/add/domain
   */
  async addDomain(domain: string | types.AddDomain): Promise<true> {
    const input = fieldsOf(typeof domain === "string" ? { domain } : domain);
    // A template fills in what is not given; defaults of ours would overrule it.
    const defaults = input.template === undefined ? ({ active: 1, ...domainLimits } as const) : {};
    await this.domains.add({ ...defaults, ...input }, { read: false });
    return true;
  }

  /**
   * Sets the same attributes on one or more domains; what is not given keeps its value.
   *
   * @param attributes - Quotas are in MiB. `tags` are added to those that a domain has.
   * @returns `true`
   * @throws {@link MailcowRejectedError} For example `domain_invalid`, `mailboxes_in_use` or `max_quota_in_use`; the other
   * domains of the call are edited all the same.
   * @example
   * await mcc.editDomain(["example.com"], { aliases: 399 });
   * @see POST /api/v1/edit/domain
   */
  async editDomain(domains: string | readonly string[], attributes: types.EditDomainAttributes): Promise<true> {
    await this.domains.edit(domains, attributes);
    return true;
  }

  /**
   * Deletes one or more domains. Their mailboxes and resources must be gone; their DKIM keys stay.
   *
   * @returns `true`, also for a domain that was not there.
   * @throws {@link MailcowRejectedError} `domain_not_empty` or `domain_invalid`.
   * @example
   * await mcc.deleteDomain("example.com");
   * @see POST /api/v1/delete/domain
   */
  async deleteDomain(domain: string | readonly string[]): Promise<true> {
    await this.domains.delete(domain);
    return true;
  }

  /**
   * Makes a DKIM key for one or more domains.
   *
   * @param dkim - A domain, or `domain` with `dkim_selector` ("dkim" by default) and `key_size` (2048 bits by default).
   * @returns `true`
   * @throws {@link MailcowRejectedError} `access_denied` (no such domain), or `dkim_domain_or_sel_invalid`, which is also
   * what mailcow says where there is a key already.
   * @example
   * await mcc.addDKIM({ domain: "example.com", dkim_selector: "mail", key_size: 4096 });
   * @see POST /api/v1/add/dkim
   */
  async addDKIM(dkim: string | types.DkimInput): Promise<true> {
    const { domain, ...rest } = fieldsOf<types.DkimInput>(typeof dkim === "string" ? { domain: dkim } : dkim);
    const domains = toNames(domain, "domain").map((name) => toDomain(name));
    await this.core.write("/api/v1/add/dkim", { ...dkimDefaults, ...rest, domains: domains.join(",") });
    return true;
  }

  /**
   * Reads the DKIM key of a domain: its public side, ready for the DNS in `dkim_txt`.
   *
   * @returns The key, or `null` where there is none.
   * @example
   * const key = await mcc.getDKIM("example.com");
   * if (key) console.log(`${key.dkim_selector}._domainkey.example.com TXT ${key.dkim_txt}`);
   * @see GET /api/v1/get/dkim/{domain}
   */
  getDKIM(domain: string): Promise<types.DkimKey | null> {
    return this.dkim.get(domain);
  }

  /**
   * Deletes the DKIM keys of one or more domains.
   *
   * @returns `true`, also where there was no key.
   * @throws {@link MailcowRejectedError} `dkim_domain_or_sel_invalid`: that is no name of a domain.
   * @example
   * await mcc.deleteDKIM("example.com");
   * @see POST /api/v1/delete/dkim
   */
  async deleteDKIM(domain: string | readonly string[]): Promise<true> {
    await this.dkim.delete(domain);
    return true;
  }

  /**
   * Makes a DKIM key for a domain and answers it. Safe to call again: a key that is there already is answered as it is,
   * whatever selector and size were asked for.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such domain.
   * @example
   * const { dkim_txt } = await mcc.addAndGetDKIM("example.com");
   * @see GET /api/v1/get/dkim/{domain}, POST /api/v1/add/dkim
   */
  async addAndGetDKIM(dkim: string | types.DkimInput): Promise<types.DkimKey> {
    const { domain, ...rest } = fieldsOf<types.DkimInput>(typeof dkim === "string" ? { domain: dkim } : dkim);
    const [name = "", ...more] = toList(domain);
    if (more.length > 0) throw refusal("domain", "a single domain, whose key is answered");
    return this.dkim.getOrAdd({ ...rest, domain: name });
  }

  /**
   * Adds a domain admin.
   *
   * @param domainAdmin - At least the `domains` to manage. Without `username` or `password`, random ones are made that
   * the server's password policy allows. `active` is 1 by default.
   * @returns The credentials. The password is not stored anywhere else in clear.
   * @throws {@link MailcowRejectedError} For example `domain_invalid`, `object_exists` or `password_complexity`. With
   * `domain_invalid` the admin may have been added for the other domains, as `results` says.
   * @example
   * const { username, password } = await mcc.addDomainAdmin({ domains: ["example.com", "example.org"] });
   * @see POST /api/v1/add/domain-admin, GET /api/v1/get/passwordpolicy
   */
  async addDomainAdmin(domainAdmin: types.NewDomainAdmin): Promise<types.DomainAdminCredentials> {
    const body = await newDomainAdmin(this.core, fieldsOf(domainAdmin));
    await this.core.write("/api/v1/add/domain-admin", body);
    return { username: body.username, password: body.password, domains: toList(body.domains) };
  }

  /**
   * Adds a mailbox.
   *
   * @param mailbox - At least its `domain`. `local_part` is "mail" by default, `name` "John Doe", `password` a random one
   * that the server's password policy allows; without a `template`, `quota` is 3072 (MiB; 0 means unlimited) and `active` 1.
   * @returns What was added, with the password.
   * @throws {@link MailcowRejectedError} For example `object_exists`, `access_denied` (no such domain),
   * `mailbox_quota_left_exceeded`, `max_mailbox_exceeded` or `password_complexity`.
   * @example
   * const { username, password } = await mcc.addMailbox({ domain: "example.com", local_part: "ann", name: "Ann" });
   * @see POST /api/v1/add/mailbox, GET /api/v1/get/passwordpolicy
   */
  async addMailbox(mailbox: types.MailboxInput): Promise<types.MailboxAdded> {
    const { local_part: local = "mail", name = "John Doe", ...rest } = fieldsOf(mailbox);
    const [local_part, domain] = [toLocalPart(local), toDomain(rest.domain)];
    const { password, password2 } = await passwordsFor(this.core, rest);
    const defaults = rest.template === undefined ? ({ quota: 3072, active: 1 } as const) : {};
    const body: types.AddMailbox = { ...defaults, ...rest, password, password2, domain, local_part, name };
    await this.core.write("/api/v1/add/mailbox", body);
    const added = { username: `${local_part}@${domain}`, password, domain, name, local_part };
    return body.quota === undefined ? added : { ...added, quota: Number(body.quota) };
  }

  /**
   * Deletes one or more mailboxes with their mail, and takes them out of the aliases that lead to them.
   *
   * @param mailboxes - The whole addresses.
   * @returns `true`
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @example
   * await mcc.deleteMailbox(["ann@example.com", "bob@example.com"]);
   * @see POST /api/v1/delete/mailbox
   */
  async deleteMailbox(mailboxes: string | readonly string[]): Promise<true> {
    await this.mailboxes.delete(mailboxes);
    return true;
  }

  /**
   * Adds an alias, active at once.
   *
   * @param address - Where mail comes in; `@example.com` catches all that has no address of its own. Several may stand
   * in a list, or in one text with commas.
   * @param goto - Where it goes; several likewise. mailcow does not check whether they exist.
   * @returns `true`
   * @throws {@link MailcowRejectedError} For example `is_alias_or_mailbox`, `domain_not_found`, `goto_invalid` or
   * `max_alias_exceeded`.
   * @example
   * await mcc.addAlias("@example.com", "ann@example.com");
   * @see POST /api/v1/add/alias
   */
  async addAlias(address: string | readonly string[], goto: string | readonly string[]): Promise<true> {
    await this.core.write("/api/v1/add/alias", { ...newAlias(toNames(address, "address"), goto), active: 1 });
    return true;
  }

  /**
   * Sets attributes on mailboxes: each update sets its `attr` on all its `items`. What is not given keeps its value.
   * Several updates are sent one after the other, up to the first refusal.
   *
   * @param mailboxes - `quota` is in MiB, 0 means unlimited. An empty `password` keeps the old one.
   * @returns mailcow's entries, without its echo of the request.
   * @throws {@link MailcowRejectedError} For example `access_denied` (no such mailbox) or `mailbox_quota_left_exceeded`;
   * `results` holds the entries of all updates so far.
   * @example
   * await mcc.updateMailboxes({ items: ["ann@example.com"], attr: { name: "Ann", quota: 4096 } });
   * @see POST /api/v1/edit/mailbox, GET /api/v1/get/mailbox/{mailbox}, GET /api/v1/get/mailbox/reduced/{domains}
   */
  async updateMailboxes(mailboxes: types.EditMailbox | readonly types.EditMailbox[]): Promise<types.ActionResult[]> {
    const updates = toList(mailboxes).map(fieldsOf);
    for (const { items, attr, ...rest } of updates) {
      const body = { ...rest, items: toList(items).map(toMailboxName), attr: withPasswords(fieldsOf(attr)) };
      checkBody("/api/v1/edit/mailbox", body);
    }
    const edits = updates.map(({ items, attr }) => async () => {
      const outcomes = await this.mailboxes.edit(items, attr);
      return outcomes.flatMap(({ results }) => results);
    });
    return inTurn(edits);
  }

  /**
   * Reads one mailbox, or all.
   *
   * @param id - The whole address; all mailboxes by default.
   * @returns The rows, none where there is no such mailbox. Sizes are in bytes.
   * @example
   * const [ann] = await mcc.getMailboxes("ann@example.com");
   * @see GET /api/v1/get/mailbox/all, GET /api/v1/get/mailbox/{mailbox}
   */
  async getMailboxes(id = "all"): Promise<types.Mailbox[]> {
    if (id === "all") return this.mailboxes.list();
    return toList((await this.mailboxes.get(id)) ?? []);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of the process, where there is a process: browsers and some workers have none. */
const environment: Environment = (globalThis as { process?: { env?: Environment } }).process?.env ?? {};

const domainLimits = { aliases: 400, defquota: 3072, mailboxes: 10, maxquota: 10240, quota: 10240 };
