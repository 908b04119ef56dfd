import type { AddDomainAdmin, DomainAdmin, DomainAdminRight, EditDomainAdminAttributes } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, type AddMany, adder, deleter, editor, manyOf } from "../collection.ts";
import { type Ensured, type EnsureOptions, ensurer } from "../ensure.ts";
import { refusal } from "../input.ts";
import { toDomain, toList } from "../names.ts";
import type { Outcome } from "../outcomes.ts";
import { passwordsFor, withPassword } from "../passwords.ts";
import { randomUsername } from "../random.ts";
import { accountEditor, toUsername } from "./admins.ts";

/** A domain admin to add. */
export interface NewDomainAdmin extends Partial<Omit<AddDomainAdmin, "domains">> {
  /** The domains that it may manage; none of them an alias domain. */
  domains: string | readonly string[];
}

/** A domain admin to ensure: it goes by its name. */
export interface EnsuredDomainAdmin extends NewDomainAdmin {
  username: string;
}

/** A domain admin that was added, with the password that it was given. */
export interface AddedDomainAdmin extends DomainAdmin {
  readonly password: string;
}

/** Admins of some domains. */
export interface DomainAdmins {
  /**
   * Lists the domain admins that have a domain.
   *
   * @see GET /api/v1/get/domain-admin/all
   */
  list(): Promise<DomainAdmin[]>;
  /**
   * Reads one domain admin, or `null`.
   *
   * @see GET /api/v1/get/domain-admin/{username}
   */
  get(username: string): Promise<DomainAdmin | null>;
  /**
   * Adds a domain admin, active unless `active` says otherwise. Without `username` or `password`, random ones are made
   * that the server's password policy allows.
   *
   * @returns The domain admin as mailcow stores it (the name in lower case), with its password.
   * @throws {@link MailcowRejectedError} For example `domain_invalid`, `object_exists` or `password_complexity`. With
   * `domain_invalid` the admin may have been added for the other domains, as `results` says.
   * @example
   * const { username, password } = await mcc.domainAdmins.add({ domains: ["example.com", "example.org"] });
   * @see POST /api/v1/add/domain-admin, GET /api/v1/get/domain-admin/{username}, GET /api/v1/get/passwordpolicy
   */
  add: Add<NewDomainAdmin, AddedDomainAdmin>;
  /**
   * Adds many domain admins, some at a time, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/domain-admin, GET /api/v1/get/domain-admin/{username}, GET /api/v1/get/passwordpolicy
   */
  addMany: AddMany<NewDomainAdmin, AddedDomainAdmin>;
  /**
   * Sets attributes on domain admins, one call each; what is not given keeps its value. (mailcow itself would reset
   * `force_tfa` and `force_pw_update`: they are read and sent again.) An empty `password` keeps the old one.
   *
   * @param attr - `domains` replaces the whole set; all of them must exist, and none be an alias domain. `username_new`
   * is for a single account and needs a call of its own beside a password. `disable_tfa` takes the second factor away:
   * it can only be true.
   * @throws {@link MailcowRejectedError} `access_denied` (no such domain admin), `domain_invalid`, `username_invalid`
   * (the new name is taken) or `password_complexity`; with the latter the domains are already set.
   * @see POST /api/v1/edit/domain-admin, GET /api/v1/get/domain-admin/{username}, GET /api/v1/get/admin/{username}
   */
  edit(usernames: string | readonly string[], attr: EditDomainAdminAttributes): Promise<Outcome[]>;
  /**
   * Sets the rights of domain admins: those named, and no others. mailcow has no way to read them. New accounts have
   * all but `pushover`, `extend_sender_acl`, `unlimited_quota`, `alias_domains` and `domain_desc`.
   *
   * @param rights - An empty list takes all of them away.
   * @throws {@link MailcowRejectedError} `Cannot determine current ACL`: there is no such domain admin.
   * @example
   * await mcc.domainAdmins.setAcl("ann", ["quarantine", "login_as"]);
   * @see POST /api/v1/edit/da-acl
   */
  setAcl(usernames: string | readonly string[], rights: readonly DomainAdminRight[]): Promise<Outcome[]>;
  /**
   * Makes a token that logs a domain admin in once, within 30 seconds. An inactive one gets one too, to no use.
   *
   * @throws {@link MailcowRejectedError} `object_doesnt_exist`: there is no such domain admin.
   * @see POST /api/v1/add/sso/domain-admin
   */
  ssoToken(username: string): Promise<string>;
  /**
   * Adds a domain admin, or edits what differs from one that is there, or does nothing: safe to call again. `domains`
   * are all that it may manage.
   *
   * @param admin - Its `password` is only set for an account that is there already where `sendSecrets` asks for it.
   * @returns The domain admin; one that was added with its password.
   * @see GET /api/v1/get/domain-admin/{username}, POST /api/v1/add/domain-admin, POST /api/v1/edit/domain-admin,
   * GET /api/v1/get/passwordpolicy, GET /api/v1/get/admin/{username}
   */
  ensure(admin: EnsuredDomainAdmin, options?: EnsureOptions): Promise<Ensured<DomainAdmin, AddedDomainAdmin>>;
  /**
   * Deletes domain admins.
   *
   * @throws {@link MailcowRejectedError} `username_invalid`: there is no such domain admin.
   * @see POST /api/v1/delete/domain-admin
   */
  delete(usernames: string | readonly string[]): Promise<Outcome[]>;
}

export function domainAdmins(calls: Calls): DomainAdmins {
  const get: DomainAdmins["get"] = (username) =>
    calls.row("/api/v1/get/domain-admin/{username}", { path: { username } });
  const findAdmin = (username: string) => calls.row("/api/v1/get/admin/{username}", { path: { username } });
  const path = "/api/v1/edit/domain-admin";
  const send = accountEditor(calls, "domainAdmins.edit", path, get, findAdmin, keepsDomains);
  const add = adder(
    calls,
    "domainAdmins.add",
    "/api/v1/add/domain-admin",
    (input: NewDomainAdmin) => newDomainAdmin(calls, "domainAdmins.add", input),
    ({ username, password }) => withPassword(get(username), password),
  );
  const edit: DomainAdmins["edit"] = async (usernames, { domains, ...attr }) => {
    // mailcow renames before it looks at the password: refused, the account would be in no list.
    if (attr.username_new !== undefined && attr.password)
      throw refusal("domainAdmins.edit", "username_new", "sent without a password, in a call of its own");
    return send(
      usernames,
      domains === undefined ? attr : { ...attr, domains: toDomains("domainAdmins.edit", domains) },
    );
  };
  return {
    list: () => calls.rows("/api/v1/get/domain-admin/all"),
    get,
    add,
    addMany: manyOf(add),
    edit,
    ensure: ensurer("domainAdmins.ensure", {
      tidy: ({ username, domains, ...rest }: EnsuredDomainAdmin) => ({
        ...rest,
        username: toUsername("domainAdmins.ensure", "username", username),
        domains: toDomains("domainAdmins.ensure", domains),
      }),
      find: ({ username }) => get(username),
      add,
      now: ({ active, selected_domains = [] }) => ({ active, domains: selected_domains }),
      edit: ({ username }, attr: EditDomainAdminAttributes) => edit(username, attr),
    }),
    setAcl: editor(calls, "domainAdmins.setAcl", "/api/v1/edit/da-acl", undefined, (rights) => ({ da_acl: rights })),
    ssoToken: async (username) => {
      const answer = await calls.ask("domainAdmins.ssoToken", "/api/v1/add/sso/domain-admin", { username });
      return (answer as { token: string }).token;
    },
    delete: deleter(calls, "domainAdmins.delete", "/api/v1/delete/domain-admin"),
  };
}

/** With alias domains only, an account would lose them by any edit, and could then be neither listed nor deleted. */
function keepsDomains({ selected_domains }: DomainAdmin, { domains }: EditDomainAdminAttributes): void {
  if (!selected_domains && !domains)
    throw refusal("domainAdmins.edit", "domains", "given: the account has none but alias domains, and would be lost");
}

const toDomains = (method: string, domains: string | readonly string[]): string[] =>
  toList(domains).map((domain) => toDomain(method, "domains", domain));

/** The body that adds a domain admin, with all that was not given. */
export async function newDomainAdmin(
  calls: Calls,
  method: string,
  input: NewDomainAdmin,
): Promise<AddDomainAdmin & { domains: string[] }> {
  const username = toUsername(method, "username", input.username ?? randomUsername());
  const domains = toDomains(method, input.domains);
  return { active: 1, ...input, ...(await passwordsFor(calls, method, input)), username, domains };
}
