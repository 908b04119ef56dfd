import type { Call } from "../server/call.ts";
import { clearLogOf } from "../server/topic.ts";
import type { Database } from "../state.ts";
import { dkimKeys } from "../tables.ts";
import { hasDomain } from "./access.ts";
import { isAlnum, isDomain } from "./names.ts";
import { type Data, int, isSet, parts, text } from "./php.ts";
import { publicKey } from "./rsa-keys.ts";

export const selectorOf = (data: Data): unknown => (isSet(data["dkim_selector"]) ? data["dkim_selector"] : "dkim");
export const isSelector = (value: unknown): boolean => isAlnum(value, /[-_.]/g);

/** Makes a DKIM key for each domain in `data.domains`, and says so in words of its own. The keys are no real ones. */
export function addDkim(call: Call, data: Data): void {
  const log = clearLogOf("dkim", "add")(data);
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

/** A public key of the size that was asked for, to which there is no private one. */
export function fakeKeys(db: Database, size: number): { pubkey: string; privkey: string } {
  const digits = db.random(Math.ceil(size / 8) * 2).match(/../g) ?? [];
  // Its first bit is set, so a zero goes before it, as before every number that is not negative.
  const modulus = Uint8Array.from([0, ...digits.map((pair, at) => Number.parseInt(pair, 16) | (at === 0 ? 0x80 : 0))]);
  const privkey = `-----BEGIN PRIVATE KEY-----\n${btoa(db.random(48))}\n-----END PRIVATE KEY-----`;
  return { pubkey: publicKey(modulus, Uint8Array.of(1, 0, 1)), privkey };
}
