import type { Calls } from "../../calls/calls.ts";
import { type Add, type AddMany, Collection, type Edit, type ForEach } from "../../calls/collection.ts";
import { type Ensure, ensurer } from "../../calls/ensure.ts";
import { refusal, toText } from "../../calls/input.ts";
import { fieldsOf, toDomain, toList } from "../../calls/names.ts";
import { perItem } from "../../calls/outcomes.ts";
import { passwordsFor, withPassword, withPasswords } from "../../calls/passwords.ts";
import { randomUsername } from "../../calls/random.ts";
import type * as types from "../../types.ts";

/** Admins of the whole server. */
export class Admins extends Collection {
  /**
   * Lists the admins, active or not.
   *
   * @see GET /api/v1/get/admin/all
   */
  readonly list = (): Promise<types.Admin[]> => this.calls.rows("/api/v1/get/admin/all");
  /**
   * Reads one admin, or `null`; in any case of the name. A domain admin is none.
   *
   * @see GET /api/v1/get/admin/{username}
   */
  readonly get = (username: string): Promise<types.Admin | null> =>
    this.calls.row("/api/v1/get/admin/{username}", { path: { username } });
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
  readonly add: Add<types.NewAdmin, types.AddedAdmin> = this.adder(
    "/api/v1/add/admin",
    async (input: types.NewAdmin): Promise<types.AddAdmin> => {
      const username = toUsername(input.username);
      return { active: 1, ...input, ...(await passwordsFor(this.calls, input)), username };
    },
    ({ username, password }) => withPassword(this.get(username), password),
  );
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
  readonly edit: Edit<string, types.EditAdminAttributes> = accountEditor(this.calls, "admin", this.get);
  /**
   * Deletes admins, and refuses to where no active one would be left, which mailcow does not guard.
   *
   * @throws {@link MailcowRejectedError} `username_invalid` (there is no such admin), or `cannot_delete_self` for the
   * name `API`, which is what a key is called.
   * @see POST /api/v1/delete/admin, GET /api/v1/get/admin/all
   */
  readonly delete: ForEach<string> = async (usernames) => {
    const gone = new Set(toList(usernames).map((name) => String(name).toLowerCase()));
    const isLeft = ({ username, active }: types.Admin) => active > 0 && !gone.has(username.toLowerCase());
    if (!(await this.list()).some(isLeft)) throw refusal("usernames", "such that an active admin is left");
    return this.#delete(usernames);
  };
  readonly #delete: ForEach<string> = this.deleter("/api/v1/delete/admin");
}

/** Admins of some domains. */
export class DomainAdmins extends Collection {
  /**
   * Lists the domain admins that have a domain.
   *
   * @see GET /api/v1/get/domain-admin/all
   */
  readonly list = (): Promise<types.DomainAdmin[]> => this.calls.rows("/api/v1/get/domain-admin/all");
  /**
   * Reads one domain admin, or `null`.
   *
   * @see GET /api/v1/get/domain-admin/{username}
   */
  readonly get = (username: string): Promise<types.DomainAdmin | null> =>
    this.calls.row("/api/v1/get/domain-admin/{username}", { path: { username } });
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
  readonly add: Add<types.NewDomainAdmin, types.AddedDomainAdmin> = this.adder(
    "/api/v1/add/domain-admin",
    (input: types.NewDomainAdmin) => newDomainAdmin(this.calls, input),
    ({ username, password }) => withPassword(this.get(username), password),
  );
  /**
   * Adds many domain admins, some at a time, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/domain-admin, GET /api/v1/get/domain-admin/{username}, GET /api/v1/get/passwordpolicy
   */
  readonly addMany: AddMany<types.NewDomainAdmin, types.AddedDomainAdmin> = this.many(this.add);
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
  readonly edit: Edit<string, types.EditDomainAdminAttributes> = async (usernames, given) => {
    const { domains, ...attr } = fieldsOf(given);
    if (attr.username_new !== undefined && attr.password)
      throw refusal("username_new", "sent without a password, in a call of its own");
    return this.#edit(usernames, domains === undefined ? attr : { ...attr, domains: toDomains(domains) });
  };
  readonly #edit = accountEditor(this.calls, "domain-admin", this.get, keepsDomains);
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
  readonly setAcl: Edit<string, readonly types.DomainAdminRight[]> = this.editor("/api/v1/edit/da-acl", {
    attr: (da_acl) => ({ da_acl }),
  });
  /**
   * Makes a token that logs a domain admin in once, within 30 seconds. An inactive one gets one too, to no use.
   *
   * @throws {@link MailcowRejectedError} `object_doesnt_exist`: there is no such domain admin.
   * @see POST /api/v1/add/sso/domain-admin
   */
  readonly ssoToken = async (username: string): Promise<string> => {
    const answer = await this.calls.ask("/api/v1/add/sso/domain-admin", { username });
    return (answer as { token: string }).token;
  };
  /**
   * Adds a domain admin, or edits what differs from one that is there, or does nothing: safe to call again. `domains`
   * are all that it may manage.
   *
   * @param admin - Its `password` is only set for an account that is there already where `sendSecrets` asks for it;
   * otherwise `ignored` names it.
   * @returns The domain admin; one that was added with its password.
   * @see GET /api/v1/get/domain-admin/{username}, POST /api/v1/add/domain-admin, POST /api/v1/edit/domain-admin,
   * GET /api/v1/get/passwordpolicy
   */
  readonly ensure: Ensure<types.EnsuredDomainAdmin, types.DomainAdmin, types.AddedDomainAdmin> = ensurer({
    tidy: ({ username, domains, ...rest }: types.EnsuredDomainAdmin): types.EnsuredDomainAdmin => ({
      ...rest,
      username: toUsername(username),
      domains: toDomains(domains),
    }),
    find: ({ username }) => this.get(username),
    add: this.add,
    now: ({ username, active, selected_domains = [] }) => ({ username, active, domains: selected_domains }),
    edit: ({ username }, attr: types.EditDomainAdminAttributes) => this.edit(username, attr),
  });
  /**
   * Deletes domain admins.
   *
   * @throws {@link MailcowRejectedError} `username_invalid`: there is no such domain admin.
   * @see POST /api/v1/delete/domain-admin
   */
  readonly delete: ForEach<string> = this.deleter("/api/v1/delete/domain-admin");
}

/** With alias domains only, an account would lose them by any edit, and could then be neither listed nor deleted. */
function keepsDomains({ selected_domains }: types.DomainAdmin, { domains }: types.EditDomainAdminAttributes): void {
  if (!selected_domains && !domains)
    throw refusal("domains", "given: the account has none but alias domains, and would be lost");
}

const toDomains = (domains: string | readonly string[]): string[] =>
  toList(domains).map((domain) => toDomain(domain, "domains"));

/** The body that adds a domain admin, with all that was not given. */
export async function newDomainAdmin(calls: Calls, input: types.NewDomainAdmin): Promise<types.AddDomainAdmin> {
  const [username, domains] = [toUsername(input.username ?? randomUsername()), toDomains(input.domains)];
  return { active: 1, ...input, ...(await passwordsFor(calls, input)), username, domains };
}

/** What the rows of admins and of domain admins have in common. */
type Account = Pick<types.Admin | types.DomainAdmin, "username" | "attributes">;

/** A login name as mailcow stores a new one. */
function toUsername(input: string, field = "username"): string {
  const username = toText(field, input, "a name to log in with").trim().toLowerCase();
  // mailcow takes the word for the list of all.
  if (username === "all" || username === "0") throw refusal(field, "other than all and 0, which can't be read again");
  return username;
}

/**
 * Makes an `edit` of accounts. They are sent one at a time, by their name in the case that it is stored in, and with
 * the flags that mailcow would reset. No account may get the name of one of the other kind: mailcow mixes up the two.
 */
function accountEditor<Row extends Account, Attr extends types.EditAdminAttributes>(
  calls: Calls,
  kind: "admin" | "domain-admin",
  get: (username: string) => Promise<Row | null>,
  check: (row: Row, attr: Attr) => void = () => {},
): Edit<string, Attr> {
  const other = kind === "admin" ? "domain-admin" : "admin";
  return async (usernames, attr) => {
    const sent = withPasswords(attr) as types.EditAdminAttributes;
    if (sent.username_new !== undefined) {
      const username = toUsername(sent.username_new, "username_new");
      sent.username_new = username;
      if (toList(usernames).length > 1) throw refusal("username_new", "for a single account");
      if (await calls.row(`/api/v1/get/${other}/{username}`, { path: { username } }))
        throw refusal("username_new", "a name that no other account has");
    }
    const send = async (part: string[]) => {
      const row = part[0] === undefined ? null : await get(part[0]);
      if (row) check(row, attr);
      const { force_tfa = 0, force_pw_update = 0 } = { ...row?.attributes, ...sent };
      const items = row ? [row.username] : part;
      return calls.write(`/api/v1/edit/${kind}`, { items, attr: { ...sent, force_tfa, force_pw_update } });
    };
    return perItem(usernames, send, { size: 1 });
  };
}
