import { MailcowInputError } from "../errors.ts";
import { knownRoute } from "./traits.ts";
import type { WireRequest } from "./wires/wire.ts";

/** What is asked to be sent: a request, its route as the contract names it, and what a caller may set per call. */
export interface Outgoing extends WireRequest {
  readonly route: string;
  /** Is never sent, as mailcow's session cookie is a credential of its own; and is a secret all the same. */
  readonly cookie?: string | undefined;
  readonly signal?: AbortSignal | null | undefined;
  readonly timeoutMs?: number | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/**
 * A part of a path that arrives as it is written. A URL parser takes `.` and `..` out and turns backslashes round; nginx
 * decodes it and then does the same, and hands it to PHP as a part of a query, in which `&` begins the next one; and PHP
 * decodes it once more. So what is not plainly readable has to be encoded twice, and slashes and dots can't be.
 */
const plain = /^(?!\.{1,2}$)(?:[\w@.~,:-]|%25(?!2[EF])[0-9A-F]{2})+$/;

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

/** Refuses a path that leads off its route, or shows the key. */
export function checkPath({ method, path, route }: Outgoing, apiKey: string): void {
  const end = path.indexOf("?");
  const place = end < 0 ? path : path.slice(0, end);
  const known = knownRoute(method, route);
  if (!known || place !== route) checkPlace(place, route, known?.segments ?? route.split("/"));
  // It would be in the log of every server on the way.
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
