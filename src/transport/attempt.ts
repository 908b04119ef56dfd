import { MailcowError, MailcowNetworkError, MailcowTimeoutError } from "../errors.ts";
import { admit } from "./admit.ts";
import type { Call } from "./call.ts";
import { reasonOf, safeCause } from "./cause.ts";
import { withAdvice } from "./connection.ts";
import type { MailcowRequestEvent, MailcowResponseEvent } from "./observe.ts";
import type { Received } from "./received.ts";
import { Reception } from "./reception.ts";
import type { Outcome } from "./retry.ts";

/** An attempt that has ended: with an answer to return, or an error to throw. */
export interface Attempt extends Outcome {
  readonly answer?: Received;
  readonly bytes?: number;
}

/** Sends a call once. Never throws. */
export async function attempt(call: Call, before: Outcome | undefined): Promise<Attempt> {
  const reception = new Reception(call);
  try {
    // A caller's own `fetch` might still send it.
    if (call.deadline.ended) throw call.deadline.ended.reason;
    const body = await reception.body();
    const { head } = reception;
    if (!head) throw new Error("an answer without a head");
    return { head, answer: admit(head, body, call), bytes: body.bytes };
  } catch (error) {
    return { head: reception.head, error: asFailure(error, call, before) };
  } finally {
    call.deadline.transfer = undefined;
  }
}

/** The error to throw: the caller's own reason if they aborted, a MailcowError otherwise. */
export function asFailure(error: unknown, call: Call, before: Outcome | undefined): unknown {
  const { deadline, request, redactor, timeoutMs, sender } = call;
  // An error of another call, which the caller's own `fetch` may throw, may have secrets of this one.
  if (error instanceof MailcowError && error.request === request) return error;
  if (deadline.abortedByCaller) return deadline.ended?.reason;
  // How the attempts before ended says more than that the time is up.
  const cause = safeCause((deadline.expired && before?.error) || error, redactor);
  // The caller's own `fetch` may have been aborted by its own signal.
  if (!deadline.ended && isAbort(error)) return cause;
  if (deadline.expired) return new MailcowTimeoutError(`no answer within ${timeoutMs} ms`, { request, cause });
  return new MailcowNetworkError(`${sender.baseUrl} can't be reached: ${withAdvice(reasonOf(cause))}`, {
    request,
    cause,
  });
}

/** Whether a signal ended a `fetch`. */
export const isAbort = (error: unknown): boolean =>
  error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");

/** An attempt as hooks see it. */
export function beginningOf({ request, sent }: Call, attempt: number): MailcowRequestEvent {
  return { method: request.method, route: sent.route, path: request.path, attempt };
}

/** How it ended. */
export function endOf(ended: Attempt, durationMs: number): Omit<MailcowResponseEvent, keyof MailcowRequestEvent> {
  const { head, error, bytes } = ended;
  return {
    durationMs,
    ...(head && { status: head.status }),
    ...(bytes !== undefined && { bytes }),
    ...("error" in ended && { failure: error instanceof MailcowError ? error.kind : "aborted" }),
  };
}
