import { changeAdmin, isAdminName, shownAdmin } from "../rules/admins.ts";
import { eachFound } from "../rules/items.ts";
import { isDomain } from "../rules/names.ts";
import { checkPassword } from "../rules/passwords.ts";
import { bound, column, die, escaped, given, int, isEmpty, isEqual, list, lower, text, tiny } from "../rules/php.ts";
import { created } from "../rules/rows.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, clearLogOf, logOf, reads, type Topic } from "../server/topic.ts";
import { type Database, fold, type Table, table } from "../state.ts";
import { admins, type DomainAdminLink, domains, domainAdminLinks as links, mailboxes } from "../tables.ts";
import { domainDetails } from "./domains.ts";

/** The rights of a domain admin; the account need not be there. */
interface RightsRow {
  readonly username: string;
  readonly rights: readonly string[];
}
const rightsOf: Table<RightsRow> = table<RightsRow>("da_acl", "username");
const usual = [
  "syncjobs",
  "quarantine",
  "login_as",
  "sogo_access",
  "app_passwds",
  "bcc_maps",
  "filters",
  "ratelimit",
  "spam_policy",
  "protocol_access",
  "smtp_ip_access",
  "mailbox_relayhost",
  "domain_relayhost",
];
const rights = [...usual, "pushover", "extend_sender_acl", "unlimited_quota", "alias_domains", "domain_desc"];

/** What opens the web interface once, within 30 seconds. */
interface TokenRow {
  readonly token: string;
  readonly username: string;
  readonly created: string;
}
const tokens: Table<TokenRow> = table<TokenRow>("da_sso", "token");

/** The first domain of an account, which stands for all; nothing without any. */
const find = (db: Database, name: unknown): DomainAdminLink | undefined =>
  isAdminName(name) ? db.in(links).by("username", text(name))[0] : undefined;

/** Alias domains and names in Unicode pass, too. */
const isKnown = (db: Database, domain: unknown): boolean =>
  isDomain(domain) && domainDetails(db, text(domain)) !== undefined;

/** Makes an admin look after a domain, which is stored as it was sent. */
function link(db: Database, username: string, domain: unknown, active: number): void {
  db.in(links).put({
    id: db.nextId(links),
    username: column(username),
    domain: column(text(domain)),
    created: db.now(),
    active: tiny(active),
  });
}

function addDomainAdmin(call: Call): unknown {
  const { db, data } = call;
  const username = lower(text(data["username"]).trim());
  const wanted = list(data["domains"]);
  const active = int(data["active"]);
  if (wanted.length === 0) return call.danger("domain_invalid");
  if (!isAdminName(username) || isEmpty(username)) return call.danger(["username_invalid", username]);
  if (db.in(mailboxes).find(username) || db.in(admins).find(username) || db.in(links).count("username", username) > 0)
    return call.danger(["object_exists", escaped(username)]);
  if (!checkPassword(call, data["password"], data["password2"])) return true;
  for (const domain of wanted)
    if (isKnown(db, domain)) link(db, username, domain, active);
    else call.danger(["domain_invalid", escaped(text(domain))]);
  if (find(db, username))
    db.in(admins).put({
      username,
      password: text(data["password"]),
      superadmin: 0,
      active: tiny(active),
      attributes: null,
      ...created(db),
    });
  if (db.in(rightsOf).find(username)) die("the rights of an account that never was are there still");
  db.in(rightsOf).put({ username: column(username), rights: usual });
  call.success(["domain_admin_added", escaped(username)]);
  return true;
}

const editDomainAdmins = eachFound(
  ({ db }, item) => find(db, item),
  (call, now, item) => {
    const { db, data } = call;
    const active = given(data, "active", now.active);
    const wanted = isEmpty(data["domains"]) ? selected(db, now.username) : list(data["domains"]);
    const renamed = isEmpty(data["username_new"]) ? now.username : data["username_new"];
    const unknown = wanted.findIndex((domain) => !isKnown(db, domain));
    if (unknown >= 0) call.danger(["domain_invalid", escaped(text(wanted[unknown]))]);
    else if (!isAdminName(renamed) || (!isEqual(renamed, item) && find(db, renamed)))
      call.danger(["username_invalid", renamed]);
    else {
      const username = text(renamed);
      db.in(links).removeBy("username", now.username);
      renameRights(db, now.username, username);
      for (const domain of wanted) link(db, username, domain, active);
      // What is done by now stays, if the password is refused.
      if (!isEmpty(data["password"]) && !checkPassword(call, data["password"], data["password2"])) return false;
      const row = db.in(admins).find(now.username);
      if (row) changeAdmin(db, row, column(username), { ...data, active });
      call.success(["domain_admin_modified", escaped(text(item))]);
    }
    return true;
  },
);

function renameRights(db: Database, before: string, after: string): void {
  const row = db.in(rightsOf).find(before);
  if (!row) return;
  const other = db.in(rightsOf).find(after);
  if (other && other !== row) die("the name has rights already");
  db.in(rightsOf).remove(before);
  db.in(rightsOf).put({ ...row, username: column(after) });
}

function deleteDomainAdmins(call: Call): void {
  const { db } = call;
  for (const item of call.items) {
    if (!find(db, item)) {
      call.danger(["username_invalid", item]);
      continue;
    }
    const username = text(item);
    db.in(links).removeBy("username", username);
    db.in(admins).remove(username);
    db.in(rightsOf).remove(username);
    call.success(["domain_admin_removed", escaped(username)]);
  }
}

/** Replaces all rights: those that are not named go. */
const editRights = eachFound(
  ({ db }, item) => db.in(rightsOf).find(bound(item)),
  (call, { username }, item) => {
    const named = list(call.data["da_acl"]).map(text);
    call.db.in(rightsOf).set(username, { rights: rights.filter((right) => named.includes(right)) });
    call.success(["acl_saved", item]);
  },
  () => "Cannot determine current ACL",
);

function issueToken(call: Call): unknown {
  const { db, data } = call;
  const username = data["username"];
  if (username === undefined || db.in(links).count("username", bound(username)) === 0)
    return call.danger(["object_doesnt_exist", escaped(text(username))]);
  const token = Array.from({ length: 5 }, () => db.random(6, "0123456789ABCDEF")).join("-");
  db.in(tokens).put({ token, username: bound(username), created: db.now() });
  return { token };
}

const isLinked = (db: Database, username: string): ((domain: string) => boolean) => {
  const names = new Set(
    db
      .in(links)
      .by("username", username)
      .map(({ domain }) => fold(domain)),
  );
  return (domain) => names.has(fold(domain));
};

const namesOf = (db: Database): string[] =>
  db
    .in(domains)
    .all()
    .map(({ domain }) => domain);

/** The domains that an admin looks after in fact. */
const selected = (db: Database, username: string): string[] => namesOf(db).filter(isLinked(db, username));

function details(call: Call, name: unknown): unknown {
  const { db } = call;
  const row = find(db, name);
  if (!row) return undefined;
  const isOwn = isLinked(db, row.username);
  const [own, others] = [selected(db, row.username), namesOf(db).filter((domain) => !isOwn(domain))];
  return {
    ...shownAdmin(call, row, db.in(admins).find(row.username)?.attributes),
    ...(own.length > 0 && { selected_domains: own }),
    unselected_domains: others.length > 0 ? others : "",
  };
}

function allDetails(call: Call): unknown {
  const { db } = call;
  const accounts = db.in(admins).by("superadmin", 0);
  return accounts.flatMap(({ username }) => details(call, username) ?? []);
}

/** Accounts that have no domain any more go with their last one; so do rights without an account. */
function clean(db: Database): void {
  const isUsed = (username: string) => db.in(links).count("username", username) > 0;
  for (const { username, superadmin } of db.in(admins).all())
    if (superadmin === 0 && !isUsed(username)) db.in(admins).remove(username);
  for (const { username } of db.in(rightsOf).all()) if (!isUsed(username)) db.in(rightsOf).remove(username);
}

export const domainAdmins: Topic = {
  actions: {
    "add/domain-admin": adds(logOf("domain_admin", "add"), addDomainAdmin),
    "edit/domain-admin": changes("username", logOf("domain_admin", "edit"), editDomainAdmins),
    "delete/domain-admin": changes("username", logOf("domain_admin", "delete"), deleteDomainAdmins),
    "edit/da-acl": changes("username", clearLogOf("acl", "edit", "domainadmin"), editRights),
    "add/sso/domain-admin": adds(clearLogOf("domain_admin_sso", "issue"), issueToken),
    "get/domain-admin/all": reads(allDetails),
    "get/domain-admin/{username}": reads((call) => details(call, call.params["username"])),
  },
  on: { domainRemoved: clean },
};
