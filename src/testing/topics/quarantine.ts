import { isRunning } from "../rules/containers.ts";
import { isEmail } from "../rules/names.ts";
import { bound, type Data, die, int, isEmpty, isEqual, isNumeric, list, text } from "../rules/php.ts";
import type { Call } from "../server/call.ts";
import { changes, clearLogOf, reads, type Topic, writes } from "../server/topic.ts";
import { setting } from "../state.ts";
import { type QuarantineRow, quarantine as table } from "../tables.ts";

/** How mail is kept and released; no route tells it. */
const settings = setting<Data>("Q_SETTINGS", { max_age: 365, release_format: "raw" });

function listed({ id, qid, subject, symbols, score, rcpt, sender, action, created, notified }: QuarantineRow) {
  const virus_flag = symbols === null ? null : symbols.toUpperCase().indexOf("VIRUS_FOUND") + 1;
  return {
    id,
    qid,
    subject,
    virus_flag,
    score,
    rcpt,
    sender,
    action,
    created: Date.parse(`${created}Z`) / 1000,
    notified,
  };
}

function one(call: Call): unknown {
  const { id = "" } = call.params;
  const row = isNumeric(id) ? call.db.in(table).find(Number(id)) : undefined;
  if (!row) return undefined;
  const { qhash, ...rest } = row;
  return call.since("2025-09") ? row : rest;
}

function edit(call: Call): unknown {
  const { db, data } = call;
  const { action } = data;
  if (isEqual(action, "settings")) {
    db.set(settings, settingsOf(data));
    call.success("saved_settings");
    return true;
  }
  const isRelease = isEqual(action, "release") || isEqual(action, "learnham");
  if (!isRelease && !isEqual(action, "learnspam")) return true;
  for (const id of typeof data["id"] === "object" && data["id"] !== null ? list(data["id"]) : [data["id"]]) {
    const row = isNumeric(id) ? db.in(table).find(Number(id)) : undefined;
    if (!row || isEmpty(row.rcpt)) {
      call.danger("access_denied");
      continue;
    }
    if (isRelease && !isRunning(db, "postfix")) {
      if (db.get(settings)["release_format"] === "attachment") die("PHP mails to nobody");
      call.warning("Cannot connect to Postfix");
      return false;
    }
    if (isRelease && db.get(settings)["release_format"] === "attachment" && !isEmail(row.rcpt))
      die("PHP mails to no such address");
    db.in(table).remove(row.id);
    if (isRelease) call.success(["item_released", id]);
    call.success([isRelease ? "learned_ham" : "qlearn_spam", id]);
  }
  return true;
}

const address = (value: unknown): string => (isEmail(value) ? value : "");

/** All settings; what is not sent is cleared. */
const settingsOf = (data: Data): Data => ({
  retention_size: int(data["retention_size"]),
  max_size: int(data["max_size"]),
  max_score: isEqual(data["max_score"] ?? "", "") ? "" : Number.parseFloat(text(data["max_score"])) || 0,
  max_age: int(data["max_age"]) > 0 ? int(data["max_age"]) : 365,
  exclude_domains: list(data["exclude_domains"]),
  release_format: isEqual(data["release_format"], "attachment") ? "attachment" : "raw",
  sender: address(data["sender"]),
  bcc: address(data["bcc"]),
  redirect: address(data["redirect"]),
  subject: bound(data["subject"]),
  html_tmpl: bound(data["html_tmpl"]),
});

function remove(call: Call): void {
  for (const id of call.items) {
    if (!isNumeric(id)) call.danger("access_denied");
    else {
      call.db.in(table).remove(Number(id));
      call.success(["item_deleted", id]);
    }
  }
}

export const quarantine: Topic = {
  actions: {
    "get/quarantine/all": reads(({ db }) => db.in(table).all().map(listed), []),
    "get/quarantine/{id}": reads(one, []),
    "edit/qitem": changes("id", clearLogOf("quarantine", "edit"), edit),
    "edit/quarantine": writes(clearLogOf("quarantine", "edit"), edit),
    "delete/qitem": changes("id", clearLogOf("quarantine", "delete"), remove),
  },
};
