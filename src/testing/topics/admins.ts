import { changeAdmin, isAdminName, shownAdmin } from "../rules/admins.ts";
import { eachFound } from "../rules/items.ts";
import { checkPassword } from "../rules/passwords.ts";
import { bound, column, escaped, given, int, isEmpty, isEqual, lower, text, tiny } from "../rules/php.ts";
import { created } from "../rules/rows.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, logOf, reads, type Topic } from "../server/topic.ts";
import type { Database } from "../state.ts";
import { type AdminRow, domainAdminLinks, admins as table } from "../tables.ts";

const find = (db: Database, name: unknown): AdminRow | undefined => {
  const row = db.in(table).find(bound(name));
  return row?.superadmin === 1 ? row : undefined;
};
const superadmins = (db: Database): readonly AdminRow[] => db.in(table).by("superadmin", 1);

function addAdmin(call: Call): unknown {
  const { db, data } = call;
  const username = lower(text(data["username"]).trim());
  const active = tiny(int(data["active"]));
  if (!isAdminName(username) || isEmpty(username)) return call.danger(["username_invalid", username]);
  if (db.in(table).find(username) || db.in(domainAdminLinks).count("username", username) > 0)
    return call.danger(["object_exists", escaped(username)]);
  if (!checkPassword(call, data["password"], data["password2"])) return false;
  db.in(table).put({
    username: column(username),
    password: text(data["password"]),
    superadmin: 1,
    active,
    attributes: null,
    ...created(db),
  });
  call.success(["admin_added", escaped(username)]);
  return true;
}

const editAdmins = eachFound(
  ({ db }, item) => find(db, item),
  (call, now, item) => {
    const { db, data } = call;
    const active = given(data, "active", now.active);
    const renamed = isEmpty(data["username_new"]) ? now.username : data["username_new"];
    // Another admin counts as well: the last active one protects all that are not.
    if (active === 0 && superadmins(db).reduce((sum, row) => sum + row.active, 0) === 1)
      call.warning("no_active_admin");
    else if (!isAdminName(renamed) || (!isEqual(renamed, item) && find(db, renamed)))
      call.danger(["username_invalid", renamed]);
    else {
      if (!isEmpty(data["password"]) && !checkPassword(call, data["password"], data["password2"])) return false;
      changeAdmin(db, now, column(text(renamed)), { ...data, active });
      call.success(["admin_modified", escaped(text(item))]);
    }
    return true;
  },
);

function deleteAdmins(call: Call): void {
  const { db } = call;
  for (const item of call.items) {
    if (isEqual(item, "API")) call.warning("cannot_delete_self");
    else if (!find(db, item)) call.danger(["username_invalid", item]);
    else {
      db.in(table).remove(bound(item));
      db.in(domainAdminLinks).removeBy("username", bound(item));
      call.success(["admin_removed", escaped(text(item))]);
    }
  }
}

const details = (call: Call, name: string | undefined) => {
  const row = name === undefined ? undefined : find(call.db, name);
  return row && shownAdmin(call, row, row.attributes);
};

export const admins: Topic = {
  actions: {
    "add/admin": adds(logOf("admin", "add"), addAdmin),
    "edit/admin": changes("username", logOf("admin", "edit"), editAdmins),
    "delete/admin": changes("username", logOf("admin", "delete"), deleteAdmins),
    "get/admin/all": reads((call) => superadmins(call.db).map(({ username }) => details(call, username))),
    "get/admin/{username}": reads((call) => details(call, call.params["username"])),
  },
};
