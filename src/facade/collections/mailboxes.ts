import type { Add, AddMany, Edit, ForEach } from "../../calls/collection.ts";
import { type Ensure, ensurer } from "../../calls/ensure.ts";
import { checkBody, refusal } from "../../calls/input.ts";
import { fieldsOf, toDomain, toList, toLocalPart, toMailboxName, toMebibytes } from "../../calls/names.ts";
import { perItem } from "../../calls/outcomes.ts";
import { passwordsFor, withPassword, withPasswords } from "../../calls/passwords.ts";
import type * as types from "../../types.ts";
import { iterate, type MailboxOrder } from "../iterate.ts";
import { listMailboxes, MailboxCollection, mailboxRows, protocols, readMailbox } from "../mailbox-collection.ts";
import { type ForTags, tagsOf } from "../tags.ts";

/** Mailboxes, by their whole address. */
export class Mailboxes extends MailboxCollection {
  /**
   * Lists mailboxes: all, or those of some domains or with some tags. Slow on servers with thousands of them; see
   * `iterate` and `listReduced`. A domain that is not there has none, and so has an alias domain.
   *
   * @example
   * const mailboxes = await mcc.mailboxes.list({ domain: "example.com", tags: ["staff"] });
   * @see GET /api/v1/get/mailbox/all, GET /api/v1/get/mailbox/all/{domains}
   */
  readonly list = (filter?: types.MailboxFilter): Promise<types.Mailbox[]> => listMailboxes(this.calls, "all", filter);
  /**
   * Lists mailboxes without the fields that cost extra look-ups, such as rate limits and send-as rights: faster.
   *
   * @see GET /api/v1/get/mailbox/reduced, GET /api/v1/get/mailbox/reduced/{domains}
   */
  readonly listReduced = (filter?: types.MailboxFilter): Promise<types.ReducedMailbox[]> =>
    listMailboxes(this.calls, "reduced", filter);
  /**
   * Goes through mailboxes page by page, so that not all of them are in memory at once. `search` looks into addresses,
   * names of users and tags. What is added or deleted meanwhile makes no row come twice or be passed over.
   *
   * On a server that can't search, the mailboxes come domain by domain.
   *
   * @throws {@link MailcowHttpError} 404 or 405: the server can't search, and so can't sort by `orderBy`.
   * @example
   * const fullest = mcc.mailboxes.iterate({ orderBy: "percent_in_use", descending: true });
   * for await (const { username, percent_in_use } of fullest) console.log(username, percent_in_use);
   * @see POST /api/v1/search/mailbox, GET /api/v1/get/domain/all, GET /api/v1/get/mailbox/all/{domains}
   */
  readonly iterate = (options?: types.IterateOptions<MailboxOrder>): AsyncIterable<types.Mailbox> =>
    iterate(this.calls, "mailbox", textsOf, this.#byDomain(), options);
  /**
   * Reads one mailbox, or `null`. The address of a resource is none.
   *
   * @see GET /api/v1/get/mailbox/{mailbox}
   */
  readonly get = async (mailbox: string): Promise<types.Mailbox | null> =>
    readMailbox(this.calls, toMailboxName(mailbox));
  /**
   * Adds a mailbox. Without a `password` it gets a random one that the server's policy allows.
   *
   * @param mailbox - `quota` in MiB, 0 for unlimited; or the `template` that says it.
   * @returns The mailbox as mailcow stores it (its quota in bytes), with its password.
   * @throws {@link MailcowRejectedError} For example `object_exists`, `access_denied` (no such domain),
   * `mailbox_quota_left_exceeded`, `max_mailbox_exceeded` or `password_complexity`.
   * @example
   * const { username, password } = await mcc.mailboxes.add({ domain: "example.com", local_part: "ann", quota: 1024 });
   * @see POST /api/v1/add/mailbox, GET /api/v1/get/mailbox/{mailbox}, GET /api/v1/get/passwordpolicy
   */
  readonly add: Add<types.NewMailbox, types.AddedMailbox> = this.adder(
    "/api/v1/add/mailbox",
    async (input: types.NewMailbox) => {
      // mailcow would take none for unlimited.
      if (input.quota === undefined && input.template === undefined)
        throw refusal("quota", "given: a whole number of MiB, or 0 for unlimited; or name a template");
      const [local_part, domain] = [toLocalPart(input.local_part), toDomain(input.domain)];
      return { ...input, ...(await passwordsFor(this.calls, input)), domain, local_part };
    },
    ({ local_part, domain, password }) => withPassword(this.get(`${local_part}@${domain}`), password),
  );
  /**
   * Adds many mailboxes, some at a time, and answers what became of each, in order. One that is refused does not stop
   * the others, unless `stopOnError` is set.
   *
   * @example
   * const outcomes = await mcc.mailboxes.addMany(mailboxes, { concurrency: 8 });
   * const failed = outcomes.filter(({ status }) => status !== "added");
   * @see POST /api/v1/add/mailbox, GET /api/v1/get/mailbox/{mailbox}, GET /api/v1/get/passwordpolicy
   */
  readonly addMany: AddMany<types.NewMailbox, types.AddedMailbox> = this.many(this.add);
  /**
   * Sets attributes on mailboxes; what is not given keeps its value. That holds for `attribute_hash` too, which mailcow
   * itself would empty: it is read first and sent again. An empty `password` keeps the old one; `tags` are added to
   * those there.
   *
   * @param attr - `quota` in MiB, 0 for unlimited.
   * @throws {@link MailcowRejectedError} For example `access_denied` (no such mailbox) or
   * `mailbox_quota_left_exceeded`.
   * @see POST /api/v1/edit/mailbox, GET /api/v1/get/mailbox/{mailbox}, GET /api/v1/get/mailbox/reduced/{domains}
   */
  readonly edit: Edit<string, types.EditMailboxAttributes> = async (mailboxes, attr) => {
    const path = "/api/v1/edit/mailbox";
    const items = toList(mailboxes).map(toMailboxName);
    const sent = withPasswords(attr);
    checkBody(path, { items, attr: sent });
    const rowOf = await mailboxRows(this.calls, sent.attribute_hash === undefined ? items : []);
    const hashOf = (mailbox = "") => rowOf(mailbox)?.attributes.attribute_hash ?? "";
    const send = (part: string[]) =>
      this.calls.write(path, { items: part, attr: { ...withHash(hashOf(part[0])), ...sent } });
    return perItem(items, send, { groupOf: hashOf });
  };
  /**
   * Adds a mailbox, or edits what differs from one that is there, or does nothing: safe to call again. What is not
   * given is not compared. Where `tags` are given, all others are taken away.
   *
   * `ignored` names what `edit` can't set (`template`, `acl`, rate limit, quarantine), what can't be read
   * (`tagged_mail_handler`), `force_pw_update`, which is over once the user has followed it, the flags of single
   * protocols beside `protocol_access`, which rules them, a password that is not sent, and what mailcow keeps although
   * it says success, such as an `authsource` that is not set up.
   *
   * @param mailbox - Its `password` is only set in a mailbox that is there already where `sendSecrets` asks for it.
   * @returns The mailbox; one that was added with its password.
   * @see GET /api/v1/get/mailbox/{mailbox}, POST /api/v1/add/mailbox, POST /api/v1/edit/mailbox,
   * POST /api/v1/edit/tls_policy, POST /api/v1/delete/mailbox/tag/{mailbox}, GET /api/v1/get/passwordpolicy
   */
  readonly ensure: Ensure<types.NewMailbox, types.Mailbox, types.AddedMailbox> = ensurer({
    find: ({ local_part, domain }: types.NewMailbox) => this.get(`${local_part}@${domain}`),
    add: this.add,
    // mailcow takes the brackets around a name away.
    tidy: ({ name, ...rest }) => ({ ...rest, ...(name && { name: String(name).replace(/^<+|>+$/g, "") }) }),
    now: (row, { domain, local_part, name, protocol_access }) => ({
      ...{ domain, local_part },
      // The list of protocols rules their flags.
      ...Object.fromEntries((protocol_access ? own : [...access, ...own]).map((key) => [key, row.attributes[key]])),
      active: row.active,
      authsource: row.authsource,
      // An empty name keeps the old one.
      name: name && row.name,
      quota: toMebibytes(row.quota),
      protocol_access: protocols.filter((protocol) => row.attributes[`${protocol}_access`] === "1"),
      tags: row.tags ?? [],
    }),
    setTags: (row, wanted) => this.setTags(row.username, wanted),
    edit: async ({ username }, { tls_enforce_in, tls_enforce_out, ...attr }: MailboxChanges) => {
      if (Object.keys(attr).length > 0) await this.edit(username, attr);
      const policy = fieldsOf({ tls_enforce_in, tls_enforce_out }) as types.EditTlsPolicyAttributes;
      if (Object.keys(policy).length > 0) await this.setTlsPolicy(username, policy);
    },
  });
  /**
   * Deletes mailboxes with their mail, and takes them out of the aliases that lead to them.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/delete/mailbox
   */
  readonly delete: ForEach<string> = this.deleter("/api/v1/delete/mailbox", { item: toMailboxName });
  /**
   * Gives an active mailbox another name in its domain, in lower case. Mail, tags, rights, app passwords, sync jobs and
   * filters come along. The rate limit, spam settings and the login log do not, nor do shared and time-limited aliases:
   * they still lead to the old address.
   *
   * The new name must be free. Where it is that of a mailbox or an alias, mailcow refuses with a message of its
   * database and the mailbox keeps its name, but its IMAP rights may be gone.
   *
   * @param newLocalPart - What shall stand before the `@`.
   * @param options - `createAlias`: adds an alias from the old address to the new one.
   * @throws {@link MailcowRejectedError} For example `access_denied`: there is no such mailbox, or it is not active.
   * @example
   * await mcc.mailboxes.rename("ann@example.com", "anna", { createAlias: true });
   * @see POST /api/v1/edit/rename-mbox
   */
  readonly rename = async (
    mailbox: string,
    newLocalPart: string,
    { createAlias = false }: { createAlias?: boolean } = {},
  ): Promise<types.ActionResult[]> => {
    const [, old_local_part = "", domain = ""] = /^(.*)@(.*)$/s.exec(toMailboxName(mailbox)) ?? [];
    const attr = { domain, old_local_part, new_local_part: toLocalPart(newLocalPart), create_alias: createAlias };
    return this.calls.write("/api/v1/edit/rename-mbox", { attr });
  };
  /**
   * Sets the custom attributes of mailboxes: these and no others, `{}` for none. Values may be any JSON and keep their
   * type. Names that are 0, 1, 2 and so on are read back as a list.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @example
   * await mcc.mailboxes.setCustomAttributes("ann@example.com", { role: "boss", floor: 3 });
   * @see POST /api/v1/edit/mailbox/custom-attribute
   */
  readonly setCustomAttributes: Edit<string, types.CustomAttributes> = this.setter(
    "mailbox/custom-attribute",
    toNamesAndValues,
  );
  readonly #tags = tagsOf(this.calls, "mailbox", toMailboxName, this.get, (row) =>
    withHash(row.attributes.attribute_hash),
  );
  /**
   * Gives a mailbox these tags and no others. What is surplus is deleted, what is missing is added.
   *
   * @returns What mailcow said; nothing where the tags were right already. A warning `tag_limit_exceeded` says that
   * there were too many.
   * @see GET /api/v1/get/mailbox/{mailbox}, POST /api/v1/delete/mailbox/tag/{mailbox}, POST /api/v1/edit/mailbox
   */
  readonly setTags: ForTags = this.#tags.setTags;
  /**
   * Takes tags away from a mailbox; `edit` adds them. Tags that it does not have are no error.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/delete/mailbox/tag/{mailbox}
   */
  readonly deleteTags: ForTags = this.#tags.deleteTags;
  /**
   * Sets what the users of mailboxes may do themselves: these rights and no others. No route reads them back.
   *
   * @throws {@link MailcowRejectedError} `access_denied` (no such mailbox), or `Cannot determine current ACL` for the
   * address of a resource.
   * @example
   * await mcc.mailboxes.setAcl("ann@example.com", ["spam_alias", "spam_score", "app_passwds"]);
   * @see POST /api/v1/edit/user-acl
   */
  readonly setAcl: Edit<string, readonly types.UserRight[]> = this.fieldSetter("user-acl", "user_acl");
  /**
   * Sets whether mail to and from mailboxes must be encrypted; a flag that is not given keeps its value. `edit` can't:
   * its route ignores these. mailcow also says success for the address of a resource.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/tls_policy
   */
  readonly setTlsPolicy: Edit<string, types.EditTlsPolicyAttributes> = this.setter("tls_policy");
  /**
   * Reads the logins of a mailbox: the latest of each address, service and app password. A mailbox that is not there
   * looks like one without logins. Slow where mailcow has to look up the countries of addresses.
   *
   * @param options - `days`: how far to look back, 7 by default; from 35 on all of them.
   * @see GET /api/v1/get/last-login/{username}, GET /api/v1/get/last-login/{username}/{days}
   */
  readonly lastLogins = async (mailbox: string, { days }: { days?: number } = {}): Promise<types.Logins> => {
    const path = { username: toMailboxName(mailbox) };
    if (days === undefined) return this.calls.data("/api/v1/get/last-login/{username}", { path });
    if (!(days >= 1)) throw refusal("days", "a number from 1 on; mailcow would take 7");
    return this.calls.data("/api/v1/get/last-login/{username}/{days}", { path: { ...path, days } });
  };
  /**
   * Deletes the login log of a mailbox, and with it the `last_…_login` times of its row. Although mailcow has this as a
   * read, with which a read-only key gets through, it deletes. The answer is `true` whether or not there is such a
   * mailbox.
   *
   * @see GET /api/v1/get/reset-last-login/{username}
   */
  readonly resetLastLogins = async (mailbox: string): Promise<true> =>
    this.calls.data("/api/v1/get/reset-last-login/{username}", { path: { username: toMailboxName(mailbox) } });

  async *#byDomain(): AsyncGenerator<() => Promise<types.Mailbox[]>> {
    for (const { domain_name: domain } of await this.calls.rows("/api/v1/get/domain/all"))
      yield () => this.list({ domain });
  }
}

const access = protocols.map((protocol) => `${protocol}_access` as const);
const flags = ["sogo_access", "force_tfa", "tls_enforce_in", "tls_enforce_out"] as const;
const own = [...flags, "relayhost", "attribute_hash"] as const;

/** mailcow empties `attribute_hash` on every edit that does not send it. */
const withHash = (hash: string | undefined): types.EditMailboxAttributes => (hash ? { attribute_hash: hash } : {});

const textsOf = ({ username, name, tags = [] }: types.Mailbox): readonly string[] => [username, name, ...tags];

/** mailcow wants names and values as two lists, and takes blanks out of the names. */
function toNamesAndValues(attributes: types.CustomAttributes): object {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  if (given.some(([name]) => /\s/.test(name)))
    throw refusal("each name", "a text without blanks, which mailcow would take out");
  if (given.length === 0) return {};
  return { attribute: given.map(([name]) => name), value: given.map(([, value]) => value) };
}

type MailboxChanges = types.EditMailboxAttributes & types.EditTlsPolicyAttributes;
