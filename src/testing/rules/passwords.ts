import type { Call } from "../server/call.ts";
import { isEmpty, isEqual, text } from "./php.ts";
import { passwordPolicy } from "./settings.ts";

/** Whether a password meets the policy; says why not. */
export function checkPassword(call: Call, password: unknown, repeated: unknown): boolean {
  const log = ["password_check", null, null];
  if (isEmpty(password) || isEmpty(repeated)) return call.danger("password_complexity", log);
  if (!isEqual(password, repeated)) return call.danger("password_mismatch", log);
  const given = text(password);
  const policy = call.db.get(passwordPolicy);
  const isFine =
    new TextEncoder().encode(given).length >= Number(policy.length) &&
    (policy.chars !== "1" || /[a-z]/i.test(given)) &&
    (policy.special_chars !== "1" || /[^a-z\d]/i.test(given)) &&
    (policy.numbers !== "1" || /\d/.test(given)) &&
    (policy.lowerupper !== "1" || (/[a-z]/.test(given) && /[A-Z]/.test(given)));
  return isFine || call.danger("password_complexity", log);
}
