import { hasDomain } from "../rules/access.ts";
import { eachFound } from "../rules/items.ts";
import { ascii, domainOf, isDomain } from "../rules/names.ts";
import { die, escaped, given, int, isEmpty, isSet, lower, text } from "../rules/php.ts";
import { duplicate, inWords, misfit } from "../rules/sql-errors.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, mailboxLog, type Topic } from "../server/topic.ts";
import { type Table, table } from "../state.ts";

/** What a domain tells other mail servers about TLS. No route reads it back; `mailcow.state` does. */
interface PolicyRow {
  /** The time of the last change, in digits. */
  readonly id: string;
  readonly domain: string;
  readonly version: string;
  readonly mode: string;
  readonly mx: string;
  readonly max_age: string;
  readonly active: number;
}
const rows: Table<PolicyRow> = table<PolicyRow>("mta_sts", "domain");

const idNow = (call: Call): string => call.db.now().replace(/\D/g, "");

/** Hosts, separated by commas. */
const hostsOf = (value: unknown): string[] => text(value).replace(/\s+/g, "").split(",");

/** The first name that is not a host, as mailcow repeats it: empty if it cannot be converted. */
function wrongHost(hosts: readonly string[]): string | undefined {
  const names = hosts.map((host) => ascii(lower(host)));
  return names.find((name) => !isDomain(name.replace(/^\*\./, "")));
}

/** Why mailcow refuses a version, a mode or an age, with what it names. */
function refusal(
  { version, mode, max_age }: { version: string; mode: string; max_age: number },
  longest: number,
  named: { version: string; domain: string },
): readonly string[] | undefined {
  if (version !== "stsv1") return ["version_invalid", escaped(named.version)];
  if (!["enforce", "testing", "none"].includes(mode)) return ["mode_invalid", escaped(named.domain)];
  return max_age < 1 || max_age > longest ? ["max_age_invalid", escaped(named.domain)] : undefined;
}

/** The log of what the database refuses lacks its last part. */
const shortLog = (call: Call, action: string): readonly unknown[] =>
  mailboxLog(action, "mta_sts")(call.sent).slice(0, -1);

function addPolicy(call: Call): unknown {
  const { db, data } = call;
  const domain = domainOf(data["domain"]);
  const [version, mode] = [lower(data["version"]), lower(data["mode"])];
  if (typeof data["mx"] === "object" && data["mx"] !== null) die("a list where text is expected");
  const mx = hostsOf(data["mx"]);
  const max_age = int(data["max_age"]);
  if (!hasDomain(db, domain)) return call.danger("access_denied");
  const refused = refusal({ version, mode, max_age }, 31_536_000, { version: domain, domain });
  if (refused) return call.danger(refused);
  const wrong = wrongHost(mx);
  if (wrong !== undefined) return call.danger(["mx_invalid", escaped(wrong)]);
  const error = misfit({ mx: mx.join() }) ?? (db.in(rows).find(domain) && duplicate(domain));
  if (error) return call.danger(inWords(error), shortLog(call, "add"));
  const active = int(data["active"]) === 1 ? 1 : 0;
  db.in(rows).put({ id: idNow(call), domain, version, mode, mx: mx.join(), max_age: String(max_age), active });
  return true;
}

function find({ db }: Call, item: unknown): PolicyRow | undefined {
  const domain = domainOf(item);
  return hasDomain(db, domain) ? db.in(rows).find(domain) : undefined;
}

const editPolicies = eachFound(find, (call, now) => {
  const { db, data } = call;
  const { domain } = now;
  // mailcow reads the version it stored in another spelling, and so does not know it again.
  const version = isSet(data["version"]) ? lower(data["version"]) : "STSv1";
  const mode = isSet(data["mode"]) ? lower(data["mode"]) : now.mode;
  const hosts = hostsOf(isSet(data["mx"]) ? data["mx"] : now.mx);
  const max_age = given(data, "max_age", now.max_age);
  const refused = refusal({ version, mode, max_age }, 31_557_600, { version, domain });
  const wrong = wrongHost(hosts);
  const mx = hosts.join();
  const error = misfit({ mx });
  if (refused) call.danger(refused);
  else if (!isEmpty(wrong)) call.danger(["mx_invalid", escaped(wrong ?? "")]);
  else if (error) call.danger(inWords(error), shortLog(call, "edit"));
  else {
    const changed = { version, mode, mx, max_age: String(max_age) };
    const isOther = mode !== now.mode || mx !== now.mx || changed.max_age !== now.max_age;
    const active = given(data, "active", now.active) === 1 ? 1 : 0;
    db.in(rows).set(domain, { ...changed, active, ...(isOther && { id: idNow(call) }) });
    call.success(["object_modified", domain]);
  }
});

export const mtaSts: Topic = {
  actions: {
    "add/mta-sts": adds(mailboxLog("add", "mta_sts"), addPolicy),
    "edit/mta-sts": changes("domains", mailboxLog("edit", "mta_sts"), editPolicies),
  },
  on: { domainRemoved: (db, domain) => db.in(rows).remove(domain) },
};
