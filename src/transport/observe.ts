import type { MailcowError } from "../errors.ts";

/** One attempt of a call. It has no secrets, but its path has ids, such as addresses of mailboxes. */
export interface MailcowRequestEvent {
  /** The HTTP method: `GET` reads, `POST` writes (and searches). */
  readonly method: string;
  /** The route in the contract, such as `/api/v1/get/mailbox/{mailbox}`; use it to group attempts. */
  readonly route: string;
  /** The path with its ids, as it is sent. */
  readonly path: string;
  /** 1, or higher if a read is sent again. */
  readonly attempt: number;
}

/** How an attempt ended. */
export interface MailcowResponseEvent extends MailcowRequestEvent {
  /** The HTTP status; absent if there was no answer. */
  readonly status?: number;
  /** The time from sending to the end of the body, in milliseconds. */
  readonly durationMs: number;
  /** The length of the body after decompression, in bytes; absent if the body is incomplete. */
  readonly bytes?: number;
  /**
   * The `kind` of the error, or `aborted` if the caller aborted. Absent if mailcow answered, even if its answer is a
   * refusal.
   */
  readonly failure?: MailcowError["kind"] | "aborted";
}

/** An attempt that will be repeated. */
export interface MailcowRetryEvent extends MailcowResponseEvent {
  /** The wait before the next attempt, in milliseconds. */
  readonly delayMs: number;
}

/**
 * Functions for logs, metrics and traces, called while calls are sent. If a hook throws or rejects, the call continues
 * and the hook's error is dropped. Calls do not wait for hooks.
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
   * Called after every attempt, with or without an answer.
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

/** Calls a hook, if there is one, with its own copy of the event, and ignores what it returns or throws. */
export function tell<Event>(hook: ((event: Event) => unknown) | undefined, event: () => Event): void {
  if (!hook) return;
  try {
    void Promise.resolve(hook(event())).catch(() => {});
  } catch {
    // A hook must not break the call.
  }
}
