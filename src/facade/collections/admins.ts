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

/** An admin to add. If you leave out the password, a random one is made. */
export interface NewAdmin extends Omit<types.NewAdmin, "password"> {
  password?: string;
}

/** A new admin, with its password. */
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
   * Returns one admin, or `null`. A domain admin is not found.
   *
   * @see GET /api/v1/get/admin/{username}
   */
  async get(username: string, options?: CallOptions): Promise<types.Admin | null> {
    return this.call(routes.getAdmin, { username }, options);
  }

  /** Adds an admin; with `read: false`, returns `null` and saves the request that reads it back. */
  add(admin: NewAdmin, options: AddOptions): Promise<AddedAdmin | null>;
  /**
   * Adds an admin, active by default. Without a `password`, it gets a random one that meets the server's policy.
   *
   * @returns The admin as mailcow stores it (the name in lower case), with its password.
   * @throws {MailcowRejectedError} For example `object_exists` (an admin or a domain admin has the name) or
   * `password_complexity`.
   * @example
   * const { username, password } = await mcc.admins.add({ username: "carl" });
   * @see POST /api/v1/add/admin, GET /api/v1/get/admin/{username}, GET /api/v1/get/passwordpolicy
   */
  add(admin: NewAdmin, options?: CallOptions): Promise<AddedAdmin>;
  async add(admin: NewAdmin, options?: Partial<AddOptions>): Promise<AddedAdmin | null> {
    const { read, ...call } = optionsOf(options, { read: true });
    const input = fieldsOf(admin);
    // Check the rest before reading the policy.
    const sent = checked(routes.addAdmin, { password: "x", ...input });
    const id = checked(routes.getAdmin, { username: sent.username });
    const password = await passwordFor(this.core, input.password, call);
    return this.adding(routes.addAdmin, { ...sent, password, password2: password }, { ...call, read }, () =>
      withPassword(this.get(id.username, call), password),
    );
  }

  /**
   * Sets attributes on admins, one call each. Fields you leave out keep their value. (mailcow itself would reset
   * `force_tfa` and `force_pw_update`, so they are read and sent again.) An empty `password` keeps the old one.
   *
   * @param changes - `username_new` is for a single admin and is stored in lower case. `disable_tfa` removes the second
   * factor; it can only be true.
   * @returns The outcome of each, by its stored name.
   * @throws {MailcowRejectedError} `access_denied` (no such admin), `username_invalid` (the new name is taken),
   * `password_complexity`, or `no_active_admin` (this is the only active admin).
   * @throws {MailcowInputError} A domain admin has the new name.
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
   * Deletes admins. Refuses to delete the last active admin, which mailcow would allow.
   *
   * @throws {MailcowRejectedError} `username_invalid`: the admin does not exist.
   * @throws {MailcowInputError} No active admin would be left.
   * @see POST /api/v1/delete/admin, GET /api/v1/get/admin/all
   */
  async delete(usernames: string | readonly string[], options?: CallOptions): Promise<Outcome[]> {
    const before = async (names: readonly string[]): Promise<void> => {
      const rows = await this.list(options);
      if (!rows.some(({ username, active }) => active > 0 && !names.includes(String(username).toLowerCase())))
        throw refusal("usernames", "chosen so that an active admin is left", routes.deleteAdmin.path);
    };
    return this.each(routes.deleteAdmin, usernames, options, { before });
  }
}
