import type { Call } from "../server/call.ts";
import type { Database } from "../state.ts";
import { aliases, senders } from "../tables.ts";
import { domainNames, hasAlias, hasDomain } from "./access.ts";
import { ascii, isDomain, isEmail } from "./names.ts";
import { bound, type Data, die, escaped, isSet, list, parts } from "./php.ts";

/** Replaces what a mailbox may send as: other addresses and domains of this server, and of others. */
export function saveSenders(call: Call, data: Data, username: string): void {
  if (isSet(data["extended_sender_acl"])) replace(call.db, username, 1, outside(call, data["extended_sender_acl"]));
  if (!isSet(data["sender_acl"])) return;
  const wanted = inside(call, list(data["sender_acl"]));
  const own = call.db.in(aliases).all();
  const isAllowed = (name: string) =>
    own.some((row) => row.address === name && row.sender_allowed === 1 && row.goto.split(",").includes(username));
  replace(
    call.db,
    username,
    0,
    wanted.filter((name) => !isAllowed(name)),
  );
}

function replace(db: Database, username: string, external: number, wanted: readonly string[]): void {
  const rows = db.in(senders);
  for (const row of rows.by("logged_in_as", username)) if (row.external === external) rows.remove(row.id);
  for (const send_as of wanted) rows.put({ id: db.nextId(senders), logged_in_as: username, send_as, external });
}

/** Addresses and domains elsewhere. */
function outside(call: Call, given: unknown): string[] {
  if (typeof given === "object") die("a list where text is expected");
  const found: string[] = [];
  let lastDomain: string | null = null;
  for (const part of parts(given)) {
    const name = part.replace(/^@+/, "");
    if (name === "" || name === "0") continue;
    if (!isEmail(name) && !isDomain(name)) call.danger(["extra_acl_invalid", escaped(name)]);
    else {
      const domain = isEmail(name) ? ascii(name.slice(name.lastIndexOf("@") + 1)) : name;
      if (isEmail(name)) lastDomain = domain;
      // Of a domain, mailcow names the one of the address before, if any.
      if (domainNames(call.db).includes(domain)) call.danger(["extra_acl_invalid_domain", lastDomain]);
      else found.push(isEmail(name) ? name : `@${name}`);
    }
  }
  return [...new Set(found)];
}

/** Addresses and domains of this server, or `*` for all. */
function inside(call: Call, given: readonly unknown[]): string[] {
  if (given.includes("*")) return ["*"];
  const known = domainNames(call.db);
  return given
    .filter((name) => name !== "default")
    .flatMap((item) => {
      const name = bound(item);
      const domain = name.replace(/^@+/, "");
      const isFine = isEmail(name)
        ? hasAlias(call.db, name)
        : isDomain(domain) && known.includes(domain) && hasDomain(call.db, domain);
      if (!isFine) call.danger(["sender_acl_invalid", item]);
      return isFine ? [isEmail(name) ? name : `@${domain}`] : [];
    });
}
