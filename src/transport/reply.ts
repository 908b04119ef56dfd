import type { ActionResult, Route } from "../contract.ts";
import {
  isFailure,
  MailcowAuthError,
  type MailcowError,
  MailcowHttpError,
  MailcowRejectedError,
  MailcowReplyError,
  type MailcowRequest,
} from "../errors.ts";
import { explained } from "../meaning.ts";
import { routeName } from "../refusal.ts";
import { requestOf } from "./requests.ts";

/** What openapi-fetch returns. */
export interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** The data of an answer; a status that is no success throws, and so does a read that mailcow refuses with 200. */
export function dataOf<Data>({ data, error, response }: Answer<Data>, route?: Route<never, unknown>): Data {
  const request = requestOf(response);
  if (!response.ok) throw asError(response.status, error, request);
  if (request?.method === "GET" && saysNo(data)) throw rejection([asResult(data, request)], request, route);
  return data as Data;
}

/** No row of mailcow has both a `type` like these and a `msg`. */
function saysNo(data: unknown): boolean {
  const { type, msg } = (data ?? {}) as { type?: unknown; msg?: unknown };
  return (type === "danger" || type === "error") && (typeof msg === "string" || Array.isArray(msg));
}

/** Not by `String`, which asks an object for its `toString`, and JSON can bring one along that is no function. */
export function textOf(part: unknown): string {
  return typeof part === "string" ? part : (JSON.stringify(part) ?? "");
}

function asError(status: number, error: unknown, request: MailcowRequest | undefined): MailcowError {
  const refused = authErrorOf(status, error, request);
  if (refused) return refused;
  const msg = msgOf(error);
  return new MailcowHttpError(`mailcow answered HTTP ${status}: ${msg}`, status, JSON.stringify(error), { request });
}

/** What mailcow thinks of the key, where it says no because of that. */
export function authErrorOf(
  status: number,
  error: unknown,
  request: MailcowRequest | undefined,
): MailcowAuthError | undefined {
  const msg = msgOf(error);
  const auth = (message: string, reason: MailcowAuthError["reason"]) =>
    new MailcowAuthError(message, reason, { request });
  if (status === 401 && msg.startsWith("api access denied for ip")) {
    return auth(
      `mailcow does not accept this key from here (${msg}): add the address to the API's allow list`,
      "ip-not-allowed",
    );
  }
  if (status === 401)
    return auth(
      "mailcow does not know this API key, or its API is switched off: check the key in the admin's settings",
      "invalid-key",
    );
  if (status === 403 && msg === "API read/write access denied") {
    return auth("this API key may only read: use the read-write key", "read-only-key");
  }
  if (status === 403)
    return auth(`no API key reached mailcow (${msg}): check that no proxy removes X-API-Key`, "no-key");
  return undefined;
}

const msgOf = (error: unknown): string => textOf((error as { msg?: unknown } | undefined)?.msg);

/**
 * The entries of the answer to a write. No single entry decides: any that says no makes the whole call a refusal, and
 * the rest of it may still have happened.
 */
export function resultsOf(answer: Answer<unknown>, route?: Route<never, unknown>): ActionResult[] {
  const data = dataOf(answer, route);
  const request = requestOf(answer.response);
  const results = (Array.isArray(data) ? data : [data]).map((entry) => asResult(entry, request));
  if (results.length === 0)
    throw new MailcowReplyError("mailcow returned an empty list: nothing was done", { request });
  if (results.some(isFailure)) throw rejection(results, request, route);
  return results;
}

function rejection(
  results: readonly ActionResult[],
  request: MailcowRequest | undefined,
  route: Route<never, unknown> | undefined,
): MailcowRejectedError {
  const explanations = results.map((result) => explained(result, route?.codes));
  return new MailcowRejectedError(explanations, { request, ...(route && { route: routeName(route.path) }) });
}

function asResult(entry: unknown, request: MailcowRequest | undefined): ActionResult {
  const { type, msg } = (entry ?? {}) as { type?: unknown; msg?: unknown };
  if (typeof type !== "string" || (typeof msg !== "string" && !Array.isArray(msg))) {
    throw new MailcowReplyError("mailcow's answer does not say whether the call succeeded", { request });
  }
  return { type, msg, code: textOf(Array.isArray(msg) ? msg[0] : msg) };
}
