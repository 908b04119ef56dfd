import type { ActionResult } from "../../contract.ts";
import { type Api, checked } from "../../core/api.ts";
import { type Batch, batchOf } from "../../core/batch.ts";
import { Addable, type AddOptions, checkedItems } from "../../core/collection.ts";
import { type Outcome, perItem } from "../../core/each.ts";
import { type Ensured, type EnsureOptions, ensure } from "../../core/ensure.ts";
import { fieldsOf, toList, toMebibytes } from "../../core/lists.ts";
import type { ManyOptions, ManyOutcome } from "../../core/many.ts";
import { type CallOptions, callOptionsOf, filterOf, optionsOf } from "../../core/options.ts";
import { passwordFor, withPassword, withPasswords } from "../../core/passwords.ts";
import { getDomainAll } from "../../generated/routes/domains.ts";
import * as routes from "../../generated/routes/mailboxes.ts";
import type { Id, MailboxNames, Mebibytes, UserRight } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/mailboxes.ts";
import { refusal } from "../../refusal.ts";
import { type IterateOptions, iterate, listInPages, type Table } from "../iterate.ts";
import {
  listMailboxes,
  listReduced,
  type MailboxFilter,
  mailboxRows,
  protocols,
  readMailbox,
  readNew,
  storedName,
} from "../mailbox-rows.ts";
import { deleteTags, setTags } from "../tags.ts";

export type * from "../../generated/types/mailboxes.ts";
export type { MailboxFilter } from "../mailbox-rows.ts";

/** A mailbox to add. If you leave out the password, a random one is made. */
export type NewMailbox = Omit<types.NewMailbox, "quota" | "template"> &
  (
    | {
        /** MiB; 0 means unlimited. */
        quota: Mebibytes;
        template?: Id;
      }
    | {
        /** The mailbox template that supplies the quota and other fields you leave out. */
        template: Id;
        quota?: Mebibytes;
      }
  );

/** A new mailbox. */
export interface AddedMailbox extends types.Mailbox {
  /** The given or the generated password; empty if users log in through an identity provider. */
  readonly password: string;
}

/** Names with any JSON value. */
export type CustomAttributes = Readonly<Record<string, unknown>>;

/** How to rename a mailbox. */
export interface RenameOptions extends CallOptions {
  /**
   * Whether to add an alias from the old address to the new one.
   *
   * @default false
   */
  readonly createAlias?: boolean;
}

/** How far to look back. */
export interface LoginOptions extends CallOptions {
  /**
   * Days; 35 or more for all logins.
   *
   * @default 7
   */
  readonly days?: number;
}

const columns = {
  username: 2,
  quota: 3,
  last_mail_login: 4,
  passwd_update: 5,
  percent_in_use: 6,
  name: 7,
  messages: 20,
  active: 24,
} as const;

/** The fields to sort mailboxes by; `last_mail_login` is the last login through a mail protocol. */
export type MailboxOrder = keyof typeof columns;

/** Mailboxes, by their whole address. */
export class Mailboxes extends Addable<NewMailbox, AddedMailbox> {
  readonly #table: Table<types.Mailbox, MailboxOrder> = {
    ...{ route: routes.searchMailbox, columns, searched: [2, 7, 23], lists: (call) => this.#byDomain(call) },
    texts: ({ username, name, tags = [] }) => [username, name, ...tags],
    inList: (a, b) => Number(a.domain > b.domain) - Number(a.domain < b.domain),
  };

  /**
   * Lists all mailboxes, or the mailboxes of some domains or with some tags; domain by domain. Takes seconds on servers
   * with thousands of them; see `iterate` and `listReduced`. Returns `[]` for a domain that does not exist, and for an
   * alias domain.
   *
   * Without a filter, this requests pages of 100 mailboxes, four at a time; up to 100 mailboxes take one request. A
   * mailcow before 2026-03 is asked for the whole list.
   *
   * @example
   * const mailboxes = await mcc.mailboxes.list({ domain: "example.com", tags: ["staff"] });
   * @see POST /api/v1/search/mailbox, GET /api/v1/get/mailbox/all, GET /api/v1/get/mailbox/all/{domains}
   */
  async list(filter?: MailboxFilter, options?: CallOptions): Promise<types.Mailbox[]> {
    const isWhole = Object.keys(filterOf(filter, "domain", "tags")).length === 0;
    if (!isWhole) return listMailboxes(this.core, filter, options);
    return listInPages(this.core, this.#table, (call) => listMailboxes(this.core, {}, call), options);
  }

  /**
   * Lists mailboxes faster, without the fields that need extra look-ups, such as rate limits and send-as rights.
   *
   * @see GET /api/v1/get/mailbox/reduced, GET /api/v1/get/mailbox/reduced/{domains}
   */
  async listReduced(filter?: MailboxFilter, options?: CallOptions): Promise<types.ReducedMailbox[]> {
    return listReduced(this.core, filter, options);
  }

  /**
   * Returns mailboxes page by page, so that they are never all in memory; the next page is read while you work on this
   * one. `search` looks in addresses, names of users and tags. No row comes twice or is left out because mailboxes are
   * added or deleted meanwhile.
   *
   * On a server that can't search, this lists the mailboxes domain by domain.
   *
   * @throws {MailcowHttpError} 404 or 405: you set `orderBy`, and the server can't search.
   * @example
   * const fullest = mcc.mailboxes.iterate({ orderBy: "percent_in_use", descending: true });
   * for await (const { username, percent_in_use } of fullest) console.log(username, percent_in_use);
   * @see POST /api/v1/search/mailbox, GET /api/v1/get/domain/all, GET /api/v1/get/mailbox/all/{domains}
   */
  iterate(options?: IterateOptions<MailboxOrder>): AsyncGenerator<types.Mailbox, void, undefined> {
    return iterate(this.core, this.#table, options);
  }

  /**
   * Returns one mailbox, or `null`. A resource is not found.
   *
   * @see GET /api/v1/get/mailbox/{mailbox}
   */
  async get(mailbox: string, options?: CallOptions): Promise<types.Mailbox | null> {
    return readMailbox(this.core, mailbox, options);
  }

  /** Adds a mailbox; with `read: false`, returns `null` and saves the request that reads it back. */
  add(mailbox: NewMailbox, options: AddOptions): Promise<AddedMailbox | null>;
  /**
   * Adds a mailbox. Without a `password`, it gets a random one that meets the server's policy. If `authsource` is an
   * identity provider, it has no password in mailcow.
   *
   * @param mailbox - `quota` in MiB (0 means unlimited), or a `template` that supplies it.
   * @returns The mailbox as mailcow stores it (its quota in bytes), with its password, which is empty if it has none.
   * @throws {MailcowInputError} The `template` or `relayhost` does not exist, `authsource` is not set up on the server,
   * or you give a password together with an identity provider.
   * @throws {MailcowRejectedError} For example `object_exists`, `access_denied` (no such domain),
   * `mailbox_quota_left_exceeded`, `max_mailbox_exceeded` or `password_complexity`.
   * @example
   * const { username, password } = await mcc.mailboxes.add({ domain: "example.com", local_part: "ann", quota: 1024 });
   * @see POST /api/v1/add/mailbox, GET /api/v1/get/mailbox/{mailbox}, GET /api/v1/get/passwordpolicy,
   * GET /api/v1/get/mailbox/template/{template}, GET /api/v1/get/relayhost/{id}, GET /api/v1/get/identity-provider
   */
  add(mailbox: NewMailbox, options?: CallOptions): Promise<AddedMailbox>;
  async add(mailbox: NewMailbox, options?: Partial<AddOptions>): Promise<AddedMailbox | null> {
    const { read, ...call } = optionsOf(options, { read: true });
    const batch = batchOf(options);
    const input = fieldsOf(mailbox);
    // mailcow takes a missing quota as unlimited.
    if (input.quota === undefined && input.template === undefined)
      throw refusal(
        "quota",
        "given: a whole number of MiB, or 0 for unlimited; or give a template",
        routes.addMailbox.path,
      );
    // Check the rest before reading the policy.
    checked(routes.addMailbox, { password: "x", ...input });
    const password = await passwordOf(this.core, input, call, batch);
    const id = ({ local_part, domain }: types.NewMailbox) =>
      checked(routes.getMailbox, { mailbox: `${local_part}@${domain}` }).mailbox;
    return this.adding(
      routes.addMailbox,
      { ...input, ...(password && { password }) },
      { ...call, read },
      (sent) => withPassword(readNew(this.core, id(sent), batch, call), password),
      id,
    );
  }

  /** Adds many mailboxes; with `read: false`, saves the requests that read them back: each `row` is `null`. */
  override addMany(
    items: readonly NewMailbox[],
    options: ManyOptions & AddOptions,
  ): Promise<ManyOutcome<NewMailbox, AddedMailbox | null>[]>;
  /**
   * Adds many mailboxes, some at a time, and returns an outcome for each, in order. A failure does not stop the others
   * unless `stopOnError` is set. A signal stops sending; calls under way are completed.
   *
   * Of a domain that gets 10 or more, all are read back in one request at the end, with one more to learn how many
   * mailboxes the domain has. If it has more than three times as many already, each is read back on its own.
   *
   * @returns An outcome per item, whose `status` is `added` (with its `row`), `failed` or `unknown` (with the `error`),
   * or `unsent`. A failed item never rejects the promise.
   * @throws {MailcowInputError} The items are not a list, or an option is wrong: nothing was sent.
   * @example
   * const mailboxes = ["eve", "fred"].map((local_part) => ({ domain: "example.com", local_part, quota: 1024 }));
   * const outcomes = await mcc.mailboxes.addMany(mailboxes, { concurrency: 8 });
   * const failed = outcomes.filter(({ status }) => status !== "added");
   * @see GET /api/v1/get/domain/{domain}, GET /api/v1/get/mailbox/all/{domains}
   */
  override addMany(
    items: readonly NewMailbox[],
    options?: ManyOptions,
  ): Promise<ManyOutcome<NewMailbox, AddedMailbox>[]>;
  override async addMany(
    items: readonly NewMailbox[],
    options?: ManyOptions & Partial<AddOptions>,
  ): Promise<ManyOutcome<NewMailbox, AddedMailbox | null>[]> {
    return super.addMany(items, options as ManyOptions);
  }

  /**
   * Sets attributes on mailboxes, one call each. Fields you leave out keep their value. (mailcow itself would empty
   * `attribute_hash`, so it is read first and sent again.) An empty `password` keeps the old one. `tags` are added to
   * the tags of each mailbox.
   *
   * @param changes - `quota` in MiB; 0 means unlimited.
   * @throws {MailcowInputError} The `relayhost` does not exist; `authsource` is not set up on the server; or you give a
   * `password`, which mailcow would drop, for a mailbox whose users log in through an identity provider.
   * @throws {MailcowRejectedError} For example `access_denied` (no such mailbox) or
   * `mailbox_quota_left_exceeded`.
   * @see POST /api/v1/edit/mailbox, GET /api/v1/get/mailbox/{mailbox}, GET /api/v1/get/mailbox/reduced/{domains},
   * GET /api/v1/get/relayhost/{id}, GET /api/v1/get/identity-provider
   */
  async edit(mailboxes: MailboxNames, changes: types.MailboxChanges, options?: CallOptions): Promise<Outcome[]> {
    const call = callOptionsOf(options);
    const sent = withPasswords(changes);
    const { items } = checkedItems(
      routes.editMailbox,
      toList(mailboxes),
      (part) => ({ items: part, attr: sent }),
      call,
    );
    const isRead = sent.attribute_hash === undefined || sent.password !== undefined;
    const rowOf = await mailboxRows(this.core, isRead ? items : [], call);
    for (const { authsource } of sent.password === undefined ? [] : items.flatMap((item) => rowOf(item) ?? []))
      checkNoPassword([authsource, sent.authsource], routes.editMailbox.path);
    return perItem(items, (mailbox) => {
      const attr = { ...withHash(rowOf(mailbox)?.attributes.attribute_hash), ...sent };
      return this.call(routes.editMailbox, { items: [mailbox], attr }, call);
    });
  }

  /**
   * Adds a mailbox, edits what differs, or does nothing: safe to call again. Fields you leave out are not compared.
   * `tags` replaces all tags.
   *
   * `ignored` lists fields that `edit` can't set (`template`, `acl`, rate limit, quarantine) or that can't be read
   * (`tagged_mail_handler`); `force_pw_update`, which ends when the user changes the password; flags of single
   * protocols given together with `protocol_access`, which overrides them; a password that is not sent; and fields that
   * mailcow keeps although it reports success.
   *
   * @param mailbox - An existing mailbox gets the new `password` only with `sendSecrets`.
   * @returns The mailbox; a new one with its password.
   * @see GET /api/v1/get/mailbox/{mailbox}, POST /api/v1/add/mailbox, POST /api/v1/edit/mailbox,
   * POST /api/v1/edit/tls_policy, POST /api/v1/delete/mailbox/tag/{mailbox}, GET /api/v1/get/passwordpolicy,
   * GET /api/v1/get/mailbox/template/{template}, GET /api/v1/get/relayhost/{id}, GET /api/v1/get/identity-provider
   */
  async ensure(mailbox: NewMailbox, options?: EnsureOptions): Promise<Ensured<types.Mailbox, AddedMailbox>> {
    return ensure(
      {
        route: routes.addMailbox,
        find: ({ local_part, domain }: NewMailbox, call) => this.get(`${local_part}@${domain}`, call),
        add: (desired, call) => this.add(desired, call),
        tidy: (desired) => {
          if (desired.password !== undefined) checkNoPassword([desired.authsource], routes.addMailbox.path);
          const name = storedName(desired.name ?? "");
          return name ? { ...desired, name } : desired;
        },
        now: (row, { domain, local_part, name, protocol_access }) => ({
          ...{ domain, local_part },
          // The list of protocols overrides their flags.
          ...Object.fromEntries((protocol_access ? own : [...access, ...own]).map((key) => [key, row.attributes[key]])),
          active: row.active,
          authsource: row.authsource,
          // An empty name keeps the old one.
          name: name && row.name,
          quota: toMebibytes(row.quota),
          protocol_access: protocols.filter((protocol) => row.attributes[`${protocol}_access`] === "1"),
          tags: row.tags ?? [],
        }),
        setTags: (row, wanted, call) => this.setTags(row.username, wanted, call),
        edit: async ({ username }, changes: types.MailboxChanges & types.MailboxTlsPolicy, call) => {
          const { tls_enforce_in, tls_enforce_out, ...rest } = changes;
          if (Object.keys(rest).length > 0) await this.edit(username, rest, call);
          const policy = fieldsOf({ tls_enforce_in, tls_enforce_out }) as types.MailboxTlsPolicy;
          if (Object.keys(policy).length > 0) await this.setTlsPolicy(username, policy, call);
        },
      },
      mailbox,
      options,
    );
  }

  /**
   * Deletes mailboxes with their mail, one call each. mailcow removes them from the targets of aliases, except targets
   * that another program wrote with capitals. Their handling of tagged mail stays and applies to the next mailbox with
   * the address. Addresses with an apostrophe come last: a mailcow up to 2026-07 fails at them without an answer.
   *
   * @returns What happened to each, in the order of deletion.
   * @throws {MailcowRejectedError} `access_denied`: the mailbox does not exist.
   * @see POST /api/v1/delete/mailbox
   */
  async delete(mailboxes: MailboxNames, options?: CallOptions): Promise<Outcome[]> {
    return this.each(routes.deleteMailbox, mailboxes, options);
  }

  /**
   * Renames an active mailbox within its domain. Mail, tags, rights, app passwords, sync jobs and filters are kept. The
   * rate limit, the handling of tagged mail, spam settings and the login log are not. Shared and time-limited aliases
   * still lead to the old address.
   *
   * The new name must be free. If a mailbox or an alias has it, mailcow refuses with a message of its database. The
   * mailbox keeps its name, but its IMAP rights may be gone.
   *
   * @param newLocalPart - The new part before the `@`, sent in lower case.
   * @param options - `createAlias`: adds an alias from the old address to the new one.
   * @throws {MailcowRejectedError} For example `access_denied`: the mailbox does not exist, or it is not active.
   * @example
   * await mcc.mailboxes.rename("ann@example.com", "anna", { createAlias: true });
   * @see POST /api/v1/edit/rename-mbox
   */
  async rename(mailbox: string, newLocalPart: string, options?: RenameOptions): Promise<ActionResult[]> {
    const { createAlias, ...call } = optionsOf(options, { createAlias: false });
    const { mailbox: old } = checked(routes.getMailbox, { mailbox });
    const at = old.lastIndexOf("@");
    const attr = {
      domain: old.slice(at + 1),
      old_local_part: old.slice(0, at),
      new_local_part: newLocalPart,
      create_alias: createAlias,
    };
    return this.call(routes.editRenameMbox, { attr }, call);
  }

  /**
   * Replaces the custom attributes of mailboxes; `{}` removes all. Values may be any JSON and keep their type. If the
   * names are 0, 1, 2 and so on, the attributes are read back as a list.
   *
   * @throws {MailcowRejectedError} `access_denied`: the mailbox does not exist.
   * @example
   * await mcc.mailboxes.setCustomAttributes("ann@example.com", { role: "boss", floor: 3 });
   * @see POST /api/v1/edit/mailbox/custom-attribute
   */
  async setCustomAttributes(
    mailboxes: MailboxNames,
    attributes: CustomAttributes,
    options?: CallOptions,
  ): Promise<Outcome[]> {
    return this.editing(routes.editMailboxCustomAttribute, mailboxes, toNamesAndValues(attributes), options);
  }

  /**
   * Replaces the tags of a mailbox: deletes surplus tags and adds missing ones.
   *
   * @returns mailcow's entries; empty if nothing had to change. The warning `tag_limit_exceeded` means that there were
   * too many tags.
   * @throws {MailcowRejectedError} `access_denied`: the mailbox does not exist.
   * @see GET /api/v1/get/mailbox/{mailbox}, POST /api/v1/delete/mailbox/tag/{mailbox}, POST /api/v1/edit/mailbox
   */
  async setTags(mailbox: string, tags: readonly string[], options?: CallOptions): Promise<ActionResult[]> {
    const tagged = {
      edit: routes.editMailbox,
      remove: (surplus: readonly string[], call: CallOptions) => this.deleteTags(mailbox, surplus, call),
      read: (id: string, call: CallOptions) => this.get(id, call),
      kept: (row: types.Mailbox) => withHash(row.attributes.attribute_hash),
    };
    return setTags(this.core, tagged, mailbox, tags, options);
  }

  /**
   * Removes tags from a mailbox; `edit` adds them. Tags that it does not have are not an error.
   *
   * @throws {MailcowRejectedError} `access_denied`: the mailbox does not exist.
   * @see POST /api/v1/delete/mailbox/tag/{mailbox}
   */
  async deleteTags(mailbox: string, tags: string | readonly string[], options?: CallOptions): Promise<ActionResult[]> {
    return deleteTags(this.core, routes.deleteMailboxTag, { mailbox }, tags, options);
  }

  /**
   * Replaces the rights of mailboxes, which say what their users may do themselves. No route reads them back.
   *
   * @throws {MailcowRejectedError} `access_denied` (no such mailbox), or `Cannot determine current ACL` for the
   * address of a resource.
   * @example
   * await mcc.mailboxes.setAcl("ann@example.com", ["spam_alias", "spam_score", "app_passwds"]);
   * @see POST /api/v1/edit/user-acl
   */
  async setAcl(mailboxes: MailboxNames, rights: readonly UserRight[], options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editUserAcl, mailboxes, { user_acl: rights }, options);
  }

  /**
   * Sets whether mail to and from mailboxes must be encrypted. Flags you leave out keep their value. (`edit` can't set
   * them: its route ignores them.) mailcow also reports success for the address of a resource.
   *
   * @throws {MailcowRejectedError} `access_denied`: the mailbox does not exist.
   * @see POST /api/v1/edit/tls_policy
   */
  async setTlsPolicy(
    mailboxes: MailboxNames,
    policy: types.MailboxTlsPolicy,
    options?: CallOptions,
  ): Promise<Outcome[]> {
    return this.editing(routes.editTlsPolicy, mailboxes, policy, options);
  }

  /**
   * Returns the latest login to a mailbox for each address, service and app password. A mailbox that does not exist
   * looks like one without logins. Slow if mailcow has to look up the countries of addresses.
   *
   * @param options - `days`: how far to look back, 7 by default; 35 or more for all logins.
   * @see GET /api/v1/get/last-login/{username}, GET /api/v1/get/last-login/{username}/{days}
   */
  async lastLogins(mailbox: string, options?: LoginOptions): Promise<types.Logins> {
    const { days, ...call } = optionsOf<{ days: number | undefined }>(options, {
      days: undefined,
    });
    if (days === undefined) return this.call(routes.getLastLogin, { username: mailbox }, call);
    return this.call(routes.getLastLoginByDays, { username: mailbox, days }, call);
  }

  /**
   * Deletes the login log of a mailbox, and with it the `last_…_login` times of its row. mailcow's route is a GET, so a
   * read-only key may do this too. Returns `true` even if the mailbox does not exist.
   *
   * @see GET /api/v1/get/reset-last-login/{username}
   */
  async resetLastLogins(mailbox: string, options?: CallOptions): Promise<true> {
    return this.call(routes.getResetLastLogin, { username: mailbox }, options);
  }

  async *#byDomain(call: CallOptions): AsyncGenerator<types.Mailbox[]> {
    for (const { domain_name: domain } of await this.call(getDomainAll, {}, call)) yield this.list({ domain }, call);
  }
}

const access = protocols.map((protocol) => `${protocol}_access` as const);
const flags = ["sogo_access", "force_tfa", "tls_enforce_in", "tls_enforce_out"] as const;
const own = [...flags, "relayhost", "attribute_hash"] as const;

/** The given or a generated password for a new mailbox; empty if an identity provider has the passwords. */
export async function passwordOf(
  api: Api,
  { authsource = "mailcow", password }: Partial<types.NewMailbox>,
  call: CallOptions,
  batch?: Batch,
): Promise<string> {
  if (password !== undefined) checkNoPassword([authsource], routes.addMailbox.path);
  return authsource === "mailcow" ? passwordFor(api, password, call, batch) : "";
}

/** Refuses a password if an identity provider has the passwords, or had them before: mailcow drops it silently. */
function checkNoPassword(sources: readonly (string | undefined)[], path: string): void {
  if (sources.some((source = "mailcow") => source !== "mailcow"))
    throw refusal("password", 'left out, or sent when authsource is already "mailcow": mailcow would drop it', path);
}

/** mailcow empties `attribute_hash` on every edit that does not send it. */
const withHash = (hash: string | undefined): types.MailboxChanges => (hash ? { attribute_hash: hash } : {});

/** mailcow takes names and values as two lists, and removes blanks from the names. */
function toNamesAndValues(attributes: CustomAttributes): { attribute?: readonly string[]; value?: readonly unknown[] } {
  const given = Object.entries(fieldsOf(attributes));
  if (given.some(([name]) => /\s/.test(name)))
    throw refusal(
      "each name",
      "a text without blanks, which mailcow would remove",
      routes.editMailboxCustomAttribute.path,
    );
  if (given.length === 0) return {};
  return { attribute: given.map(([name]) => name), value: given.map(([, value]) => value) };
}
