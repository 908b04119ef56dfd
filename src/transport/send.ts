import {
  MailcowAuthError,
  MailcowError,
  MailcowHttpError,
  MailcowInputError,
  MailcowNetworkError,
  MailcowReplyError,
  type MailcowRequest,
  MailcowTimeoutError,
} from "../errors.ts";
import { Deadline } from "./deadline.ts";
import { rememberRequest } from "./requests.ts";
import { Redactor } from "./secrets.ts";

export interface SendOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly timeoutMs: number;
  readonly fetch: typeof globalThis.fetch;
}

/** What openapi-fetch asks to be sent: the fields of a `Request`, and what a caller may set per call. */
export class OutgoingRequest {
  declare readonly method: string;
  declare readonly headers: Headers;
  declare readonly body?: BodyInit;
  declare readonly signal?: AbortSignal | null;
  declare readonly timeoutMs?: number;
  readonly url: string;

  constructor(url: string, init: object) {
    Object.assign(this, init);
    this.url = url;
  }
}

/** Sends requests with the key, and lets only such answers through as the contract describes; all else is an error. */
export function createSend(options: SendOptions): (request: OutgoingRequest) => Promise<Response> {
  return async (outgoing) => {
    const request = describe(outgoing, options.baseUrl);
    const redactor = new Redactor(options.apiKey, outgoing.body);
    const timeoutMs = checkTimeout(outgoing.timeoutMs ?? options.timeoutMs);
    const deadline = new Deadline(timeoutMs, outgoing.signal);
    try {
      deadline.signal.throwIfAborted();
      const response = await options.fetch(outgoing.url, initOf(outgoing, options.apiKey, deadline.signal));
      refuseRedirect(response, request);
      return rememberRequest(admit(response, await response.text(), request, redactor), request);
    } catch (error) {
      if (error instanceof MailcowError) throw error;
      if (deadline.abortedByCaller) throw outgoing.signal?.reason;
      const cause = redactor.cause(error);
      if (deadline.expired) throw new MailcowTimeoutError(`no answer within ${timeoutMs} ms`, { request, cause });
      throw new MailcowNetworkError(`${options.baseUrl} can't be reached: ${reasonOf(cause)}`, { request, cause });
    } finally {
      deadline.release();
    }
  };
}

function describe({ method, url }: OutgoingRequest, baseUrl: string): MailcowRequest {
  if (!url.startsWith(`${baseUrl}/`)) {
    throw new MailcowInputError("baseUrl can't be changed for a single call: make another client for another server");
  }
  return { method, path: url.slice(baseUrl.length) };
}

/** How long a call may take: more than nothing, and `Infinity` for as long as it likes. */
export function checkTimeout(timeoutMs: unknown): number {
  if (typeof timeoutMs === "number" && timeoutMs > 0) return timeoutMs;
  throw new MailcowInputError(`timeoutMs must be a number of milliseconds above 0, or Infinity; it is ${timeoutMs}`);
}

function initOf({ method, headers, body }: OutgoingRequest, apiKey: string, signal: AbortSignal): RequestInit {
  const sent = new Headers(headers);
  sent.set("X-API-Key", apiKey);
  sent.set("Accept", "application/json");
  // The session cookie of mailcow's answers is a credential of its own: browsers must neither keep nor send it.
  sent.delete("Cookie");
  const init: RequestInit = { method, headers: sent, redirect: "manual", signal };
  if ("credentials" in Request.prototype) init.credentials = "omit";
  return body === undefined ? init : { ...init, body };
}

/** A redirect is never followed: it would turn a write into a read, and could carry the key elsewhere. */
function refuseRedirect(response: Response, request: MailcowRequest): void {
  if (response.type !== "opaqueredirect" && (response.status < 300 || response.status > 399)) return;
  const target = response.headers.get("Location");
  void response.body?.cancel().catch(() => {});
  throw new MailcowHttpError(
    `the server redirects to ${target ?? "another address"}, which is not followed; give the address that it wants as baseUrl`,
    response.status,
    "",
    { request },
  );
}

/** mailcow labels the text of a queued message as JSON. */
const plainText = /^\/api\/v1\/get\/postcat\//;

function admit(response: Response, text: string, request: MailcowRequest, redactor: Redactor): Response {
  const excerpt = redactor.text(text).slice(0, 2000);
  const kind = text.trimStart().startsWith("<") ? "an HTML page" : "something that is no JSON";
  if (!response.ok) {
    if (isMailcowsRefusal(text)) return rewrap(response, text);
    throw new MailcowHttpError(`the server answered HTTP ${response.status} with ${kind}`, response.status, excerpt, {
      request,
    });
  }
  if (text.trim() === "") throw emptyAnswer(request);
  if (!isJson(text)) {
    if (plainText.test(request.path)) return rewrap(response, JSON.stringify(text));
    const hint = kind === "an HTML page" ? "; is baseUrl the address of a mailcow server?" : ", or was cut off";
    throw new MailcowReplyError(`the server answered ${kind}${hint}`, { request });
  }
  return rewrap(response, text);
}

function emptyAnswer(request: MailcowRequest): MailcowError {
  if (plainText.test(request.path)) {
    return new MailcowReplyError("mailcow answered no text: Postfix is stopped, or no API key reached mailcow", {
      request,
    });
  }
  if (request.method === "GET") {
    return new MailcowAuthError(
      "mailcow answered nothing, as it does when no API key reaches it: check that no proxy takes X-API-Key away",
      "no-key",
      { request },
    );
  }
  return new MailcowReplyError(
    "mailcow answered nothing, as it does when it fails inside; a part may have been done: read it back",
    { request, empty: true },
  );
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** mailcow says no with an object of `type` and `msg`; anything else comes from somebody in between. */
function isMailcowsRefusal(text: string): boolean {
  return isJson(text) && typeof JSON.parse(text)?.type === "string" && "msg" in JSON.parse(text);
}

/** A response that can be read again, without the headers that told how its body was packed. */
function rewrap({ status, statusText, headers }: Response, text: string): Response {
  const kept = new Headers(headers);
  for (const name of ["Content-Encoding", "Content-Length", "Transfer-Encoding", "Set-Cookie"]) kept.delete(name);
  return new Response(text, { status, statusText, headers: kept });
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? reasonOf(cause.cause) : (cause as { code?: string }).code || cause.message;
}
