import type { paths } from "../generated/mailcow.ts";
import type { State } from "./state.ts";

/** A route as it is called here, such as `add/domain` or `get/domain/{domain}`. */
export type MailcowRoute = keyof paths extends infer Path
  ? Path extends `/api/v1/${infer Name}`
    ? Name
    : never
  : never;

/** What a test may do to a call. Without `times`, it happens once. */
export interface MailcowFailureRule {
  /** Answer with this status and an empty body, as a proxy in front of mailcow may. */
  readonly status?: number;
  /** Refuse: a code, or a code with its arguments, such as `["domain_exists", "example.com"]`. */
  readonly danger?: string | readonly [string, ...unknown[]];
  /** Answer an empty body with status 200, as mailcow does when its code dies. Nothing is done. */
  readonly empty?: boolean;
  /** Break the connection before anything is done. */
  readonly reset?: boolean;
  /** Do what was asked, and break the connection before the answer. */
  readonly lost?: boolean;
  /** Answer after so many milliseconds; alone, the answer is the usual one. */
  readonly delayMs?: number;
  /** How often; `Infinity` for always. */
  readonly times?: number;
}

/** A call that came in. */
export interface MailcowCall {
  readonly method: string;
  /** The route, such as `get/domain/{domain}`; the path if there is no such route. */
  readonly route: string;
  /** Path and query, as they were sent. */
  readonly path: string;
  /** The body, as JSON where it is JSON; absent if there was none. */
  readonly body?: unknown;
  /** What was answered; absent if the connection was broken. */
  readonly status?: number;
}

/** All that a mailcow in memory stores at one moment: plain JSON. */
export type MailcowSnapshot = State;
