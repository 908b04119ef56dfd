import type { Call } from "../server/call.ts";
import { type Setting, setting } from "../state.ts";
import { isEmpty, text } from "./php.ts";

/** What passwords need, in texts as Redis holds them. Only `1` switches a rule on. */
export interface PasswordPolicy {
  readonly length: string;
  readonly chars: string;
  readonly special_chars: string;
  readonly lowerupper: string;
  readonly numbers: string;
}
export const passwordPolicy: Setting<PasswordPolicy> = setting<PasswordPolicy>("PASSWD_POLICY", {
  length: "6",
  chars: "0",
  special_chars: "0",
  lowerupper: "0",
  numbers: "0",
});

/** Whether a password meets the policy; says why not. */
export function checkPassword(call: Call, password: unknown, repeated: unknown): boolean {
  const log = ["password_check", null, null];
  if (isEmpty(password) || isEmpty(repeated)) return call.danger("password_complexity", log);
  if (password !== repeated && text(password) !== text(repeated)) return call.danger("password_mismatch", log);
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
