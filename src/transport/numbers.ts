import { MailcowInputError } from "../errors.ts";

/** A timer with a longer delay fires at once. */
export const longestWaitMs: number = 2 ** 31 - 1;

/** Checks how long a call may take: more than 0, or `Infinity` for no limit. */
export function checkTimeout(timeoutMs: unknown): number {
  if (typeof timeoutMs !== "number" || !(timeoutMs > 0)) {
    throw new MailcowInputError(
      `timeoutMs must be a number of milliseconds above 0, or Infinity; it is ${named(timeoutMs)}`,
    );
  }
  return timeoutMs > longestWaitMs ? Number.POSITIVE_INFINITY : timeoutMs;
}

/** Checks a whole number of at least `least`, or `Infinity` for no limit. */
export function checkCount(name: string, count: unknown, least: 0 | 1): number {
  const fits = count === Number.POSITIVE_INFINITY || Number.isSafeInteger(count);
  if (fits && (count as number) >= least) return count as number;
  throw new MailcowInputError(`${name} must be a whole number from ${least} on, or Infinity; it is ${named(count)}`);
}

function named(value: unknown): string {
  if (typeof value === "number" || value === null) return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
