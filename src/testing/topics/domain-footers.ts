import { hasAlias, hasDomain } from "../rules/access.ts";
import { domainOf, isDomain, isEmail } from "../rules/names.ts";
import { bound, int, isSet, list } from "../rules/php.ts";
import { inWords, misfit } from "../rules/sql-errors.ts";
import type { Call } from "../server/call.ts";
import { changes, mailboxLog, type Topic } from "../server/topic.ts";
import { type Database, type Table, table } from "../state.ts";
import { aliasDomains, mailboxes } from "../tables.ts";

/** The footer of a domain, which outlives it. No route reads it back; `mailcow.state` does. */
interface FooterRow {
  readonly domain: string;
  readonly html: string;
  readonly plain: string;
  readonly mbox_exclude: readonly string[];
  readonly alias_domain_exclude: readonly string[];
  readonly skip_replies: number;
}
const rows: Table<FooterRow> = table<FooterRow>("domain_wide_footer", "domain");

function isKnown(db: Database, name: unknown): name is string {
  if (isEmail(name)) return hasAlias(db, name) || db.in(mailboxes).find(name) !== undefined;
  return isDomain(name) && db.in(aliasDomains).find(name) !== undefined;
}

function setFooters(call: Call): unknown {
  const { db, data } = call;
  const word = (name: string) => (isSet(data[name]) ? bound(data[name]) : "");
  const skip_replies = int(data["skip_replies"]);
  const excluded: string[] = [];
  for (const name of list(data["exclude"]))
    if (isKnown(db, name)) excluded.push(name);
    else call.danger(["username_invalid", name]);
  for (const item of call.items) {
    const domain = domainOf(item);
    if (!isDomain(domain)) return call.danger("domain_invalid");
    if (!hasDomain(db, domain)) return call.danger("access_denied");
    // The old footer goes first, and stays away if the new one is refused.
    db.in(rows).remove(domain);
    const error = misfit({ skip_replies });
    if (error) return call.danger(inWords(error));
    db.in(rows).put({
      domain,
      html: word("html"),
      plain: word("plain"),
      mbox_exclude: excluded.filter(isEmail),
      alias_domain_exclude: excluded.filter((name) => !isEmail(name)),
      skip_replies,
    });
    call.success(["domain_footer_modified", domain]);
  }
  return true;
}

export const domainFooters: Topic = {
  actions: { "edit/domain/footer": changes("domains", mailboxLog("edit", "domain_wide_footer"), setFooters) },
};
