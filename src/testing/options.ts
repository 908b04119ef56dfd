import type { paths } from "../generated/mailcow.ts";
import type { State } from "./state.ts";

/** The name of a route, such as `add/domain` or `get/domain/{domain}`. */
export type MailcowRoute = keyof paths extends infer Path
  ? Path extends `/api/v1/${infer Name}`
    ? Name
    : never
  : never;

/** How a call fails. Without `times`, only the next call fails. */
export interface MailcowFailureRule {
  /** The answer has this HTTP status and an empty body, as from a proxy in front of mailcow. */
  readonly status?: number;
  /** mailcow refuses with this code, or code with arguments, such as `["domain_exists", "example.com"]`. */
  readonly danger?: string | readonly [string, ...unknown[]];
  /** The answer is HTTP 200 without a body, as when mailcow fails internally. Nothing is done. */
  readonly empty?: boolean;
  /** The connection breaks before anything is done. */
  readonly reset?: boolean;
  /** The call is done, and the connection breaks before the answer. */
  readonly lost?: boolean;
  /** The answer comes after this many milliseconds. Without another rule, it is the usual answer. */
  readonly delayMs?: number;
  /** How many calls fail; `Infinity` for all. */
  readonly times?: number;
}

/** A received call. */
export interface MailcowCall {
  readonly method: string;
  /** The route, such as `get/domain/{domain}`; the path if the route is unknown. */
  readonly route: string;
  /** Path and query, as sent. */
  readonly path: string;
  /** The body, decoded if it is JSON; absent if there was none. */
  readonly body?: unknown;
  /** The HTTP status of the answer; absent if the connection broke. */
  readonly status?: number;
}

/** Everything that a mailcow in memory stores at one moment, as plain JSON. */
export type MailcowSnapshot = State;
