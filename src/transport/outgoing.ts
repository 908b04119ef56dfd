import type { Traits } from "../contract.ts";
import { MailcowInputError } from "../errors.ts";
import type { WireRequest } from "./wires/wire.ts";

/** A request, its route in the contract, and the options of the call. */
export interface Outgoing extends WireRequest {
  readonly route: string;
  /** Absent if the contract does not have the route. */
  readonly traits: Traits | undefined;
  /** Never sent, because mailcow's session cookie is a credential; it is a secret nevertheless. */
  readonly cookie?: string | undefined;
  readonly signal?: AbortSignal | null | undefined;
  readonly timeoutMs?: number | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/**
 * A part of a path that arrives unchanged. A URL parser removes `.` and `..` and turns backslashes around. nginx
 * decodes the path, does the same, and passes it to PHP as part of a query, in which `&` begins the next part; then PHP
 * decodes it again. So special characters must be encoded twice, and slashes and dots can't be encoded at all.
 */
const plain = /^(?!\.{1,2}$)(?:[\w@.~,:-]|%25(?!2[EF])[0-9A-F]{2})+$/;

/** Whether a path is valid UTF-8 after decoding. */
function isText(path: string): boolean {
  try {
    decodeURIComponent(path.replaceAll("%25", "%"));
    return true;
  } catch {
    return false;
  }
}

/** mailcow's keys are longer, and a short word may be part of a path by chance. */
const shortKey = 8;

const refuse = (why: string): MailcowInputError =>
  new MailcowInputError(`the path ${why}: expected one such as /api/v1/get/domain/all, with ids in params.path`, {
    field: "path",
  });

/** Refuses a path that contains the key: every server on the way would log it. */
export function checkKeyless(path: string, apiKey: string): void {
  if (apiKey.length > shortKey && path.includes(apiKey))
    throw refuse("holds the API key, which only goes into a header");
}

/** A path without ids, as most writes have. */
const simple = /^(?:\/[\w-]+)+$/;

/** Refuses a path that leads to another route. */
export function checkPath(path: string, route: string): void {
  if (path === route && simple.test(path)) return;
  if (!route.startsWith("/")) throw refuse("must begin with a slash");
  const [place = ""] = path.split("?", 1);
  const [before, ...given] = place.split("/");
  if (before !== "" || !given.every((segment) => plain.test(segment)) || (place.includes("%") && !isText(place)))
    throw refuse("has parts that no path has, or that lead to another one");
  // It has the segments of its route, apart from the ids.
  const [, ...wanted] = route.split("/");
  const leadsThere = wanted.every((segment, at) => segment === given[at] || segment.startsWith("{"));
  if (!leadsThere || wanted.length !== given.length) throw refuse("is not that of its route");
}
