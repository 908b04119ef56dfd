/** Settings of the whole server that the engine itself reads. */
import { type Setting, setting } from "../state.ts";

/** How often each address came with a wrong key; mailcow bans it after several times. */
export const authFailures: Setting<Readonly<Record<string, number>>> = setting<Readonly<Record<string, number>>>(
  "AUTH_FAILURES",
  {},
);

/** From where browsers may call; nothing stored means mailcow's own page only. */
export interface Cors {
  readonly allowed_origins: readonly string[];
  readonly allowed_methods: readonly string[];
}
export const cors: Setting<Cors> = setting<Cors>("CORS_SETTINGS", { allowed_origins: [], allowed_methods: [] });

/** Where else mailboxes may get their passwords; `authsource` is absent without a provider. */
export interface IdentityProvider {
  readonly authsource?: string;
  readonly [field: string]: unknown;
}
export const identityProvider: Setting<IdentityProvider> = setting<IdentityProvider>("identity_provider", {});

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
