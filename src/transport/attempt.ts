import type { Traits } from "../contract.ts";
import { MailcowError, MailcowNetworkError, type MailcowRequest, MailcowTimeoutError } from "../errors.ts";
import { admit, refuseRedirect } from "./admit.ts";
import { readBody } from "./body.ts";
import { reasonOf, safeCause } from "./cause.ts";
import { withAdvice } from "./connection.ts";
import type { Deadline } from "./deadline.ts";
import type { MailcowResponseEvent } from "./observe.ts";
import type { Outcome } from "./retry.ts";
import type { Redactor } from "./secrets.ts";

/** What all attempts of a call have in common. */
export interface Call {
  readonly request: MailcowRequest;
  readonly route: string;
  readonly traits: Traits | undefined;
  readonly url: string;
  readonly init: RequestInit;
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly maxReplyBytes: number;
  readonly timeoutMs: number;
  readonly deadline: Deadline;
  readonly redactor: Redactor;
}

/** An attempt that has ended: with an answer to hand out, or an error to throw. */
export interface Attempt extends Outcome {
  readonly answer?: Response;
  readonly bytes?: number;
}

/** Sends a call once. Never throws. */
export async function attempt(call: Call, before: Outcome | undefined): Promise<Attempt> {
  const { deadline, request, redactor } = call;
  let response: Response | undefined;
  try {
    // A caller's own `fetch` might send it all the same.
    deadline.signal.throwIfAborted();
    response = await deadline.within(call.fetch(call.url, call.init));
    refuseRedirect(response, request, redactor, call.baseUrl);
    // The text of a queued mail is in whatever encoding it was mailed.
    const strict = response.ok && !call.traits?.text;
    const reading = { maxBytes: call.maxReplyBytes, strict, cut: !response.ok };
    const body = await deadline.within(readBody(response, reading, request));
    return { response, answer: admit(response, body, call), bytes: body.bytes };
  } catch (error) {
    return { response, error: asFailure(error, call, before) };
  }
}

/** The error to throw for what went wrong: the caller's own reason where they aborted, a MailcowError otherwise. */
export function asFailure(error: unknown, call: Call, before: Outcome | undefined): unknown {
  if (error instanceof MailcowError) return error;
  const { deadline, request, redactor, timeoutMs } = call;
  if (deadline.abortedByCaller) return deadline.signal.reason;
  // A `fetch` of the caller's own may have been aborted by its own signal.
  if (!deadline.signal.aborted && isAbort(error)) return error;
  // Where there were attempts before, how they ended says more than that the time is up.
  const cause = safeCause((deadline.expired && before?.error) || error, redactor);
  if (deadline.expired) return new MailcowTimeoutError(`no answer within ${timeoutMs} ms`, { request, cause });
  return new MailcowNetworkError(`${call.baseUrl} can't be reached: ${withAdvice(reasonOf(cause))}`, {
    request,
    cause,
  });
}

/** Whether a `fetch` was ended by a signal. */
export const isAbort = (error: unknown): boolean =>
  error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");

/** What a hook is told about an attempt. */
export function eventOf(call: Call, number: number, ended: Attempt, durationMs: number): MailcowResponseEvent {
  const { response, error, bytes } = ended;
  const kind = error instanceof MailcowError ? error.kind : "aborted";
  return {
    method: call.request.method,
    route: call.route,
    path: call.request.path,
    attempt: number,
    durationMs,
    ...(response && { status: response.status }),
    ...(bytes !== undefined && { bytes }),
    ...("error" in ended && { failure: kind }),
  };
}
