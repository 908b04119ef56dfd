import type { ActionResult, FailedResult, MailcowCategory } from "./contract.ts";
import { type MailcowCode, notDone } from "./generated/codes.ts";
import { rejectionText } from "./rejection.ts";

/** Which call an error belongs to: the HTTP method, and the path as it was sent. */
export interface MailcowRequest {
  readonly method: string;
  readonly path: string;
}

/** How far a row of calls came. */
export interface Progress {
  /** Done. */
  readonly done: readonly (string | number)[];
  /** Refused by mailcow. */
  readonly refused: readonly (string | number)[];
  /** Sent, without an answer that says what became of them. */
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
 * What every failure of this library has in common. Tell them apart by `kind`, or by `instanceof`.
 *
 * No error holds the API key, a password, or mailcow's echo of a request, wherever it is printed.
 */
export abstract class MailcowError extends Error {
  abstract readonly kind: "input" | "network" | "timeout" | "auth" | "http" | "reply" | "rejected";
  /** The call that failed; absent when nothing was going to be sent yet. */
  declare readonly request?: MailcowRequest;
  /** How far a row of calls came before this one broke it off. */
  declare progress?: Progress;

  constructor(message: string, { request, cause }: ErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    if (request) this.request = request;
    Object.defineProperty(this, brand, { value: true });
  }

  /** Everything that may be logged. */
  toJSON(): Record<string, unknown> {
    return { ...Object.fromEntries(Object.entries(this)), name: this.name, message: this.message };
  }
}

/** The input can't be sent as it is: the message names the field and what would be right. Nothing was sent. */
export class MailcowInputError extends MailcowError {
  override get name(): string {
    return "MailcowInputError";
  }
  readonly kind = "input";
  /** The field, option or filter that is wrong, such as `quota`; absent where the input as a whole is. */
  declare readonly field?: string;
  /** The route that it was meant for, such as `add/mailbox`; absent where none was chosen yet. */
  declare readonly route?: string;

  constructor(message: string, { field, route, ...options }: ErrorOptions & { field?: string; route?: string } = {}) {
    super(message, options);
    if (field) this.field = field;
    if (route) this.route = route;
  }
}

/** The server could not be reached, or the connection broke. A write may have happened all the same. */
export class MailcowNetworkError extends MailcowError {
  override get name(): string {
    return "MailcowNetworkError";
  }
  readonly kind = "network";
}

/** The deadline passed. A write may have happened all the same. */
export class MailcowTimeoutError extends MailcowError {
  override get name(): string {
    return "MailcowTimeoutError";
  }
  readonly kind = "timeout";
}

/**
 * mailcow turned the key away. It counts such calls and bans the address after some: do not repeat them.
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

/** An HTTP status that is no success, with what came along. */
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
 * HTTP success with an answer that is none of mailcow's: HTML, half a JSON text, or nothing after a write. A write may
 * have happened, wholly or in part: read it back.
 */
export class MailcowReplyError extends MailcowError {
  override get name(): string {
    return "MailcowReplyError";
  }
  readonly kind = "reply";
  /** Whether the answer was nothing at all. */
  readonly empty: boolean;

  constructor(message: string, { empty = false, ...options }: ErrorOptions & { empty?: boolean } = {}) {
    super(message, options);
    this.empty = empty;
  }
}

/** What an entry means whose code nobody has explained, because a newer mailcow has it. */
const unknown = {
  category: "unknown",
  cause: "mailcow gives a reason that this library does not know",
  cure: "look at msg in failures",
} as const;

/**
 * mailcow refused the call, or a part of it. The message says why and what to do about it; `failures` says the same as
 * data, and `succeeded` what was done all the same.
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
  /** The entries that say no, each with its item, its category, its cause and its cure. */
  readonly failures: readonly FailedResult[];
  /** The entries that say what was done. */
  readonly succeeded: readonly ActionResult[];
  /** The codes of the failures; a newer mailcow may have others than those known here. */
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

  /** Whether this is among the reasons. */
  is(code: MailcowCode): boolean {
    return this.codes.includes(code);
  }
}

/** Every failure of this library, to tell apart by `kind`. */
export type MailcowFailure =
  | MailcowInputError
  | MailcowNetworkError
  | MailcowTimeoutError
  | MailcowAuthError
  | MailcowHttpError
  | MailcowReplyError
  | MailcowRejectedError;

/**
 * Whether something that was thrown is a failure of this library. Unlike `instanceof`, this also knows the errors of
 * another copy of the library, and those of another realm, such as a frame or a `vm` context.
 *
 * @example
 * if (isMailcowError(error) && error.kind === "rejected") console.log(error.category);
 */
export function isMailcowError(error: unknown): error is MailcowFailure {
  return typeof error === "object" && error !== null && brand in error;
}

/** Success, information and most warnings are no failures; whatever else mailcow may say is one. */
export function isFailure({ type, code }: Pick<ActionResult, "type" | "code">): boolean {
  if (type === "warning") return notDone.some((start) => code.startsWith(start));
  return type !== "success" && type !== "info";
}
