import { MailcowInputError } from "../errors.ts";
import { knownRoute } from "./traits.ts";
import type { WireRequest } from "./wires/wire.ts";

/** A request, its route in the contract, and the options of the call. */
export interface Outgoing extends WireRequest {
  readonly route: string;
  /** Never sent, because mailcow's session cookie is a credential; it is a secret nevertheless. */
  readonly cookie?: string | undefined;
  readonly signal?: AbortSignal | null | undefined;
  readonly timeoutMs?: number | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/**
 * A part of a path that arrives as it is written. A URL parser takes `.` and `..` out and turns backslashes round;
 * nginx decodes it and then does the same, and hands it to PHP as a part of a query, in which `&` begins the next one;
 * and PHP decodes it once more. So what is not plainly readable has to be encoded twice, and slashes and dots can't be.
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

/** Refuses a path that leads to another route, or that contains the key. */
export function checkPath({ method, path, route }: Outgoing, apiKey: string): void {
  const end = path.indexOf("?");
  const place = end < 0 ? path : path.slice(0, end);
  const known = knownRoute(method, route);
  if (!known || place !== route) checkPlace(place, route, known?.segments ?? route.split("/"));
  // Every server on the way would log it.
  if (apiKey.length > shortKey && path.includes(apiKey))
    throw refuse("holds the API key, which only goes into a header");
}

function checkPlace(place: string, route: string, wanted: readonly string[]): void {
  if (!route.startsWith("/")) throw refuse("must begin with a slash");
  const [before, ...given] = place.split("/");
  if (before !== "" || !given.every((segment) => plain.test(segment)) || (place.includes("%") && !isText(place)))
    throw refuse("has parts that no path has, or that lead to another one");
  // It has the very segments of its route, but for the ids.
  const [, ...ofRoute] = wanted;
  const leadsThere = ofRoute.every((segment, at) => segment === given[at] || segment.startsWith("{"));
  if (!leadsThere || ofRoute.length !== given.length) throw refuse("is not that of its route");
}
