import type { MailcowError } from "../errors.ts";

/** One attempt of one call. Nothing in it is secret; the path holds ids, such as addresses of mailboxes. */
export interface MailcowRequestEvent {
  /** The HTTP method: `GET` reads, `POST` writes (and searches). */
  readonly method: string;
  /** The route as the contract names it, such as `/api/v1/get/mailbox/{mailbox}`: what to group by. */
  readonly route: string;
  /** The path as it is sent, with its ids. */
  readonly path: string;
  /** 1, and more where a read is sent again. */
  readonly attempt: number;
}

/** How an attempt ended. */
export interface MailcowResponseEvent extends MailcowRequestEvent {
  /** The HTTP status; absent where no answer came. */
  readonly status?: number;
  /** From sending to the end of the body, in milliseconds. */
  readonly durationMs: number;
  /** The length of the body, unpacked; absent where it did not come to its end. */
  readonly bytes?: number;
  /**
   * What was wrong, as the `kind` of the error, or `aborted` by the caller. Absent where an answer of mailcow's came,
   * which may be a refusal of its own.
   */
  readonly failure?: MailcowError["kind"] | "aborted";
}

/** An attempt that is going to be repeated. */
export interface MailcowRetryEvent extends MailcowResponseEvent {
  /** How long is waited before the next one, in milliseconds. */
  readonly delayMs: number;
}

/**
 * What to call as calls go on, for a log or for traces. A hook that throws, or whose promise is rejected, changes
 * nothing: the call goes on, and the hook's error is dropped. Hooks are not waited for.
 */
export interface MailcowHooks {
  /**
   * Called before every attempt.
   *
   * @example
   * const mcc = new MailcowApiClient("https://mail.example.com", apiKey, {
   *   onRequest: ({ method, route, attempt }) => console.debug(method, route, "attempt", attempt),
   * });
   */
  onRequest?: (event: MailcowRequestEvent) => unknown;
  /**
   * Called after every attempt, whether an answer came or not.
   *
   * @example
   * const mcc = new MailcowApiClient("https://mail.example.com", apiKey, {
   *   onResponse: ({ method, route, status, failure, durationMs }) =>
   *     console.info(method, route, failure ?? status, `${Math.round(durationMs)} ms`),
   * });
   */
  onResponse?: (event: MailcowResponseEvent) => unknown;
  /**
   * Called before a read is repeated.
   *
   * @example
   * const mcc = new MailcowApiClient("https://mail.example.com", apiKey, {
   *   onRetry: ({ route, status, delayMs }) => console.warn(route, status, "again in", delayMs, "ms"),
   * });
   */
  onRetry?: (event: MailcowRetryEvent) => unknown;
}

/** Calls a hook, where there is one, with an event of its own, and lets nothing come back from it. */
export function tell<Event>(hook: ((event: Event) => unknown) | undefined, event: () => Event): void {
  if (!hook) return;
  try {
    void Promise.resolve(hook(event())).catch(() => {});
  } catch {
    // The call is not the hook's to break.
  }
}
