import type { Call } from "../server/call.ts";
import type { Database } from "../state.ts";
import { type PolicyRow, policies } from "../tables.ts";
import { idOf } from "./ids.ts";
import { isAlnum } from "./names.ts";
import { column, isEqual, isNumeric, lower } from "./php.ts";

/** Puts a sender on a list of a domain or a mailbox. Nobody can be on both lists. */
export function addPolicy(call: Call, object: string): boolean {
  const { db, data } = call;
  const value = lower(data["object_from"]).trim();
  if (!isAlnum(value, /[@_.*-]/g)) return call.danger("policy_list_from_invalid");
  const isBad = isEqual(data["object_list"], "bl");
  if (!isBad && !isEqual(data["object_list"], "wl")) return call.danger("access_denied");
  const own = db.in(policies).by("object", object);
  if (own.some((row) => row.value === value)) return call.danger("policy_list_from_exists");
  const option = isBad ? "blacklist_from" : "whitelist_from";
  // A row that is refused takes no id.
  const row = { object: column(object), option, value: column(value, 100) } as const;
  db.in(policies).put({ prefid: db.nextId(policies), ...row });
  return true;
}

/** Takes senders off by their ids, if `mayDelete` the object. */
export function deletePolicies(
  call: Call,
  mayDelete: (object: string) => boolean,
  deleted: (item: unknown) => unknown,
): void {
  for (const item of call.items) {
    const row = isNumeric(item) ? call.db.in(policies).find(idOf(item)) : undefined;
    if (!row || !mayDelete(row.object)) call.danger("access_denied");
    else {
      call.db.in(policies).remove(row.prefid);
      call.success(deleted(item));
    }
  }
}

export const listed = (
  db: Database,
  option: PolicyRow["option"],
  isOn: (object: string) => boolean,
): readonly Omit<PolicyRow, "option">[] =>
  db
    .in(policies)
    .by("option", option)
    .filter(({ object }) => isOn(object))
    .map(({ object, value, prefid }) => ({ object, value, prefid }));
