import { deleteMaps, eachFound, isTaken, mapIn, readsMap } from "../rules/items.ts";
import { ascii, isDomain, isEmail } from "../rules/names.ts";
import { die, escaped, given, int, isEmpty, isNumeric, lower, text, tiny } from "../rules/php.ts";
import { created, following, update } from "../rules/rows.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, mapLog, reads, type Topic } from "../server/topic.ts";
import { fold, type Table, table } from "../state.ts";

interface RecipientMapRow {
  readonly id: number;
  readonly recipient_map_old: string;
  readonly recipient_map_new: string;
  readonly active: number;
  readonly created: string;
  readonly modified: string | null;
}
const rows: Table<RecipientMapRow> = table<RecipientMapRow>("recipient_maps", "id");
const find = mapIn(rows);
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

function addMap(call: Call): unknown {
  const { db, data } = call;
  const found = sides(call, (field) => lower(text(data[field]).trim()));
  if (!found) return false;
  const [recipient_map_old, recipient_map_new] = found;
  if (isTaken(db.in(rows).all(), "recipient_map_old", recipient_map_old))
    return call.danger(["recipient_map_entry_exists", escaped(recipient_map_old)]);
  const active = tiny(int(data["active"]));
  db.in(rows).put({ id: db.nextId(rows), recipient_map_old, recipient_map_new, active, ...created(db) });
  call.success(["recipient_map_entry_saved", escaped(recipient_map_old)]);
  return true;
}

const editMaps = eachFound(find, (call, now, item) => {
  const { db, data } = call;
  const found = sides(call, (field) => (isEmpty(data[field]) ? now[field] : text(data[field])));
  if (!found) return true;
  const [recipient_map_old, recipient_map_new] = found;
  if (isTaken(db.in(rows).all(), "recipient_map_old", recipient_map_old, item))
    return call.danger(["recipient_map_entry_exists", escaped(recipient_map_old)]);
  if (!isNumeric(item)) die("not an id");
  const active = tiny(given(data, "active", now.active));
  update(db, rows, now.id, { recipient_map_old, recipient_map_new, active });
  call.success(["recipient_map_entry_saved", escaped(recipient_map_old)]);
  return true;
});

const byOld = (a: RecipientMapRow, b: RecipientMapRow): number =>
  fold(a.recipient_map_old) < fold(b.recipient_map_old) ? -1 : 1;

export const recipientMaps: Topic = {
  actions: {
    "add/recipient_map": adds(mapLog("recipient_map", "add"), addMap),
    "edit/recipient_map": changes("id", mapLog("recipient_map", "edit"), editMaps),
    "delete/recipient_map": changes(
      "id",
      mapLog("recipient_map", "delete"),
      deleteMaps(rows, "recipient_map_entry_deleted"),
    ),
    "get/recipient_map/all": reads(({ db }) => [...db.in(rows).all()].sort(byOld)),
    "get/recipient_map/{id}": readsMap(find),
  },
  on: { mailboxRenamed: following(rows, ...fields) },
};
