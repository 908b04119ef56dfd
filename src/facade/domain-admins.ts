import type { AddDomainAdmin, DomainAdmin, EditDomainAdminAttributes } from "../types.ts";
import type { Calls } from "./calls.ts";
import { type Add, adder, deleter } from "./collection.ts";
import { type Ensured, type EnsureOptions, ensurer } from "./ensure.ts";
import { refusal } from "./input.ts";
import { toDomain, toList } from "./names.ts";
import type { Outcome } from "./outcomes.ts";
import { passwordsFor, withPasswords } from "./passwords.ts";
import { randomUsername } from "./random.ts";

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
   * Adds a domain admin, active unless `active` says otherwise. Without `username` or `password`, random ones are made that
   * the server's password policy allows.
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
   * Adds a domain admin, or edits what differs from one that is there, or does nothing: safe to call again. `domains` are
   * all that it may manage.
   *
   * @param admin - Its `password` is only set for an account that is there already where `sendSecrets` asks for it.
   * @returns The domain admin; one that was added with its password.
   * @see GET /api/v1/get/domain-admin/{username}, POST /api/v1/add/domain-admin, POST /api/v1/edit/domain-admin,
   * GET /api/v1/get/passwordpolicy
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
  const add = adder(
    calls,
    "domainAdmins.add",
    "/api/v1/add/domain-admin",
    (input: NewDomainAdmin) => newDomainAdmin(calls, "domainAdmins.add", input),
    async ({ username, password }) => {
      const row = await get(username);
      return row && { ...row, password };
    },
  );
  return {
    list: () => calls.rows("/api/v1/get/domain-admin/all"),
    get,
    add,
    ensure: ensurer("domainAdmins.ensure", {
      find: ({ username }: EnsuredDomainAdmin) => get(username.trim().toLowerCase()),
      tidy: ({ domains, ...rest }) => ({ ...rest, domains: toDomains("domainAdmins.ensure", domains) }),
      add,
      now: ({ active, selected_domains = [] }) => ({ active, domains: selected_domains }),
      // What is not sent again, mailcow resets.
      edit: ({ username, attributes }, attr: EditDomainAdminAttributes) =>
        calls.write("domainAdmins.ensure", "/api/v1/edit/domain-admin", {
          items: [username],
          attr: { ...attributes, ...withPasswords("domainAdmins.ensure")(attr) },
        }),
    }),
    delete: deleter(calls, "domainAdmins.delete", "/api/v1/delete/domain-admin"),
  };
}

/** The body that adds a domain admin, with all that was not given. */
export async function newDomainAdmin(
  calls: Calls,
  method: string,
  input: NewDomainAdmin,
): Promise<AddDomainAdmin & { domains: string[] }> {
  const username = input.username?.trim().toLowerCase() ?? randomUsername();
  // mailcow takes the word for the list of all.
  if (username === "all" || username === "0")
    throw refusal(method, "username", "other than all and 0, which can't be read again");
  const domains = toDomains(method, input.domains);
  return { active: 1, ...input, ...(await passwordsFor(calls, method, input)), username, domains };
}

const toDomains = (method: string, domains: string | readonly string[]): string[] =>
  toList(domains).map((domain) => toDomain(method, "domains", domain));
