import type { ActionResult, Route } from "../contract.ts";
import {
  isFailure,
  type MailcowError,
  MailcowHttpError,
  MailcowRejectedError,
  MailcowReplyError,
  type MailcowRequest,
} from "../errors.ts";
import { explained } from "../meaning.ts";
import { routeName } from "../refusal.ts";
import { textOf } from "../sentence.ts";
import { authErrorOf, msgOf } from "./auth.ts";
import { Result } from "./result.ts";

/** The result of openapi-fetch. */
export interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** The data of an answer. Throws for an error status, and for a read that mailcow refuses with HTTP 200. */
export function dataOf<Data>(answer: Answer<Data>, route?: Route<never, unknown>): Data {
  const source = Result.sourceOf(answer);
  const { ok, status } = source ?? answer.response;
  if (!ok) throw asError(status, answer.error, source?.request);
  const { data } = answer;
  if (source?.method === "GET" && saysNo(data)) throw rejection([asResult(data, answer)], answer, route);
  return data as Data;
}

/** The call that it answers, if known. Computed only for errors, because it takes time. */
export const requestOf = (answer: Answer<unknown>): MailcowRequest | undefined => Result.sourceOf(answer)?.request;

/** No row of mailcow has both a `type` like these and a `msg`. */
function saysNo(data: unknown): boolean {
  const { type, msg } = (data ?? {}) as { type?: unknown; msg?: unknown };
  return (type === "danger" || type === "error") && (typeof msg === "string" || Array.isArray(msg));
}

function asError(status: number, error: unknown, request: MailcowRequest | undefined): MailcowError {
  const refused = authErrorOf(status, error, request);
  if (refused) return refused;
  return new MailcowHttpError(`mailcow answered HTTP ${status}: ${msgOf(error)}`, status, JSON.stringify(error), {
    request,
  });
}

/**
 * The entries of the answer to a write. Any failed entry makes the call a refusal, although the rest may have happened.
 */
export function resultsOf(answer: Answer<unknown>, route?: Route<never, unknown>): ActionResult[] {
  const data = dataOf(answer, route);
  const results = (Array.isArray(data) ? data : [data]).map((entry) => asResult(entry, answer));
  if (results.length === 0)
    throw new MailcowReplyError("mailcow returned an empty list: nothing was done", { request: requestOf(answer) });
  if (results.some(isFailure)) throw rejection(results, answer, route);
  return results;
}

function rejection(
  results: readonly ActionResult[],
  answer: Answer<unknown>,
  route: Route<never, unknown> | undefined,
): MailcowRejectedError {
  const explanations = results.map((result) => explained(result, route?.codes));
  return new MailcowRejectedError(explanations, {
    request: requestOf(answer),
    ...(route && { route: routeName(route.path) }),
  });
}

function asResult(entry: unknown, answer: Answer<unknown>): ActionResult {
  const { type, msg } = (entry ?? {}) as { type?: unknown; msg?: unknown };
  if (typeof type !== "string" || (typeof msg !== "string" && !Array.isArray(msg))) {
    throw new MailcowReplyError("mailcow's answer does not say whether the call succeeded", {
      request: requestOf(answer),
    });
  }
  return { type, msg, code: textOf(Array.isArray(msg) ? msg[0] : msg) };
}
