import { checkTimeout } from "./numbers.ts";
import { checkSignal } from "./signal.ts";

/** Options of every method that calls mailcow, as its last argument. */
export interface CallOptions {
  /** Ends the call, which rejects with the reason of this signal. A write that was sent may still have happened. */
  readonly signal?: AbortSignal;
  /**
   * How long each request of the call may take in milliseconds, including retries and reading the answer; `Infinity`
   * for no limit.
   *
   * @default the client's `timeoutMs`, which is 30_000 by default
   */
  readonly timeoutMs?: number;
}

/** The options of every call, each with its check. Every method accepts an option that is added here. */
export const callOptions: { readonly [Name in keyof Required<CallOptions>]: (value: unknown) => void } = {
  signal: checkSignal,
  timeoutMs: checkTimeout,
};

const checks = Object.entries(callOptions);

/** Checks the given options of a call, even if nothing is sent in the end. */
export function checkCallOptions(given: Readonly<Record<string, unknown>>): void {
  for (const [name, check] of checks) if (given[name] !== undefined) check(given[name]);
}
