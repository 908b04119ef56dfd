import { hasAlias, hasDomain, hasMailbox } from "../rules/access.ts";
import { domainOf, isEmail } from "../rules/names.ts";
import { checkPassword } from "../rules/passwords.ts";
import {
  bound,
  column,
  type Data,
  decoded,
  die,
  escaped,
  given,
  int,
  integer,
  isEmpty,
  isSet,
  list,
  text,
  tiny,
} from "../rules/php.ts";
import { rateLimitOf, saveRateLimit } from "../rules/rate-limits.ts";
import { userRights } from "../rules/rights.ts";
import { commas, created, update } from "../rules/rows.ts";
import { saveSenders } from "../rules/senders.ts";
import { identityProvider } from "../rules/settings.ts";
import { saveTaggedMail } from "../rules/tagged-mail.ts";
import { addTags, shownTags, withoutTags } from "../rules/tags.ts";
import { templateAttributes } from "../rules/templates.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, logOf, mailboxLog, reads, type Topic } from "../server/topic.ts";
import type { Database } from "../state.ts";
import {
  aliases,
  domains,
  type LoginRow,
  logins,
  type MailboxRow,
  pushover,
  rateLimits,
  resources,
  senders,
  spamAliases,
  mailboxes as table,
  webLogins,
} from "../tables.ts";
import { addAlias } from "./aliases.ts";
import { tagFilters } from "./domains.ts";

const MiB = 1024 ** 2;

/** The fields that `protocol_access` sets, with the release that brought them. */
const protocols = { imap: "", pop3: "", smtp: "", sieve: "", eas: "2026-01", dav: "2026-01" };

/** The flags among the attributes, in the order in which mailcow stores them, with the release that brought them. */
const flags = {
  force_pw_update: "",
  force_tfa: "2026-03",
  tls_enforce_in: "",
  tls_enforce_out: "",
  sogo_access: "",
  ...Object.fromEntries(Object.entries(protocols).map(([name, since]) => [`${name}_access`, since])),
};
/** An edit does not read them; edit/tls_policy does. */
const notByEdit = ["tls_enforce_in", "tls_enforce_out"];

/** The data with `protocol_access` spread over the flags it stands for. */
function withProtocols(data: Data): Data {
  if (!isSet(data["protocol_access"])) return data;
  const named = list(data["protocol_access"]);
  const set = Object.keys(protocols).map((name) => [`${name}_access`, named.includes(name) ? 1 : 0] as const);
  return { ...data, ...Object.fromEntries(set) };
}

/** From where a mailbox gets its password; another provider than the one that is set up does not count. */
const authsourceOf = (db: Database, asked: unknown): string | undefined =>
  asked === "mailcow" || (isSet(asked) && asked === db.get(identityProvider).authsource) ? text(asked) : undefined;

/** The name without the brackets that an address in a mail may stand in. */
function displayName(value: unknown): string {
  const name = text(value).replace(/^<+/, "");
  let end = name.length;
  while (name[end - 1] === ">") end -= 1;
  return name.slice(0, end);
}

function addMailbox(call: Call): unknown {
  const { db } = call;
  const data = withProtocols(call.data);
  const localPart = text(data["local_part"]).trim().toLowerCase();
  const domain = domainOf(data["domain"]);
  const username = `${localPart}@${domain}`;
  if (!isEmail(username) || isEmpty(data["local_part"])) return call.danger("mailbox_invalid");
  const defaults = templateAttributes(db, "mailbox", data["template"]);
  const name = displayName(data["name"]);
  const authsource = authsourceOf(db, data["authsource"]) ?? "mailcow";
  const isOwn = authsource === "mailcow";
  const quota = isSet(data["quota"]) ? int(data["quota"]) : int(defaults["quota"]) / MiB;
  const attributes = Object.fromEntries(
    Object.entries(flags)
      .filter(([, since]) => call.since(since))
      .map(([flag]) => [flag, String(given(data, flag, defaults[flag]))]),
  );
  const word = (field: string) => text(isSet(data[field]) ? data[field] : defaults[field]);
  const category = word("quarantine_category");
  if (call.since("2026-03") && !["add_header", "reject", "all"].includes(category))
    return call.danger("quarantine_category_invalid");
  if (!hasDomain(db, domain)) return call.danger("access_denied");
  const taken = db.in(table).find(username) ?? db.in(resources).find(username);
  if (taken) return call.danger(["object_exists", escaped(username)]);
  if (hasAlias(db, username)) return call.danger(["is_alias", escaped(username)]);
  if (db.in(spamAliases).find(username)) return call.danger(["is_spam_alias", escaped(username)]);
  const limits = db.in(domains).find(domain);
  if (!limits) return call.danger(["domain_not_found", escaped(domain)]);
  if (isOwn && !checkPassword(call, data["password"], data["password2"])) return false;
  const count = db.in(table).count("domain", domain);
  if (count >= limits.mailboxes) return call.danger(["max_mailbox_exceeded", count, limits.mailboxes]);
  if (quota > limits.maxquota) return call.danger(["mailbox_quota_exceeded", limits.maxquota]);
  const left = limits.quota - Math.round(db.in(table).sum("domain", domain, "quota") / MiB);
  if (quota > left) return call.danger(["mailbox_quota_left_exceeded", left]);

  const now = db.now();
  const active = tiny(given(data, "active", defaults["active"]));
  db.in(table).put({
    username,
    local_part: localPart,
    domain,
    password: isOwn ? text(data["password"]) : "",
    name: column(name),
    quota: integer(quota, Number.MAX_SAFE_INTEGER) * MiB,
    bytes: 0,
    messages: 0,
    attributes: {
      ...attributes,
      ...(!isOwn && { force_pw_update: "0" }),
      ...(authsource === "generic-oidc" && { force_tfa: "0" }),
      relayhost: String(int(data["relayhost"])),
      passwd_update: now,
      mailbox_format: "maildir:",
      quarantine_notification: word("quarantine_notification"),
      quarantine_category: category,
      attribute_hash: isEmpty(data["attribute_hash"]) ? "" : bound(data["attribute_hash"]),
    },
    custom_attributes: [],
    authsource,
    active,
    tags: [],
    acl: userRights.filter((right) =>
      isSet(data["acl"]) ? list(data["acl"]).includes(right) : int(defaults[`acl_${right}`]) === 1,
    ),
    created: now,
    modified: now,
  });
  if (call.since("2025-09") && isSet(data["tagged_mail_handler"]))
    saveTaggedMail(call, { username, tagged_mail_handler: data["tagged_mail_handler"] });
  saveTags(call, username, isSet(data["tags"]) ? data["tags"] : defaults["tags"]);
  db.in(aliases).put({
    id: db.nextId(aliases),
    address: username,
    goto: username,
    domain,
    public_comment: null,
    private_comment: null,
    sogo_visible: 1,
    internal: 0,
    sender_allowed: 1,
    active,
    ...created(db),
  });
  const frame = isSet(data["rl_frame"]) ? data["rl_frame"] : defaults["rl_frame"];
  const value = isSet(data["rl_value"]) ? data["rl_value"] : defaults["rl_value"];
  if (isSet(frame) && isSet(value))
    saveRateLimit(call, "mailbox", { object: username, rl_frame: frame, rl_value: value });
  call.success(["mailbox_added", escaped(username)]);
  return true;
}

/** A tag that the mailbox has already is passed over. */
function saveTags(call: Call, username: string, tags: unknown): void {
  const before = call.db.in(table).find(username)?.tags ?? [];
  addTags(
    call,
    before,
    tags,
    (saved) => call.db.in(table).set(username, { tags: saved }),
    () => {},
  );
}

function editMailbox(call: Call): unknown {
  const { db } = call;
  const data = withProtocols(call.data);
  for (const username of call.items) {
    if (typeof username === "object" && username !== null) die("a list where an address is expected");
    const now = db.in(table).find(username);
    if (!isEmail(username)) call.danger(["username_invalid", username]);
    else if (!now) call.danger("access_denied");
    else if (!editOne(call, data, username, now)) return false;
  }
  return true;
}

/** Edits one mailbox; `false` ends the whole call. */
function editOne(call: Call, data: Data, username: string, now: MailboxRow): boolean {
  const { db } = call;
  const name = isEmpty(data["name"]) ? now.name : displayName(data["name"]);
  const quota = isSet(data["quota"]) && data["quota"] !== "" ? int(data["quota"]) : now.quota / MiB;
  const highest = highestQuota(db, now) / MiB;
  if (quota > highest) {
    call.danger(["mailbox_quota_left_exceeded", highest]);
    return true;
  }
  saveSenders(call, data, username);
  if (!isEmpty(data["password"])) {
    if (!checkPassword(call, data["password"], isEmpty(data["password2"]) ? null : data["password2"])) return true;
    const attributes = { ...now.attributes, passwd_update: db.now() };
    if (now.authsource === "mailcow") update(db, table, username, { password: text(data["password"]), attributes });
  }
  const active = given(data, "active", now.active);
  for (const { id } of db.in(aliases).by("address", username)) update(db, aliases, id, { active: tiny(active) });
  if ([...name].length > 255) {
    call.danger("SQLSTATE[22001]: String data, right truncated: 1406 Data too long for column 'name' at row 1");
    return false;
  }
  const set = Object.entries(flags)
    .filter(([flag, since]) => call.since(since) && !notByEdit.includes(flag))
    .map(([flag]) => [flag, String(given(data, flag, now.attributes[flag]))]);
  const authsource = authsourceOf(db, data["authsource"]) ?? now.authsource;
  const isOwn = authsource === "mailcow";
  const recovery =
    isSet(data["pw_recovery_email"]) && isOwn ? bound(data["pw_recovery_email"]) : now.attributes["recovery_email"];
  update(db, table, username, {
    active: tiny(active),
    name,
    quota: quota * MiB,
    authsource,
    attributes: {
      ...db.in(table).find(username)?.attributes,
      ...Object.fromEntries(set),
      ...(!isOwn && { force_pw_update: "0" }),
      ...(authsource === "generic-oidc" && { force_tfa: "0" }),
      relayhost: String(given(data, "relayhost", now.attributes["relayhost"])),
      recovery_email: recovery ?? null,
      attribute_hash: isEmpty(data["attribute_hash"]) ? "" : bound(data["attribute_hash"]),
    },
  });
  if (call.since("2025-09") && isSet(data["tagged_mail_handler"]))
    saveTaggedMail(call, { username, tagged_mail_handler: data["tagged_mail_handler"] });
  saveTags(call, username, typeof data["tags"] === "object" ? data["tags"] : []);
  call.success(["mailbox_modified", username]);
  return true;
}

function deleteMailbox(call: Call): void {
  const { db } = call;
  for (const item of call.items) {
    if (typeof item === "object" && item !== null) die("a list where an address is expected");
    if (!isEmail(item) || !hasMailbox(db, item)) {
      call.danger("access_denied");
      continue;
    }
    if (!db.in(table).find(item))
      call.warning("Could not move maildir to garbage collector: variables local_part and/or domain empty");
    db.in(aliases).removeBy("goto", item);
    db.in(pushover).remove(item);
    db.in(table).remove(item);
    db.in(resources).remove(item);
    db.in(senders).removeBy("logged_in_as", item);
    db.in(senders).removeBy("send_as", item);
    db.in(spamAliases).removeBy("goto", item);
    for (const { id, goto } of db.in(aliases).all())
      if (commas(goto).includes(item))
        update(db, aliases, id, {
          goto: commas(goto)
            .filter((target) => target !== item)
            .join(","),
        });
    db.in(rateLimits).remove(item);
    call.tell("mailboxRemoved", item);
    call.success(["mailbox_removed", escaped(item)]);
  }
}

/** The largest quota that an edit may set, in bytes. */
function highestQuota(db: Database, { domain, quota }: MailboxRow): number {
  const limits = db.in(domains).find(domain);
  const others = db.in(table).sum("domain", domain, "quota") - quota;
  return Math.min((limits?.quota ?? 0) * MiB - others, (limits?.maxquota ?? 0) * MiB);
}

function lastLogins(db: Database, name: string): Record<string, number> {
  const found = db.in(logins).by("username", name);
  const last = (service: string) => {
    const times = found.filter((row) => row.service === service).map((row) => Date.parse(`${row.datetime}Z`) / 1000);
    return Math.max(0, ...times);
  };
  return {
    last_imap_login: last("imap"),
    last_smtp_login: last("smtp"),
    last_pop3_login: last("pop3"),
    last_sso_login: last("SSO"),
  };
}

function use(row: MailboxRow | undefined): Record<string, unknown> {
  if (!row || row.quota === 0) return { percent_in_use: "- ", percent_class: "info" };
  const percent = Math.round((row.bytes / row.quota) * 100);
  const grade = percent >= 90 ? "danger" : percent >= 75 ? "warning" : "success";
  return { percent_in_use: percent, percent_class: grade };
}

/** What mailcow tells about a mailbox. Of a resource, and of `API`, it tells a row of nulls. */
export function mailboxDetails(call: Call, name: string, isReduced = false): Record<string, unknown> | undefined {
  const { db } = call;
  if (!hasMailbox(db, name)) return undefined;
  const row = db.in(table).find(name);
  const { percent_in_use, percent_class } = use(row);
  const details: Record<string, unknown> = {
    username: row?.username ?? null,
    active: row?.active ?? null,
    active_int: row?.active ?? null,
    domain: row?.domain ?? null,
    name: row?.name ?? null,
    local_part: row?.local_part ?? null,
    quota: row?.quota ?? null,
    messages: row?.messages ?? null,
    attributes: row?.attributes ?? null,
    custom_attributes: row?.custom_attributes ?? null,
    quota_used: row?.bytes ?? 0,
    percent_in_use,
    created: row?.created ?? null,
    modified: row?.modified ?? null,
    authsource: row?.authsource ?? "mailcow",
    percent_class,
    ...lastLogins(db, name),
  };
  if (!isReduced) Object.assign(details, restOf(call, name, row));
  return { ...details, ...shownTags(row?.tags ?? []) };
}

function restOf({ db, ...call }: Call, name: string, row: MailboxRow | undefined): Record<string, unknown> {
  const ofMailbox = rateLimitOf(db, name);
  const seconds = db.seconds();
  const temporary = db.in(spamAliases).by("goto", name);
  return {
    max_new_quota: row ? highestQuota(db, row) : 0,
    spam_aliases: temporary.filter((alias) => alias.validity >= seconds || alias.permanent !== 0).length,
    pushover_active: db.in(pushover).find(name)?.active === 1 ? 1 : 0,
    rl: ofMailbox || (row ? rateLimitOf(db, row.domain) : false),
    rl_scope: ofMailbox ? "mailbox" : "domain",
    is_relayed: row ? (db.in(domains).find(row.domain)?.backupmx ?? null) : null,
    ...(call.release >= "2026-07a" && {
      sender_acl: db
        .in(senders)
        .by("logged_in_as", name)
        .filter(({ external }) => external === 0)
        .map(({ send_as }) => send_as),
    }),
  };
}

/** The names of mailboxes of a domain; of all domains where there is no such domain. */
function namesIn(call: Call, domain: string, filters: ReturnType<typeof tagFilters>): string[] {
  const { db } = call;
  const all = () => db.in(table).all();
  if (filters) {
    const part = domain.toUpperCase();
    const own = all().filter(({ username }) => username.toUpperCase().includes(part));
    const found = new Set(filters.flatMap((fits) => own.filter(({ tags }) => tags.some(fits))));
    return [...found].map(({ username }) => username);
  }
  const rows = hasDomain(db, domain) ? db.in(table).by("domain", domain) : all();
  return rows.map(({ username }) => username);
}

function listed(call: Call, isReduced: boolean): unknown {
  const { db, params } = call;
  const filters = tagFilters(call);
  const asked = params["domains"];
  const names = isEmpty(asked)
    ? db
        .in(domains)
        .all()
        .map(({ domain }) => domain)
    : commas(asked ?? "");
  return names
    .flatMap((domain) => namesIn(call, domain, filters))
    .flatMap((name) => mailboxDetails(call, name, isReduced) ?? []);
}

function oneMailbox(call: Call): unknown {
  const name = call.params["mailbox"] ?? "";
  const filters = tagFilters(call);
  if (!filters) return mailboxDetails(call, name) ?? {};
  return namesIn(call, name, filters).map((found) => mailboxDetails(call, found));
}

function deleteTags(call: Call): unknown {
  const { db, params, items } = call;
  const username = params["mailbox"];
  const row = db.in(table).find(username);
  if (!isEmail(username)) call.danger("email invalid");
  else if (!row) call.danger("access_denied");
  else if (items.length > 0) {
    db.in(table).set(username, { tags: withoutTags(row.tags, items) });
    call.success(["mailbox_modified", username]);
    return true;
  }
  return false;
}

function setCustomAttributes(call: Call): void {
  const { data, db } = call;
  const names = list(data["attribute"]).map((name) => bound(name).replaceAll(" ", ""));
  const values = list(data["value"]);
  if (names.length !== values.length) die("not as many values as names");
  const attributes = decoded(Object.fromEntries(names.map((name, index) => [name, values[index]])));
  for (const item of call.items) {
    const row = db.in(table).find(item);
    if (!isEmail(item)) call.danger(["username_invalid", item]);
    else if (!row) call.danger("access_denied");
    else {
      update(db, table, item, { custom_attributes: attributes });
      call.success(["mailbox_modified", item]);
    }
  }
}

function setTlsPolicy(call: Call): void {
  const { data, db } = call;
  for (const item of call.items) {
    if (!hasMailbox(db, item)) {
      call.danger("access_denied");
      continue;
    }
    const { attributes = {} } = db.in(table).find(item) ?? {};
    const flag = (name: string) => ({ [name]: String(given(data, name, attributes[name])) });
    update(db, table, item, { attributes: { ...attributes, ...flag("tls_enforce_out"), ...flag("tls_enforce_in") } });
    call.success(["mailbox_modified", item]);
  }
}

function setRights(call: Call): void {
  const { data, db } = call;
  const named = list(data["user_acl"]);
  for (const item of call.items) {
    if (!hasMailbox(db, item)) call.danger("access_denied");
    else if (!db.in(table).find(item)) call.danger("Cannot determine current ACL");
    else {
      db.in(table).set(item, { acl: userRights.filter((right) => named.includes(right)) });
      call.success(["acl_saved", item]);
    }
  }
}

function rename(call: Call): unknown {
  const { data, db } = call;
  const domain = text(data["domain"]);
  const [before, after] = [`${text(data["old_local_part"])}@${domain}`, `${text(data["new_local_part"])}@${domain}`];
  for (const name of [before, after]) if (!isEmail(name)) return call.danger(["username_invalid", name]);
  const row = db.in(table).find(before);
  if (!row || (row.active !== 1 && row.active !== 2)) return call.danger("access_denied");
  const isOther = before.toUpperCase() !== after.toUpperCase();
  const taken =
    isOther &&
    (db.in(table).find(after) || db.in(resources).find(after) ? "PRIMARY" : hasAlias(db, after) && "address");
  if (taken)
    return call.danger(
      `SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry '${after}' for key '${taken}'`,
    );
  db.in(table).remove(before);
  db.in(table).put({ ...row, username: after, local_part: text(data["new_local_part"]) });
  for (const { id } of db.in(aliases).by("address", before)) update(db, aliases, id, { address: after, goto: after });
  for (const { id } of db.in(aliases).by("goto", before)) update(db, aliases, id, { goto: after });
  for (const { id } of db.in(senders).by("logged_in_as", before)) db.in(senders).set(id, { logged_in_as: after });
  call.tellRenamed(before, after);
  if (int(data["create_alias"]) === 1 && isOther) {
    const comment = `Mailbox was renamed from ${before} to ${after}`;
    const fields = { address: before, goto: after, active: 1, sogo_visible: 1, private_comment: comment };
    addAlias(call.within(fields, mailboxLog("add", "alias")));
  }
  call.success(["mailbox_renamed", before, after]);
  return true;
}

/** Whether an address is inside a network, or none at all; nothing is told of it. */
const isInside = (address: string): boolean =>
  /^(10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\.|^f[cd]|^fe80|^::1$/i.test(address) ||
  (!/^[\d.]+$/.test(address) && !address.includes(":"));

/** The latest login of each kind within some days, the newest first. From 35 days on, mailcow tells all. */
function lastLogin({ db, params }: Call): unknown {
  const { username = "", days = "" } = params;
  if (isEmpty(username)) return undefined;
  const limit = int(days) >= 1 ? int(days) : 7;
  const oldest = limit >= 35 ? 0 : db.seconds() - limit * 86_400;
  const recent = db
    .in(logins)
    .by("username", username)
    .filter((row) => Date.parse(`${row.datetime}Z`) / 1000 > oldest);
  const latest = new Map<string, LoginRow>();
  for (const row of [...recent].sort((a, b) => (a.datetime < b.datetime ? -1 : 1)))
    latest.set([row.real_rip, row.service, row.app_password].join(), row);
  const sasl = [...latest.values()].sort((a, b) => (a.datetime < b.datetime ? 1 : -1));
  const web = db.in(webLogins).find(username);
  return {
    ui: web ? { remote: web.remote, time: web.time } : false,
    sasl: sasl.map(({ id: _, username: __, real_rip, location, ...row }) =>
      isInside(real_rip) ? { real_rip: `Web/EAS/Internal (${real_rip})`, ...row } : { real_rip, ...row, location },
    ),
  };
}

export const mailboxes: Topic = {
  actions: {
    "add/mailbox": adds(mailboxLog("add", "mailbox"), addMailbox),
    "edit/mailbox": changes("username", mailboxLog("edit", "mailbox"), editMailbox),
    "delete/mailbox": changes("username", mailboxLog("delete", "mailbox"), deleteMailbox),
    "get/mailbox/all": reads((call) => listed(call, false)),
    "get/mailbox/all/{domains}": reads((call) => listed(call, false)),
    "get/mailbox/reduced": reads((call) => listed(call, true)),
    "get/mailbox/reduced/{domains}": reads((call) => listed(call, true)),
    "get/mailbox/{mailbox}": reads(oneMailbox, []),
    "delete/mailbox/tag/{mailbox}": changes("tags", mailboxLog("delete", "tags_mailbox"), deleteTags),
    "edit/mailbox/custom-attribute": changes(
      "mailboxes",
      mailboxLog("edit", "mailbox_custom_attribute"),
      setCustomAttributes,
    ),
    "edit/tls_policy": changes("username", mailboxLog("edit", "tls_policy"), setTlsPolicy),
    "edit/user-acl": changes("username", logOf("acl", "edit", "user"), setRights),
    "edit/rename-mbox": changes("mailbox", mailboxLog("edit", "mailbox_rename"), rename),
    "get/last-login/{username}": reads(lastLogin, ""),
    "get/last-login/{username}/{days}": reads(lastLogin, ""),
    "get/reset-last-login/{username}": reads(({ db, params }) => {
      db.in(logins).removeBy("username", params["username"]);
      db.in(webLogins).remove(params["username"]);
      return isEmpty(params["username"]) ? undefined : true;
    }, ""),
  },
};
