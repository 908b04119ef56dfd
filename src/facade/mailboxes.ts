import type { AddMailbox, EditMailboxAttributes, Mailbox } from "../types.ts";
import type { Calls } from "./calls.ts";
import { type Add, type AddMany, adder, deleter, editor, manyOf } from "./collection.ts";
import { type Ensured, type EnsureOptions, ensurer, toMebibytes } from "./ensure.ts";
import { refusal } from "./input.ts";
import { toAddress, toDomain, toLocalPart } from "./names.ts";
import type { Outcome } from "./outcomes.ts";
import { passwordsFor, withPassword, withPasswords } from "./passwords.ts";

/** A mailbox to add. `quota` (MiB, 0 for unlimited) or `template` has to be given. Without a password, one is made. */
export interface NewMailbox extends AddMailbox {}

/** A mailbox that was added, with the password that it was given. */
export interface AddedMailbox extends Mailbox {
  readonly password: string;
}

/** Mailboxes, by their whole address. */
export interface Mailboxes {
  /**
   * Lists mailboxes: all, or those of some domains. Slow on servers with thousands of them.
   *
   * @see GET /api/v1/get/mailbox/all
   */
  list(): Promise<Mailbox[]>;
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
   * Sets attributes on mailboxes; what is not given keeps its value, but for `attribute_hash`, which mailcow empties.
   * An empty `password` keeps the old one.
   *
   * @param attr - `quota` in MiB, 0 for unlimited.
   * @throws {@link MailcowRejectedError} For example `access_denied` (no such mailbox) or
   * `mailbox_quota_left_exceeded`.
   * @see POST /api/v1/edit/mailbox
   */
  edit(mailboxes: string | readonly string[], attr: EditMailboxAttributes): Promise<Outcome[]>;
  /**
   * Adds a mailbox, or edits what differs from one that is there, or does nothing: safe to call again. What is not
   * given is not compared, nor is what `edit` can't set (`template`, `acl`, rate limit, TLS, quarantine), what can't be
   * read (`tagged_mail_handler`), and `force_pw_update`, which is over once the user has followed it. Where `tags` are
   * given, all others are taken away.
   *
   * @param mailbox - Its `password` is only set in a mailbox that is there already where `sendSecrets` asks for it.
   * @returns The mailbox; one that was added with its password.
   * @see GET /api/v1/get/mailbox/{mailbox}, POST /api/v1/add/mailbox, POST /api/v1/edit/mailbox,
   * POST /api/v1/delete/mailbox/tag/{mailbox}, GET /api/v1/get/passwordpolicy
   */
  ensure(mailbox: NewMailbox, options?: EnsureOptions): Promise<Ensured<Mailbox, AddedMailbox>>;
  /**
   * Deletes mailboxes with their mail, and takes them out of the aliases that lead to them.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/delete/mailbox
   */
  delete(mailboxes: string | readonly string[]): Promise<Outcome[]>;
}

export function mailboxes(calls: Calls): Mailboxes {
  const address = (method: string) => (mailbox: string) => toAddress(`mailboxes.${method}`, "mailbox", mailbox);
  const get = async (mailbox: string): Promise<Mailbox | null> => {
    const row = await calls.row("/api/v1/get/mailbox/{mailbox}", { path: { mailbox: address("get")(mailbox) } });
    // A resource has a row too, of nulls.
    return row?.username == null ? null : row;
  };
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
  const path = "/api/v1/edit/mailbox";
  const edit: Mailboxes["edit"] = editor(
    calls,
    "mailboxes.edit",
    path,
    address("edit"),
    withPasswords("mailboxes.edit"),
  );
  return {
    list: () => calls.rows("/api/v1/get/mailbox/all"),
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
      edit: (row, attr: EditMailboxAttributes) => edit(row.username, attr),
      deleteTags: ({ username: mailbox }, tags) =>
        calls.write("mailboxes.ensure", "/api/v1/delete/mailbox/tag/{mailbox}", tags, { path: { mailbox } }),
    }),
    delete: deleter(calls, "mailboxes.delete", "/api/v1/delete/mailbox", address("delete")),
  };
}

const protocols = ["imap", "pop3", "smtp", "sieve", "eas", "dav"] as const;
const access = protocols.map((protocol) => `${protocol}_access` as const);
const comparable = [...access, "sogo_access", "force_tfa", "relayhost", "attribute_hash"] as const;

/** A mailbox that is added without a quota is unlimited; that has to be said. */
function checkedQuota(input: NewMailbox): NewMailbox {
  if (input.quota !== undefined || input.template !== undefined) return input;
  throw refusal("mailboxes.add", "quota", "given: a whole number of MiB, or 0 for unlimited; or name a template");
}
