import { hasMailbox } from "../rules/access.ts";
import { isRegex } from "../rules/filters.ts";
import { isEmail } from "../rules/names.ts";
import { bound, type Data, die, given, int, isEmpty, isSet, parts, text, tiny } from "../rules/php.ts";
import type { Call } from "../server/call.ts";
import { changes, logOf, type Topic } from "../server/topic.ts";
import { pushover as table } from "../tables.ts";

const isKey = (value: unknown): boolean => typeof value === "string" && /^[a-z\d]{30}$/i.test(value);

/** Its addresses are the same with and without dots. */
const gmail = "@gmail.com";

function editPushover(call: Call): void {
  const { db, data } = call;
  for (const item of call.items) {
    if (!hasMailbox(db, item)) call.danger("access_denied");
    else if (data["delete"] === true || data["delete"] === "true") {
      db.in(table).remove(item);
      call.success("pushover_settings_edited");
    } else editOne(call, text(item));
  }
}

function editOne(call: Call, username: string): void {
  const { db, data } = call;
  const now: Data = { ...db.in(table).find(username) };
  const filled = (name: string) => (isEmpty(data[name]) ? now[name] : data[name]);
  const set = (name: string) => (isSet(data[name]) ? data[name] : now[name]);
  const regex = set("senders_regex");
  // Here, mailcow repeats its data twice.
  const log = [...logOf("pushover", "edit")(call.sent), call.sent];
  if (!isEmpty(regex) && !isRegex(text(regex))) {
    call.danger("Invalid regex");
    return;
  }
  const senders = parts(set("senders"))
    .filter(isEmail)
    .map((sender) => (sender.endsWith(gmail) ? sender.slice(0, -gmail.length).replaceAll(".", "") + gmail : sender));
  if (!isKey(filled("key"))) call.danger("pushover_key", log);
  else if (!isKey(filled("token"))) call.danger("pushover_token", log);
  else {
    if (!isSet(set("active"))) die("active has no value");
    db.in(table).put({
      username: text(now["username"] ?? username),
      key: filled("key"),
      token: filled("token"),
      attributes: {
        evaluate_x_prio: String(given(data, "evaluate_x_prio", now["evaluate_x_prio"])),
        only_x_prio: String(given(data, "only_x_prio", now["only_x_prio"])),
        sound: bound(set("sound")),
      },
      title: filled("title") ?? null,
      text: filled("text") ?? null,
      senders: senders.join(","),
      senders_regex: regex ?? null,
      active: tiny(int(set("active"))),
    });
    call.success("pushover_settings_edited");
  }
}

/** Pushover is out of reach from here. */
function testPushover(call: Call): unknown {
  const { db } = call;
  for (const item of call.items) {
    if (!hasMailbox(db, item)) call.danger("access_denied");
    else if (!db.in(table).find(item)) return call.danger("pushover_credentials_missing");
    else call.danger("Pushover API ERR (0): ");
  }
  return true;
}

export const pushover: Topic = {
  actions: {
    "edit/pushover": changes("username", logOf("pushover", "edit"), editPushover),
    "edit/pushover-test": changes("username", logOf("pushover", "test"), testPushover),
  },
  on: {
    mailboxRenamed: (db, before, after) => {
      const row = db.in(table).find(before);
      if (!row) return;
      db.in(table).remove(before);
      db.in(table).put({ ...row, username: after });
    },
  },
};
