import { hasDomain } from "../rules/access.ts";
import { addDkim } from "../rules/dkim.ts";
import { ascii, contains, domainOf, isDomain } from "../rules/names.ts";
import {
  array,
  bound,
  column,
  die,
  escaped,
  given,
  int,
  integer,
  isEmpty,
  isGreater,
  isSet,
  text,
  tiny,
} from "../rules/php.ts";
import { rateLimitOf, saveRateLimit } from "../rules/rate-limits.ts";
import { commas, created, update } from "../rules/rows.ts";
import { addTags, shownTags, withoutTags } from "../rules/tags.ts";
import { templateAttributes } from "../rules/templates.ts";
import { unicode } from "../rules/unicode.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, mailboxLog, reads, type Topic } from "../server/topic.ts";
import type { Database } from "../state.ts";
import {
  aliasDomains,
  aliases,
  type DomainRow,
  dkimKeys,
  domainAdminLinks,
  mailboxes,
  rateLimits,
  resources,
  senders,
  spamAliases,
  domains as table,
} from "../tables.ts";

const MiB = 1024 ** 2;

/** The flags of a domain; a mail server that relays for unknown recipients is a backup for all of them. */
function flags(data: Call["data"], otherwise: Readonly<Record<string, unknown>>) {
  const flag = (name: string) => tiny(given(data, name, otherwise[name]));
  const unknownOnly = flag("relay_unknown_only");
  const all = unknownOnly === 1 ? 1 : flag("relay_all_recipients");
  return {
    active: flag("active"),
    gal: flag("gal"),
    relay_unknown_only: unknownOnly,
    relay_all_recipients: all,
    backupmx: all === 1 ? 1 : flag("backupmx"),
  };
}

function addDomain(call: Call): unknown {
  const { db, data } = call;
  const defaults = templateAttributes(db, "domain", data["template"]);
  const domain = domainOf(data["domain"]);
  const inMiB = (name: string, from: string) => (isSet(data[name]) ? int(data[name]) : Number(defaults[from]) / MiB);
  const defquota = inMiB("defquota", "def_quota_for_mbox");
  const maxquota = inMiB("maxquota", "max_quota_for_mbox");
  const quota = inMiB("quota", "max_quota_for_domain");
  if (defquota > maxquota) return call.danger("mailbox_defquota_exceeds_mailbox_maxquota");
  if (maxquota > quota) return call.danger("mailbox_quota_exceeds_domain_quota");
  if (defquota === 0) return call.danger("defquota_empty");
  if (maxquota === 0) return call.danger("maxquota_empty");
  if (!isDomain(domain)) return call.danger("domain_invalid");
  if (hasDomain(db, domain)) return call.danger(["domain_exists", domain]);
  if (domain === call.hostname) return call.danger("domain_cannot_match_hostname");

  for (const { id, external, send_as } of db.in(senders).all())
    if (external === 1 && send_as.endsWith(`@${domain}`)) db.in(senders).remove(id);
  db.in(table).put({
    domain,
    description: column(isEmpty(data["description"]) ? domain : bound(data["description"])),
    aliases: integer(given(data, "aliases", defaults["max_num_aliases_for_domain"])),
    mailboxes: integer(given(data, "mailboxes", defaults["max_num_mboxes_for_domain"])),
    defquota,
    maxquota,
    quota: integer(quota, Number.MAX_SAFE_INTEGER),
    relayhost: "0",
    ...flags(data, defaults),
    tags: [],
    ...created(db),
  });
  saveTags(call, domain, isSet(data["tags"]) ? array(data["tags"]) : defaults["tags"]);

  const value = isSet(data["rl_value"]) ? int(data["rl_value"]) : defaults["rl_value"];
  const frame = isSet(data["rl_frame"]) ? data["rl_frame"] : defaults["rl_frame"];
  if (!isEmpty(value) && !isEmpty(frame))
    saveRateLimit(call, "domain", { rl_value: value, rl_frame: frame, object: domain });
  const size = given(data, "key_size", defaults["key_size"]);
  const selector = isSet(data["dkim_selector"]) ? data["dkim_selector"] : defaults["dkim_selector"];
  if (size !== 0 && !isEmpty(selector)) {
    if (db.in(dkimKeys).find(domain)) call.success("domain_add_dkim_available");
    else addDkim(call, { key_size: size, dkim_selector: selector, domains: domain });
  }
  call.success(["domain_added", escaped(domain)]);
  return true;
}

/** A tag that the domain has already kills the call. */
function saveTags(call: Call, domain: string, tags: unknown): void {
  const before = call.db.in(table).find(domain)?.tags ?? [];
  const refused = () => die("the domain has the tag already, or it is too long");
  addTags(call, before, tags, (saved) => call.db.in(table).set(domain, { tags: saved }), refused);
}

function editDomain(call: Call): void {
  const { db, data } = call;
  for (const item of call.items) {
    const domain = ascii(text(item));
    const now = isDomain(domain) && db.in(table).find(targetOf(db, domain));
    if (!now) {
      call.danger("domain_invalid");
      continue;
    }
    const kept = (name: "aliases" | "maxquota" | "quota") => (isEmpty(data[name]) ? now[name] : data[name]);
    const number = (name: "mailboxes" | "defquota") =>
      isSet(data[name]) && data[name] !== "" ? int(data[name]) : now[name];
    const [aliasLimit, maxquota, quota] = [kept("aliases"), kept("maxquota"), kept("quota")];
    const [mailboxLimit, defquota] = [number("mailboxes"), number("defquota")];
    const own = db.in(mailboxes).by("domain", domain);
    const biggest = Math.round(own.reduce((most, row) => Math.max(most, row.quota), 0) / MiB);
    const all = Math.round(db.in(mailboxes).sum("domain", domain, "quota") / MiB);
    const aliasCount = aliasesIn(db, [domain]);
    const refused =
      (isGreater(defquota, maxquota) && "mailbox_defquota_exceeds_mailbox_maxquota") ||
      (defquota === 0 && "defquota_empty") ||
      (isGreater(maxquota, quota) && "mailbox_quota_exceeds_domain_quota") ||
      (isEmpty(maxquota) && "maxquota_empty") ||
      (own.length > 0 && isGreater(biggest, maxquota) && ["max_quota_in_use", String(biggest)]) ||
      (isGreater(all, quota) && ["domain_quota_m_in_use", String(all)]) ||
      (own.length > mailboxLimit && ["mailboxes_in_use", own.length]) ||
      (isGreater(aliasCount, aliasLimit) && ["aliases_in_use", aliasCount]);
    if (refused) {
      call.danger(refused);
      continue;
    }
    update(db, table, domain, {
      ...flags(data, { ...now }),
      aliases: integer(aliasLimit),
      mailboxes: integer(mailboxLimit),
      defquota,
      maxquota: integer(maxquota, Number.MAX_SAFE_INTEGER),
      quota: integer(quota, Number.MAX_SAFE_INTEGER),
      relayhost: isSet(data["relayhost"]) ? String(int(data["relayhost"])) : now.relayhost,
      description: isEmpty(data["description"]) ? now.description : column(bound(data["description"])),
    });
    if (db.in(table).find(domain)) saveTags(call, domain, Array.isArray(data["tags"]) ? data["tags"] : []);
    call.success(["domain_modified", escaped(domain)]);
  }
}

function deleteDomain(call: Call): void {
  const { db } = call;
  for (const item of call.items) {
    if (!isDomain(item)) {
      call.danger("domain_invalid");
      continue;
    }
    const domain = domainOf(item);
    if (db.in(mailboxes).count("domain", domain) + db.in(resources).count("domain", domain) > 0) {
      call.danger(["domain_not_empty", domain]);
      continue;
    }
    db.in(table).remove(domain);
    db.in(domainAdminLinks).removeBy("domain", domain);
    db.in(aliases).removeBy("domain", domain);
    db.in(aliasDomains).removeBy("target_domain", domain);
    for (const { id, logged_in_as } of db.in(senders).all())
      if (logged_in_as.endsWith(`@${domain}`)) db.in(senders).remove(id);
    for (const { address } of db.in(spamAliases).all())
      if (address.endsWith(`@${domain}`)) db.in(spamAliases).remove(address);
    db.in(rateLimits).remove(domain);
    call.tell("domainRemoved", domain);
    call.success(["domain_removed", escaped(domain)]);
  }
}

function deleteTags(call: Call): unknown {
  const { db, params, items } = call;
  const { domain } = params;
  if (!isDomain(domain ?? "")) call.danger("domain_invalid");
  else if (!hasDomain(db, domain)) return call.danger("access_denied");
  else if (items.length > 0)
    db.in(table).set(domain, { tags: withoutTags(db.in(table).find(domain)?.tags ?? [], items) });
  if (items.length === 0 || !isDomain(domain ?? "")) return false;
  call.success(["domain_modified", domain]);
  return true;
}

const targetOf = (db: Database, domain: string): string => db.in(aliasDomains).find(domain)?.target_domain ?? domain;

/** How many aliases domains have; the alias that each mailbox has of its own name does not count. */
function aliasesIn(db: Database, names: readonly string[]): number {
  const isOwn = (address: string) => db.in(mailboxes).find(address) || db.in(resources).find(address);
  const found = names.flatMap((name) => db.in(aliases).by("domain", name));
  return found.filter(({ address }) => !isOwn(address)).length;
}

/** The aliases of a domain and of its alias domains. */
export const aliasCountOf = (db: Database, domain: string): number =>
  aliasesIn(db, [
    domain,
    ...db
      .in(aliasDomains)
      .by("target_domain", domain)
      .map((row) => row.alias_domain),
  ]);

/** What mailcow tells about a domain; of an alias domain, what it tells about its target. */
export function domainDetails(db: Database, name: string): Record<string, unknown> | undefined {
  const row = db.in(table).find(targetOf(db, domainOf(name)));
  if (!row) return undefined;
  const { domain } = row;
  const count = db.in(mailboxes).count("domain", domain);
  const inUse = db.in(mailboxes).sum("domain", domain, "quota");
  const left = Math.min(row.quota * MiB - inUse, row.maxquota * MiB);
  const total = (of: "bytes" | "messages") => {
    const sum = db.in(mailboxes).sum("domain", domain, of);
    return sum === 0 ? 0 : String(sum);
  };
  const aliasCount = aliasCountOf(db, domain);
  const admins = db
    .in(domainAdminLinks)
    .by("domain", domain)
    .map((link) => link.username);
  const twice = (flag: keyof DomainRow) => ({ [flag]: row[flag], [`${flag}_int`]: row[flag] });
  return {
    max_new_mailbox_quota: left,
    def_new_mailbox_quota: Math.min(left, row.defquota * MiB),
    quota_used_in_domain: String(inUse),
    bytes_total: total("bytes"),
    msgs_total: total("messages"),
    mboxes_in_domain: count,
    mboxes_left: row.mailboxes - count,
    domain_name: domain,
    domain_h_name: unicode(domain),
    description: row.description,
    max_num_aliases_for_domain: row.aliases,
    max_num_mboxes_for_domain: row.mailboxes,
    def_quota_for_mbox: row.defquota * MiB,
    max_quota_for_mbox: row.maxquota * MiB,
    max_quota_for_domain: row.quota * MiB,
    relayhost: row.relayhost,
    ...twice("backupmx"),
    ...twice("gal"),
    rl: rateLimitOf(db, domain),
    ...twice("active"),
    ...twice("relay_all_recipients"),
    ...twice("relay_unknown_only"),
    created: row.created,
    modified: row.modified,
    aliases_in_domain: aliasCount,
    aliases_left: row.aliases - aliasCount,
    domain_admins: admins.length > 0 ? admins.join(", ") : "-",
    ...shownTags(row.tags),
  };
}

/** The values of `?tags=`, each matched anywhere in a tag; nothing without any. */
export function tagFilters(call: Call): ((tag: string) => boolean)[] | undefined {
  if (call.query.has("tags[]")) die("tags is a list");
  const tags = call.query.get("tags");
  return tags ? commas(tags).map(contains) : undefined;
}

function allDomains(call: Call): unknown {
  const rows = call.db.in(table).all();
  const filters = tagFilters(call);
  const found = filters ? new Set(filters.flatMap((fits) => rows.filter(({ tags }) => tags.some(fits)))) : rows;
  return [...found].map(({ domain }) => domainDetails(call.db, domain));
}

export const domains: Topic = {
  actions: {
    "add/domain": adds(mailboxLog("add", "domain"), addDomain),
    "edit/domain": changes("domain", mailboxLog("edit", "domain"), editDomain),
    "delete/domain": changes("domain", mailboxLog("delete", "domain"), deleteDomain),
    "delete/domain/tag/{domain}": changes("tags", mailboxLog("delete", "tags_domain"), deleteTags),
    "get/domain/all": reads(allDomains),
    "get/domain/{domain}": reads(({ db, params }) => domainDetails(db, params["domain"] ?? "")),
  },
};
