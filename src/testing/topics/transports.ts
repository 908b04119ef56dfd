import { idOf } from "../rules/ids.ts";
import { isDomain, isEmail } from "../rules/names.ts";
import { bound, column, escaped, int, isEmpty, isEqual, isNumeric, isSet, parts, text, tiny } from "../rules/php.ts";
import { misfit, mysqlError, wrongId } from "../rules/sql-errors.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, clearLogOf, reads, type Topic } from "../server/topic.ts";
import { type Database, type Table, table } from "../state.ts";

/** Where mail for a destination goes. */
interface TransportRow {
  readonly id: number;
  readonly is_mx_based: number;
  readonly destination: string;
  readonly nexthop: string;
  readonly username: string;
  readonly password: string;
  readonly active: number;
}
const rows: Table<TransportRow> = table<TransportRow>("transports", "id");

/** What stands in the brackets of a next hop, which keep Postfix from looking for its MX. */
function inBrackets(nexthop: string): string | undefined {
  const [start, end] = [nexthop.indexOf("["), nexthop.lastIndexOf("]")];
  return start >= 0 && end > start + 1 ? nexthop.slice(start + 1, end) : undefined;
}

/** A next hop; an address gets brackets. */
const nextHopOf = (given: string): string =>
  /^(\d{1,3}\.){3}\d{1,3}$/.test(given) ? (given.split(".").every(isByte) ? `[${given}]` : given) : inColons(given);
const isByte = (part: string): boolean => Number(part) < 256 && String(Number(part)) === part;
const inColons = (given: string): string => {
  const isAddress = /^[\da-f:.]+$/i.test(given) && given.includes(":") && URL.canParse(`http://[${given}]`);
  return isAddress ? `[${given}]` : given;
};

function isDestination(name: string, isMxBased: number): boolean {
  if (isMxBased === 1) return !isEmpty(name) && isPattern(name);
  return isMxBased !== 0 || (!isEmpty(name) && (name === "*" || isDomain(name.replace(/^\./, "")) || isEmail(name)));
}

/** A regular expression, as far as JavaScript's are like those of PHP, which may set flags inside. A slash would end it. */
function isPattern(text: string): boolean {
  try {
    return new RegExp(text.replace(/\(\?[imsx]+\)/g, "")) && !/(^|[^\\])(\\\\)*\//.test(text);
  } catch {
    return false;
  }
}

/** The same host with and without brackets cannot both be next hops. */
function clash(others: readonly string[], nexthop: string, inside: string | undefined): readonly string[] | undefined {
  if (inside !== undefined)
    return others.some((other) => isEqual(other, inside)) ? ["next_hop_interferes", inside, nexthop] : undefined;
  return others.some((other) => isEqual(inBrackets(other), nexthop)) ? ["next_hop_interferes_any", nexthop] : undefined;
}

/** Sets the credentials of a next hop, which all its transports share. */
function share(db: Database, nexthop: string, username: string, password: string): void {
  for (const { id } of db.in(rows).by("nexthop", nexthop)) db.in(rows).set(id, { username, password });
}

function addTransports(call: Call): unknown {
  const { db, data } = call;
  let destinations = parts(data["destination"]);
  const [active, is_mx_based] = [int(data["active"]), int(data["is_mx_based"])];
  const nexthop = nextHopOf(text(data["nexthop"]).trim());
  const username = text(data["username"]).trim().replaceAll(":", "\\:");
  const password = text(data["password"]).trim().replaceAll(":", "\\:");
  if (isEmpty(nexthop)) return call.danger(["invalid_nexthop"]);
  const others = db.in(rows).all();
  // Only beside others is a destination looked at.
  for (const other of others) {
    const isSame = isEqual(other.nexthop, nexthop) || isEqual(other.nexthop, inBrackets(nexthop) ?? nexthop);
    if (isSame && !isEqual(other.username, username)) return call.danger("invalid_nexthop_authenticated");
    destinations = destinations.filter((name) => {
      if (isEmpty(name)) return false;
      if (isEqual(other.destination, name)) return call.danger(["transport_dest_exists", name]);
      return isDestination(name, is_mx_based) || call.danger(["invalid_destination", name]);
    });
  }
  destinations = [...new Set(destinations)].filter((name) => !isEmpty(name));
  if (destinations.length === 0) return false;
  const refused = clash(
    others.map((other) => other.nexthop),
    nexthop,
    inBrackets(nexthop),
  );
  if (refused) return call.danger(refused);
  for (const destination of destinations)
    db.in(rows).put({
      nexthop: column(nexthop),
      destination: column(destination),
      is_mx_based: tiny(is_mx_based),
      username: column(username),
      password: column(password),
      active: tiny(active),
      id: db.nextId(rows),
    });
  share(db, nexthop, username, password);
  call.success(["relayhost_added", ""]);
  return true;
}

function editTransports(call: Call): unknown {
  const { db, data } = call;
  const others: string[] = [];
  for (const item of call.items) {
    const now = db.in(rows).find(idOf(item));
    if (!now) {
      call.danger(["relayhost_invalid", item]);
      continue;
    }
    const kept = (name: "destination" | "nexthop") => (isEmpty(data[name]) ? now[name] : text(data[name]).trim());
    const word = (name: "username" | "password") => (isSet(data[name]) ? text(data[name]).trim() : now[name]);
    const flag = (name: "is_mx_based" | "active") =>
      isSet(data[name]) && !isEqual(data[name], "") ? int(data[name]) : now[name];
    const [destination, sent, username] = [kept("destination"), kept("nexthop"), word("username")];
    const [is_mx_based, active] = [flag("is_mx_based"), flag("active")];
    const nexthop = nextHopOf(sent);
    const rest = db
      .in(rows)
      .all()
      .filter(({ id }) => !isEqual(id, item));
    for (const other of rest) {
      others.push(other.nexthop);
      if (isEqual(other.destination, destination)) return call.danger("transport_dest_exists");
    }
    if (!isDestination(destination, is_mx_based)) return call.danger(["invalid_destination", destination]);
    const refused = clash(others, nexthop, inBrackets(sent));
    if (refused) return call.danger(refused);
    const password = isEmpty(username) ? "" : word("password");
    const id = bound(item);
    const changes = { destination, is_mx_based, nexthop, username, password, active };
    const error = isNumeric(id) ? misfit(changes) : wrongId(id);
    if (error) call.danger(mysqlError(error));
    else {
      db.in(rows).set(now.id, changes);
      share(db, nexthop, username, password);
      call.success(["object_modified", ""]);
    }
  }
  return true;
}

function deleteTransports(call: Call): void {
  for (const item of call.items) {
    call.db.in(rows).remove(idOf(item));
    call.success(["relayhost_removed", escaped(text(item))]);
  }
}

const shown = (row: TransportRow) => ({ ...row, password_short: `${[...row.password].slice(0, 3).join("")}...` });

function oneTransport({ db, params }: Call): unknown {
  const row = db.in(rows).find(idOf(params["id"]));
  return row && shown(row);
}

export const transports: Topic = {
  actions: {
    "add/transport": adds(clearLogOf("transport", "add"), addTransports),
    "edit/transport": changes("id", clearLogOf("transport", "edit"), editTransports),
    "delete/transport": changes("id", clearLogOf("transport", "delete"), deleteTransports),
    "get/transport/all": reads(({ db }) => db.in(rows).all().map(shown)),
    "get/transport/{id}": reads(oneTransport),
  },
};
