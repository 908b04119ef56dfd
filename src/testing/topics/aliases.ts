import { domainNames, hasAlias, hasDomain } from "../rules/access.ts";
import { ascii, isEmail } from "../rules/names.ts";
import { bound, escaped, int, isEmpty, isSet, parts, text, tiny } from "../rules/php.ts";
import { commas, created, update } from "../rules/rows.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, mailboxLog, reads, type Topic } from "../server/topic.ts";
import type { Database } from "../state.ts";
import {
  type AliasRow,
  aliasDomains,
  mailboxes,
  resources,
  senders,
  spamAliases,
  aliases as table,
} from "../tables.ts";
import { domainDetails } from "./domains.ts";

/** Where mail goes by a flag in the place of addresses. */
const special = { goto_null: "null@localhost", goto_spam: "spam@localhost", goto_ham: "ham@localhost" };

const byFlag = (data: Call["data"]): string | undefined =>
  Object.entries(special).find(([flag]) => int(data[flag]) === 1)?.[1];

/** An address in its parts, as PHP splits it: at the first @, and the domain in punycode. */
function split(address: string): { local: string; domain: string } {
  const at = address.indexOf("@");
  return at < 0 ? { local: "", domain: "" } : { local: address.slice(0, at), domain: ascii(address.slice(at + 1)) };
}
const joined = (address: string): string => {
  const { local, domain } = split(address);
  return `${local}@${domain}`;
};

/** A comment as it is stored. */
const comment = (value: unknown): string | null => (isSet(value) ? bound(value) : null);

/** Adds aliases, as other functions of mailcow do, too. */
export function addAlias(call: Call): unknown {
  const { data } = call;
  const [addresses, sent] = [parts(data["address"]), parts(data["goto"])];
  const tooLong = ["private_comment", "public_comment"].some(
    (name) => new TextEncoder().encode(text(data[name])).length > 160,
  );
  if (tooLong) return call.danger("comment_too_long");
  if (isEmpty(addresses[0])) return call.danger("alias_empty");
  const flags = Object.keys(special).reduce((sum, flag) => sum + int(data[flag]), 0);
  if (isEmpty(sent[0]) && flags === 0) return call.danger("goto_empty");
  const flagged = byFlag(data);
  const targets = flagged === undefined ? targetsOf(call, sent) : sent;
  if (flagged === undefined && targets.length === 0) return false;
  for (const given of addresses) {
    if (isEmpty(given)) continue;
    // mailcow does not recognize the last one of several here.
    const known = flagged === undefined && sent.length > 1 ? targets.slice(0, -1) : targets;
    if (known.includes(given)) continue;
    if (addOne(call, given, flagged ?? targets.join(",")) === false) return false;
  }
  return true;
}

/** The addresses to which mail may go. */
function targetsOf(call: Call, sent: readonly string[]): string[] {
  const found: string[] = [];
  for (const given of sent) {
    if (isEmpty(given)) continue;
    const target = joined(given);
    if (call.db.in(resources).find(target) || !isEmail(target)) call.danger(["goto_invalid", escaped(target)]);
    else found.push(target);
  }
  return [...new Set(found)];
}

function addOne(call: Call, given: string, goto: string): unknown {
  const { db, data } = call;
  const { local, domain } = split(given);
  const address = `${local}@${domain}`;
  const left = domainDetails(db, domain)?.["aliases_left"];
  if (left === 0) return call.danger("max_alias_exceeded");
  const refused = isTaken(call, address) ?? unknownDomain(call, domain) ?? isTemporary(call, address);
  if (refused) return call.danger(refused) || undefined;
  if (!isEmail(address) && local !== "" && local !== "0") return call.danger(["alias_invalid", address]) || undefined;
  const id = db.nextId(table);
  db.in(table).put({
    id,
    address: isEmail(address) ? address : `@${domain}`,
    goto,
    domain,
    public_comment: comment(data["public_comment"]),
    private_comment: comment(data["private_comment"]),
    sogo_visible: tiny(int(data["sogo_visible"])),
    internal: tiny(int(data["internal"])),
    sender_allowed: tiny(int(data["sender_allowed"])),
    active: tiny(int(data["active"])),
    ...created(db),
  });
  call.success(["alias_added", address, String(id)]);
  return undefined;
}

/** Whether an address, or the same one in the target of an alias domain, belongs to an alias or a mailbox. */
function isTaken({ db }: Call, address: string): unknown[] | undefined {
  const { local, domain } = split(address);
  const target = db.in(aliasDomains).find(domain)?.target_domain;
  const isUsed = hasAlias(db, address) || (target && db.in(mailboxes).find(`${local}@${target}`));
  return isUsed ? ["is_alias_or_mailbox", escaped(address)] : undefined;
}

const unknownDomain = ({ db }: Call, domain: string): unknown[] | undefined =>
  hasDomain(db, domain) ? undefined : ["domain_not_found", escaped(domain)];

const isTemporary = ({ db }: Call, address: string): unknown[] | undefined =>
  db.in(spamAliases).find(address) ? ["is_spam_alias", escaped(address)] : undefined;

/** An alias by its id or address; a text that begins with digits counts as that id, too. */
function find(db: Database, item: unknown): Readonly<AliasRow> | undefined {
  const wanted = bound(item);
  const byAddress = db.in(table).by("address", wanted);
  const byId = /^\s*\d/.test(wanted) ? db.in(table).find(Number.parseInt(wanted, 10)) : undefined;
  return [byId, ...byAddress]
    .filter((row) => row !== undefined)
    .filter((row) => row.address !== row.goto)
    .sort((a, b) => a.id - b.id)[0];
}

function editAlias(call: Call): void {
  const { db, data } = call;
  let previous: string | null = null;
  for (const item of call.items) {
    const now = find(db, item);
    if (!now) {
      call.danger(["alias_invalid", previous]);
      continue;
    }
    const address = isEmpty(data["address"]) ? now.address : text(data["address"]);
    previous = address;
    if (data["expand_alias"] === true || data["expand_alias"] === 1 || data["expand_alias"] === "1")
      expand(call, now, address);
    else previous = editOne(call, now, address);
  }
}

/** Makes copies of an alias in all alias domains of its domain. */
function expand(call: Call, now: Readonly<AliasRow>, address: string): void {
  const { db } = call;
  const row = db.in(table).by("address", address)[0];
  if (!row || db.in(aliasDomains).find(row.domain)) {
    call.warning(["is_not_primary_alias", escaped(address)]);
    return;
  }
  const missing = db
    .in(aliasDomains)
    .by("target_domain", row.domain)
    .map(({ alias_domain }) => `${split(row.address).local}@${alias_domain}`)
    .filter(
      (copy) =>
        !db
          .in(table)
          .by("address", copy)
          .some(({ address: name, goto }) => name !== goto),
    );
  if (missing.length > 0) {
    const fields = { address: missing.join(","), goto: now.goto, sogo_visible: 1, active: 1 };
    addAlias(call.within(fields, mailboxLog("add", "alias")));
  }
  call.success(["alias_modified", escaped(address)]);
}

/** Changes an alias. Returns its address, as it was looked at last. */
function editOne(call: Call, now: Readonly<AliasRow>, wanted: string): string {
  const { db, data } = call;
  const { local, domain } = split(wanted);
  let address = wanted;
  if (now.address !== wanted) {
    address = `${local}@${domain}`;
    const isOther = now.address.toLowerCase() !== address.toLowerCase();
    const refused =
      (!hasDomain(db, domain) && "access_denied") ||
      (!isEmail(address) && local !== "" && ["alias_invalid", address]) ||
      (isOther && isTaken(call, address)) ||
      isTemporary(call, address);
    if (refused) {
      call.danger(refused);
      return address;
    }
  }
  const goto = byFlag(data) ?? editedTargets(call, isEmpty(data["goto"]) ? now.goto : data["goto"], address);
  if (goto !== "") {
    const flag = (name: "active" | "internal" | "sender_allowed" | "sogo_visible") =>
      isSet(data[name]) ? tiny(int(data[name])) : now[name];
    const words = (name: "private_comment" | "public_comment") => (isSet(data[name]) ? comment(data[name]) : now[name]);
    update(db, table, now.id, {
      ...{ address, domain, goto },
      public_comment: words("public_comment"),
      private_comment: words("private_comment"),
      sogo_visible: flag("sogo_visible"),
      internal: flag("internal"),
      sender_allowed: flag("sender_allowed"),
      active: flag("active"),
    });
  }
  call.success(["alias_modified", escaped(address)]);
  return address;
}

/** Where mail is to go after an edit, which neither converts domains nor looks for resources. */
function editedTargets(call: Call, given: unknown, address: string): string {
  const { db } = call;
  const found: string[] = [];
  for (const target of parts(given)) {
    if (isEmpty(target)) continue;
    if (!isEmail(target)) call.danger(["goto_invalid", target]);
    else if (target === address) call.danger("alias_goto_identical");
    else {
      for (const { id, send_as } of db.in(senders).by("logged_in_as", target))
        if (send_as.toLowerCase() === address.toLowerCase()) db.in(senders).remove(id);
      found.push(target);
    }
  }
  return [...new Set(found)].join(",");
}

function deleteAlias(call: Call): void {
  const { db } = call;
  for (const item of call.items) {
    const row = find(db, item);
    if (!row) {
      call.danger("access_denied");
      continue;
    }
    db.in(table).remove(row.id);
    db.in(senders).removeBy("send_as", row.address);
    call.success(["alias_removed", escaped(row.address)]);
  }
}

function details(call: Call, row: Readonly<AliasRow> | undefined): object | undefined {
  if (!row) return undefined;
  return {
    in_primary_domain: call.db.in(aliasDomains).find(row.domain)?.target_domain ?? "",
    id: row.id,
    domain: row.domain,
    public_comment: row.public_comment,
    private_comment: row.private_comment,
    goto: row.goto,
    address: row.address,
    is_catch_all: isEmail(row.address) ? 0 : 1,
    ...(call.since("2025-09") && { internal: row.internal }),
    active: row.active,
    active_int: row.active,
    sogo_visible: row.sogo_visible,
    sogo_visible_int: row.sogo_visible,
    ...(call.since("2026-01") && { sender_allowed: row.sender_allowed }),
    created: row.created,
    modified: row.modified,
  };
}

/** The aliases of some domains, without the one that each mailbox has of its own name. */
const listed = (call: Call, names: readonly string[]): unknown[] =>
  names
    .filter((name) => hasDomain(call.db, name))
    .flatMap((name) => call.db.in(table).by("domain", name))
    .filter(({ address, goto }) => address !== goto)
    .map((row) => details(call, row));

export const aliases: Topic = {
  actions: {
    "add/alias": adds(mailboxLog("add", "alias"), addAlias),
    "edit/alias": changes("id", mailboxLog("edit", "alias"), editAlias),
    "delete/alias": changes("id", mailboxLog("delete", "alias"), deleteAlias),
    "get/alias/all": reads((call) => listed(call, domainNames(call.db))),
    "get/alias/all/{domains}": reads((call) => listed(call, commas(call.params["domains"] ?? ""))),
    "get/alias/{id}": reads((call) => details(call, find(call.db, call.params["id"] ?? ""))),
  },
};
