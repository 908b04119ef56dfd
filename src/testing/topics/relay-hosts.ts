import { idOf } from "../rules/ids.ts";
import { eachFound } from "../rules/items.ts";
import { bound, escaped, given, isEmpty, isNumeric, isSet, text } from "../rules/php.ts";
import { update } from "../rules/rows.ts";
import { misfit, mysqlError, wrongId } from "../rules/sql-errors.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, clearLogOf, reads, type Topic } from "../server/topic.ts";
import { type Database, type Table, table } from "../state.ts";
import { domains, mailboxes } from "../tables.ts";

/** A host that mail of domains and mailboxes leaves through. */
interface RelayHostRow {
  readonly id: number;
  readonly hostname: string;
  readonly username: string;
  readonly password: string;
  readonly active: number;
}
const relays: Table<RelayHostRow> = table<RelayHostRow>("relayhosts", "id");

const find = (db: Database, id: unknown): RelayHostRow | undefined => db.in(relays).find(idOf(id));

function addRelay(call: Call): unknown {
  const { db, data } = call;
  const hostname = text(data["hostname"]).trim();
  const username = text(data["username"]).trim().replaceAll(":", "\\:");
  // mailcow escapes the password twice.
  const password = text(data["password"]).trim().replaceAll(":", "\\\\:");
  if (isEmpty(hostname)) return call.danger(["invalid_host", ""]);
  const error = misfit({ hostname, username, password });
  if (error) return call.danger(mysqlError(error));
  db.in(relays).put({ id: db.nextId(relays), hostname, username, password, active: 1 });
  call.success(["relayhost_added", ""]);
  return true;
}

const editRelays = eachFound(
  ({ db }, item) => find(db, item),
  (call, now, item) => {
    const { data } = call;
    const word = (name: "username" | "password") => (isSet(data[name]) ? text(data[name]).trim() : now[name]);
    const hostname = isEmpty(data["hostname"]) ? now.hostname : text(data["hostname"]).trim();
    const [username, password, active] = [word("username"), word("password"), given(data, "active", now.active)];
    const changed = { hostname, username, password, active };
    const error = isNumeric(bound(item)) ? misfit(changed) : wrongId(bound(item));
    if (error) call.danger(mysqlError(error));
    else {
      call.db.in(relays).set(now.id, changed);
      call.success(["object_modified", ""]);
    }
  },
  (item) => ["relayhost_invalid", item],
);

function deleteRelays(call: Call): void {
  const { db } = call;
  for (const item of call.items) {
    db.in(relays).remove(idOf(item));
    for (const { domain } of db.in(domains).by("relayhost", text(item)))
      update(db, domains, domain, { relayhost: "0" });
    call.success(["relayhost_removed", escaped(text(item))]);
  }
}

function details(db: Database, id: unknown): unknown {
  const row = find(db, id);
  if (!row) return undefined;
  const inDomains = db.in(domains).by("relayhost", id);
  const inMailboxes = db
    .in(mailboxes)
    .all()
    .filter(({ attributes }) => attributes["relayhost"] === String(id));
  return {
    ...row,
    password_short: `${[...row.password].slice(0, 3).join("")}...`,
    used_by_domains: inDomains.map(({ domain }) => domain).join(", "),
    used_by_mailboxes: inMailboxes.map(({ username }) => username).join(", "),
  };
}

export const relayHosts: Topic = {
  actions: {
    "add/relayhost": adds(clearLogOf("relayhost", "add"), addRelay),
    "edit/relayhost": changes("id", clearLogOf("relayhost", "edit"), editRelays),
    "delete/relayhost": changes("id", clearLogOf("relayhost", "delete"), deleteRelays),
    "get/relayhost/all": reads(({ db }) =>
      db
        .in(relays)
        .all()
        .map(({ id }) => details(db, id)),
    ),
    "get/relayhost/{id}": reads(({ db, params }) => details(db, params["id"])),
  },
};
