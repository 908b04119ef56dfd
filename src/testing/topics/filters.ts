import { byDomain, hasMailbox } from "../rules/access.ts";
import { filled } from "../rules/filters.ts";
import { idOf } from "../rules/ids.ts";
import { isEmail } from "../rules/names.ts";
import { bound, column, die, given, int, isEmpty, isNumeric, text } from "../rules/php.ts";
import { created, following, update } from "../rules/rows.ts";
import { sieveError } from "../rules/sieve.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, mailboxLog, reads, type Topic } from "../server/topic.ts";
import { type Database, table } from "../state.ts";
import { type FilterRow, filters, mailboxes } from "../tables.ts";

/** The scripts that owners switched on over ManageSieve, which is not here. */
const ownScripts = table<{ readonly username: string; readonly script: string }>("managesieve", "username");

const isType = (value: unknown): boolean => value === "postfilter" || value === "prefilter" || value === true;
const typeOf = (value: unknown): string => (value === true ? "postfilter" : text(value));

/** A script for its column of 64 KiB. */
function script(value: string): string {
  return new TextEncoder().encode(value).length > 65_535 ? die("the script is too long for its column") : value;
}

/** Of each type, a mailbox has one active filter. */
function switchOff(db: Database, username: string, type: string): void {
  for (const row of db.in(filters).by("username", username))
    if (row.filter_type === type) update(db, filters, row.id, { active: 0 });
}

function addFilter(call: Call): unknown {
  const { db, data } = call;
  const username = data["username"];
  if (!isEmail(username)) return call.danger("no_user_defined");
  if (!hasMailbox(db, username)) return call.danger("access_denied");
  const active = int(data["active"]) === 0 ? 0 : 1;
  if (isEmpty(data["script_data"])) return call.danger("script_empty");
  const wrong = sieveError(text(data["script_data"]));
  if (wrong !== undefined) return call.danger(["sieve_error", wrong]);
  if (isEmpty(data["script_desc"])) return call.danger("value_missing");
  if (!isType(data["filter_type"])) return call.danger("filter_type");
  const type = typeOf(data["filter_type"]);
  if (active === 1) switchOff(db, username, type);
  db.in(filters).put({
    id: db.nextId(filters),
    active,
    username,
    filter_type: type,
    script_data: script(text(data["script_data"])),
    script_desc: column(filled(data["script_desc"], () => "")),
    ...created(db),
  });
  call.success(["mailbox_modified", username]);
  return true;
}

function editFilter(call: Call): void {
  const { db, data } = call;
  for (const id of call.items) {
    const now = details(db, id);
    if (!now) {
      call.danger("access_denied");
      continue;
    }
    const kept = (name: "script_data" | "script_desc" | "filter_type") =>
      isEmpty(data[name]) ? now[name] : data[name];
    const wrong = sieveError(text(kept("script_data")));
    if (wrong !== undefined) {
      call.danger(["sieve_error", wrong]);
      continue;
    }
    if (!isType(kept("filter_type"))) {
      call.danger("filter_type");
      continue;
    }
    const type = typeOf(kept("filter_type"));
    const active = given(data, "active", now.active) === 1 ? 1 : 0;
    if (active === 1) switchOff(db, now.username, type);
    update(db, filters, now.id, {
      active,
      filter_type: type,
      script_data: script(text(kept("script_data"))),
      script_desc: column(bound(kept("script_desc"))),
    });
    call.success(["mailbox_modified", now.username]);
  }
}

function deleteFilter(call: Call): void {
  const { db } = call;
  for (const id of call.items) {
    if (!isNumeric(id)) continue;
    const row = details(db, id);
    if (!row) {
      call.danger("access_denied");
      continue;
    }
    db.in(filters).remove(row.id);
    call.success(["delete_filter", id]);
  }
}

function details(db: Database, id: unknown): Readonly<FilterRow> | undefined {
  const row = isNumeric(id) ? db.in(filters).find(idOf(id)) : undefined;
  return row && hasMailbox(db, row.username) ? row : undefined;
}

const listed = (db: Database, username: string): unknown[] =>
  db
    .in(filters)
    .by("username", username)
    .flatMap(({ id }) => details(db, id) ?? [])
    .map(({ created: _, modified: __, ...row }) => row);

export const filterTopic: Topic = {
  actions: {
    "add/filter": adds(mailboxLog("add", "filter"), addFilter),
    "edit/filter": changes("id", mailboxLog("edit", "filter"), editFilter),
    "delete/filter": changes("id", mailboxLog("delete", "filter"), deleteFilter),
    "get/filters/all": reads(({ db }) => byDomain(db, mailboxes).flatMap(({ username }) => listed(db, username))),
    "get/filters/{mailbox}": reads(({ db, params: { mailbox = "" } }) =>
      listed(db, isEmail(mailbox) ? mailbox : "API"),
    ),
    "get/active-user-sieve/{mailbox}": reads(({ db, params: { mailbox = "" } }) => {
      const own = db.in(ownScripts).find(mailbox);
      return own && hasMailbox(db, mailbox) ? [own.script] : undefined;
    }),
  },
  on: {
    mailboxRemoved: (db, username) => db.in(filters).removeBy("username", username),
    mailboxRenamed: following(filters, "username"),
  },
};
