import type {
  ActionResult,
  AddMailbox,
  EditMailboxAttributes,
  EditTlsPolicyAttributes,
  Logins,
  Mailbox,
  ReducedMailbox,
  UserRight,
} from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, type AddMany, adder, deleter, manyOf } from "../collection.ts";
import { type Ensured, type EnsureOptions, ensurer, toMebibytes } from "../ensure.ts";
import { checkBody, refusal } from "../input.ts";
import { type IterateOptions, iterate, type MailboxOrder } from "../iterate.ts";
import { listMailboxes, type MailboxFilter, mailboxRows, mailboxSetter, readMailbox } from "../mailbox-rows.ts";
import { defined, toAddress, toDomain, toList, toLocalPart } from "../names.ts";
import { type Outcome, perItem } from "../outcomes.ts";
import { passwordsFor, withPassword, withPasswords } from "../passwords.ts";
import { tagsOf } from "../tags.ts";

/** A mailbox to add. `quota` (MiB, 0 for unlimited) or `template` has to be given. Without a password, one is made. */
export interface NewMailbox extends AddMailbox {}

/** A mailbox that was added, with the password that it was given. */
export interface AddedMailbox extends Mailbox {
  readonly password: string;
}

/** Names with whatever JSON belongs to them. */
type Attributes = Readonly<Record<string, unknown>>;

/** Mailboxes, by their whole address. */
export interface Mailboxes {
  /**
   * Lists mailboxes: all, or those of some domains or with some tags. Slow on servers with thousands of them; see
   * `iterate` and `listReduced`. A domain that is not there has none, and so has an alias domain.
   *
   * @example
   * const mailboxes = await mcc.mailboxes.list({ domain: "example.com", tags: ["staff"] });
   * @see GET /api/v1/get/mailbox/all, GET /api/v1/get/mailbox/all/{domains}
   */
  list(filter?: MailboxFilter): Promise<Mailbox[]>;
  /**
   * Lists mailboxes without the fields that cost extra look-ups, such as rate limits and send-as rights: faster.
   *
   * @see GET /api/v1/get/mailbox/reduced, GET /api/v1/get/mailbox/reduced/{domains}
   */
  listReduced(filter?: MailboxFilter): Promise<ReducedMailbox[]>;
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
  iterate(options?: IterateOptions<MailboxOrder>): AsyncIterable<Mailbox>;
  /**
   * Reads one mailbox, or `null`. The address of a resource is none.
   *
   * @see GET /api/v1/get/mailbox/{mailbox}
   */
  get(mailbox: string): Promise<Mailbox | null>;
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
  add: Add<NewMailbox, AddedMailbox>;
  /**
   * Adds many mailboxes, some at a time, and answers what became of each, in order. One that is refused does not stop
   * the others, unless `stopOnError` is set.
   *
   * @example
   * const outcomes = await mcc.mailboxes.addMany(mailboxes, { concurrency: 8 });
   * const failed = outcomes.filter(({ status }) => status !== "added");
   * @see POST /api/v1/add/mailbox, GET /api/v1/get/mailbox/{mailbox}, GET /api/v1/get/passwordpolicy
   */
  addMany: AddMany<NewMailbox, AddedMailbox>;
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
  edit(mailboxes: string | readonly string[], attr: EditMailboxAttributes): Promise<Outcome[]>;
  /**
   * Adds a mailbox, or edits what differs from one that is there, or does nothing: safe to call again. What is not
   * given is not compared, nor is what `edit` can't set (`template`, `acl`, rate limit, quarantine), what can't be
   * read (`tagged_mail_handler`), and `force_pw_update`, which is over once the user has followed it. Where `tags` are
   * given, all others are taken away.
   *
   * @param mailbox - Its `password` is only set in a mailbox that is there already where `sendSecrets` asks for it.
   * @returns The mailbox; one that was added with its password.
   * @see GET /api/v1/get/mailbox/{mailbox}, POST /api/v1/add/mailbox, POST /api/v1/edit/mailbox,
   * POST /api/v1/edit/tls_policy, POST /api/v1/delete/mailbox/tag/{mailbox}, GET /api/v1/get/passwordpolicy,
   * GET /api/v1/get/mailbox/reduced/{domains}
   */
  ensure(mailbox: NewMailbox, options?: EnsureOptions): Promise<Ensured<Mailbox, AddedMailbox>>;
  /**
   * Deletes mailboxes with their mail, and takes them out of the aliases that lead to them.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/delete/mailbox
   */
  delete(mailboxes: string | readonly string[]): Promise<Outcome[]>;
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
  rename(mailbox: string, newLocalPart: string, options?: { createAlias?: boolean }): Promise<ActionResult[]>;
  /**
   * Sets the custom attributes of mailboxes: these and no others, `{}` for none. Values may be any JSON and keep their
   * type. Names that are 0, 1, 2 and so on are read back as a list.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @example
   * await mcc.mailboxes.setCustomAttributes("ann@example.com", { role: "boss", floor: 3 });
   * @see POST /api/v1/edit/mailbox/custom-attribute
   */
  setCustomAttributes(mailboxes: string | readonly string[], attributes: Attributes): Promise<Outcome[]>;
  /**
   * Gives a mailbox these tags and no others. What is surplus is deleted, what is missing is added.
   *
   * @returns What mailcow said; nothing where the tags were right already. A warning `tag_limit_exceeded` says that
   * there were too many.
   * @see GET /api/v1/get/mailbox/{mailbox}, POST /api/v1/delete/mailbox/tag/{mailbox}, POST /api/v1/edit/mailbox
   */
  setTags(mailbox: string, tags: readonly string[]): Promise<ActionResult[]>;
  /**
   * Takes tags away from a mailbox; `edit` adds them. Tags that it does not have are no error.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/delete/mailbox/tag/{mailbox}
   */
  deleteTags(mailbox: string, tags: readonly string[]): Promise<ActionResult[]>;
  /**
   * Sets what the users of mailboxes may do themselves: these rights and no others. No route reads them back.
   *
   * @throws {@link MailcowRejectedError} `access_denied` (no such mailbox), or `Cannot determine current ACL` for the
   * address of a resource.
   * @example
   * await mcc.mailboxes.setAcl("ann@example.com", ["spam_alias", "spam_score", "app_passwds"]);
   * @see POST /api/v1/edit/user-acl
   */
  setAcl(mailboxes: string | readonly string[], rights: readonly UserRight[]): Promise<Outcome[]>;
  /**
   * Sets whether mail to and from mailboxes must be encrypted; a flag that is not given keeps its value. `edit` can't:
   * its route ignores these. mailcow also says success for the address of a resource.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/tls_policy
   */
  setTlsPolicy(mailboxes: string | readonly string[], policy: EditTlsPolicyAttributes): Promise<Outcome[]>;
  /**
   * Reads the logins of a mailbox: the latest of each address, service and app password. A mailbox that is not there
   * looks like one without logins. Slow where mailcow has to look up the countries of addresses.
   *
   * @param options - `days`: how far to look back, 7 by default; from 35 on all of them.
   * @see GET /api/v1/get/last-login/{username}, GET /api/v1/get/last-login/{username}/{days}
   */
  lastLogins(mailbox: string, options?: { days?: number }): Promise<Logins>;
  /**
   * Deletes the login log of a mailbox, and with it the `last_…_login` times of its row. Although mailcow has this as a
   * read, with which a read-only key gets through, it deletes. The answer is `true` whether or not there is such a
   * mailbox.
   *
   * @see GET /api/v1/get/reset-last-login/{username}
   */
  resetLastLogins(mailbox: string): Promise<true>;
}

export function mailboxes(calls: Calls): Mailboxes {
  const address = (method: string) => (mailbox: string) => toAddress(`mailboxes.${method}`, "mailbox", mailbox);
  const setter = mailboxSetter(calls, "mailboxes");
  const read = (mailbox: string) => readMailbox(calls, mailbox);
  const get: Mailboxes["get"] = async (mailbox) => read(address("get")(mailbox));
  const list: Mailboxes["list"] = (filter) => listMailboxes(calls, "all", filter);
  const setAttributes = setter<object>("setCustomAttributes", "mailbox/custom-attribute");
  const add = adder(
    calls,
    "mailboxes.add",
    "/api/v1/add/mailbox",
    async (input: NewMailbox) => ({
      ...checkedQuota(input),
      ...(await passwordsFor(calls, "mailboxes.add", input)),
      domain: toDomain("mailboxes.add", "domain", input.domain),
      local_part: toLocalPart("mailboxes.add", input.local_part),
    }),
    ({ local_part, domain, password }) => withPassword(get(`${local_part}@${domain}`), password),
  );
  const edit: Mailboxes["edit"] = async (mailboxes, attr) => {
    const [method, path] = ["mailboxes.edit", "/api/v1/edit/mailbox"] as const;
    const items = toList(mailboxes).map(address("edit"));
    const sent = withPasswords(method)(attr);
    checkBody(method, path, { items, attr: sent });
    const rowOf = await mailboxRows(calls, sent.attribute_hash === undefined ? items : []);
    const hashOf = (mailbox = "") => rowOf(mailbox)?.attributes.attribute_hash ?? "";
    const send = (part: string[]) =>
      calls.write(method, path, { items: part, attr: { ...withHash(hashOf(part[0])), ...sent } });
    return perItem(items, send, { groupOf: hashOf });
  };
  const tags = tagsOf(calls, "mailboxes", "mailbox", address, read, (row) => withHash(row.attributes.attribute_hash));
  const setTlsPolicy: Mailboxes["setTlsPolicy"] = setter("setTlsPolicy", "tls_policy");
  return {
    list,
    listReduced: (filter) => listMailboxes(calls, "reduced", filter),
    iterate: (options) => iterate(calls, "mailbox", textsOf, byDomain(calls, list), options),
    get,
    add,
    addMany: manyOf(add),
    edit,
    ensure: ensurer("mailboxes.ensure", {
      find: ({ local_part, domain }) => get(`${local_part}@${domain}`),
      add,
      now: (row, { name }) => ({
        ...Object.fromEntries(comparable.map((field) => [field, row.attributes[field]])),
        active: row.active,
        authsource: row.authsource,
        // An empty name keeps the old one.
        name: name && row.name,
        quota: toMebibytes(row.quota),
        protocol_access: protocols.filter((protocol) => row.attributes[`${protocol}_access`] === "1"),
        tags: row.tags ?? [],
      }),
      setTags: (row, wanted) => tags.setTags(row.username, wanted),
      edit: async ({ username }, { tls_enforce_in, tls_enforce_out, ...attr }: MailboxChanges) => {
        if (Object.keys(attr).length > 0) await edit(username, attr);
        const policy = defined({ tls_enforce_in, tls_enforce_out }) as EditTlsPolicyAttributes;
        if (Object.keys(policy).length > 0) await setTlsPolicy(username, policy);
      },
    }),
    delete: deleter(calls, "mailboxes.delete", "/api/v1/delete/mailbox", address("delete")),
    rename: async (mailbox, newLocalPart, { createAlias = false } = {}) => {
      const [, old_local_part = "", domain = ""] = /^(.*)@(.*)$/s.exec(address("rename")(mailbox)) ?? [];
      const new_local_part = toLocalPart("mailboxes.rename", newLocalPart);
      const attr = { domain, old_local_part, new_local_part, create_alias: createAlias };
      return calls.write("mailboxes.rename", "/api/v1/edit/rename-mbox", { attr });
    },
    setCustomAttributes: async (mailboxes, attributes) => setAttributes(mailboxes, toNamesAndValues(attributes)),
    ...tags,
    setAcl: setter("setAcl", "user-acl", "user_acl"),
    setTlsPolicy,
    lastLogins: async (mailbox, { days } = {}) => {
      const path = { username: address("lastLogins")(mailbox) };
      if (days === undefined) return calls.data("/api/v1/get/last-login/{username}", { path });
      if (!(days >= 1)) throw refusal("mailboxes.lastLogins", "days", "a number from 1 on; mailcow would take 7");
      return calls.data("/api/v1/get/last-login/{username}/{days}", { path: { ...path, days } });
    },
    resetLastLogins: async (mailbox) => {
      const path = { username: address("resetLastLogins")(mailbox) };
      return calls.data("/api/v1/get/reset-last-login/{username}", { path });
    },
  };
}

const protocols = ["imap", "pop3", "smtp", "sieve", "eas", "dav"] as const;
const access = protocols.map((protocol) => `${protocol}_access` as const);
const comparable = [
  ...access,
  "sogo_access",
  "force_tfa",
  "relayhost",
  "attribute_hash",
  "tls_enforce_in",
  "tls_enforce_out",
] as const;

/** mailcow empties `attribute_hash` on every edit that does not send it. */
const withHash = (hash: string | undefined): EditMailboxAttributes => (hash ? { attribute_hash: hash } : {});

const textsOf = ({ username, name, tags = [] }: Mailbox): readonly string[] => [username, name, ...tags];

async function* byDomain(calls: Calls, list: Mailboxes["list"]): AsyncGenerator<() => Promise<Mailbox[]>> {
  for (const { domain_name } of await calls.rows("/api/v1/get/domain/all")) yield () => list({ domain: domain_name });
}

/** mailcow wants names and values as two lists, and takes blanks out of the names. */
function toNamesAndValues(attributes: Attributes): object {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  if (given.some(([name]) => /\s/.test(name)))
    throw refusal("mailboxes.setCustomAttributes", "each name", "a text without blanks, which mailcow would take out");
  if (given.length === 0) return {};
  return { attribute: given.map(([name]) => name), value: given.map(([, value]) => value) };
}

/** What `ensure` sets: one part by `edit`, another by `setTlsPolicy`. */
type MailboxChanges = EditMailboxAttributes & EditTlsPolicyAttributes;

/** A mailbox that is added without a quota is unlimited; that has to be said. */
function checkedQuota(input: NewMailbox): NewMailbox {
  if (input.quota !== undefined || input.template !== undefined) return input;
  throw refusal("mailboxes.add", "quota", "given: a whole number of MiB, or 0 for unlimited; or name a template");
}
