import { byDomain, hasAlias, hasDomain, hasMailbox } from "../rules/access.ts";
import { idOf } from "../rules/ids.ts";
import { eachFound, mapIn, readsMap } from "../rules/items.ts";
import { ascii, domainOf, isDomain, isEmail } from "../rules/names.ts";
import { bound, die, escaped, given, int, isEmpty, isEqual, isNumeric, lower, text, tiny } from "../rules/php.ts";
import { commas, created, following, update } from "../rules/rows.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, mapLog, reads, type Topic } from "../server/topic.ts";
import { type Database, fold, type Table, table } from "../state.ts";
import { aliasDomains, aliases, domains, mailboxes } from "../tables.ts";

interface BccRow {
  readonly id: number;
  readonly local_dest: string;
  readonly bcc_dest: string;
  readonly active: number;
  readonly type: string;
  readonly created: string;
  readonly domain: string;
  readonly modified: string | null;
}
const rows: Table<BccRow> = table<BccRow>("bcc_maps", "id");
const types = ["sender", "rcpt"];

/** An alias that leads elsewhere, in a domain that is still there. */
const isAlias = (db: Database, address: string): boolean =>
  db
    .in(aliases)
    .by("address", address)
    .some((row) => row.address === address && fold(row.goto) !== fold(address) && hasDomain(db, row.domain));

function addMap(call: Call): unknown {
  const { db, data } = call;
  const dest = lower(text(data["local_dest"]).trim());
  const active = int(data["active"]);
  const type = types.find((name) => isEqual(data["type"], name));
  const bcc_dest = data["bcc_dest"];
  if (type === undefined) return call.danger("invalid_bcc_map_type");
  if (isEmpty(bcc_dest)) return call.danger("bcc_empty");
  if (!isDomain(dest) && !isEmail(dest)) return false;
  const isKnown = isDomain(dest)
    ? hasDomain(db, dest)
    : (hasMailbox(db, dest) || isAlias(db, dest)) && (hasMailbox(db, dest) || hasAlias(db, dest));
  if (!isKnown) return call.danger("access_denied");
  const local_dest = isDomain(dest) ? `@${ascii(dest)}` : dest;
  if (!isEmail(bcc_dest)) return call.danger(["bcc_must_be_email", escaped(text(bcc_dest))]);
  if (sameAs(db, local_dest, type)) return call.danger(["bcc_exists", escaped(local_dest), data["type"]]);
  const domain = domainOf(local_dest.slice(local_dest.indexOf("@") + 1));
  const row = { id: db.nextId(rows), local_dest, bcc_dest, domain, active: tiny(active), type, ...created(db) };
  db.in(rows).put(row);
  call.success("bcc_saved");
  return true;
}

const sameAs = (db: Database, local_dest: string, type: unknown): BccRow | undefined =>
  db
    .in(rows)
    .by("local_dest", local_dest)
    .find((row) => fold(row.type) === fold(bound(type)));

const editMaps = eachFound(find, (call, now, item) => {
  const { db, data } = call;
  const bcc_dest = isEmpty(data["bcc_dest"]) ? now.bcc_dest : data["bcc_dest"];
  const type = isEmpty(data["type"]) ? now.type : data["type"];
  const other = sameAs(db, now.local_dest, type);
  if (!isEmail(bcc_dest)) call.danger(["bcc_must_be_email", bcc_dest]);
  else if (other && !isEqual(other.id, item)) call.danger(["bcc_exists", escaped(now.local_dest), type]);
  else {
    const stored = types.find((name) => fold(name) === fold(bound(type))) ?? die("not a type of the column");
    update(db, rows, now.id, { bcc_dest, type: stored, active: tiny(given(data, "active", now.active)) });
    call.success(["bcc_edited", bcc_dest]);
  }
});

function deleteMaps(call: Call): unknown {
  const { db } = call;
  for (const item of call.items) {
    if (!isNumeric(item)) return false;
    const row = db.in(rows).find(idOf(item));
    if (!row || !hasDomain(db, row.domain)) call.danger("access_denied");
    else {
      db.in(rows).remove(row.id);
      call.success(["bcc_deleted", item]);
    }
  }
  return true;
}

/** A map whose domain is gone is hidden until the domain is back. */
function find(call: Pick<Call, "db">, id: unknown): BccRow | undefined {
  const row = mapIn(rows)(call, id);
  return row && hasDomain(call.db, row.domain) ? row : undefined;
}

/** The addresses of a mailbox: its own, and the aliases that lead to it, but for those of whole domains. */
function addressesOf(db: Database, username: string): string[] {
  const { local_part = "", domain = "" } = db.in(mailboxes).find(username) ?? {};
  const own = db
    .in(aliases)
    .all()
    .filter(
      ({ address, goto }) =>
        !address.startsWith("@") && fold(address) !== fold(username) && commas(fold(goto)).includes(fold(username)),
    );
  const isDirect = ({ goto }: { goto: string }) => fold(goto) === fold(username);
  const inAliasDomains = db
    .in(aliasDomains)
    .by("target_domain", domain)
    .map(({ alias_domain }) => `${local_part}@${alias_domain}`);
  const direct = own.filter(isDirect).map(({ address }) => address);
  const shared = own.filter((row) => !isDirect(row)).map(({ address }) => address);
  return [username, ...new Set([...direct, ...inAliasDomains]), ...shared];
}

function options({ db }: Call): unknown {
  const names = db.in(domains).all();
  const addresses = byDomain(db, mailboxes).map(({ username }) => [username, addressesOf(db, username)] as const);
  const others = db.in(aliasDomains).all();
  const found = {
    ...(names.length > 0 && { domains: names.map(({ domain }) => domain) }),
    ...(addresses.length > 0 && { mailboxes: Object.fromEntries(addresses) }),
    ...(others.length > 0 && { alias_domains: others.map(({ alias_domain }) => alias_domain) }),
  };
  return Object.keys(found).length > 0 ? found : undefined;
}

export const bccMaps: Topic = {
  actions: {
    "add/bcc": adds(mapLog("bcc", "add"), addMap),
    "edit/bcc": changes("id", mapLog("bcc", "edit"), editMaps),
    "delete/bcc": changes("id", mapLog("bcc", "delete"), deleteMaps),
    "get/bcc/all": reads(({ db }) =>
      db
        .in(rows)
        .all()
        .filter(({ domain }) => hasDomain(db, domain)),
    ),
    "get/bcc/{id}": readsMap(find),
    "get/bcc-destination-options": reads(options),
  },
  on: {
    mailboxRemoved: (db, username) => db.in(rows).removeBy("local_dest", username),
    mailboxRenamed: following(rows, "local_dest", "bcc_dest"),
  },
};
