import { randomPassword } from "../core/random.ts";
import { MailcowInputError } from "../errors.ts";
import type { Calls } from "./calls.ts";
import { fieldsOf } from "./names.ts";

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

/**
 * A password and its repetition as mailcow wants them. One that is given is taken; without one, one is made that the
 * policy of this server allows, which costs a read of the policy.
 */
export async function passwordsFor(calls: Calls, given: Passwords): Promise<Pair> {
  if (given.password !== undefined || given.password2 !== undefined) return repeated(given);
  const policy = await calls.data("/api/v1/get/passwordpolicy");
  const password = randomPassword(Math.max(shortest, Number(policy.length) || 0));
  return { password, password2: password };
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
    throw new MailcowInputError("password2 repeats password, which is missing");
  }
  if (password !== password2) throw new MailcowInputError("password and password2 differ");
  return { password, password2 };
}

/** Attributes with the password twice, or without one where it is empty, which means that the old one stays. */
export function withPasswords<Attr extends Passwords>(given: Attr): Omit<Attr, keyof Passwords> & Partial<Pair> {
  const { password, password2, ...attr } = fieldsOf(given);
  if (!password && !password2) return attr;
  return { ...attr, ...repeated({ password: password || undefined, password2: password2 || undefined }) };
}
