import { idOf } from "../rules/ids.ts";
import { ascii, isDomain, isEmail } from "../rules/names.ts";
import { die, escaped, given, int, isEmpty, isEqual, isNumeric, lower, text, tiny } from "../rules/php.ts";
import { created, update } from "../rules/rows.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, mapLog, reads, type Topic } from "../server/topic.ts";
import { type Database, fold, type Table, table } from "../state.ts";

interface RecipientMapRow {
  readonly id: number;
  readonly recipient_map_old: string;
  readonly recipient_map_new: string;
  readonly active: number;
  readonly created: string;
  readonly modified: string | null;
}
const rows: Table<RecipientMapRow> = table<RecipientMapRow>("recipient_maps", "id");
const fields = ["recipient_map_old", "recipient_map_new"] as const;

/** An address, or a domain with an `@` before it, as mailcow stores them. */
function destination(name: string): string | undefined {
  if (isDomain(name)) return `@${ascii(name)}`;
  return isEmail(name) ? name : undefined;
}

/** Both sides as they are to be stored; nothing after a refusal. */
function sides(call: Call, read: (field: (typeof fields)[number]) => string): [string, string] | undefined {
  const names = fields.map((field) => read(field).replace(/^@/, ""));
  const [before, after] = names.map(destination);
  const wrong = before === undefined ? "old" : after === undefined ? "new" : undefined;
  if (wrong) call.danger([`invalid_recipient_map_${wrong}`, escaped(names[wrong === "old" ? 0 : 1] ?? "")]);
  return before === undefined || after === undefined ? undefined : [before, after];
}

const isTaken = (db: Database, name: string, id?: unknown): boolean =>
  db
    .in(rows)
    .all()
    .some((row) => (id === undefined || !isEqual(row.id, id)) && isEqual(row.recipient_map_old, name));

function addMap(call: Call): unknown {
  const { db, data } = call;
  const found = sides(call, (field) => lower(text(data[field]).trim()));
  if (!found) return false;
  const [recipient_map_old, recipient_map_new] = found;
  if (isTaken(db, recipient_map_old)) return call.danger(["recipient_map_entry_exists", escaped(recipient_map_old)]);
  const active = tiny(int(data["active"]));
  db.in(rows).put({ id: db.nextId(rows), recipient_map_old, recipient_map_new, active, ...created(db) });
  call.success(["recipient_map_entry_saved", escaped(recipient_map_old)]);
  return true;
}

function editMaps(call: Call): unknown {
  const { db, data } = call;
  for (const item of call.items) {
    const now = db.in(rows).find(int(item));
    if (!now) {
      call.danger("access_denied");
      continue;
    }
    const found = sides(call, (field) => (isEmpty(data[field]) ? now[field] : text(data[field])));
    if (!found) continue;
    const [recipient_map_old, recipient_map_new] = found;
    if (isTaken(db, recipient_map_old, item))
      return call.danger(["recipient_map_entry_exists", escaped(recipient_map_old)]);
    if (!isNumeric(item)) die("not an id");
    update(db, rows, now.id, {
      recipient_map_old,
      recipient_map_new,
      active: tiny(given(data, "active", now.active)),
    });
    call.success(["recipient_map_entry_saved", escaped(recipient_map_old)]);
  }
  return true;
}

function deleteMaps(call: Call): unknown {
  for (const item of call.items) {
    if (!isNumeric(item)) return false;
    call.db.in(rows).remove(idOf(item));
    call.success(["recipient_map_entry_deleted", escaped(text(item))]);
  }
  return true;
}

const byOld = (a: RecipientMapRow, b: RecipientMapRow): number =>
  fold(a.recipient_map_old) < fold(b.recipient_map_old) ? -1 : 1;

function oneMap({ db, params }: Call): unknown {
  const row = db.in(rows).find(int(params["id"]));
  // mailcow appends a variable that it never sets.
  return row && { ...row, 0: null };
}

export const recipientMaps: Topic = {
  actions: {
    "add/recipient_map": adds(mapLog("recipient_map", "add"), addMap),
    "edit/recipient_map": changes("id", mapLog("recipient_map", "edit"), editMaps),
    "delete/recipient_map": changes("id", mapLog("recipient_map", "delete"), deleteMaps),
    "get/recipient_map/all": reads(({ db }) => [...db.in(rows).all()].sort(byOld)),
    "get/recipient_map/{id}": reads(oneMap),
  },
  on: {
    mailboxRenamed: (db, before, after) => {
      for (const field of fields)
        for (const { id } of db.in(rows).by(field, before)) update(db, rows, id, { [field]: after });
    },
  },
};
