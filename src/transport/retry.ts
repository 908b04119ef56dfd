import type { Traits } from "../contract.ts";
import { MailcowNetworkError } from "../errors.ts";
import { isOk } from "./received.ts";
import type { Head } from "./wires/wire.ts";

/** Where time and chance come from; a test brings its own. */
export interface Pace {
  /** Milliseconds on a clock that never jumps. */
  now(): number;
  /** Milliseconds since 1970. */
  date(): number;
  /** From 0 up to, but not, 1. */
  random(): number;
  /** Waits, and ends at once, without a word, when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const realPace: Pace = {
  now: () => performance.now(),
  date: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener("abort", end, { once: true });
    }),
};

/** How a single attempt ended. */
export interface Outcome {
  /** As far as there was one. */
  readonly head?: Head | undefined;
  readonly error?: unknown;
}

const firstWaitMs = 250;
const lastWaitMs = 8_000;
const busy = new Set([429, 502, 503, 504]);

/** Whether a call may be sent again. A write never is: nobody knows how much of it has happened. */
export function isRepeatable(method: string, traits: Traits | undefined): boolean {
  return method === "GET" && traits !== undefined && !traits.writes;
}

/**
 * Whether another attempt could end better. Where a status came, it alone decides, whatever became of the body: after a
 * 401 or 403, mailcow counts every further attempt towards a ban.
 */
export function isPassing({ head, error }: Outcome): boolean {
  if (head && !isOk(head.status)) return busy.has(head.status);
  return error instanceof MailcowNetworkError;
}

/**
 * How long to wait after the nth attempt, in milliseconds: as long as the server asks, and a random part of a time that
 * doubles, so that clients who failed together do not come back together.
 */
export function waitAfter(attempt: number, { head }: Outcome, pace: Pace): number {
  const most = Math.min(lastWaitMs, firstWaitMs * 2 ** (attempt - 1));
  return askedFor(head, pace) + pace.random() * most;
}

/** `Retry-After`, in seconds or as a date; a date is measured by the server's own clock, where it shows it. */
function askedFor(head: Head | undefined, pace: Pace): number {
  const asked = head?.headers.get("Retry-After")?.trim() ?? "";
  if (/^\d+$/.test(asked)) return Number(asked) * 1000;
  const until = httpDate(asked);
  if (until === undefined) return 0;
  return Math.max(0, until - (httpDate(head?.headers.get("Date")) ?? pace.date()));
}

function httpDate(text: string | null | undefined): number | undefined {
  const time = / GMT$/.test(text ?? "") ? Date.parse(text ?? "") : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
