import { deleteMaps, eachFound, isTaken, mapIn, readsMap } from "../rules/items.ts";
import { ascii } from "../rules/names.ts";
import {
  bound,
  column,
  die,
  escaped,
  given,
  int,
  isEmpty,
  isEqual,
  isNumeric,
  isSet,
  lower,
  text,
  tiny,
} from "../rules/php.ts";
import { created, update } from "../rules/rows.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, mapLog, reads, type Topic } from "../server/topic.ts";
import { type Database, fold, type Table, table } from "../state.ts";

interface TlsPolicyRow {
  readonly id: number;
  readonly dest: string;
  readonly policy: string;
  readonly parameters: string;
  readonly active: number;
  readonly created: string;
  readonly modified: string | null;
}
const rows: Table<TlsPolicyRow> = table<TlsPolicyRow>("tls_policy_override", "id");
const find = mapIn(rows);
const policies = ["none", "may", "encrypt", "dane", "dane-only", "fingerprint", "verify", "secure"];

/** A policy by its name, or by its place among them. */
const policyOf = (value: string): string =>
  policies.find((name) => fold(name) === fold(value)) ??
  (/^\d+$/.test(value) ? policies[Number(value) - 1] : undefined) ??
  die("not a policy of the column");

/** Why mailcow refuses a map, if it does. */
function refusal(dest: unknown, parameters: unknown): string | undefined {
  if (isEmpty(dest) || [".", "*", "@"].some((sign) => isEqual(dest, sign))) return "tls_policy_map_dest_invalid";
  const words = isEmpty(parameters) ? [] : text(parameters).split(" ");
  return words.every((word) => /.=./.test(word)) ? undefined : "tls_policy_map_parameter_invalid";
}

/** The column takes each destination once, whatever its case. */
function unique(db: Database, dest: string, own?: number): string {
  const others = db.in(rows).by("dest", dest);
  return others.some(({ id }) => id !== own) ? die("the destination is there already") : column(dest);
}

function addMap(call: Call): unknown {
  const { db, data } = call;
  const dest = ascii(text(data["dest"]).trim());
  const policy = lower(text(data["policy"]).trim());
  const parameters = isEmpty(data["parameters"]) ? "" : data["parameters"];
  const refused = refusal(dest, parameters);
  if (refused) return call.danger(refused);
  const active = int(data["active"]);
  if (isTaken(db.in(rows).all(), "dest", dest)) return call.danger(["tls_policy_map_entry_exists", escaped(dest)]);
  const row = { dest: unique(db, dest), policy: policyOf(policy), parameters: column(bound(parameters)) };
  db.in(rows).put({ ...row, active: tiny(active), id: db.nextId(rows), ...created(db) });
  call.success(["tls_policy_map_entry_saved", escaped(dest)]);
  return true;
}

const editMaps = eachFound(find, (call, now, item) => {
  const { db, data } = call;
  const dest = isEmpty(data["dest"]) ? now.dest : data["dest"];
  const policy = isEmpty(data["policy"]) ? now.policy : data["policy"];
  const parameters = isSet(data["parameters"]) ? data["parameters"] : now.parameters;
  const refused = refusal(dest, parameters);
  if (refused) return call.danger(refused);
  if (isTaken(db.in(rows).all(), "dest", dest, item))
    return call.danger(["recipient_map_entry_exists", escaped(text(dest))]);
  if (!isNumeric(item)) die("not an id");
  update(db, rows, now.id, {
    dest: unique(db, bound(dest), now.id),
    policy: policyOf(bound(policy)),
    parameters: column(bound(parameters)),
    active: tiny(given(data, "active", now.active)),
  });
  call.success(["tls_policy_map_entry_saved", escaped(text(dest))]);
  return true;
});

const byDest = (a: TlsPolicyRow, b: TlsPolicyRow): number => (fold(a.dest) < fold(b.dest) ? -1 : 1);

export const tlsPolicyMaps: Topic = {
  actions: {
    "add/tls-policy-map": adds(mapLog("tls_policy_maps", "add"), addMap),
    "edit/tls-policy-map": changes("id", mapLog("tls_policy_maps", "edit"), editMaps),
    "delete/tls-policy-map": changes(
      "id",
      mapLog("tls_policy_maps", "delete"),
      deleteMaps(rows, "tls_policy_map_entry_deleted"),
    ),
    "get/tls-policy-map/all": reads(({ db }) => [...db.in(rows).all()].sort(byDest)),
    "get/tls-policy-map/{id}": readsMap(find),
  },
};
