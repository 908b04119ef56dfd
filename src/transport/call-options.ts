import { checkTimeout } from "./numbers.ts";
import { checkSignal } from "./signal.ts";

/** What every method that asks mailcow takes, as its last argument. */
export interface CallOptions {
  /** Ends the call; it rejects with the reason of this signal. A write that was sent may have happened all the same. */
  readonly signal?: AbortSignal;
  /**
   * How long each request of the call may take, its retries and its answer included, in milliseconds; `Infinity` for as
   * long as it likes.
   *
   * @default what the client was made with, 30_000 by default
   */
  readonly timeoutMs?: number;
}

/** The options of every call, each with its check. One that is added here is known to every method. */
export const callOptions: { readonly [Name in keyof Required<CallOptions>]: (value: unknown) => void } = {
  signal: checkSignal,
  timeoutMs: checkTimeout,
};

/** Checks what is given of the options of every call, also where nothing is sent in the end. */
export function checkCallOptions(given: Readonly<Record<string, unknown>>): void {
  for (const [name, check] of Object.entries(callOptions)) if (given[name] !== undefined) check(given[name]);
}
