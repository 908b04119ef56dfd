import { checked } from "../../core/api.ts";
import { type AddOptions, Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import { fieldsOf } from "../../core/lists.ts";
import { type CallOptions, optionsOf } from "../../core/options.ts";
import { passwordFor, withPassword } from "../../core/passwords.ts";
import * as routes from "../../generated/routes/admins.ts";
import { getDomainAdmin } from "../../generated/routes/domain-admins.ts";
import type * as types from "../../generated/types/admins.ts";
import { refusal } from "../../refusal.ts";
import { editAccounts } from "../accounts.ts";

export type * from "../../generated/types/admins.ts";

/** An admin to add. Without a password, one is made. */
export interface NewAdmin extends Omit<types.NewAdmin, "password"> {
  password?: string;
}

/** An admin that was added, with the password that it was given. */
export interface AddedAdmin extends types.Admin {
  readonly password: string;
}

/** Admins of the whole server. Their names may be given in any case. */
export class Admins extends Collection {
  /**
   * Lists the admins, active or not.
   *
   * @see GET /api/v1/get/admin/all
   */
  async list(options?: CallOptions): Promise<types.Admin[]> {
    return this.call(routes.getAdminAll, {}, options);
  }

  /**
   * Reads one admin, or `null`. A domain admin is none.
   *
   * @see GET /api/v1/get/admin/{username}
   */
  async get(username: string, options?: CallOptions): Promise<types.Admin | null> {
    return this.call(routes.getAdmin, { username }, options);
  }

  /** Adds an admin; with `read: false`, returns `null` and saves the request that reads it back. */
  add(admin: NewAdmin, options: AddOptions): Promise<AddedAdmin | null>;
  /**
   * Adds an admin, active unless `active` says otherwise. Without a `password` it gets a random one that the server's
   * policy allows.
   *
   * @returns The admin as mailcow stores it (the name in lower case), with its password.
   * @throws {MailcowRejectedError} For example `object_exists` (also a domain admin of that name) or
   * `password_complexity`.
   * @example
   * const { username, password } = await mcc.admins.add({ username: "carl" });
   * @see POST /api/v1/add/admin, GET /api/v1/get/admin/{username}, GET /api/v1/get/passwordpolicy
   */
  add(admin: NewAdmin, options?: CallOptions): Promise<AddedAdmin>;
  async add(admin: NewAdmin, options?: Partial<AddOptions>): Promise<AddedAdmin | null> {
    const { read, ...call } = optionsOf(options, { read: true });
    const input = fieldsOf(admin);
    // The rest is checked before the policy is asked for.
    const sent = checked(routes.addAdmin, { password: "x", ...input });
    const id = checked(routes.getAdmin, { username: sent.username });
    const password = await passwordFor(this.core, input.password, call);
    return this.adding(routes.addAdmin, { ...sent, password, password2: password }, { ...call, read }, () =>
      withPassword(this.get(id.username, call), password),
    );
  }

  /**
   * Sets attributes on admins, one call each; what is not given keeps its value. (mailcow itself would reset
   * `force_tfa` and `force_pw_update`: they are read and sent again.) An empty `password` keeps the old one.
   *
   * @param changes - `username_new` is for a single admin, and stored in lower case. `disable_tfa` takes the second
   * factor away: it can only be true.
   * @returns What became of each, by the name as it is stored.
   * @throws {MailcowRejectedError} `access_denied` (no such admin), `username_invalid` (the new name is taken),
   * `password_complexity`, or `no_active_admin`: the account would be inactive while only one admin is active.
   * @throws {MailcowInputError} The new name is that of a domain admin.
   * @example
   * await mcc.admins.edit("carl", { force_tfa: 1 });
   * @see POST /api/v1/edit/admin, GET /api/v1/get/admin/{username}, GET /api/v1/get/domain-admin/{username}
   */
  async edit(
    usernames: string | readonly string[],
    changes: types.AdminChanges,
    options?: CallOptions,
  ): Promise<Outcome[]> {
    const kind = { get: routes.getAdmin, edit: routes.editAdmin, getOther: getDomainAdmin };
    return editAccounts(this.core, kind, usernames, changes, options);
  }

  /**
   * Deletes admins, and refuses to where no active one would be left, which mailcow does not guard.
   *
   * @throws {MailcowRejectedError} `username_invalid`: there is no such admin.
   * @throws {MailcowInputError} No active admin would be left.
   * @see POST /api/v1/delete/admin, GET /api/v1/get/admin/all
   */
  async delete(usernames: string | readonly string[], options?: CallOptions): Promise<Outcome[]> {
    const before = async (names: readonly string[]): Promise<void> => {
      const rows = await this.list(options);
      if (!rows.some(({ username, active }) => active > 0 && !names.includes(String(username).toLowerCase())))
        throw refusal("usernames", "such that an active admin is left", routes.deleteAdmin.path);
    };
    return this.each(routes.deleteAdmin, usernames, options, { before });
  }
}
