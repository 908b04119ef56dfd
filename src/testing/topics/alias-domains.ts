import { hasDomain } from "../rules/access.ts";
import { addDkim } from "../rules/dkim.ts";
import { eachFound } from "../rules/items.ts";
import { domainOf, isDomain } from "../rules/names.ts";
import { die, escaped, given, int, isEmpty, parts, text, tiny } from "../rules/php.ts";
import { rateLimitOf, saveRateLimit } from "../rules/rate-limits.ts";
import { created, update } from "../rules/rows.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, mailboxLog, reads, type Topic } from "../server/topic.ts";
import type { Database } from "../state.ts";
import { aliases, dkimKeys, domains, spamAliases, aliasDomains as table } from "../tables.ts";

function addAliasDomain(call: Call): unknown {
  const { db, data } = call;
  const active = int(data["active"]);
  const names = parts(data["alias_domain"]).filter((name) => !isEmpty(name));
  const target = domainOf(data["target_domain"]);
  if (!isDomain(target)) return call.danger("target_domain_invalid");
  if (!hasDomain(db, target)) return call.danger("access_denied");
  for (const name of names) {
    const domain = domainOf(name);
    if (!isDomain(domain)) die("mailcow stumbles over the name that it wants to complain about");
    const row = db.in(domains).find(target);
    const refused =
      (domain === target && "aliasd_targetd_identical") ||
      (!row && "targetd_not_found") ||
      (row?.backupmx === 1 && "targetd_relay_domain");
    if (refused) call.danger([refused, escaped(target)]);
    else if (hasDomain(db, domain)) call.danger(["alias_domain_invalid", domain]);
    else addOne(call, domain, target, active);
  }
  return true;
}

function addOne(call: Call, domain: string, target: string, active: number): void {
  const { db, data } = call;
  db.in(table).put({ alias_domain: domain, target_domain: target, active: tiny(active), ...created(db) });
  const { rl_value, rl_frame, key_size, dkim_selector } = data;
  if (int(rl_value) !== 0) saveRateLimit(call, "domain", { rl_value, rl_frame: rl_frame ?? null, object: domain });
  if (!isEmpty(key_size) && !isEmpty(dkim_selector)) {
    if (db.in(dkimKeys).find(domain)) call.success("domain_add_dkim_available");
    else addDkim(call, { key_size, dkim_selector, domains: domain });
  }
  call.success(["aliasd_added", escaped(domain)]);
}

const editAliasDomain = eachFound(
  ({ db }, item) => details(db, domainOf(item)),
  (call, now, item) => {
    const { db, data } = call;
    const name = domainOf(item);
    const target = isEmpty(data["target_domain"]) ? now.target_domain : domainOf(data["target_domain"]);
    if (!isDomain(target)) call.danger(["target_domain_invalid", escaped(target)]);
    else if (!hasDomain(db, target)) call.danger("access_denied");
    else if (db.in(table).find(target)) call.danger(["target_domain_invalid", escaped(target)]);
    else {
      update(db, table, name, { target_domain: target, active: tiny(given(data, "active", now.active)) });
      call.success(["aliasd_modified", escaped(name)]);
    }
  },
  (item) => ["alias_domain_invalid", escaped(domainOf(item))],
);

function deleteAliasDomain(call: Call): void {
  const { db } = call;
  for (const item of call.items) {
    const name = text(item);
    const row = db.in(table).find(name);
    if (!isDomain(name)) call.danger("domain_invalid");
    else if (!row || !hasDomain(db, row.target_domain)) call.danger("access_denied");
    else {
      db.in(table).remove(name);
      db.in(aliases).removeBy("domain", name);
      for (const { address } of db.in(spamAliases).all())
        if (address.toLowerCase().endsWith(`@${name.toLowerCase()}`)) db.in(spamAliases).remove(address);
      // Its rate limit stays.
      call.success(["alias_domain_removed", escaped(name)]);
    }
  }
}

function details(db: Database, name: string) {
  const row = db.in(table).find(name);
  if (!row || !hasDomain(db, row.target_domain)) return undefined;
  return {
    alias_domain: row.alias_domain,
    parent_is_backupmx: db.in(domains).find(row.target_domain)?.backupmx ?? null,
    target_domain: row.target_domain,
    active: row.active,
    active_int: row.active,
    rl: rateLimitOf(db, name),
    created: row.created,
    modified: row.modified,
  };
}

export const aliasDomains: Topic = {
  actions: {
    "add/alias-domain": adds(mailboxLog("add", "alias_domain"), addAliasDomain),
    "edit/alias-domain": changes("alias_domain", mailboxLog("edit", "alias_domain"), editAliasDomain),
    "delete/alias-domain": changes("alias_domain", mailboxLog("delete", "alias_domain"), deleteAliasDomain),
    "get/alias-domain/all": reads(({ db }) =>
      db
        .in(table)
        .all()
        .flatMap((row) => details(db, row.alias_domain) ?? []),
    ),
    "get/alias-domain/{aliasDomain}": reads(({ db, params }) => details(db, params["aliasDomain"] ?? "")),
  },
};
