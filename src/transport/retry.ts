import type { Traits } from "../contract.ts";
import { MailcowNetworkError, type MailcowRequest } from "../errors.ts";

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
  /** As far as there was one: its status and headers. */
  readonly response?: Response | undefined;
  readonly error?: unknown;
}

const firstWaitMs = 250;
const lastWaitMs = 8_000;
const busy = new Set([429, 502, 503, 504]);
/** Whether a call may be sent again. A write never is: nobody knows how much of it has happened. */
export function isRepeatable({ method }: MailcowRequest, traits: Traits | undefined): boolean {
  return method === "GET" && traits !== undefined && !traits.writes;
}

/**
 * Whether another attempt could end better. Where a status came, it alone decides, whatever became of the body: after a
 * 401 or 403, mailcow counts every further attempt towards a ban.
 */
export function isPassing({ response, error }: Outcome): boolean {
  if (response && !response.ok) return busy.has(response.status);
  return error instanceof MailcowNetworkError;
}

/**
 * How long to wait after the nth attempt, in milliseconds: as long as the server asks, and a random part of a time that
 * doubles, so that clients who failed together do not come back together.
 */
export function waitAfter(attempt: number, { response }: Outcome, pace: Pace): number {
  const most = Math.min(lastWaitMs, firstWaitMs * 2 ** (attempt - 1));
  return askedFor(response, pace) + pace.random() * most;
}

/** `Retry-After`, in seconds or as a date; a date is measured by the server's own clock, where it shows it. */
function askedFor(response: Response | undefined, pace: Pace): number {
  const asked = response?.headers.get("Retry-After")?.trim() ?? "";
  if (/^\d+$/.test(asked)) return Number(asked) * 1000;
  const until = httpDate(asked);
  if (until === undefined) return 0;
  return Math.max(0, until - (httpDate(response?.headers.get("Date")) ?? pace.date()));
}

function httpDate(text: string | null | undefined): number | undefined {
  const time = / GMT$/.test(text ?? "") ? Date.parse(text ?? "") : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
