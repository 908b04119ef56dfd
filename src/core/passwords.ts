import { getPasswordpolicy } from "../generated/routes/password-policy.ts";
import { refusal } from "../refusal.ts";
import type { Api } from "./api.ts";
import type { Batch } from "./batch.ts";
import { fieldsOf } from "./lists.ts";
import type { CallOptions } from "./options.ts";
import { randomPassword } from "./random.ts";

/** Long enough to be safe; longer only if the server's policy requires it. */
const shortest = 24;

interface Passwords {
  readonly password?: string | undefined;
  readonly password2?: string | undefined;
}

interface Pair {
  password: string;
  password2: string;
}

/** The given password, or a random one that meets the server's policy, which is read first, once for a batch. */
export async function passwordFor(
  api: Api,
  given: string | undefined,
  call: CallOptions,
  batch?: Batch,
): Promise<string> {
  if (given !== undefined) return given;
  const read = () => api.call(getPasswordpolicy, {}, call);
  const policy = await (batch ? batch.once("policy", read) : read());
  return randomPassword(Math.max(shortest, Number(policy.length) || 0));
}

/** The new row with its password. */
export async function withPassword<Row>(
  reading: Promise<Row | null>,
  password = "",
): Promise<(Row & { password: string }) | null> {
  const row = await reading;
  return row && { ...row, password };
}

/** The password twice: mailcow ignores a password without its repetition. The message never has the password. */
function repeated({ password, password2 = password }: Passwords): Pair {
  if (password === undefined || password2 === undefined) {
    throw refusal("password", "given together with password2, which repeats it");
  }
  if (password !== password2) throw refusal("password2", "the same as password");
  return { password, password2 };
}

/** Attributes with the password twice, or without one if it is empty, which keeps the old one. */
export function withPasswords<Attr extends Passwords>(given: Attr): Omit<Attr, keyof Passwords> & Partial<Pair> {
  const { password, password2, ...attr } = fieldsOf(given);
  if (!password && !password2) return attr;
  return { ...attr, ...repeated({ password: password || undefined, password2: password2 || undefined }) };
}
