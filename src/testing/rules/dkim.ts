import type { Call } from "../server/call.ts";
import { logOf } from "../server/topic.ts";
import type { Database } from "../state.ts";
import { dkimKeys } from "../tables.ts";
import { hasDomain } from "./access.ts";
import { isAlnum, isDomain } from "./names.ts";
import { type Data, int, isSet, parts, text } from "./php.ts";

const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export const selectorOf = (data: Data): unknown => (isSet(data["dkim_selector"]) ? data["dkim_selector"] : "dkim");
export const isSelector = (value: unknown): boolean => isAlnum(value, /[-_.]/g);

/** Makes a DKIM key for each domain in `data.domains`, and says so in words of its own. The keys are no real ones. */
export function addDkim(call: Call, data: Data): void {
  const log = logOf("dkim", "add")(data);
  const size = int(data["key_size"]);
  const selector = selectorOf(data);
  for (const domain of parts(data["domains"]).filter((name) => name !== "" && name !== "0")) {
    const isWrong = !isDomain(domain) || call.db.in(dkimKeys).find(domain) !== undefined || !isSelector(selector);
    if (isWrong) call.danger(["dkim_domain_or_sel_invalid", domain], log);
    else if (!hasDomain(call.db, domain)) call.danger(["access_denied", domain], log);
    else if (size < 384) call.danger(["dkim_domain_or_sel_invalid", domain], log);
    else {
      call.db.in(dkimKeys).put({ domain, selector: text(selector), ...fakeKeys(call.db, size) });
      call.success(["dkim_added", domain], log);
    }
  }
}

/** Texts that look like a pair of keys and have their lengths, by which mailcow tells the size of a key. */
export function fakeKeys(db: Database, size: number): { pubkey: string; privkey: string } {
  // 38 bytes of structure around the modulus; 29 where lengths are shorter.
  const bytes = Math.ceil(size / 8) + (size > 1024 ? 38 : size > 512 ? 34 : 30);
  const length = Math.ceil(bytes / 3) * 4;
  const padding = "=".repeat((3 - (bytes % 3)) % 3);
  const pubkey = `MII${db.random(length - 11 - padding.length, base64)}IDAQAB${padding}`.padEnd(length, "=");
  const privkey = `-----BEGIN PRIVATE KEY-----\n${db.random(64, base64)}\n-----END PRIVATE KEY-----`;
  return { pubkey, privkey };
}
