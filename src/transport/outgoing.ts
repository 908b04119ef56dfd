import { MailcowInputError, type MailcowRequest } from "../errors.ts";
import type { CallOptions } from "./call-options.ts";

/** What openapi-fetch asks to be sent: the fields of a `Request`, and what a caller may set per call. */
export class OutgoingRequest {
  declare readonly method: string;
  declare readonly headers: Headers;
  declare readonly body?: BodyInit;
  declare readonly signal?: AbortSignal | null;
  /** The route as the contract names it. */
  declare readonly route?: string;
  readonly url: string;
  readonly options: CallOptions;

  constructor(url: string, init: object) {
    Object.assign(this, init);
    this.url = url;
    this.options = init;
  }
}

/** Which call this is, as errors and hooks name it; refuses one that leads to another server. */
export function describe({ method, url, route }: OutgoingRequest, baseUrl: string): MailcowRequest {
  if (route !== undefined && !route.startsWith("/"))
    throw new MailcowInputError("the path must begin with a slash, such as /api/v1/get/domain/all", { field: "path" });
  if (!url.startsWith(`${baseUrl}/`)) {
    throw new MailcowInputError("baseUrl can't be changed for a single call: make another client for another server");
  }
  return { method, path: url.slice(baseUrl.length) };
}

/** The same for `fetch`, with the key. */
export function initOf({ method, headers, body }: OutgoingRequest, apiKey: string, signal: AbortSignal): RequestInit {
  const sent = new Headers(headers);
  sent.set("X-API-Key", apiKey);
  sent.set("Accept", "application/json");
  // The session cookie of mailcow's answers is a credential of its own: browsers must neither keep nor send it.
  sent.delete("Cookie");
  const init: RequestInit = { method, headers: sent, redirect: "manual", signal };
  if ("credentials" in Request.prototype) init.credentials = "omit";
  return body === undefined ? init : { ...init, body };
}
