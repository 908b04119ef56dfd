import { hasMailbox } from "../rules/access.ts";
import { idOf } from "../rules/ids.ts";
import { isEmail } from "../rules/names.ts";
import { checkPassword } from "../rules/passwords.ts";
import { column, die, escaped, given, int, isEmpty, isSet, list, text, tiny } from "../rules/php.ts";
import { created, following, update } from "../rules/rows.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, logOf, reads, type Topic } from "../server/topic.ts";
import type { Database } from "../state.ts";
import { type AppPasswordRow, mailboxes, appPasswords as table } from "../tables.ts";

/** What an app password may be used for. */
const rights = ["imap_access", "smtp_access", "dav_access", "eas_access", "pop3_access", "sieve_access"] as const;
type Rights = Record<(typeof rights)[number], number>;

const rightsIn = (given: unknown): Rights => {
  const named = list(given);
  return Object.fromEntries(rights.map((name) => [name, named.includes(name) ? 1 : 0])) as Rights;
};

/** For whom it is; without an address, it is for the user of the API. */
const userOf = ({ data }: Call): string => (isEmail(data["username"]) ? data["username"] : "API");

const nameOf = (value: unknown): string => escaped(text(value).trim());

function addAppPassword(call: Call): unknown {
  const { db, data } = call;
  const username = userOf(call);
  if (!hasMailbox(db, username)) return call.danger("access_denied");
  const name = nameOf(data["app_name"]);
  const mailbox = db.in(mailboxes).find(username);
  if (!mailbox) return call.danger("access_denied");
  if (!isFine(call, data["app_passwd"], data["app_passwd2"])) return false;
  if (isEmpty(name)) return call.danger("app_name_empty");
  db.in(table).put({
    id: db.nextId(table),
    name: column(name),
    mailbox: username,
    domain: mailbox.domain,
    password: hash(db, data["app_passwd"]),
    ...created(db),
    ...rightsIn(data["protocols"]),
    active: tiny(int(data["active"])),
  });
  call.success("app_passwd_added");
  return true;
}

/** Nothing can be read out of it. */
const hash = (db: Database, password: unknown): string => {
  text(password);
  return `{BLF-CRYPT}$2y$10$${db.random(53)}`;
};

/** Older releases take any password. */
function isFine(call: Call, password: unknown, repeated: unknown): boolean {
  if (call.since("2025-09c")) return checkPassword(call, password, repeated);
  return text(password) === text(repeated) || call.danger("password_mismatch");
}

function editAppPassword(call: Call): unknown {
  const { db, data } = call;
  const username = userOf(call);
  if (!hasMailbox(db, username)) return call.danger("access_denied");
  for (const item of call.items) {
    const now = details(db, item);
    if (!now) {
      call.danger(["app_passwd_id_invalid", item]);
      continue;
    }
    const name = isEmpty(data["app_name"]) ? nameOf(now.name) : nameOf(data["app_name"]);
    const { app_passwd: password, app_passwd2: repeated } = data;
    if (!isEmpty(password) && !isEmpty(repeated)) {
      if (!isFine(call, password, repeated)) continue;
      if (username.toLowerCase() === now.mailbox.toLowerCase())
        update(db, table, now.id, { password: hash(db, password) });
    }
    if (!db.in(mailboxes).find(username)) die("the database wants an app password to belong to a mailbox");
    update(db, table, now.id, {
      name: column(name),
      mailbox: username,
      ...(isSet(data["protocols"]) && rightsIn(data["protocols"])),
      active: tiny(given(data, "active", now.active)),
    });
    call.success(["object_modified", escaped(call.items.map(text).join(", "))]);
  }
  return true;
}

function deleteAppPassword(call: Call): unknown {
  const { db } = call;
  for (const item of call.items) {
    const row = db.in(table).find(idOf(item));
    if (!row) return call.danger("app_passwd_id_invalid");
    if (!hasMailbox(db, row.mailbox)) return call.danger("access_denied");
    db.in(table).remove(row.id);
    call.success(["app_passwd_removed", escaped(text(item))]);
  }
  return true;
}

function details(db: Database, id: unknown): AppPasswordRow | undefined {
  const row = db.in(table).find(idOf(id));
  return row && hasMailbox(db, row.mailbox) ? { ...row, name: nameOf(row.name) } : undefined;
}

function listed(call: Call): unknown {
  const { db, params } = call;
  const { mailbox = "" } = params;
  if (isEmail(mailbox) && !hasMailbox(db, mailbox)) return undefined;
  return db
    .in(table)
    .by("mailbox", isEmail(mailbox) ? mailbox : "API")
    .flatMap(({ id }) => details(db, id) ?? []);
}

export const appPasswords: Topic = {
  actions: {
    "add/app-passwd": adds(logOf("app_passwd", "add"), addAppPassword),
    "edit/app-passwd": changes("id", logOf("app_passwd", "edit"), editAppPassword),
    "delete/app-passwd": changes("id", logOf("app_passwd", "delete"), deleteAppPassword),
    "get/app-passwd/all": reads(listed),
    "get/app-passwd/all/{mailbox}": reads(listed),
    "get/app-passwd/{id}": reads(() => die("mailcow takes the id for a list")),
  },
  on: {
    mailboxRemoved: (db, username) => db.in(table).removeBy("mailbox", username),
    mailboxRenamed: following(table, "mailbox"),
  },
};
