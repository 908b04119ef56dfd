import { int, isSet } from "../rules/php.ts";
import { type PasswordPolicy, passwordPolicy } from "../rules/settings.ts";
import type { Call } from "../server/call.ts";
import { logOf, reads, type Topic, writes } from "../server/topic.ts";

/** What mailcow tells people about each rule. */
const told: Readonly<Record<keyof PasswordPolicy, (value: string) => string>> = {
  length: (value) => `Minimum password length is ${value}`,
  chars: () => "Must contain at least one alphabetic character",
  special_chars: () => "Must contain special characters",
  lowerupper: () => "Must contain lowercase and uppercase characters",
  numbers: () => "Must contain at least one number",
};
const names = Object.keys(told) as (keyof PasswordPolicy)[];

function edit(call: Call): void {
  const { db, data } = call;
  const now = db.get(passwordPolicy);
  // A length below 3 is passed over.
  const sent = names.filter((name) => isSet(data[name]) && (name !== "length" || int(data[name]) >= 3));
  db.set(passwordPolicy, { ...now, ...Object.fromEntries(sent.map((name) => [name, String(int(data[name]))])) });
  call.success("password_policy_saved");
}

function html({ db }: Call): string {
  const policy = db.get(passwordPolicy);
  const rules = names.filter((name) => policy[name] !== "0").map((name) => told[name](policy[name]));
  return `<p class="help-block small">- ${rules.join("<br>- ")}</p>`;
}

export const passwordPolicies: Topic = {
  actions: {
    "edit/passwordpolicy": writes(logOf("password_complexity", "edit"), edit),
    "get/passwordpolicy": reads(({ db }) => db.get(passwordPolicy)),
    "get/passwordpolicy/html": reads(html),
  },
};
