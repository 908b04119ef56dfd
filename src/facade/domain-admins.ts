import type { AddDomainAdmin, DomainAdmin } from "../types.ts";
import type { Calls } from "./calls.ts";
import { type Add, adder, deleter } from "./collection.ts";
import { refusal } from "./input.ts";
import { toDomain, toList } from "./names.ts";
import type { Outcome } from "./outcomes.ts";
import { passwordsFor } from "./passwords.ts";
import { randomUsername } from "./random.ts";

/** A domain admin to add. */
export interface NewDomainAdmin extends Partial<Omit<AddDomainAdmin, "domains">> {
  /** The domains that it may manage; none of them an alias domain. */
  domains: string | readonly string[];
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
  return {
    list: () => calls.rows("/api/v1/get/domain-admin/all"),
    get,
    add: adder(
      calls,
      "domainAdmins.add",
      "/api/v1/add/domain-admin",
      (input: NewDomainAdmin) => newDomainAdmin(calls, "domainAdmins.add", input),
      async ({ username, password }) => {
        const row = await get(username);
        return row && { ...row, password };
      },
    ),
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
  const domains = toList(input.domains).map((domain) => toDomain(method, "domains", domain));
  return { active: 1, ...input, ...(await passwordsFor(calls, method, input)), username, domains };
}
