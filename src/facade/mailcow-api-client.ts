import {
  checkOptions,
  createMailcowClient,
  type MailcowClient,
  type MailcowClientOptions,
  type MailcowTransportOptions,
} from "../client.ts";
import type { ActionResult } from "../contract.ts";
import { Api, checked } from "../core/api.ts";
import { checkedItems } from "../core/collection.ts";
import { callEach, perItem, perPart } from "../core/each.ts";
import { fieldsOf, toList } from "../core/lists.ts";
import { type CallOptions, callOptionsOf } from "../core/options.ts";
import { withPasswords } from "../core/passwords.ts";
import { spelled } from "../core/prepare.ts";
import { checkReferences } from "../core/references.ts";
import { MailcowInputError } from "../errors.ts";
import { isOfFields } from "../fields.ts";
import { addAlias } from "../generated/routes/aliases.ts";
import { addDkim } from "../generated/routes/dkim.ts";
import { addDomainAdmin } from "../generated/routes/domain-admins.ts";
import { addMailbox, editMailbox } from "../generated/routes/mailboxes.ts";
import type { DomainNames, Id, MailboxNames } from "../generated/types/common.ts";
import type { DkimKey, NewDkimKey } from "../generated/types/dkim.ts";
import type { Domain, DomainChanges, NewDomain } from "../generated/types/domains.ts";
import type { Mailbox, MailboxChanges, NewMailbox } from "../generated/types/mailboxes.ts";
import { refusal } from "../refusal.ts";
import { checkTargets } from "./collections/aliases.ts";
import { type NewDomainAdmin, newDomainAdmin } from "./collections/domain-admins.ts";
import { passwordOf } from "./collections/mailboxes.ts";
import { Collections } from "./collections.ts";
import { storedName } from "./mailbox-rows.ts";

/** A DKIM key to make, for one domain or several. */
export interface DkimInput extends Omit<NewDkimKey, "domains"> {
  domain: DomainNames;
}

/** The credentials of a domain admin that was added. */
export interface DomainAdminCredentials {
  /** In lower case, as mailcow stores it. */
  username: string;
  /** The one that was given, or the one that was made. */
  password: string;
  domains: string[];
}

/** A mailbox to add: its domain is needed, everything else has a default. */
export interface MailboxInput extends Partial<NewMailbox> {
  domain: string;
}

/** A mailbox that was added. */
export interface MailboxAdded {
  /** The whole address, in lower case. */
  username: string;
  /** The one that was given, or the one that was made; empty where users log in by an identity provider. */
  password: string;
  domain: string;
  name: string;
  local_part: string;
  /** MiB; 0 means unlimited. Absent where a template sets it. */
  quota?: number;
}

/** Which mailboxes to update, and what to set on them. */
export interface MailboxUpdate {
  items: string | readonly string[];
  attr: MailboxChanges;
}

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
  /** The typed client underneath, for every route. It returns `{ data, error, response }` as mailcow sends them. */
  readonly api: MailcowClient;

  /**
   * @param baseurl - The address of the server, such as `https://mail.example.com`.
   * @param apikey - The API key; a read-only key will do for the `get` methods.
   * @throws {MailcowInputError} One of them is missing or can't be right.
   */
  constructor(baseurl: string | undefined, apikey: string | undefined, options?: MailcowTransportOptions);
  /**
   * @param options - `baseUrl`, `apiKey`, and how to reach the server.
   * @throws {MailcowInputError} One of them is missing or can't be right.
   * @example
   * const mcc = new MailcowApiClient({ baseUrl: "https://mail.example.com", apiKey, timeoutMs: 60_000 });
   */
  constructor(options: MailcowClientOptions);
  constructor(
    baseurl: string | undefined | MailcowClientOptions,
    apikey?: string,
    options: MailcowTransportOptions = {},
  ) {
    const api = createMailcowClient(toOptions(baseurl, apikey, options));
    super(new Api(api));
    this.api = api;
  }

  /**
   * Makes a client from `MAILCOW_API_BASEURL` and `MAILCOW_API_KEY`.
   *
   * @param env - Where to find them; by default the environment of the process, where the runtime has one.
   * @throws {MailcowInputError} One of them is missing or can't be right.
   * @example
   * const mcc = MailcowApiClient.fromEnv();
   */
  static fromEnv(options: MailcowTransportOptions = {}, env: Environment = environment): MailcowApiClient {
    for (const name of ["MAILCOW_API_BASEURL", "MAILCOW_API_KEY"])
      if (!env[name]) throw new MailcowInputError(`${name} is not set: ${howToSet}`, { field: name });
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
  async getDomain(domain = "all", options?: CallOptions): Promise<Domain[]> {
    if (domain === "all") return this.domains.list({}, options);
    return toList((await this.domains.get(domain, options)) ?? []);
  }

  /**
   * Adds a domain, and with it a DKIM key unless `key_size` is 0.
   *
   * @param domain - Its name, or its name with settings. Quotas are in MiB. Without a `template`, these defaults are sent:
   * `active` 1, `aliases` 400, `mailboxes` 10, `defquota` 3072, `maxquota` 10240, `quota` 10240.
   * @returns `true`
   * @throws {MailcowInputError} There is no such `template`.
   * @throws {MailcowRejectedError} For example `domain_exists`, `domain_invalid` or
   * `mailbox_quota_exceeds_domain_quota`. `rl_timeframe` and `dkim_domain_or_sel_invalid` refuse only the rate limit or
   * the key: the domain is added, as `results` says.
   * @example
   * await mcc.addDomain({ domain: "example.com", mailboxes: 50, quota: 51200 });
   * @see POST /api/v1/add/domain, GET /api/v1/get/domain/template/{template}
   */
  async addDomain(domain: string | NewDomain, options?: CallOptions): Promise<true> {
    const input = fieldsOf(typeof domain === "string" ? { domain } : domain);
    // A template fills in what is not given; defaults of ours would overrule it.
    const defaults = input.template === undefined ? ({ active: 1, ...domainLimits } as const) : {};
    await this.domains.add({ ...defaults, ...input }, { ...callOptionsOf(options), read: false });
    return true;
  }

  /**
   * Sets the same attributes on one or more domains; what is not given keeps its value.
   *
   * @param attributes - Quotas are in MiB. `tags` are added to those that a domain has.
   * @returns `true`
   * @throws {MailcowInputError} There is no such `relayhost`.
   * @throws {MailcowRejectedError} For example `domain_invalid`, `mailboxes_in_use` or `max_quota_in_use`; the other
   * domains of the call are edited all the same.
   * @example
   * await mcc.editDomain(["example.com"], { aliases: 399 });
   * @see POST /api/v1/edit/domain, GET /api/v1/get/domain/{domain}, GET /api/v1/get/relayhost/{id}
   */
  async editDomain(domains: DomainNames, attributes: DomainChanges, options?: CallOptions): Promise<true> {
    await this.domains.edit(domains, attributes, options);
    return true;
  }

  /**
   * Deletes one or more domains. Their mailboxes and resources must be gone; their DKIM keys stay.
   *
   * @returns `true`, also for a domain that was not there.
   * @throws {MailcowRejectedError} `domain_not_empty` or `domain_invalid`.
   * @example
   * await mcc.deleteDomain("example.com");
   * @see POST /api/v1/delete/domain
   */
  async deleteDomain(domain: DomainNames, options?: CallOptions): Promise<true> {
    await this.domains.delete(domain, options);
    return true;
  }

  /**
   * Makes a DKIM key for one or more domains.
   *
   * @param dkim - A domain, or `domain` with `dkim_selector` ("dkim" by default) and `key_size` (2048 bits by default).
   * @returns `true`
   * @throws {MailcowRejectedError} `access_denied` (no such domain), or `dkim_domain_or_sel_invalid`, which is also
   * what mailcow says where there is a key already.
   * @example
   * await mcc.addDKIM({ domain: "example.com", dkim_selector: "mail", key_size: 4096 });
   * @see POST /api/v1/add/dkim
   */
  async addDKIM(dkim: string | DkimInput, options?: CallOptions): Promise<true> {
    const call = callOptionsOf(options);
    const { domain: domains, ...rest } = fieldsOf<DkimInput>(typeof dkim === "string" ? { domain: dkim } : dkim);
    const sent = checked(addDkim, { ...rest, domains });
    const send = (part: readonly string[]) => this.call(addDkim, { ...sent, domains: part.join() }, call);
    await perPart(String(sent.domains).split(","), send);
    return true;
  }

  /**
   * Reads the DKIM key of a domain: its public side, ready for the DNS in `dkim_txt`.
   *
   * @returns The key, or `null` if there is none.
   * @example
   * const key = await mcc.getDKIM("example.com");
   * if (key) console.log(`${key.dkim_selector}._domainkey.example.com TXT ${key.dkim_txt}`);
   * @see GET /api/v1/get/dkim/{domain}
   */
  async getDKIM(domain: string, options?: CallOptions): Promise<DkimKey | null> {
    return this.dkim.get(domain, options);
  }

  /**
   * Deletes the DKIM keys of one or more domains.
   *
   * @returns `true`, also where there was no key.
   * @throws {MailcowRejectedError} `dkim_domain_or_sel_invalid`: that is no name of a domain.
   * @example
   * await mcc.deleteDKIM("example.com");
   * @see POST /api/v1/delete/dkim
   */
  async deleteDKIM(domain: DomainNames, options?: CallOptions): Promise<true> {
    await this.dkim.delete(domain, options);
    return true;
  }

  /**
   * Makes a DKIM key for a domain and returns it. Safe to call again: a key that exists already is returned as it is,
   * whatever selector and size were asked for.
   *
   * @throws {MailcowRejectedError} `access_denied`: there is no such domain.
   * @example
   * const { dkim_txt } = await mcc.addAndGetDKIM("example.com");
   * @see GET /api/v1/get/dkim/{domain}, POST /api/v1/add/dkim
   */
  async addAndGetDKIM(dkim: string | DkimInput, options?: CallOptions): Promise<DkimKey> {
    const { domain, ...rest } = fieldsOf<DkimInput>(typeof dkim === "string" ? { domain: dkim } : dkim);
    const [name = "", ...more] = toList(domain);
    if (more.length > 0) throw refusal("domain", "a single domain, whose key is returned", addDkim.path);
    return this.dkim.getOrAdd({ ...rest, domain: name }, options);
  }

  /**
   * Adds a domain admin.
   *
   * @param domainAdmin - At least the `domains` to manage. Without `username` or `password`, random ones are made that
   * the server's password policy allows. `active` is 1 by default.
   * @returns The credentials. The password is not stored anywhere else in clear.
   * @throws {MailcowRejectedError} For example `domain_invalid`, `object_exists` or `password_complexity`. With
   * `domain_invalid` the admin may have been added for the other domains, as `results` says.
   * @example
   * const { username, password } = await mcc.addDomainAdmin({ domains: ["example.com", "example.org"] });
   * @see POST /api/v1/add/domain-admin, GET /api/v1/get/passwordpolicy
   */
  async addDomainAdmin(domainAdmin: NewDomainAdmin, options?: CallOptions): Promise<DomainAdminCredentials> {
    const call = callOptionsOf(options);
    const body = await newDomainAdmin(this.core, domainAdmin, call);
    await this.call(addDomainAdmin, body, call);
    const { username, password, domains } = body;
    return { username, password, domains };
  }

  /**
   * Adds a mailbox.
   *
   * @param mailbox - At least its `domain`. `local_part` is "mail" by default, `name` "John Doe", `password` a random one
   * that the server's password policy allows; without a `template`, `quota` is 3072 (MiB; 0 means unlimited) and `active` 1.
   * With an `authsource` other than `mailcow` there is no password.
   * @returns What was added, with the password; an empty one where there is none.
   * @throws {MailcowInputError} There is no such `template` or `relayhost`, `authsource` is not set up on the server, or
   * a password is given beside it.
   * @throws {MailcowRejectedError} For example `object_exists`, `access_denied` (no such domain),
   * `mailbox_quota_left_exceeded`, `max_mailbox_exceeded` or `password_complexity`.
   * @example
   * const { username, password } = await mcc.addMailbox({ domain: "example.com", local_part: "ann", name: "Ann" });
   * @see POST /api/v1/add/mailbox, GET /api/v1/get/passwordpolicy, GET /api/v1/get/mailbox/template/{template},
   * GET /api/v1/get/relayhost/{id}, GET /api/v1/get/identity-provider
   */
  async addMailbox(mailbox: MailboxInput, options?: CallOptions): Promise<MailboxAdded> {
    const call = callOptionsOf(options);
    const given = { local_part: "mail", name: "John Doe", ...fieldsOf(mailbox) };
    const defaults = given.template === undefined ? ({ quota: 3072, active: 1 } as const) : {};
    const body = checked(addMailbox, { ...defaults, password: "x", ...given });
    const { local_part, domain, name = "", quota } = body;
    const password = await passwordOf(this.core, given, call);
    const sent = { ...defaults, ...given, ...(password && { password }) } as NewMailbox & { template: Id };
    await this.mailboxes.add(sent, { ...call, read: false });
    const added = { username: `${local_part}@${domain}`, password, domain, name: storedName(name), local_part };
    return quota === undefined ? added : { ...added, quota: Number(quota) };
  }

  /**
   * Deletes one or more mailboxes with their mail, and takes them out of the aliases that lead to them.
   *
   * @param mailboxes - The whole addresses.
   * @returns `true`
   * @throws {MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @example
   * await mcc.deleteMailbox(["ann@example.com", "bob@example.com"]);
   * @see POST /api/v1/delete/mailbox
   */
  async deleteMailbox(mailboxes: MailboxNames, options?: CallOptions): Promise<true> {
    await this.mailboxes.delete(mailboxes, options);
    return true;
  }

  /**
   * Adds an alias, active at once.
   *
   * @param address - Where mail comes in; `@example.com` catches all that has no address of its own. Several may stand
   * in a list, or in one text with commas: each is added by a call of its own, also after another was refused.
   * @param goto - Where it goes; several likewise. mailcow does not check whether they exist. Sent in lower case, so
   * that a mailbox is taken out when it is deleted.
   * @returns `true`
   * @throws {MailcowRejectedError} For example `is_alias_or_mailbox`, `domain_not_found`, `goto_invalid` or
   * `max_alias_exceeded`.
   * @example
   * await mcc.addAlias("@example.com", "ann@example.com");
   * @see POST /api/v1/add/alias
   */
  async addAlias(
    address: string | readonly string[],
    goto: string | readonly string[],
    options?: CallOptions,
  ): Promise<true> {
    const call = callOptionsOf(options);
    const sent = spelled(addAlias, { address, goto });
    checkTargets(sent);
    await perItem(toList(sent.address), (one) => this.call(addAlias, { address: one, goto: sent.goto }, call));
    return true;
  }

  /**
   * Sets attributes on mailboxes: each update sets its `attr` on all its `items`. What is not given keeps its value.
   * Several updates are sent one after the other, each mailbox in a call of its own.
   *
   * @param mailboxes - `quota` is in MiB, 0 means unlimited. An empty `password` keeps the old one.
   * @returns mailcow's entries, without its echo of the request.
   * @throws {MailcowInputError} There is no such `relayhost`; `authsource` is not set up on the server; or a `password`
   * is given for a mailbox whose users log in by an identity provider.
   * @throws {MailcowRejectedError} For example `access_denied` (no such mailbox) or `mailbox_quota_left_exceeded`; the
   * other mailboxes of all updates are updated all the same.
   * @example
   * await mcc.updateMailboxes({ items: ["ann@example.com"], attr: { name: "Ann", quota: 4096 } });
   * @see POST /api/v1/edit/mailbox, GET /api/v1/get/mailbox/{mailbox}, GET /api/v1/get/mailbox/reduced/{domains},
   * GET /api/v1/get/relayhost/{id}, GET /api/v1/get/identity-provider
   */
  async updateMailboxes(
    mailboxes: MailboxUpdate | readonly MailboxUpdate[],
    options?: CallOptions,
  ): Promise<ActionResult[]> {
    const call = callOptionsOf(options);
    const updates = toList(mailboxes).map(fieldsOf);
    const calls = updates.map(({ items, attr, ...rest }) => {
      const toBody = (part: readonly string[]) => ({ ...rest, items: part, attr: withPasswords(attr) });
      const { items: ids } = checkedItems(editMailbox, toList(items), toBody);
      const send = async () => (await this.mailboxes.edit(ids, attr, call)).flatMap(({ results }) => results);
      return { ids, send };
    });
    // What a later update refers to is looked up before the first is sent.
    for (const update of updates.slice(1)) await checkReferences(this.core, editMailbox, update, call);
    return (await callEach(calls)).flat();
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
  async getMailboxes(id = "all", options?: CallOptions): Promise<Mailbox[]> {
    if (id === "all") return this.mailboxes.list({}, options);
    return toList((await this.mailboxes.get(id, options)) ?? []);
  }
}

function toOptions(
  baseUrl: string | undefined | MailcowClientOptions,
  apiKey: string | undefined,
  options: MailcowTransportOptions,
): MailcowClientOptions {
  checkOptions(options);
  if (!isOfFields(baseUrl)) return { ...options, baseUrl: baseUrl ?? "", apiKey: apiKey ?? "" };
  if (apiKey !== undefined) throw refusal("apiKey", "one of the options, where they are one object");
  if (Object.keys(options).length > 0) throw refusal("the options", "given as one object");
  return baseUrl;
}

const howToSet = "set it in the environment, or put it into a file .env and run node --env-file=.env program.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of the process, where there is a process: browsers and some workers have none. */
const environment: Environment = (globalThis as { process?: { env?: Environment } }).process?.env ?? {};

const domainLimits = { aliases: 400, defquota: 3072, mailboxes: 10, maxquota: 10240, quota: 10240 };
