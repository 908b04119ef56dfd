import type { ActionResult, FailedResult, MailcowCategory } from "./contract.ts";
import { type MailcowCode, notDone } from "./generated/codes.ts";
import { rejectionText } from "./rejection.ts";

/** The call of an error: the HTTP method, and the path as it was sent. */
export interface MailcowRequest {
  readonly method: string;
  readonly path: string;
}

/** How far a series of calls got. */
export interface Progress {
  /** Done. */
  readonly done: readonly (string | number)[];
  /** Refused by mailcow. */
  readonly refused: readonly (string | number)[];
  /** Sent, but there is no answer that tells the result. */
  readonly unknown: readonly (string | number)[];
  /** Never sent. */
  readonly unsent: readonly (string | number)[];
}

interface ErrorOptions {
  readonly request?: MailcowRequest | undefined;
  readonly cause?: unknown;
}

/** Known to every copy of this library, in every realm. */
const brand = Symbol.for("mailcow-client.error");

/**
 * The base of all errors of this library. Tell them apart by `kind`, or by `instanceof`.
 *
 * No error holds the API key, a password, or mailcow's echo of a request, wherever it is printed.
 */
export abstract class MailcowError extends Error {
  abstract readonly kind: "input" | "network" | "timeout" | "auth" | "http" | "reply" | "rejected";
  /** The call that failed; absent if no request was made yet. */
  declare readonly request?: MailcowRequest;
  /** How far a series of calls got before this error stopped it. */
  declare progress?: Progress;

  constructor(message: string, { request, cause }: ErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    if (request) this.request = request;
    Object.defineProperty(this, brand, { value: true });
  }

  /** Returns everything that may be logged. */
  toJSON(): Record<string, unknown> {
    return { ...Object.fromEntries(Object.entries(this)), name: this.name, message: this.message };
  }
}

/** The input is wrong: the message names the field and what would be right. Nothing was sent. */
export class MailcowInputError extends MailcowError {
  override get name(): string {
    return "MailcowInputError";
  }
  readonly kind = "input";
  /** The wrong field, option or filter, such as `quota`; absent if the input as a whole is wrong. */
  declare readonly field?: string;
  /** The route that the input was for, such as `add/mailbox`; absent if none was chosen yet. */
  declare readonly route?: string;

  constructor(message: string, { field, route, ...options }: ErrorOptions & { field?: string; route?: string } = {}) {
    super(message, options);
    if (field) this.field = field;
    if (route) this.route = route;
  }
}

/** The server could not be reached, or the connection broke. A write may still have happened. */
export class MailcowNetworkError extends MailcowError {
  override get name(): string {
    return "MailcowNetworkError";
  }
  readonly kind = "network";
}

/** The deadline passed. A write may still have happened. */
export class MailcowTimeoutError extends MailcowError {
  override get name(): string {
    return "MailcowTimeoutError";
  }
  readonly kind = "timeout";
}

/**
 * mailcow refused the key. It counts such calls and bans the address after several: do not repeat them.
 *
 * - `invalid-key`: mailcow does not know the key
 * - `ip-not-allowed`: the key may not be used from this address
 * - `read-only-key`: the key may only read
 * - `no-key`: no key reached mailcow
 */
export class MailcowAuthError extends MailcowError {
  override get name(): string {
    return "MailcowAuthError";
  }
  readonly kind = "auth";
  readonly reason: "invalid-key" | "ip-not-allowed" | "read-only-key" | "no-key";

  constructor(message: string, reason: MailcowAuthError["reason"], options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** An HTTP status other than success, with the beginning of the body. */
export class MailcowHttpError extends MailcowError {
  override get name(): string {
    return "MailcowHttpError";
  }
  readonly kind = "http";
  readonly status: number;
  /** The beginning of the body. */
  readonly body: string;

  constructor(message: string, status: number, body: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.body = body;
  }
}

/**
 * HTTP success with an answer that mailcow does not send: HTML, incomplete JSON, or nothing after a write; or a row that
 * does not show what was written. A write may have happened, in whole or in part: read the data back to find out.
 */
export class MailcowReplyError extends MailcowError {
  override get name(): string {
    return "MailcowReplyError";
  }
  readonly kind = "reply";
  /** Whether the answer was empty. */
  readonly empty: boolean;

  constructor(message: string, { empty = false, ...options }: ErrorOptions & { empty?: boolean } = {}) {
    super(message, options);
    this.empty = empty;
  }
}

/** The meaning of an entry whose code is not in the contract, such as a code of a newer mailcow. */
const unknown = {
  category: "unknown",
  cause: "mailcow gives a reason that this library does not know",
  cure: "look at msg in failures",
} as const;

/**
 * mailcow refused all or part of the call. The message says why and what to do; `failures` has the same as data, and
 * `succeeded` what was done.
 *
 * @example
 * try {
 *   await mcc.addDomain({ domain: "example.com" });
 * } catch (error) {
 *   if (!(error instanceof MailcowRejectedError && error.category === "exists")) throw error;
 * }
 */
export class MailcowRejectedError extends MailcowError {
  override get name(): string {
    return "MailcowRejectedError";
  }
  readonly kind = "rejected";
  /** The route that refused, such as `add/mailbox`. */
  declare readonly route?: string;
  /** All entries of mailcow's answer, in its order, without its echo of the request. */
  readonly results: readonly ActionResult[];
  /** The failed entries, each with its item, category, cause and cure. */
  readonly failures: readonly FailedResult[];
  /** The entries about what was done. */
  readonly succeeded: readonly ActionResult[];
  /** The codes of the failures; a newer mailcow may have codes that this library does not know. */
  readonly codes: readonly (MailcowCode | (string & {}))[];
  /** The category of the first failure. */
  readonly category: MailcowCategory;

  constructor(
    results: readonly (ActionResult | FailedResult)[],
    { route, ...options }: ErrorOptions & { readonly route?: string } = {},
  ) {
    const failures = results.filter(isFailure).map((result) => ({ ...unknown, ...result }));
    const succeeded = results.filter(({ type }) => type === "success");
    super(rejectionText(route, failures, succeeded), options);
    if (route) this.route = route;
    this.results = results;
    this.failures = failures;
    this.succeeded = succeeded;
    this.codes = failures.map(({ code }) => code);
    this.category = failures[0]?.category ?? unknown.category;
  }

  /** Returns whether a failure has this code. */
  is(code: MailcowCode): boolean {
    return this.codes.includes(code);
  }
}

/** Any error of this library; `kind` tells them apart. */
export type MailcowFailure =
  | MailcowInputError
  | MailcowNetworkError
  | MailcowTimeoutError
  | MailcowAuthError
  | MailcowHttpError
  | MailcowReplyError
  | MailcowRejectedError;

/**
 * Returns whether a thrown value is an error of this library. Unlike `instanceof`, this also recognizes errors of
 * another copy of the library, or of another realm, such as a frame or a `vm` context.
 *
 * @example
 * try {
 *   await mcc.addDomain("example.com");
 * } catch (error) {
 *   if (!(isMailcowError(error) && error.kind === "rejected")) throw error;
 *   console.log(error.category); // "exists"
 * }
 */
export function isMailcowError(error: unknown): error is MailcowFailure {
  return typeof error === "object" && error !== null && brand in error;
}

/** Success, information and most warnings are not failures; every other type is. */
export function isFailure({ type, code }: Pick<ActionResult, "type" | "code">): boolean {
  if (type === "warning") return notDone.some((start) => code.startsWith(start));
  return type !== "success" && type !== "info";
}
