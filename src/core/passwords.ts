import { getPasswordpolicy } from "../generated/routes/password-policy.ts";
import { refusal } from "../refusal.ts";
import type { Api } from "./api.ts";
import { fieldsOf } from "./lists.ts";
import type { CallOptions } from "./options.ts";
import { randomPassword } from "./random.ts";

/** Long enough to be safe; longer only where the server's policy asks for it. */
const shortest = 24;

interface Passwords {
  readonly password?: string | undefined;
  readonly password2?: string | undefined;
}

interface Pair {
  password: string;
  password2: string;
}

/** The given password, or one that the policy of this server allows, which costs a read of the policy. */
export async function passwordFor(api: Api, given: string | undefined, call: CallOptions): Promise<string> {
  if (given !== undefined) return given;
  const policy = await api.call(getPasswordpolicy, {}, call);
  return randomPassword(Math.max(shortest, Number(policy.length) || 0));
}

/** The row of what was added, with the password that it was given. */
export async function withPassword<Row>(
  reading: Promise<Row | null>,
  password = "",
): Promise<(Row & { password: string }) | null> {
  const row = await reading;
  return row && { ...row, password };
}

/** The password twice: mailcow ignores one that stands alone. The message never repeats it. */
function repeated({ password, password2 = password }: Passwords): Pair {
  if (password === undefined || password2 === undefined) {
    throw refusal("password", "given: password2 repeats it");
  }
  if (password !== password2) throw refusal("password2", "the same as password");
  return { password, password2 };
}

/** Attributes with the password twice, or without one where it is empty, which means that the old one stays. */
export function withPasswords<Attr extends Passwords>(given: Attr): Omit<Attr, keyof Passwords> & Partial<Pair> {
  const { password, password2, ...attr } = fieldsOf(given);
  if (!password && !password2) return attr;
  return { ...attr, ...repeated({ password: password || undefined, password2: password2 || undefined }) };
}
