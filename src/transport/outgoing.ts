import { MailcowInputError, type MailcowRequest } from "../errors.ts";
import type { CallOptions } from "./call-options.ts";
import { sharedSignal } from "./signal.ts";

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
    if (this.signal) this.signal = sharedSignal(this.signal);
  }
}

/** Which call this is, as errors and hooks name it; refuses one that leads to another server, or off its route. */
export function describe({ method, url, route }: OutgoingRequest, baseUrl: string): MailcowRequest {
  if (route !== undefined && !route.startsWith("/")) throw refuse("must begin with a slash");
  if (!url.startsWith(`${baseUrl}/`)) {
    throw new MailcowInputError("baseUrl can't be changed for a single call: make another client for another server");
  }
  const path = url.slice(baseUrl.length);
  const [place = ""] = path.split("?", 1);
  if (!plain.test(place) || !isText(place)) throw refuse("has parts that no path has, or that lead to another one");
  if (route !== undefined && !leadsTo(route, place)) throw refuse("is not that of its route");
  return { method, path };
}

/**
 * A path that arrives as it is written. A URL parser takes `.` and `..` out and turns backslashes round; nginx decodes it
 * and then does the same, and hands it to PHP as a part of a query, in which `&` begins the next one; and PHP decodes it
 * once more. So what is not plainly readable has to be encoded twice, and slashes and dots can't be.
 */
const plain = /^(?:\/(?!\.{1,2}(?:\/|$))(?:[\w@.~,:-]|%25(?!2[EF])[0-9A-F]{2})+)+$/;

/** Whether a path is text in UTF-8 once it is decoded. */
function isText(path: string): boolean {
  try {
    decodeURIComponent(path.replaceAll("%25", "%"));
    return true;
  } catch {
    return false;
  }
}

/** No key of mailcow's is as short, and a short word may stand in a path by chance. */
const shortKey = 8;

const refuse = (why: string): MailcowInputError =>
  new MailcowInputError(`the path ${why}: expected one such as /api/v1/get/domain/all, with ids in params.path`, {
    field: "path",
  });

/** Whether a path has the very segments of its route, but for the ids. */
function leadsTo(route: string, path: string): boolean {
  const [wanted, given] = [route.split("/"), path.split("/")];
  return (
    wanted.length === given.length && wanted.every((segment, at) => segment === given[at] || segment.startsWith("{"))
  );
}

/** The same for `fetch`, with the key. */
export function initOf(
  { method, url, headers, body }: OutgoingRequest,
  apiKey: string,
  signal: AbortSignal,
): RequestInit {
  // It would be in the log of every server on the way.
  if (apiKey.length > shortKey && url.includes(apiKey))
    throw refuse("holds the API key, which only goes into a header");
  const sent = new Headers(headers);
  sent.set("X-API-Key", apiKey);
  sent.set("Accept", "application/json");
  // The session cookie of mailcow's answers is a credential of its own: browsers must neither keep nor send it.
  sent.delete("Cookie");
  const init: RequestInit = { method, headers: sent, redirect: "manual", signal };
  if ("credentials" in Request.prototype) init.credentials = "omit";
  return body === undefined ? init : { ...init, body };
}
