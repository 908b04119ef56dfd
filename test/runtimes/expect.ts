import { isMailcowError } from "mailcow-client";

/** Fails unless two values are the same, as JSON says them. */
export function same(actual: unknown, expected: unknown, what = "it"): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${what} is ${is?.slice(0, 300)}, not ${should?.slice(0, 300)}`);
}

/** Fails unless a text matches. */
export function matches(text: unknown, pattern: RegExp): void {
  if (!pattern.test(String(text))) throw new Error(`${String(text).slice(0, 300)} does not match ${pattern}`);
}

/** Fails unless a call throws an error of this library with these values; returns it. */
export async function fails(call: Promise<unknown>, expected: Readonly<Record<string, unknown>>): Promise<Error> {
  const error = await call.then(
    (value) => new Error(`it returned ${JSON.stringify(value)?.slice(0, 300)}`),
    (reason: unknown) => reason,
  );
  if (!isMailcowError(error)) throw error;
  for (const [name, value] of Object.entries(expected))
    same((error as unknown as Record<string, unknown>)[name], value, `${name} of "${error.message}"`);
  return error;
}

/** Waits until something holds. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let at = 0; at < 100; at += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: not within five seconds`);
}
