import { ifNothing } from "../../calls/calls.ts";
import { type Add, type AddMany, Collection, type Edit, type ForEach, newest } from "../../calls/collection.ts";
import { type Ensure, ensurer } from "../../calls/ensure.ts";
import { refusal } from "../../calls/input.ts";
import { fieldsOf, toList, toMailbox, unescaped } from "../../calls/names.ts";
import { perItem } from "../../calls/outcomes.ts";
import { passwordsFor } from "../../calls/passwords.ts";
import type * as types from "../../types.ts";
import { listMailboxes } from "../mailbox-collection.ts";

/** Passwords of a mailbox for single programs and devices. */
export class AppPasswords extends Collection {
  /**
   * Lists the app passwords of a mailbox, with their names as they were given. A mailbox that is not there has none.
   * Without a mailbox, lists all of the server, by a call for each mailbox: mailcow's own list of all holds only those
   * of the API's user, who has none.
   *
   * @see GET /api/v1/get/app-passwd/all/{mailbox}, GET /api/v1/get/app-passwd/all, GET /api/v1/get/mailbox/reduced
   */
  readonly list = async (mailbox?: string): Promise<types.AppPassword[]> => {
    if (mailbox === undefined) {
      const own = await this.calls.rows("/api/v1/get/app-passwd/all");
      const mailboxes = await listMailboxes(this.calls, "reduced");
      const lists = await Promise.all(mailboxes.map(({ username }) => this.list(username)));
      return [...own, ...lists.flat()];
    }
    const path = { mailbox: toMailbox(mailbox) };
    const rows = await this.calls.rows("/api/v1/get/app-passwd/all/{mailbox}", { path });
    // mailcow escapes names when it stores them, and again when it reads them.
    return rows.map((row) => ({ ...row, name: unescaped(unescaped(row.name)) }));
  };
  /**
   * Reads one app password, or `null`; out of the list of its mailbox, or of the whole server where that is not named.
   * mailcow's own route for one is asked first, and has never answered anything.
   *
   * @see GET /api/v1/get/app-passwd/{id}, GET /api/v1/get/app-passwd/all/{mailbox}, GET /api/v1/get/app-passwd/all,
   * GET /api/v1/get/mailbox/reduced
   */
  readonly get = async (id: number, mailbox?: string): Promise<types.AppPassword | null> => {
    const row = await this.calls.row("/api/v1/get/app-passwd/{id}", { path: { id } }).catch(ifNothing);
    return row ?? (await this.list(mailbox)).find((other) => other.id === id) ?? null;
  };
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
  readonly add: Add<types.NewAppPassword, types.AddedAppPassword> = this.adder(
    "/api/v1/add/app-passwd",
    async ({ app_passwd, ...input }: types.NewAppPassword): Promise<types.AddAppPasswd> => {
      const protocols = toList(input.protocols ?? []);
      if (protocols.length === 0) throw refusal("protocols", "at least one, such as imap_access");
      const given = app_passwd === undefined ? {} : { password: app_passwd };
      const { password, password2 } = await passwordsFor(this.calls, given);
      const username = toMailbox(input.username, "username");
      return { active: 1, ...input, protocols, username, app_passwd: password, app_passwd2: password2 };
    },
    async ({ app_passwd, ...input }) => {
      const row = await this.#find(input);
      return row && { ...row, app_passwd };
    },
  );
  /**
   * Adds many app passwords, some at a time, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/app-passwd, GET /api/v1/get/app-passwd/all/{mailbox}, GET /api/v1/get/passwordpolicy
   */
  readonly addMany: AddMany<types.NewAppPassword, types.AddedAppPassword> = this.many(this.add);
  /**
   * Adds an app password, or edits what differs from the newest of that name, or does nothing: safe to call again.
   *
   * @param appPassword - Its `app_passwd` is only set in one that is there already where `sendSecrets` asks for it;
   * otherwise `ignored` names it.
   * @returns The app password; one that was added with its text.
   * @see GET /api/v1/get/app-passwd/all/{mailbox}, POST /api/v1/add/app-passwd, POST /api/v1/edit/app-passwd,
   * GET /api/v1/get/passwordpolicy
   */
  readonly ensure: Ensure<types.NewAppPassword, types.AppPassword, types.AddedAppPassword> = ensurer({
    find: (desired: types.NewAppPassword) => this.#find(desired),
    add: this.add,
    now: ({ active, ...row }, { username, app_name }) => ({
      ...{ username, app_name, active },
      protocols: Object.entries(row).flatMap(([key, on]) => (key.endsWith("_access") && on === 1 ? [key] : [])),
    }),
    edit: ({ id, mailbox }, attr: Partial<types.EditAppPasswdAttributes>) =>
      this.edit(id, { ...attr, username: mailbox }),
  });
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
  readonly edit: Edit<number, types.EditAppPasswdAttributes> = async (ids, given) => {
    const attr = fieldsOf(given);
    const rows = new Map((await this.list(attr.username)).map((row) => [row.id, row]));
    const stranger = toList(ids).find((id) => !rows.has(id));
    if (stranger !== undefined) throw refusal("ids", `of that mailbox; ${stranger} is not`);
    const send = (items: number[]) => {
      const row = rows.get(Number(items[0]));
      // Unless the name is sent again, mailcow escapes the stored one once more.
      const app_name = attr.app_name ?? row?.name;
      const sent = { ...attr, ...(app_name && { app_name }), username: row?.mailbox ?? attr.username };
      if (sent.app_passwd !== undefined) sent.app_passwd2 ??= sent.app_passwd;
      return this.calls.write("/api/v1/edit/app-passwd", { items, attr: sent });
    };
    return perItem(ids, send, { size: 1 });
  };
  /**
   * Deletes app passwords, one call each: mailcow would stop at the first that it does not know.
   *
   * @throws {@link MailcowRejectedError} `app_passwd_id_invalid`: there is none of that id.
   * @see POST /api/v1/delete/app-passwd
   */
  readonly delete: ForEach<number> = this.deleter("/api/v1/delete/app-passwd", { size: 1 });

  async #find({ username, app_name }: { username: string; app_name: string }): Promise<types.AppPassword | null> {
    return newest(await this.list(username), ({ name }) => name === app_name.trim()) ?? null;
  }
}
