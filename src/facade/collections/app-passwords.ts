import type { AddAppPasswd, AppPassword, AppPasswordProtocol, EditAppPasswdAttributes } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, type AddMany, adder, deleter, manyOf, newest } from "../collection.ts";
import { type Ensured, type EnsureOptions, ensurer } from "../ensure.ts";
import { refusal } from "../input.ts";
import { toList, toMailbox, unescaped } from "../names.ts";
import { type Outcome, perItem } from "../outcomes.ts";
import { passwordsFor } from "../passwords.ts";

/** An app password to add. Without `app_passwd`, one is made. */
export interface NewAppPassword extends Omit<AddAppPasswd, "app_passwd" | "app_passwd2" | "protocols"> {
  app_passwd?: string;
  /** What it is good for; at least one, or it would be good for nothing. */
  protocols: AppPasswordProtocol | readonly AppPasswordProtocol[];
}

/** An app password that was added, with its text; `password` is only the hash. */
export interface AddedAppPassword extends AppPassword {
  readonly app_passwd: string;
}

/** Passwords of a mailbox for single programs and devices. */
export interface AppPasswords {
  /**
   * Lists the app passwords of a mailbox, with their names as they were given. A mailbox that is not there has none.
   *
   * @see GET /api/v1/get/app-passwd/all/{mailbox}
   */
  list(mailbox: string): Promise<AppPassword[]>;
  /**
   * Adds an app password, active unless `active` says otherwise. Without `app_passwd` it gets a random one that the
   * server's policy allows.
   *
   * @returns The app password as mailcow stores it, with its id and its text.
   * @throws {@link MailcowRejectedError} `access_denied` (no such mailbox), `password_complexity` or `app_name_empty`.
   * @example
   * const { app_passwd } = await mcc.appPasswords.add({
   *   username: "ann@example.com", app_name: "phone", protocols: ["imap_access", "smtp_access"],
   * });
   * @see POST /api/v1/add/app-passwd, GET /api/v1/get/app-passwd/all/{mailbox}, GET /api/v1/get/passwordpolicy
   */
  add: Add<NewAppPassword, AddedAppPassword>;
  /**
   * Adds many app passwords, some at a time, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/app-passwd, GET /api/v1/get/app-passwd/all/{mailbox}, GET /api/v1/get/passwordpolicy
   */
  addMany: AddMany<NewAppPassword, AddedAppPassword>;
  /**
   * Adds an app password, or edits what differs from the newest of that name, or does nothing: safe to call again.
   *
   * @param appPassword - Its `app_passwd` is only set in one that is there already where `sendSecrets` asks for it.
   * @returns The app password; one that was added with its text.
   * @see GET /api/v1/get/app-passwd/all/{mailbox}, POST /api/v1/add/app-passwd, POST /api/v1/edit/app-passwd,
   * GET /api/v1/get/passwordpolicy
   */
  ensure(appPassword: NewAppPassword, options?: EnsureOptions): Promise<Ensured<AppPassword, AddedAppPassword>>;
  /**
   * Sets attributes on app passwords of a mailbox, one call each; what is not given keeps its value. `protocols`
   * replaces them all. An id that is not the mailbox's is refused before anything is sent: mailcow would move it there.
   *
   * @param attr - `username`: the mailbox that they belong to, which stays.
   * @throws {@link MailcowRejectedError} For example `password_complexity`.
   * @example
   * await mcc.appPasswords.edit(7, { username: "ann@example.com", active: 0 });
   * @see POST /api/v1/edit/app-passwd, GET /api/v1/get/app-passwd/all/{mailbox}
   */
  edit(ids: number | readonly number[], attr: EditAppPasswdAttributes): Promise<Outcome<number>[]>;
  /**
   * Deletes app passwords, one call each: mailcow would stop at the first that it does not know.
   *
   * @throws {@link MailcowRejectedError} `app_passwd_id_invalid`: there is none of that id.
   * @see POST /api/v1/delete/app-passwd
   */
  delete(ids: number | readonly number[]): Promise<Outcome<number>[]>;
}

export function appPasswords(calls: Calls): AppPasswords {
  const list: AppPasswords["list"] = async (mailbox) => {
    const path = { mailbox: toMailbox("appPasswords.list", "mailbox", mailbox) };
    const rows = await calls.rows("/api/v1/get/app-passwd/all/{mailbox}", { path });
    // mailcow escapes names when it stores them, and again when it reads them.
    return rows.map((row) => ({ ...row, name: unescaped(unescaped(row.name)) }));
  };
  const add = adder(
    calls,
    "appPasswords.add",
    "/api/v1/add/app-passwd",
    async ({ app_passwd, ...input }: NewAppPassword): Promise<AddAppPasswd> => {
      const protocols = toList(input.protocols ?? []);
      if (protocols.length === 0) throw refusal("appPasswords.add", "protocols", "at least one, such as imap_access");
      const given = app_passwd === undefined ? {} : { password: app_passwd };
      const { password, password2 } = await passwordsFor(calls, "appPasswords.add", given);
      const username = toMailbox("appPasswords.add", "username", input.username);
      return { active: 1, ...input, protocols, username, app_passwd: password, app_passwd2: password2 };
    },
    async ({ username, app_name, app_passwd }) => {
      const row = newest(await list(username), isNamed(app_name));
      return row && { ...row, app_passwd };
    },
  );
  const edit: AppPasswords["edit"] = async (ids, attr) => {
    const rows = new Map((await list(attr.username)).map((row) => [row.id, row]));
    const stranger = toList(ids).find((id) => !rows.has(id));
    if (stranger !== undefined) throw refusal("appPasswords.edit", "ids", `of that mailbox; ${stranger} is not`);
    const send = (items: number[]) => {
      const row = rows.get(Number(items[0]));
      // Unless the name is sent again, mailcow escapes the stored one once more.
      const app_name = attr.app_name ?? row?.name;
      const sent = { ...attr, ...(app_name && { app_name }), username: row?.mailbox ?? attr.username };
      if (sent.app_passwd !== undefined) sent.app_passwd2 ??= sent.app_passwd;
      return calls.write("appPasswords.edit", "/api/v1/edit/app-passwd", { items, attr: sent });
    };
    return perItem(ids, send, { size: 1 });
  };
  return {
    list,
    add,
    addMany: manyOf(add),
    edit,
    ensure: ensurer("appPasswords.ensure", {
      find: async ({ username, app_name }: NewAppPassword) => newest(await list(username), isNamed(app_name)) ?? null,
      add,
      now: ({ active, ...row }) => ({
        active,
        protocols: Object.keys(row).filter((key) => key.endsWith("_access") && row[key as AppPasswordProtocol] === 1),
      }),
      edit: ({ id, mailbox }, attr: Partial<EditAppPasswdAttributes>) => edit(id, { ...attr, username: mailbox }),
    }),
    delete: deleter(calls, "appPasswords.delete", "/api/v1/delete/app-passwd", undefined, 1),
  };
}

const isNamed = (given: string) => (row: AppPassword) => row.name === given.trim();
