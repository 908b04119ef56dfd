import { eachFound } from "../rules/items.ts";
import { isDomain } from "../rules/names.ts";
import { escaped, isEmpty, isEqual, text } from "../rules/php.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, clearLogOf, reads, type Topic } from "../server/topic.ts";
import { type Database, type Setting, setting, type Table, table } from "../state.ts";

/** A host whose mail is let in. They are listed in the order in which they came. */
interface HostRow {
  readonly id: number;
  readonly host: string;
  /** The name or address that was sent. */
  readonly source: string;
  readonly keep_spam: boolean;
}
const hosts: Table<HostRow> = table<HostRow>("WHITELISTED_FWD_HOST", "id", { exact: true });

/** The addresses and networks that names lead to. A valid name that is not here leads to one address, made up of it. */
const dns: Setting<Readonly<Record<string, readonly string[]>>> = setting<Readonly<Record<string, readonly string[]>>>(
  "DNS",
  {},
);

function addressesOf(db: Database, name: string): readonly string[] {
  // Digits with dots, or hexadecimal ones with colons, are not looked at any closer.
  if (/^[\da-f:/]+$/i.test(name) || /^[\d./]+$/.test(name)) return [name];
  const known = db.get(dns)[name];
  if (known) return known;
  if (!isDomain(name) || !name.includes(".") || name.endsWith(".invalid")) return [];
  let hash = 0;
  for (const sign of name) hash = (Math.imul(hash, 31) + (sign.codePointAt(0) ?? 0)) & 0x1_ffff;
  // 198.18.0.0/15 belongs to nobody.
  return [`198.${18 + (hash >> 16)}.${(hash >> 8) & 255}.${hash & 255}`];
}

const find = (db: Database, host: string): HostRow | undefined => db.in(hosts).by("host", host)[0];

function addHosts(call: Call): unknown {
  const { db, data } = call;
  const source = text(data["hostname"]);
  const found = addressesOf(db, source.trim());
  if (found.length === 0) return call.danger(["invalid_host", escaped(source.trim())]);
  const keep_spam = !isEqual(data["filter_spam"], 1);
  for (const host of found) db.in(hosts).put({ id: find(db, host)?.id ?? db.nextId(hosts), host, source, keep_spam });
  call.success(["forwarding_host_added", escaped(found.join(", "))]);
  return true;
}

const editHosts = eachFound(
  ({ db }, item) => (isEmpty(item) ? undefined : find(db, text(item))),
  (call, { id, host }) => {
    // Without the field, mailcow takes the word of the row, `yes`, which is not 1.
    call.db.in(hosts).set(id, { keep_spam: isEqual(call.data["keep_spam"], 1) });
    call.success(["object_modified", escaped(host)]);
  },
);

function deleteHosts(call: Call): void {
  for (const item of call.items) {
    call.db.in(hosts).removeBy("host", text(item));
    call.success(["forwarding_host_removed", escaped(text(item))]);
  }
}

const shown = ({ host, source, keep_spam }: HostRow) => ({ host, source, keep_spam: keep_spam ? "yes" : "no" });

function oneHost({ db, params }: Call): unknown {
  const row = find(db, params["host"] ?? "");
  return row && shown(row);
}

/** A host that is a whole number is one in the list, as PHP's keys are. */
const inList = (row: HostRow) => ({
  ...shown(row),
  host: /^(0|[1-9]\d{0,17})$/.test(row.host) ? Number(row.host) : row.host,
});

export const forwardingHosts: Topic = {
  actions: {
    "add/fwdhost": adds(clearLogOf("fwdhost", "add"), addHosts),
    "edit/fwdhost": changes("fwdhost", clearLogOf("fwdhost", "edit"), editHosts),
    "delete/fwdhost": changes("forwardinghost", clearLogOf("fwdhost", "delete"), deleteHosts),
    "get/fwdhost/all": reads(({ db }) => db.in(hosts).all().map(inList)),
    "get/fwdhost/{host}": reads(oneHost),
  },
};
