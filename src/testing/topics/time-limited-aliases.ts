import { hasMailbox } from "../rules/access.ts";
import { filled, isInt, isYes } from "../rules/filters.ts";
import { eachFound } from "../rules/items.ts";
import { isEmail } from "../rules/names.ts";
import { bound, column, die, escaped, integer, isEmpty, isSet, text } from "../rules/php.ts";
import { created, update } from "../rules/rows.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, mailboxLog, reads, type Topic } from "../server/topic.ts";
import { aliasDomains, mailboxes, type SpamAliasRow, spamAliases as table } from "../tables.ts";

function addTimeLimitedAlias(call: Call): unknown {
  const { db, data } = call;
  const isNamed = isEmail(data["username"]);
  if (isNamed && !hasMailbox(db, data["username"])) return call.danger("access_denied");
  const username = isNamed ? text(data["username"]) : "API";
  // Older releases check it, and then ignore it.
  const { validity } = data;
  if (isSet(validity) && !isInt(validity, 1, 87_600)) return call.danger("validity_missing");
  const own = db.in(mailboxes).find(username)?.domain ?? "";
  const others = db.in(aliasDomains).by("target_domain", own);
  const domain = bound(data["domain"]);
  if (![own, ...others.map((row) => row.alias_domain)].includes(domain)) return call.danger("domain_invalid");
  const hours = call.since("2026-07a") && isSet(validity) ? Number(validity) : 8760;
  const none = () => (call.since("2026-07a") ? "" : die("there is no description"));
  db.in(table).put({
    address: column(`${word(call)}.${word(call)}@${domain}`),
    goto: username,
    description: filled(data["description"], none),
    validity: db.seconds() + hours * 3600,
    permanent: isYes(data["permanent"]) ? 1 : 0,
    ...created(db),
  });
  call.success(["mailbox_modified", username]);
  return true;
}

/** A word that can be spoken. */
const word = ({ db }: Call): string =>
  [1, 2, 3].map(() => db.random(1, "bcdfghjklmnpqrstvwxyz") + db.random(1, "aeiou")).join("");

function find({ db }: Call, item: unknown): Readonly<SpamAliasRow> | undefined {
  const row = db.in(table).find(bound(item));
  return row && hasMailbox(db, row.goto) ? row : undefined;
}

const editTimeLimitedAlias = eachFound(find, (call, { address }) => {
  const { db, data } = call;
  if (isEmpty(data["validity"]) && isEmpty(data["permanent"])) return;
  update(db, table, address, lifetime(call));
  // mailcow forgets to say whose.
  call.success(["mailbox_modified", ""]);
});

function lifetime({ db, data }: Call): { validity: number; permanent: number } {
  if (isSet(data["permanent"]) && isYes(data["permanent"])) return { validity: 0, permanent: 1 };
  if (!isSet(data["validity"])) die("neither a validity nor permanent");
  const hours = data["validity"] === true ? 1 : Number.parseFloat(text(data["validity"]));
  if (Number.isNaN(hours)) die("no number of hours");
  return { validity: integer(Math.round(db.seconds() + hours * 3600)), permanent: 0 };
}

const deleteTimeLimitedAlias = eachFound(find, (call, { address, goto }) => {
  call.db.in(table).remove(address);
  call.success(["mailbox_modified", escaped(goto)]);
});

/** Those that still work. */
function listed({ db, params, ...call }: Call): unknown {
  const { mailbox } = params;
  if (isEmail(mailbox) && !hasMailbox(db, mailbox)) return undefined;
  return db
    .in(table)
    .by("goto", isEmail(mailbox) ? mailbox : "API")
    .filter(({ validity, permanent }) => validity >= db.seconds() || permanent !== 0)
    .map(({ permanent, ...row }) => ({ ...row, ...(call.release >= "2025-12" && { permanent }) }));
}

export const timeLimitedAliases: Topic = {
  actions: {
    "add/time_limited_alias": adds(mailboxLog("add", "time_limited_alias"), addTimeLimitedAlias),
    "edit/time_limited_alias": changes("address", mailboxLog("edit", "time_limited_alias"), editTimeLimitedAlias),
    "delete/time_limited_alias": changes("address", mailboxLog("delete", "time_limited_alias"), deleteTimeLimitedAlias),
    "get/time_limited_aliases/{mailbox}": reads(listed),
  },
};
