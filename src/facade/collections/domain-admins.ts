import { type Api, checked } from "../../core/api.ts";
import { Addable, type AddOptions } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import { type Ensured, type EnsureOptions, ensure } from "../../core/ensure.ts";
import { fieldsOf, toList } from "../../core/lists.ts";
import { type CallOptions, optionsOf } from "../../core/options.ts";
import { passwordFor, withPassword } from "../../core/passwords.ts";
import { randomUsername } from "../../core/random.ts";
import { getAdmin } from "../../generated/routes/admins.ts";
import * as routes from "../../generated/routes/domain-admins.ts";
import type * as types from "../../generated/types/domain-admins.ts";
import { refusal } from "../../refusal.ts";
import { editAccounts } from "../accounts.ts";

export type * from "../../generated/types/domain-admins.ts";

/** A domain admin to add. If you leave out the name or the password, a random one is made. */
export interface NewDomainAdmin extends Omit<types.NewDomainAdmin, "username" | "password"> {
  username?: string;
  password?: string;
}

/** A new domain admin, with its password. */
export interface AddedDomainAdmin extends types.DomainAdmin {
  readonly password: string;
}

/** Admins of some domains. Their names may be given in any case. */
export class DomainAdmins extends Addable<NewDomainAdmin, AddedDomainAdmin> {
  /**
   * Lists the domain admins that have at least one domain.
   *
   * @see GET /api/v1/get/domain-admin/all
   */
  async list(options?: CallOptions): Promise<types.DomainAdmin[]> {
    return this.call(routes.getDomainAdminAll, {}, options);
  }

  /**
   * Returns one domain admin, or `null`. An admin of the whole server is not found.
   *
   * @see GET /api/v1/get/domain-admin/{username}
   */
  async get(username: string, options?: CallOptions): Promise<types.DomainAdmin | null> {
    return this.call(routes.getDomainAdmin, { username }, options);
  }

  /** Adds a domain admin; with `read: false`, returns `null` and saves the request that reads it back. */
  add(admin: NewDomainAdmin, options: AddOptions): Promise<AddedDomainAdmin | null>;
  /**
   * Adds a domain admin, active by default. If you leave out `username` or `password`, a random one is made; the
   * password meets the server's policy.
   *
   * @returns The domain admin as mailcow stores it (the name in lower case), with its password.
   * @throws {MailcowRejectedError} For example `domain_invalid`, `object_exists` or `password_complexity`. With
   * `domain_invalid`, the admin may have been added for the other domains; `results` shows this.
   * @example
   * const { username, password } = await mcc.domainAdmins.add({ domains: ["example.com", "example.org"] });
   * @see POST /api/v1/add/domain-admin, GET /api/v1/get/domain-admin/{username}, GET /api/v1/get/passwordpolicy
   */
  add(admin: NewDomainAdmin, options?: CallOptions): Promise<AddedDomainAdmin>;
  async add(admin: NewDomainAdmin, options?: Partial<AddOptions>): Promise<AddedDomainAdmin | null> {
    const { read, ...call } = optionsOf(options, { read: true });
    const sent = await newDomainAdmin(this.core, admin, call);
    return this.adding(routes.addDomainAdmin, sent, { ...call, read }, ({ username }) =>
      withPassword(this.get(username, call), sent.password),
    );
  }

  /**
   * Sets attributes on domain admins, one call each. Fields you leave out keep their value. (mailcow itself would reset
   * `force_tfa` and `force_pw_update`, so they are read and sent again.) An empty `password` keeps the old one.
   *
   * @param changes - `domains` replaces the whole set; all of them must exist, and none may be an alias domain.
   * `username_new` is for a single account, is stored in lower case, and can't be sent together with a password.
   * `disable_tfa` removes the second factor; it can only be true.
   * @returns The outcome of each, by its stored name.
   * @throws {MailcowRejectedError} `access_denied` (no such domain admin), `domain_invalid`, `username_invalid` (the
   * new name is taken) or `password_complexity`; with the latter, the domains are already set.
   * @throws {MailcowInputError} An admin of the whole server has the new name, or an account has only alias domains and
   * would be lost.
   * @example
   * await mcc.domainAdmins.edit("ann", { domains: ["example.com", "example.org"] });
   * @see POST /api/v1/edit/domain-admin, GET /api/v1/get/domain-admin/{username}, GET /api/v1/get/admin/{username}
   */
  async edit(
    usernames: string | readonly string[],
    changes: types.DomainAdminChanges,
    options?: CallOptions,
  ): Promise<Outcome[]> {
    const { domains, username_new, password } = fieldsOf(changes);
    const path = routes.editDomainAdmin.path;
    if (username_new !== undefined && password)
      throw refusal("username_new", "sent in a separate call, without a password", path);
    // An account that has only alias domains loses them with any edit; then it can't be listed or deleted.
    const check = ({ selected_domains }: types.DomainAdmin): void => {
      if (!selected_domains && !domains)
        throw refusal("domains", "given: the account has only alias domains and would be lost", path);
    };
    const kind = { get: routes.getDomainAdmin, edit: routes.editDomainAdmin, getOther: getAdmin, check };
    return editAccounts(this.core, kind, usernames, changes, options);
  }

  /**
   * Adds a domain admin, edits what differs, or does nothing: safe to call again. `domains` is the whole set that the
   * account should manage.
   *
   * @param admin - An existing account gets the new `password` only with `sendSecrets`; otherwise the field is listed
   * in `ignored`.
   * @returns The domain admin; a new one with its password.
   * @example
   * await mcc.domainAdmins.ensure({ username: "ann", domains: ["example.com"] });
   * @see GET /api/v1/get/domain-admin/{username}, POST /api/v1/add/domain-admin, POST /api/v1/edit/domain-admin,
   * GET /api/v1/get/passwordpolicy
   */
  async ensure(
    admin: NewDomainAdmin & { username: string },
    options?: EnsureOptions,
  ): Promise<Ensured<types.DomainAdmin, AddedDomainAdmin>> {
    return ensure(
      {
        route: routes.addDomainAdmin,
        find: ({ username }: NewDomainAdmin & { username: string }, call) => this.get(username, call),
        add: (desired, call) => this.add(desired, call),
        tidy: (desired) => {
          checkNew(desired);
          return { ...desired, domains: toList(desired.domains) };
        },
        now: ({ active, selected_domains = [] }, { username }) => ({ username, active, domains: selected_domains }),
        edit: ({ username }, changes: types.DomainAdminChanges, call) => this.edit(username, changes, call),
      },
      admin,
      options,
    );
  }

  /**
   * Replaces the rights of domain admins. mailcow has no route to read them. New accounts have all rights except
   * `pushover`, `extend_sender_acl`, `unlimited_quota`, `alias_domains` and `domain_desc`.
   *
   * @param rights - An empty list removes all rights.
   * @throws {MailcowRejectedError} `Cannot determine current ACL`: the domain admin does not exist.
   * @example
   * await mcc.domainAdmins.setAcl("ann", ["quarantine", "login_as"]);
   * @see POST /api/v1/edit/da-acl
   */
  async setAcl(
    usernames: string | readonly string[],
    rights: readonly types.DomainAdminRight[],
    options?: CallOptions,
  ): Promise<Outcome[]> {
    return this.editing(routes.editDaAcl, usernames, { da_acl: rights }, options);
  }

  /**
   * Returns a token that logs a domain admin in once, within 30 seconds. For an inactive account, the token does not
   * work.
   *
   * @throws {MailcowRejectedError} `object_doesnt_exist`: the domain admin does not exist.
   * @example
   * const token = await mcc.domainAdmins.ssoToken("ann");
   * @see POST /api/v1/add/sso/domain-admin
   */
  async ssoToken(username: string, options?: CallOptions): Promise<string> {
    const { token } = await this.call(routes.addSsoDomainAdmin, { username }, options);
    return token;
  }

  /**
   * Deletes domain admins.
   *
   * @throws {MailcowRejectedError} `username_invalid`: the domain admin does not exist.
   * @see POST /api/v1/delete/domain-admin
   */
  async delete(usernames: string | readonly string[], options?: CallOptions): Promise<Outcome[]> {
    return this.each(routes.deleteDomainAdmin, usernames, options);
  }
}

/** The body that adds a domain admin, with its defaults filled in. Checks it before reading the policy. */
export async function newDomainAdmin(
  api: Api,
  admin: NewDomainAdmin,
  call: CallOptions,
): Promise<types.NewDomainAdmin & { domains: string[] }> {
  const sent = checkNew(admin);
  const password = await passwordFor(api, admin.password, call);
  return { ...sent, password, password2: password, domains: [...new Set(toList(sent.domains))] };
}

/** The body with a placeholder for a password that is not made yet. Refuses a name that can't be read again. */
function checkNew(admin: NewDomainAdmin): types.NewDomainAdmin {
  const { username = randomUsername(), password = "x", ...input } = fieldsOf(admin);
  const sent = checked(routes.addDomainAdmin, { ...input, username, password });
  return { ...sent, username: checked(routes.getDomainAdmin, { username: sent.username }).username };
}
