import type { Redactor } from "./secrets.ts";

/** The maximum length of a chain of causes, because some refer to themselves. */
const longestChain = 8;

/**
 * Returns the cause of an error unchanged if it can't reveal a secret, otherwise a copy without secrets. The copy
 * leaves out objects among its properties: some `fetch` implementations put the request there, with its headers.
 */
export function safeCause(cause: unknown, redactor: Redactor, links: number = longestChain): unknown {
  try {
    return links === 0 ? "[further causes left out]" : safe(cause, redactor, links);
  } catch {
    // One of its getters throws.
    return "[a cause that can't be looked at]";
  }
}

function safe(cause: unknown, redactor: Redactor, links: number): unknown {
  if (cause === undefined) return undefined;
  if (!(cause instanceof Error)) return redactor.text(textOf(cause));
  const inner = safeCause(cause.cause, redactor, links - 1);
  const { kept, clean } = propertiesOf(cause, redactor, links);
  const [message, stack] = [redactor.text(String(cause.message)), redactor.text(String(cause.stack ?? ""))];
  const isSame = inner === cause.cause && message === cause.message && stack === (cause.stack ?? "");
  if (isSame && clean && isOfPlatform(cause)) return cause;
  const copy = Object.assign(new Error(message, inner === undefined ? undefined : { cause: inner }), kept);
  Object.defineProperty(copy, "name", { value: redactor.text(String(cause.name)), configurable: true });
  Object.defineProperty(copy, "stack", { value: stack, configurable: true });
  return copy;
}

/**
 * Whether the class of an error adds nothing of its own. The `toJSON` of axios, for example, returns the whole request.
 */
function isOfPlatform(error: Error): boolean {
  const own = Object.getPrototypeOf(error);
  if (own === Error.prototype || own === globalThis.DOMException?.prototype) return true;
  const names = Reflect.ownKeys(own).every((key) => key === "constructor" || key === "name" || key === "message");
  return names && Object.getPrototypeOf(own) === Error.prototype;
}

/** The other properties of an error, such as its `code`, and whether they are harmless. */
function propertiesOf(error: Error, redactor: Redactor, links: number): { kept: object; clean: boolean } {
  const kept: Record<string, unknown> = {};
  let clean = Object.getOwnPropertySymbols(error).length === 0;
  for (const key of Object.getOwnPropertyNames(error)) {
    const { value, get } = Object.getOwnPropertyDescriptor(error, key) ?? {};
    // In newer engines, every stack is a getter.
    if (get && key !== "stack") clean = false;
    if (key === "message" || key === "stack" || key === "cause" || key === "name") continue;
    const name = redactor.text(key);
    const safe = key === "errors" && Array.isArray(value) ? errorsOf(value, redactor, links) : plain(value, redactor);
    if (safe !== value || name !== key) clean = false;
    if (safe !== undefined) kept[name] = safe;
  }
  return { kept, clean };
}

/** The errors of an AggregateError: the same array if all of them may stay and it has no other properties. */
function errorsOf(errors: unknown[], redactor: Redactor, links: number): unknown[] {
  const safe = errors.map((error) => safeCause(error, redactor, links - 1));
  const isBare = Reflect.ownKeys(errors).length === errors.length + 1;
  return isBare && safe.every((error, index) => error === errors[index]) ? errors : safe;
}

function plain(value: unknown, redactor: Redactor): unknown {
  if (typeof value === "string") return redactor.text(value);
  return typeof value === "boolean" || (typeof value === "number" && redactor.text(String(value)) === String(value))
    ? value
    : undefined;
}

/** The root cause: a code such as ECONNREFUSED, or a sentence. */
export function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return textOf(cause);
  return cause.cause instanceof Error ? reasonOf(cause.cause) : (cause as { code?: string }).code || cause.message;
}

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "something that is no error";
  }
}
