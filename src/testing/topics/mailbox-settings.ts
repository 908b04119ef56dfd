import { hasMailbox } from "../rules/access.ts";
import { isNumeric } from "../rules/filters.ts";
import { isEmail } from "../rules/names.ts";
import { bound, column, die, escaped, isSet, text } from "../rules/php.ts";
import { update } from "../rules/rows.ts";
import { saveTaggedMail } from "../rules/tagged-mail.ts";
import type { Call } from "../server/call.ts";
import { changes, mailboxLog, reads, type Topic } from "../server/topic.ts";
import { type Table, table } from "../state.ts";
import { mailboxes } from "../tables.ts";

/** From which score on mail is marked, and rejected. */
interface SpamScoreRow {
  readonly object: string;
  readonly low: string;
  readonly high: string;
}
const spamScores: Table<SpamScoreRow> = table<SpamScoreRow>("spam_score", "object");

function setSpamScore(call: Call): void {
  const { db, data } = call;
  for (const item of call.items) {
    // Before, mailcow did not look whether there is such a mailbox.
    if (call.since("2026-03") && !hasMailbox(db, item)) {
      call.danger("access_denied");
      continue;
    }
    const name = text(item);
    const given = data["spam_score"];
    if (given !== "default" && given !== true) {
      const [low = "", high = ""] = text(given).split(",");
      if (!isNumeric(low) || !isNumeric(high)) {
        call.danger('Invalid spam score, format must be "1,2" where first is low and second is high spam value.');
        continue;
      }
      db.in(spamScores).remove(name);
      const next = Number(low) === Number(high) ? String(Number((Number(high) + 0.1).toPrecision(14))) : high;
      db.in(spamScores).put({ object: name, high: column(next, 100), low: column(low, 100) });
    } else db.in(spamScores).remove(name);
    call.success(["mailbox_modified", item]);
  }
}

/** The score of a mailbox; what rspamd begins with where it has none of its own. */
function spamScore({ db, params: { mailbox = "" } }: Call): unknown {
  if (isEmail(mailbox) && !hasMailbox(db, mailbox)) return undefined;
  const { low, high } = db.in(spamScores).find(isEmail(mailbox) ? mailbox : "API") ?? { low: "8", high: "15" };
  return { score: `${low},${high}`.replace(/\s+/g, "") };
}

/** Sets an attribute of mailboxes that has one of some values. */
const setAttribute =
  (name: string, values: readonly string[]) =>
  (call: Call): void => {
    const { db, data } = call;
    for (const item of call.items) {
      const row = db.in(mailboxes).find(item);
      if (!row || typeof item === "object") {
        call.danger("access_denied");
        continue;
      }
      if (!isSet(data[name])) die("the attribute is missing");
      const value = data[name];
      if (value !== true && !values.includes(bound(value))) {
        call.danger("access_denied");
        continue;
      }
      update(db, mailboxes, item, { attributes: { ...row.attributes, [name]: bound(value) } });
      call.success(["mailbox_modified", item]);
    }
  };

/** Deletes what SOGo keeps for mailboxes, of which nothing is to be seen. */
const reset =
  (code: string) =>
  (call: Call): void => {
    for (const item of call.items) {
      if (hasMailbox(call.db, item)) call.success([code, escaped(text(item))]);
      else call.danger("access_denied");
    }
  };

const log = (type: string) => mailboxLog("edit", type);

export const mailboxSettings: Topic = {
  actions: {
    "edit/spam-score": changes("username", log("spam_score"), setSpamScore),
    "get/spam-score/{mailbox}": reads(spamScore),
    "edit/delimiter_action": changes("username", log("delimiter_action"), (call) =>
      saveTaggedMail(call, call.data, { ...call.data, ...call.sent }),
    ),
    "edit/quarantine_notification": changes(
      "username",
      log("quarantine_notification"),
      setAttribute("quarantine_notification", ["never", "hourly", "daily", "weekly"]),
    ),
    "edit/quarantine_category": changes(
      "username",
      log("quarantine_category"),
      setAttribute("quarantine_category", ["add_header", "reject", "all"]),
    ),
    "delete/eas_cache": changes("username", mailboxLog("delete", "eas_cache"), reset("eas_reset")),
    "delete/sogo_profile": changes("username", mailboxLog("delete", "sogo_profile"), reset("sogo_profile_reset")),
  },
  on: { mailboxRemoved: (db, username) => db.in(spamScores).remove(username) },
};
