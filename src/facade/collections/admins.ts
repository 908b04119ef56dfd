import type { AddAdmin, Admin, EditAdminAttributes } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, adder, deleter } from "../collection.ts";
import { refusal } from "../input.ts";
import { toList } from "../names.ts";
import { type Outcome, perItem } from "../outcomes.ts";
import { passwordsFor, withPassword, withPasswords } from "../passwords.ts";

/** An admin to add. Without a password, one is made. */
export interface NewAdmin extends Partial<AddAdmin> {
  username: string;
}

/** An admin that was added, with the password that it was given. */
export interface AddedAdmin extends Admin {
  readonly password: string;
}

/** Admins of the whole server. */
export interface Admins {
  /**
   * Lists the admins, active or not.
   *
   * @see GET /api/v1/get/admin/all
   */
  list(): Promise<Admin[]>;
  /**
   * Reads one admin, or `null`; in any case of the name. A domain admin is none.
   *
   * @see GET /api/v1/get/admin/{username}
   */
  get(username: string): Promise<Admin | null>;
  /**
   * Adds an admin, active unless `active` says otherwise. Without a `password` it gets a random one that the server's
   * policy allows.
   *
   * @returns The admin as mailcow stores it (the name in lower case), with its password.
   * @throws {@link MailcowRejectedError} For example `object_exists` (also a domain admin of that name),
   * `username_invalid` or `password_complexity`.
   * @example
   * const { username, password } = await mcc.admins.add({ username: "carl" });
   * @see POST /api/v1/add/admin, GET /api/v1/get/admin/{username}, GET /api/v1/get/passwordpolicy
   */
  add: Add<NewAdmin, AddedAdmin>;
  /**
   * Sets attributes on admins, one call each; what is not given keeps its value. (mailcow itself would reset
   * `force_tfa` and `force_pw_update`: they are read and sent again.) An empty `password` keeps the old one.
   *
   * @param attr - `username_new` is for a single admin. `disable_tfa` takes the second factor away: it can only be
   * true.
   * @throws {@link MailcowRejectedError} `access_denied` (no such admin), `username_invalid` (the new name is taken),
   * `password_complexity`, or `no_active_admin`: the account would be inactive while only one admin is active.
   * @see POST /api/v1/edit/admin, GET /api/v1/get/admin/{username}, GET /api/v1/get/domain-admin/{username}
   */
  edit(usernames: string | readonly string[], attr: EditAdminAttributes): Promise<Outcome[]>;
  /**
   * Deletes admins, and refuses to where no active one would be left, which mailcow does not guard.
   *
   * @throws {@link MailcowRejectedError} `username_invalid` (there is no such admin), or `cannot_delete_self` for the
   * name `API`, which is what a key is called.
   * @see POST /api/v1/delete/admin, GET /api/v1/get/admin/all
   */
  delete(usernames: string | readonly string[]): Promise<Outcome[]>;
}

export function admins(calls: Calls): Admins {
  const list = () => calls.rows("/api/v1/get/admin/all");
  const get: Admins["get"] = (username) => calls.row("/api/v1/get/admin/{username}", { path: { username } });
  const findOther = (username: string) => calls.row("/api/v1/get/domain-admin/{username}", { path: { username } });
  const remove = deleter<"/api/v1/delete/admin", string>(calls, "admins.delete", "/api/v1/delete/admin");
  return {
    list,
    get,
    add: adder(
      calls,
      "admins.add",
      "/api/v1/add/admin",
      async (input: NewAdmin): Promise<AddAdmin> => {
        const username = toUsername("admins.add", "username", input.username);
        return { active: 1, ...input, ...(await passwordsFor(calls, "admins.add", input)), username };
      },
      ({ username, password }) => withPassword(get(username), password),
    ),
    edit: accountEditor(calls, "admins.edit", "/api/v1/edit/admin", get, findOther),
    delete: async (usernames) => {
      const gone = new Set(toList(usernames).map((name) => name.toLowerCase()));
      const isLeft = ({ username, active }: Admin) => active > 0 && !gone.has(username.toLowerCase());
      if (!(await list()).some(isLeft))
        throw refusal("admins.delete", "usernames", "such that an active admin is left");
      return remove(usernames);
    },
  };
}

/** What the rows of admins and of domain admins have in common. */
interface Account {
  readonly username: string;
  readonly attributes: Pick<EditAdminAttributes, "force_tfa" | "force_pw_update">;
}

/** A login name as mailcow stores a new one. */
export function toUsername(method: string, field: string, input: string): string {
  const username = input.trim().toLowerCase();
  // mailcow takes the word for the list of all.
  if (username === "all" || username === "0")
    throw refusal(method, field, "other than all and 0, which can't be read again");
  return username;
}

/**
 * Makes an `edit` of accounts. They are sent one at a time, by their name in the case that it is stored in, and with
 * the flags that mailcow would reset. `findOther` looks for an account of the other kind: mailcow mixes up two of one
 * name.
 */
export function accountEditor<Row extends Account, Attr extends EditAdminAttributes>(
  calls: Calls,
  method: string,
  path: "/api/v1/edit/admin" | "/api/v1/edit/domain-admin",
  get: (username: string) => Promise<Row | null>,
  findOther: (username: string) => Promise<unknown>,
  check: (row: Row, attr: Attr) => void = () => {},
): (usernames: string | readonly string[], attr: Attr) => Promise<Outcome[]> {
  return async (usernames, attr) => {
    const sent = withPasswords(method)(attr) as EditAdminAttributes;
    if (sent.username_new !== undefined) {
      sent.username_new = toUsername(method, "username_new", sent.username_new);
      if (toList(usernames).length > 1) throw refusal(method, "username_new", "for a single account");
      if (await findOther(sent.username_new)) throw refusal(method, "username_new", "a name that no other account has");
    }
    const send = async (part: string[]) => {
      const row = part[0] === undefined ? null : await get(part[0]);
      if (row) check(row, attr);
      const kept = row?.attributes ?? {};
      const force_tfa = sent.force_tfa ?? kept.force_tfa ?? 0;
      const force_pw_update = sent.force_pw_update ?? kept.force_pw_update ?? 0;
      const items = row ? [row.username] : part;
      return calls.write(method, path, { items, attr: { ...sent, force_tfa, force_pw_update } });
    };
    return perItem(usernames, send, { size: 1 });
  };
}
