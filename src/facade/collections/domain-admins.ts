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

/** A domain admin to add. Without a name or a password, one is made. */
export interface NewDomainAdmin extends Omit<types.NewDomainAdmin, "username" | "password"> {
  username?: string;
  password?: string;
}

/** A domain admin that was added, with the password that it was given. */
export interface AddedDomainAdmin extends types.DomainAdmin {
  readonly password: string;
}

/** Admins of some domains. Their names may be given in any case. */
export class DomainAdmins extends Addable<NewDomainAdmin, AddedDomainAdmin> {
  /**
   * Lists the domain admins that have a domain.
   *
   * @see GET /api/v1/get/domain-admin/all
   */
  async list(options?: CallOptions): Promise<types.DomainAdmin[]> {
    return this.call(routes.getDomainAdminAll, {}, options);
  }

  /**
   * Reads one domain admin, or `null`. An admin of the whole server is none.
   *
   * @see GET /api/v1/get/domain-admin/{username}
   */
  async get(username: string, options?: CallOptions): Promise<types.DomainAdmin | null> {
    return this.call(routes.getDomainAdmin, { username }, options);
  }

  /** Adds a domain admin; with `read: false`, returns `null` and saves the request that reads it back. */
  add(admin: NewDomainAdmin, options: AddOptions): Promise<AddedDomainAdmin | null>;
  /**
   * Adds a domain admin, active unless `active` says otherwise. Without `username` or `password`, random ones are made
   * that the server's password policy allows.
   *
   * @returns The domain admin as mailcow stores it (the name in lower case), with its password.
   * @throws {MailcowRejectedError} For example `domain_invalid`, `object_exists` or `password_complexity`. With
   * `domain_invalid` the admin may have been added for the other domains, as `results` says.
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
   * Sets attributes on domain admins, one call each; what is not given keeps its value. (mailcow itself would reset
   * `force_tfa` and `force_pw_update`: they are read and sent again.) An empty `password` keeps the old one.
   *
   * @param changes - `domains` replaces the whole set; all of them must exist, and none be an alias domain.
   * `username_new` is for a single account, is stored in lower case, and needs a call of its own beside a password.
   * `disable_tfa` takes the second factor away: it can only be true.
   * @returns What became of each, by the name as it is stored.
   * @throws {MailcowRejectedError} `access_denied` (no such domain admin), `domain_invalid`, `username_invalid`
   * (the new name is taken) or `password_complexity`; with the latter the domains are already set.
   * @throws {MailcowInputError} The new name is that of an admin of the whole server, or one of the accounts has
   * alias domains only and would be lost.
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
      throw refusal("username_new", "sent without a password, in a call of its own", path);
    // By any edit, an account with alias domains only loses them, and can then be neither listed nor deleted.
    const check = ({ selected_domains }: types.DomainAdmin): void => {
      if (!selected_domains && !domains)
        throw refusal("domains", "given: the account has none but alias domains, and would be lost", path);
    };
    const kind = { get: routes.getDomainAdmin, edit: routes.editDomainAdmin, getOther: getAdmin, check };
    return editAccounts(this.core, kind, usernames, changes, options);
  }

  /**
   * Adds a domain admin, or edits what differs from one that is there, or does nothing: safe to call again. `domains`
   * are all that it may manage.
   *
   * @param admin - Its `password` is only set for an account that is there already where `sendSecrets` asks for it;
   * otherwise it is listed in `ignored`.
   * @returns The domain admin; one that was added with its password.
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
   * Sets the rights of domain admins: those named, and no others. mailcow has no way to read them. New accounts have
   * all but `pushover`, `extend_sender_acl`, `unlimited_quota`, `alias_domains` and `domain_desc`.
   *
   * @param rights - An empty list takes all of them away.
   * @throws {MailcowRejectedError} `Cannot determine current ACL`: there is no such domain admin.
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
   * Makes a token that logs a domain admin in once, within 30 seconds. An inactive one gets one too, to no use.
   *
   * @throws {MailcowRejectedError} `object_doesnt_exist`: there is no such domain admin.
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
   * @throws {MailcowRejectedError} `username_invalid`: there is no such domain admin.
   * @see POST /api/v1/delete/domain-admin
   */
  async delete(usernames: string | readonly string[], options?: CallOptions): Promise<Outcome[]> {
    return this.each(routes.deleteDomainAdmin, usernames, options);
  }
}

/** The body that adds a domain admin, with all that was not given. It is checked before the policy is asked for. */
export async function newDomainAdmin(
  api: Api,
  admin: NewDomainAdmin,
  call: CallOptions,
): Promise<types.NewDomainAdmin & { domains: string[] }> {
  const sent = checkNew(admin);
  const password = await passwordFor(api, admin.password, call);
  return { ...sent, password, password2: password, domains: [...new Set(toList(sent.domains))] };
}

/** As it is sent, but for a password that is still to be made. What can't be read again is refused. */
function checkNew(admin: NewDomainAdmin): types.NewDomainAdmin {
  const { username = randomUsername(), password = "x", ...input } = fieldsOf(admin);
  const sent = checked(routes.addDomainAdmin, { ...input, username, password });
  return { ...sent, username: checked(routes.getDomainAdmin, { username: sent.username }).username };
}
