import { checked } from "../../core/api.ts";
import { Addable, type AddOptions, checkedItems } from "../../core/collection.ts";
import { absent, type Outcome, perItem } from "../../core/each.ts";
import { type Ensured, type EnsureOptions, ensure } from "../../core/ensure.ts";
import { fieldsOf, toList } from "../../core/lists.ts";
import { type CallOptions, callOptionsOf, filterOf, optionsOf } from "../../core/options.ts";
import { passwordFor } from "../../core/passwords.ts";
import { together } from "../../core/together.ts";
import * as routes from "../../generated/routes/app-passwords.ts";
import type * as types from "../../generated/types/app-passwords.ts";
import type { Id, Ids } from "../../generated/types/common.ts";
import { refusal } from "../../refusal.ts";
import { unescaped } from "../../sentence.ts";
import { listReduced } from "../mailbox-rows.ts";

export type * from "../../generated/types/app-passwords.ts";

/** Which app passwords to list. */
export interface AppPasswordFilter {
  /** Only app passwords of this mailbox. */
  readonly mailbox?: string;
}

/** Where to look for an app password. */
export interface AppPasswordOptions extends CallOptions {
  /** The mailbox that it belongs to; without it, all mailboxes of the server are searched. */
  readonly mailbox?: string;
}

/** An app password to add. If you leave out `app_passwd`, a random one is made. */
export type NewAppPassword = Omit<types.NewAppPassword, "app_passwd" | "protocols"> & {
  /** The password; it must meet the server's policy. */
  app_passwd?: string;
  /** The protocols that it may be used for; at least one. */
  protocols: types.AppPasswordProtocol | readonly types.AppPasswordProtocol[];
};

/** A new app password; `app_passwd` is its text, `password` only the hash. */
export interface AddedAppPassword extends types.AppPassword {
  readonly app_passwd: string;
}

/** Passwords of a mailbox for individual programs and devices. */
export class AppPasswords extends Addable<NewAppPassword, AddedAppPassword> {
  /**
   * Lists the app passwords of a mailbox, with their names unescaped; `[]` if the mailbox does not exist. Without a
   * mailbox, lists the app passwords of the whole server, with one call per mailbox: mailcow's own list holds only
   * those of the API's user, which has none.
   *
   * @example
   * const appPasswords = await mcc.appPasswords.list({ mailbox: "ann@example.com" });
   * @see GET /api/v1/get/app-passwd/all/{mailbox}, GET /api/v1/get/mailbox/reduced
   */
  async list(filter?: AppPasswordFilter, options?: CallOptions): Promise<types.AppPassword[]> {
    const { mailbox } = filterOf(filter, "mailbox");
    const call = callOptionsOf(options);
    if (mailbox === undefined) {
      const mailboxes = await listReduced(this.core, {}, call);
      const lists = await together(mailboxes, ({ username }) => this.list({ mailbox: username }, call));
      return lists.flat();
    }
    const rows = await this.call(routes.getAppPasswdAllByMailbox, { mailbox }, call);
    // mailcow escapes names when it stores them, and again when it reads them.
    return rows.map((row) => ({ ...row, name: unescaped(unescaped(String(row.name))) }));
  }

  /**
   * Returns one app password, or `null`. Finds it in the list of its mailbox, or of the whole server: mailcow's own
   * route for one app password always fails with an empty answer.
   *
   * @param options - `mailbox`: the mailbox that it belongs to; this saves one call for every other mailbox.
   * @example
   * const appPassword = await mcc.appPasswords.get(7, { mailbox: "ann@example.com" });
   * @see GET /api/v1/get/app-passwd/all/{mailbox}, GET /api/v1/get/mailbox/reduced
   */
  async get(id: Id, options?: AppPasswordOptions): Promise<types.AppPassword | null> {
    const { mailbox, ...call } = optionsOf<{ mailbox: string | undefined }>(options, {
      mailbox: undefined,
    });
    checked(routes.getAppPasswd, { id });
    const rows = await this.list(mailbox === undefined ? {} : { mailbox }, call);
    return rows.find((row) => row.id === Number(id)) ?? null;
  }

  /** Adds an app password; with `read: false`, returns `null` and saves the request that reads it back. */
  add(appPassword: NewAppPassword, options: AddOptions): Promise<AddedAppPassword | null>;
  /**
   * Adds an app password, active by default. Without `app_passwd`, it gets a random one that meets the server's policy.
   *
   * @returns The app password as mailcow stores it, with its id and its text.
   * @throws {MailcowRejectedError} `access_denied` (no such mailbox), `password_complexity` or `app_name_empty`.
   * @throws {MailcowReplyError} It was added, but another program added one with the same name and protocols at the
   * same time. The message names both ids: delete both, and add it again.
   * @example
   * const { app_passwd } = await mcc.appPasswords.add({
   *   username: "ann@example.com", app_name: "phone", protocols: ["imap_access", "smtp_access"],
   * });
   * @see POST /api/v1/add/app-passwd, GET /api/v1/get/app-passwd/all/{mailbox}, GET /api/v1/get/passwordpolicy
   */
  add(appPassword: NewAppPassword, options?: CallOptions): Promise<AddedAppPassword>;
  async add(appPassword: NewAppPassword, options?: Partial<AddOptions>): Promise<AddedAppPassword | null> {
    const { read, ...call } = optionsOf(options, { read: true });
    const input = fieldsOf(appPassword);
    if (toList(input.protocols ?? []).length === 0)
      throw refusal("protocols", "at least one, such as imap_access", routes.addAppPasswd.path);
    // Check the rest before reading the policy.
    checkNew(input);
    const app_passwd = await passwordFor(this.core, input.app_passwd, call);
    const list = (_: CallOptions, { username: mailbox }: types.NewAppPassword) => this.list({ mailbox }, call);
    const sent = ({ username, app_name, active, protocols = [] }: types.NewAppPassword) => [
      username,
      app_name.trim(),
      active,
      [...new Set(toList(protocols))].sort(),
    ];
    const row = (it: types.AppPassword) => [it.mailbox, it.name, it.active, protocolsOf(it).sort()];
    const added = await this.addingUnnamed(
      routes.addAppPasswd,
      { ...input, app_passwd },
      { ...call, read },
      { list, sent, row },
    );
    return added && { ...added, app_passwd };
  }

  /**
   * Adds an app password, edits what differs in the newest one with this name, or does nothing: safe to call again.
   *
   * @param appPassword - An existing app password gets the new `app_passwd` only with `sendSecrets`; otherwise the
   * field is listed in `ignored`.
   * @returns The app password; a new one with its text.
   * @see GET /api/v1/get/app-passwd/all/{mailbox}, POST /api/v1/add/app-passwd, POST /api/v1/edit/app-passwd,
   * GET /api/v1/get/passwordpolicy
   */
  async ensure(
    appPassword: NewAppPassword,
    options?: EnsureOptions,
  ): Promise<Ensured<types.AppPassword, AddedAppPassword>> {
    return ensure(
      {
        route: routes.addAppPasswd,
        tidy: checkNew,
        find: (desired, call) => this.#find(desired, call),
        add: (desired, call) => this.add(desired, call),
        now: (row, { username, app_name }) => ({ username, app_name, active: row.active, protocols: protocolsOf(row) }),
        edit: ({ id, mailbox }, changes: Partial<types.AppPasswordChanges>, call) =>
          this.edit(id, { ...changes, username: mailbox }, call),
      },
      appPassword,
      options,
    );
  }

  /**
   * Sets attributes on app passwords of a mailbox, one call each. Fields you leave out keep their value. `protocols`
   * replaces them all.
   *
   * @param changes - `username`: the mailbox that they belong to; it can't be changed.
   * @throws {MailcowRejectedError} For example `password_complexity`, or `app_passwd_id_invalid`: the mailbox has no
   * app password with that id. It is not sent, because mailcow would move it to this mailbox.
   * @example
   * const [phone] = await mcc.appPasswords.list({ mailbox: "ann@example.com" });
   * if (phone) await mcc.appPasswords.edit(phone.id, { username: "ann@example.com", active: 0 });
   * @see POST /api/v1/edit/app-passwd, GET /api/v1/get/app-passwd/all/{mailbox}
   */
  async edit(ids: Ids, changes: types.AppPasswordChanges, options?: CallOptions): Promise<Outcome<Id>[]> {
    const call = callOptionsOf(options);
    const body = checkedItems(routes.editAppPasswd, toList(ids), (part) => ({ items: part, attr: changes }), call);
    const { items } = body;
    const given = fieldsOf(body.toBody(items).attr);
    const of = checked(routes.getAppPasswdAllByMailbox, { mailbox: given.username });
    const rows = new Map((items.length > 0 ? await this.list(of, call) : []).map((row) => [row.id, row]));
    return perItem(items, async (id) => {
      const row = rows.get(Number(id));
      if (!row) throw absent(routes.editAppPasswd, id, "app_passwd_id_invalid");
      const attr = { ...withName(row.name), ...given, username: row.mailbox };
      return this.call(routes.editAppPasswd, { items: [id], attr }, call);
    });
  }

  /**
   * Deletes app passwords, one call each: mailcow would stop at the first unknown id.
   *
   * @throws {MailcowRejectedError} `app_passwd_id_invalid`: unknown id.
   * @see POST /api/v1/delete/app-passwd
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteAppPasswd, ids, options);
  }

  async #find(
    { username, app_name }: Pick<types.NewAppPassword, "username" | "app_name">,
    call: CallOptions,
  ): Promise<types.AppPassword | null> {
    const rows = await this.list({ mailbox: username }, call);
    const [newest = null] = rows.filter(({ name }) => name.trim() === app_name.trim()).sort((a, b) => b.id - a.id);
    return newest;
  }
}

/** Refuses an app password that can't be added or found again. */
function checkNew(input: NewAppPassword): NewAppPassword {
  const { username } = checked(routes.addAppPasswd, { app_passwd: "x", ...input });
  checked(routes.getAppPasswdAllByMailbox, { mailbox: username });
  return input;
}

/** The protocols that an app password may be used for. */
const protocolsOf = (row: types.AppPassword): string[] =>
  Object.entries(row).flatMap(([key, on]) => (key.endsWith("_access") && on === 1 ? [key] : []));

/** Unless the name is sent again, mailcow escapes the stored name once more. An empty name can't be sent. */
const withName = (name: string): { app_name?: string } => (name.trim() ? { app_name: name } : {});
