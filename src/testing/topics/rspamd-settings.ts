import { idOf } from "../rules/ids.ts";
import { eachFound } from "../rules/items.ts";
import { bound, column, die, escaped, given, int, isEmpty, isNumeric, isSet, text, tiny } from "../rules/php.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, clearLogOf, reads, type Topic } from "../server/topic.ts";
import { type Table, table } from "../state.ts";

interface SettingRow {
  readonly id: number;
  readonly desc: string;
  readonly content: string;
  readonly active: number;
}
const rows: Table<SettingRow> = table<SettingRow>("settingsmap", "id");

function addSetting(call: Call): unknown {
  const { db, data } = call;
  const { content, desc } = data;
  if (isEmpty(content)) return call.danger("map_content_empty");
  if (!isSet(desc)) die("the description has no default");
  const active = tiny(int(data["active"]));
  db.in(rows).put({ desc: column(bound(desc)), content: bound(content), active, id: db.nextId(rows) });
  call.success("settings_map_added");
  return true;
}

const editSettings = eachFound(
  ({ db }, item) => db.in(rows).find(idOf(item)),
  (call, now, item) => {
    const { data } = call;
    // The content is trimmed, also where it stays.
    const content = text(isEmpty(data["content"]) ? now.content : data["content"]).trim();
    if (!isNumeric(bound(item))) die("not an id");
    const desc = isEmpty(data["desc"]) ? now.desc : column(bound(data["desc"]));
    call.db.in(rows).set(now.id, { content, desc, active: tiny(given(data, "active", now.active)) });
    call.success(["object_modified", escaped(call.items.map(bound).join(","))]);
  },
  (item) => ["settings_map_invalid", item],
);

function deleteSettings(call: Call): void {
  for (const item of call.items) {
    call.db.in(rows).remove(idOf(item));
    call.success(["settings_map_removed", escaped(text(item))]);
  }
}

export const rspamdSettings: Topic = {
  actions: {
    "add/rsetting": adds(clearLogOf("rsettings", "add"), addSetting),
    "edit/rsetting": changes("id", clearLogOf("rsettings", "edit"), editSettings),
    "delete/rsetting": changes("id", clearLogOf("rsettings", "delete"), deleteSettings),
    "get/rsetting/all": reads(({ db }) => db.in(rows).all()),
    "get/rsetting/{id}": reads(({ db, params }) => db.in(rows).find(idOf(params["id"]))),
  },
};
