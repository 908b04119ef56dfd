import { MailcowNetworkError } from "../errors.ts";
import type { Outgoing } from "./outgoing.ts";
import { isOk } from "./received.ts";
import type { Head } from "./wires/wire.ts";

/** The source of time and randomness; tests bring their own. */
export interface Pace {
  /** Milliseconds on a clock that never jumps. */
  now(): number;
  /** Milliseconds since 1970. */
  date(): number;
  /** At least 0, and less than 1. */
  random(): number;
  /** Waits; ends at once, without an error, when the signal aborts. */
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

/** How one attempt ended. */
export interface Outcome {
  /** Absent if there was no answer. */
  readonly head?: Head | undefined;
  readonly error?: unknown;
}

const firstWaitMs = 250;
const lastWaitMs = 8_000;
const busy = new Set([429, 502, 503, 504]);

/** Whether a call may be sent again. A write never is, because a part of it may have happened. */
export function isRepeatable({ method, traits }: Outgoing): boolean {
  return method === "GET" && traits !== undefined && !traits.writes;
}

/**
 * Whether another attempt could succeed. If there was a status, it alone decides, even if the body failed: after a 401
 * or 403, mailcow counts every further attempt towards a ban.
 */
export function isPassing({ head, error }: Outcome): boolean {
  if (head && !isOk(head.status)) return busy.has(head.status);
  return error instanceof MailcowNetworkError;
}

/**
 * How long to wait after the nth attempt, in milliseconds: as long as the server asks, plus a random part of a time
 * that doubles, so that clients that failed together do not retry together.
 */
export function waitAfter(attempt: number, { head }: Outcome, pace: Pace): number {
  const most = Math.min(lastWaitMs, firstWaitMs * 2 ** (attempt - 1));
  return askedFor(head, pace) + pace.random() * most;
}

/** `Retry-After`, in seconds or as a date, which is compared with the server's own clock if the server sends it. */
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
