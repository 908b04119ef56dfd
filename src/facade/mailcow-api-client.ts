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
import { fieldsOf, toList, withDefaults } from "../core/lists.ts";
import { type CallOptions, callOptionsOf } from "../core/options.ts";
import { withPasswords } from "../core/passwords.ts";
import { spelled } from "../core/prepare.ts";
import { isRelease } from "../core/releases.ts";
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

/** Options of `MailcowApiClient`. */
export interface MailcowApiOptions extends MailcowTransportOptions {
  /** The release of mailcow that the server runs, such as `2026-03b`; saves the request that asks for it. */
  serverVersion?: string;
}

/** A DKIM key to make, for one domain or several. */
export interface DkimInput extends Omit<NewDkimKey, "domains"> {
  domain: DomainNames;
}

/** The credentials of a new domain admin. */
export interface DomainAdminCredentials {
  /** In lower case, as mailcow stores it. */
  username: string;
  /** The given or the generated password. */
  password: string;
  domains: string[];
}

/** A mailbox to add. Only its domain is required; everything else has a default. */
export interface MailboxInput extends Partial<NewMailbox> {
  domain: string;
}

/** A new mailbox. */
export interface MailboxAdded {
  /** The whole address, in lower case. */
  username: string;
  /** The given or the generated password; empty if users log in through an identity provider. */
  password: string;
  domain: string;
  name: string;
  local_part: string;
  /** MiB; 0 means unlimited. Absent if a template sets it. */
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
 * refuses all or part of the call, and the other {@link MailcowError}s when there is no usable answer.
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
   * @param apikey - The API key; a read-only key is enough for the `get` methods.
   * @throws {MailcowInputError} One of them is missing or malformed.
   */
  constructor(baseurl: string | undefined, apikey: string | undefined, options?: MailcowApiOptions);
  /**
   * @param options - `baseUrl`, `apiKey`, and how to reach the server.
   * @throws {MailcowInputError} One of them is missing or malformed.
   * @example
   * const mcc = new MailcowApiClient({ baseUrl: "https://mail.example.com", apiKey, timeoutMs: 60_000 });
   */
  constructor(options: MailcowClientOptions & MailcowApiOptions);
  constructor(
    baseurl: string | undefined | (MailcowClientOptions & MailcowApiOptions),
    apikey?: string,
    options: MailcowApiOptions = {},
  ) {
    const { serverVersion, ...client } = toOptions(baseurl, apikey, options);
    if (serverVersion !== undefined && !isRelease(serverVersion))
      throw refusal("serverVersion", "a release of mailcow, such as 2026-03b");
    const api = createMailcowClient(client);
    super(new Api(api, serverVersion));
    this.api = api;
  }

  /**
   * Makes a client from `MAILCOW_API_BASEURL` and `MAILCOW_API_KEY`.
   *
   * @param env - Where to find them; the environment of the process by default, if the runtime has one.
   * @throws {MailcowInputError} One of them is missing or malformed.
   * @example
   * const mcc = MailcowApiClient.fromEnv();
   */
  static fromEnv(options: MailcowApiOptions = {}, env: Environment = environment): MailcowApiClient {
    for (const name of ["MAILCOW_API_BASEURL", "MAILCOW_API_KEY"])
      if (!readFrom(env, name)) throw new MailcowInputError(`${name} is not set: ${howToSet}`, { field: name });
    return new MailcowApiClient(env["MAILCOW_API_BASEURL"], env["MAILCOW_API_KEY"], options);
  }

  /**
   * Returns the release of mailcow that the server runs, such as `2026-03b`. Asks once and keeps the answer. Methods
   * that set something that not every supported release has ask too, before they send it (`docs/versions.md`).
   *
   * @returns The release; `null` if the server does not tell, or tells something else. Such a server counts as the
   * newest, but these methods read each row after the write. They throw a `MailcowReplyError` if it does not show what
   * was sent. The option `serverVersion` saves these requests.
   * @example
   * if ((await mcc.serverVersion()) === null) console.log("unknown, treated as the newest");
   * @see GET /api/v1/get/status/version
   */
  async serverVersion(options?: CallOptions): Promise<string | null> {
    return this.core.release(callOptionsOf(options));
  }

  /**
   * Returns one domain, or all.
   *
   * @param domain - The domain; all domains by default. The name of an alias domain finds nothing.
   * @returns The rows; empty if the domain does not exist. Sizes are in bytes.
   * @example
   * for (const { domain_name, mboxes_left } of await mcc.getDomain()) console.log(domain_name, mboxes_left);
   * @see GET /api/v1/get/domain/all, GET /api/v1/get/domain/{domain}
   */
  async getDomain(domain = "all", options?: CallOptions): Promise<Domain[]> {
    if (domain === "all") return this.domains.list({}, options);
    return toList((await this.domains.get(domain, options)) ?? []);
  }

  /**
   * Adds a domain, with a DKIM key unless `key_size` is 0.
   *
   * @param domain - Its name, or its name and settings. Quotas are in MiB. Without a `template`, the defaults are
   * `active` 1, `aliases` 400, `mailboxes` 10, `defquota` 3072, `maxquota` 10240, `quota` 10240.
   * @returns `true`
   * @throws {MailcowInputError} The `template` does not exist.
   * @throws {MailcowRejectedError} For example `domain_exists`, `domain_invalid` or
   * `mailbox_quota_exceeds_domain_quota`. With `rl_timeframe` or `dkim_domain_or_sel_invalid`, mailcow has added the
   * domain, but without the rate limit or the key; `results` shows this.
   * @example
   * await mcc.addDomain({ domain: "example.com", mailboxes: 50, quota: 51200 });
   * @see POST /api/v1/add/domain, GET /api/v1/get/domain/template/{template}
   */
  async addDomain(domain: string | NewDomain, options?: CallOptions): Promise<true> {
    const input = fieldsOf(typeof domain === "string" ? { domain } : domain);
    // A template supplies the missing fields; our defaults would override it.
    const defaults = input.template === undefined ? ({ active: 1, ...domainLimits } as const) : {};
    await this.domains.add(withDefaults(input, defaults), { ...callOptionsOf(options), read: false });
    return true;
  }

  /**
   * Sets the same attributes on one or more domains. Fields you leave out keep their value.
   *
   * @param attributes - Quotas are in MiB. `tags` are added to the tags of each domain.
   * @returns `true`
   * @throws {MailcowInputError} The `relayhost` does not exist.
   * @throws {MailcowRejectedError} For example `domain_invalid`, `mailboxes_in_use` or `max_quota_in_use`. The other
   * domains are still edited.
   * @example
   * await mcc.editDomain(["example.com"], { aliases: 399 });
   * @see POST /api/v1/edit/domain, GET /api/v1/get/domain/{domain}, GET /api/v1/get/relayhost/{id}
   */
  async editDomain(domains: DomainNames, attributes: DomainChanges, options?: CallOptions): Promise<true> {
    await this.domains.edit(domains, attributes, options);
    return true;
  }

  /**
   * Deletes one or more domains. Delete their mailboxes and resources first. Their DKIM keys stay.
   *
   * @returns `true`, also for a domain that does not exist.
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
   * @throws {MailcowRejectedError} `access_denied`: the domain does not exist. `dkim_domain_or_sel_invalid`: the
   * selector is invalid, or the domain already has a key.
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
   * Returns the public DKIM key of a domain; `dkim_txt` is the text for the DNS.
   *
   * @returns The key, or `null` if the domain has none.
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
   * @returns `true`, also for a domain without a key.
   * @throws {MailcowRejectedError} `dkim_domain_or_sel_invalid`: not a domain name.
   * @example
   * await mcc.deleteDKIM("example.com");
   * @see POST /api/v1/delete/dkim
   */
  async deleteDKIM(domain: DomainNames, options?: CallOptions): Promise<true> {
    await this.dkim.delete(domain, options);
    return true;
  }

  /**
   * Makes a DKIM key for a domain and returns it. Safe to call again: an existing key is returned unchanged, even if it
   * has another selector or size.
   *
   * @throws {MailcowRejectedError} `access_denied`: the domain does not exist.
   * @example
   * const { dkim_txt } = await mcc.addAndGetDKIM("example.com");
   * @see GET /api/v1/get/dkim/{domain}, POST /api/v1/add/dkim
   */
  async addAndGetDKIM(dkim: string | DkimInput, options?: CallOptions): Promise<DkimKey> {
    const { domain, ...rest } = fieldsOf<DkimInput>(typeof dkim === "string" ? { domain: dkim } : dkim);
    const [name = "", ...more] = toList(domain);
    if (more.length > 0) throw refusal("domain", "a single domain", addDkim.path);
    return this.dkim.getOrAdd({ ...rest, domain: name }, options);
  }

  /**
   * Adds a domain admin.
   *
   * @param domainAdmin - At least the `domains` to manage. If you leave out `username` or `password`, a random one is
   * made; the password meets the server's policy. `active` is 1 by default.
   * @returns The credentials. The password is not stored in clear anywhere else.
   * @throws {MailcowRejectedError} For example `domain_invalid`, `object_exists` or `password_complexity`. With
   * `domain_invalid`, the admin may have been added for the other domains; `results` shows this.
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
   * @param mailbox - At least its `domain`. By default, `local_part` is "mail", `name` is "John Doe", and `password` is
   * random and meets the server's policy. Without a `template`, `quota` is 3072 (MiB; 0 means unlimited) and `active`
   * is 1. With an `authsource` other than `mailcow`, there is no password.
   * @returns The new mailbox with its password, which is empty if there is none.
   * @throws {MailcowInputError} The `template` or `relayhost` does not exist, `authsource` is not set up on the server,
   * or you give a password together with an `authsource` other than `mailcow`.
   * @throws {MailcowRejectedError} For example `object_exists`, `access_denied` (the domain does not exist),
   * `mailbox_quota_left_exceeded`, `max_mailbox_exceeded` or `password_complexity`.
   * @example
   * const { username, password } = await mcc.addMailbox({ domain: "example.com", local_part: "ann", name: "Ann" });
   * @see POST /api/v1/add/mailbox, GET /api/v1/get/passwordpolicy, GET /api/v1/get/mailbox/template/{template},
   * GET /api/v1/get/relayhost/{id}, GET /api/v1/get/identity-provider
   */
  async addMailbox(mailbox: MailboxInput, options?: CallOptions): Promise<MailboxAdded> {
    const call = callOptionsOf(options);
    const input = fieldsOf(mailbox);
    const limits = input.template === undefined ? ({ quota: 3072, active: 1 } as const) : {};
    const given = withDefaults(input, { local_part: "mail", name: "John Doe", ...limits }) as NewMailbox & {
      template: Id;
    };
    const body = checked(addMailbox, withDefaults(given, { password: "x" }));
    const { local_part, domain, name = "", quota } = body;
    const password = await passwordOf(this.core, given, call);
    await this.mailboxes.add({ ...given, ...(password && { password }) }, { ...call, read: false });
    const added = { username: `${local_part}@${domain}`, password, domain, name: storedName(name), local_part };
    return quota === undefined ? added : { ...added, quota: Number(quota) };
  }

  /**
   * Deletes one or more mailboxes with their mail, and removes them from the targets of aliases.
   *
   * @param mailboxes - The whole addresses.
   * @returns `true`
   * @throws {MailcowRejectedError} `access_denied`: the mailbox does not exist.
   * @example
   * await mcc.deleteMailbox(["ann@example.com", "bob@example.com"]);
   * @see POST /api/v1/delete/mailbox
   */
  async deleteMailbox(mailboxes: MailboxNames, options?: CallOptions): Promise<true> {
    await this.mailboxes.delete(mailboxes, options);
    return true;
  }

  /**
   * Adds an active alias.
   *
   * @param address - Where mail comes in; `@example.com` catches mail to addresses that do not exist. Give several as a
   * list, or separated by commas: each is added in a separate call, even after another was refused.
   * @param goto - Where mail goes, one address or several. mailcow does not check whether they exist. Sent in lower
   * case, so that mailcow removes a mailbox from the alias when it deletes the mailbox.
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
   * Sets attributes on mailboxes: each update sets its `attr` on all its `items`. Fields you leave out keep their
   * value. Updates are sent one after the other, one call per mailbox.
   *
   * @param mailboxes - `quota` is in MiB; 0 means unlimited. An empty `password` keeps the old one.
   * @returns mailcow's entries, without its echo of the request.
   * @throws {MailcowInputError} The `relayhost` does not exist; `authsource` is not set up on the server; or you give a
   * `password` for a mailbox whose users log in through an identity provider.
   * @throws {MailcowRejectedError} For example `access_denied` (the mailbox does not exist) or
   * `mailbox_quota_left_exceeded`. The other mailboxes are still updated.
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
      const { items: ids } = checkedItems(editMailbox, toList(items), toBody, call);
      const send = async () => (await this.mailboxes.edit(ids, attr, call)).flatMap(({ results }) => results);
      return { ids, send };
    });
    // Check the references of all updates before sending the first.
    for (const update of updates.slice(1)) await this.core.checkBody(editMailbox, update, call);
    return (await callEach(calls)).flat();
  }

  /**
   * Returns one mailbox, or all.
   *
   * @param id - The whole address; all mailboxes by default.
   * @returns The rows; empty if the mailbox does not exist. Sizes are in bytes.
   * @example
   * const [ann] = await mcc.getMailboxes("ann@example.com");
   * @see POST /api/v1/search/mailbox, GET /api/v1/get/mailbox/all, GET /api/v1/get/mailbox/{mailbox}
   */
  async getMailboxes(id = "all", options?: CallOptions): Promise<Mailbox[]> {
    if (id === "all") return this.mailboxes.list({}, options);
    return toList((await this.mailboxes.get(id, options)) ?? []);
  }
}

function toOptions(
  baseUrl: string | undefined | (MailcowClientOptions & MailcowApiOptions),
  apiKey: string | undefined,
  options: MailcowApiOptions,
): MailcowClientOptions & MailcowApiOptions {
  const { serverVersion: _, ...client } = Object(options) as MailcowApiOptions;
  checkOptions(isOfFields(options) ? client : options);
  if (!isOfFields(baseUrl)) return { ...options, baseUrl: baseUrl ?? "", apiKey: apiKey ?? "" };
  if (apiKey !== undefined) throw refusal("apiKey", "one of the options when they are an object");
  if (Object.keys(options).length > 0) throw refusal("the options", "given as one object");
  return baseUrl;
}

const howToSet = "set it in the environment, or put it into a file named .env and run node --env-file=.env program.js";

type Environment = Readonly<Record<string, string | undefined>>;

function readFrom(env: Environment, name: string): string | undefined {
  try {
    return env[name];
  } catch {
    const allow = "--allow-env=MAILCOW_API_BASEURL,MAILCOW_API_KEY";
    throw new MailcowInputError(`${name} may not be read: run deno with ${allow}`, { field: name });
  }
}

/** The environment of the process; empty in browsers and some workers, which have none. */
const environment: Environment = (globalThis as { process?: { env?: Environment } }).process?.env ?? {};

const domainLimits = { aliases: 400, defquota: 3072, mailboxes: 10, maxquota: 10240, quota: 10240 };
