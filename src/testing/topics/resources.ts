import { byDomain, hasDomain, hasMailbox } from "../rules/access.ts";
import { eachFound } from "../rules/items.ts";
import { domainOf, isDomain, isEmail } from "../rules/names.ts";
import { bound, column, escaped, given, int, integer, isEmpty, text, tiny } from "../rules/php.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, mailboxLog, reads, type Topic } from "../server/topic.ts";
import type { Database } from "../state.ts";
import { aliases, domains, mailboxes, spamAliases, resources as table } from "../tables.ts";

const isKind = (value: unknown): boolean => value === "location" || value === "group" || value === "thing";

/** How often a resource may be booked at the same time; -1 is any number of times. */
const bookings = (value: number): number => integer(Math.max(-1, value));

function addResource(call: Call): unknown {
  const { db, data } = call;
  const domain = domainOf(data["domain"]);
  const { description, kind } = data;
  const localPart = text(description).replace(/[^\da-z]/gi, "");
  const name = `${localPart}@${domain}`;
  if (!isEmail(name)) return call.danger("resource_invalid");
  if (isEmpty(description)) return call.danger("description_invalid");
  if (!isKind(kind)) return call.danger("resource_invalid");
  if (!isDomain(domain)) return call.danger("domain_invalid");
  if (!hasDomain(db, domain)) return call.danger("access_denied");
  const refused =
    ((db.in(mailboxes).find(name) || db.in(table).find(name)) && "object_exists") ||
    (db.in(aliases).count("address", name) > 0 && "is_alias") ||
    (db.in(spamAliases).find(name) && "is_spam_alias");
  if (refused) return call.danger([refused, escaped(name)]);
  if (!db.in(domains).find(domain)) return call.danger(["domain_not_found", escaped(domain)]);
  db.in(table).put({
    name,
    local_part: column(localPart),
    domain,
    description: column(text(description)),
    kind: text(kind),
    multiple_bookings: bookings(int(data["multiple_bookings"])),
    active: tiny(int(data["active"])),
  });
  call.success(["resource_added", escaped(name)]);
  return true;
}

const invalid = (item: unknown) => ["resource_invalid", escaped(text(item))];

const editResource = eachFound(
  ({ db }, item) => (isEmail(text(item)) ? details(db, text(item)) : undefined),
  (call, now, item) => {
    const { db, data } = call;
    const name = text(item);
    const kind = isEmpty(data["kind"]) ? now.kind : data["kind"];
    if (!isKind(kind)) call.danger(invalid(item));
    else {
      db.in(table).set(name, {
        active: tiny(given(data, "active", now.active)),
        description: isEmpty(data["description"]) ? now.description : column(bound(data["description"])),
        kind: text(kind),
        multiple_bookings: bookings(given(data, "multiple_bookings", now.multiple_bookings)),
      });
      call.success(["resource_modified", escaped(name)]);
    }
  },
  invalid,
);

const deleteResource = eachFound(
  ({ db }, name) => (isEmail(name) && hasMailbox(db, name) ? name : undefined),
  (call, name) => {
    // A mailbox of this name goes as well, without what belongs to it.
    call.db.in(mailboxes).remove(name);
    call.db.in(table).remove(name);
    call.success(["resource_removed", escaped(name)]);
  },
);

function details(db: Database, name: string) {
  const row = db.in(table).find(name);
  if (!row || !hasDomain(db, row.domain)) return undefined;
  return {
    name: row.name,
    kind: row.kind,
    multiple_bookings: row.multiple_bookings,
    description: row.description,
    active: row.active,
    active_int: row.active,
    domain: row.domain,
    local_part: row.local_part,
  };
}

export const resources: Topic = {
  actions: {
    "add/resource": adds(mailboxLog("add", "resource"), addResource),
    "edit/resource": changes("name", mailboxLog("edit", "resource"), editResource),
    "delete/resource": changes("name", mailboxLog("delete", "resource"), deleteResource),
    "get/resource/all": reads(({ db }) => byDomain(db, table).map(({ name }) => details(db, name))),
    "get/resource/{resource}": reads(({ db, params }) => details(db, params["resource"] ?? "")),
  },
};
