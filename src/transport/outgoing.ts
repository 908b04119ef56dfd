import { MailcowInputError } from "../errors.ts";
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

/** No key of mailcow's is as short, and a short word may stand in a path by chance. */
const shortKey = 8;

const refuse = (why: string): MailcowInputError =>
  new MailcowInputError(`the path ${why}: expected one such as /api/v1/get/domain/all`, { field: "path" });

/** Refuses a path that leads off its route, or shows the key. */
export function checkPath({ path, route }: Outgoing, baseUrl: string, apiKey: string): void {
  if (!route.startsWith("/")) throw refuse("must begin with a slash");
  const [place = ""] = path.split("?", 1);
  if (!ordinary.test(place) && !isPlain(baseUrl + place))
    throw refuse("has parts that stand for another path, or characters that no path has");
  if (place !== route && !leadsTo(route, place))
    throw refuse("does not lead to its route; ids belong into params.path, and filters into params.query");
  // It would be in the log of every server on the way.
  if (apiKey.length > shortKey && path.includes(apiKey))
    throw refuse("holds the API key, which only goes into a header");
}

/** What no URL parser changes: most paths are like this, and to parse them takes time. */
const ordinary = /^(?:\/[\w@~-][\w@~.-]*)+$/;

/**
 * Whether an address arrives as it is written. A URL parser takes `.` and `..` out, encoded or not, and turns backslashes
 * round; nginx decodes once more, and then does the same, and joins slashes.
 */
function isPlain(address: string): boolean {
  const { origin, pathname } = new URL(address);
  return address === origin + pathname && !/\/\/|%(?:[01][0-9a-f]|2f|5c|7f)/i.test(pathname);
}

/** Whether a path has the very segments of its route, but for the ids. */
function leadsTo(route: string, path: string): boolean {
  const [wanted, given] = [route.split("/"), path.split("/")];
  return (
    wanted.length === given.length &&
    wanted.every((segment, at) => segment === given[at] || (/^\{.*\}$/.test(segment) && given[at] !== ""))
  );
}
