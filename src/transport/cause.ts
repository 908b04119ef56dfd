import type { Redactor } from "./secrets.ts";

/** A chain of causes ends somewhere, but some refer to themselves. */
const longestChain = 8;

/**
 * The cause of an error as it is, or where it could give a secret away, a copy that does not. Objects that hang on an
 * error are left out of the copy: many a `fetch` hangs the request there, with its headers.
 */
export function safeCause(cause: unknown, redactor: Redactor, links: number = longestChain): unknown {
  if (cause === undefined) return undefined;
  if (links === 0) return "[further causes left out]";
  if (!(cause instanceof Error)) return redactor.text(textOf(cause));
  const inner = safeCause(cause.cause, redactor, links - 1);
  const { kept, clean } = propertiesOf(cause, redactor, links);
  const [message, stack] = [redactor.text(String(cause.message)), redactor.text(String(cause.stack ?? ""))];
  if (clean && inner === cause.cause && message === cause.message && stack === (cause.stack ?? "")) return cause;
  const copy = Object.assign(new Error(message, inner === undefined ? undefined : { cause: inner }), kept);
  Object.defineProperty(copy, "name", { value: redactor.text(String(cause.name)), configurable: true });
  Object.defineProperty(copy, "stack", { value: stack, configurable: true });
  return copy;
}

/** What else hangs on an error, such as its `code`, and whether that is harmless as it is. */
function propertiesOf(error: Error, redactor: Redactor, links: number): { kept: object; clean: boolean } {
  const kept: Record<string, unknown> = {};
  let clean = true;
  for (const key of [...Object.getOwnPropertyNames(error), ...Object.getOwnPropertySymbols(error)]) {
    if (key === "message" || key === "stack" || key === "cause" || key === "name") continue;
    const { value, get } = Object.getOwnPropertyDescriptor(error, key) ?? {};
    const safe = key === "errors" && Array.isArray(value) ? errorsOf(value, redactor, links) : plain(value, redactor);
    if (safe !== value || get) clean = false;
    if (typeof key === "string" && safe !== undefined) kept[key] = safe;
  }
  return { kept, clean };
}

/** The parts of an AggregateError, the same array where all of them may stay. */
function errorsOf(errors: unknown[], redactor: Redactor, links: number): unknown[] {
  const safe = errors.map((error) => safeCause(error, redactor, links - 1));
  return safe.every((error, index) => error === errors[index]) ? errors : safe;
}

function plain(value: unknown, redactor: Redactor): unknown {
  if (typeof value === "string") return redactor.text(value);
  return typeof value === "number" || typeof value === "boolean" ? value : undefined;
}

/** What went wrong at the bottom of it all: a code such as ECONNREFUSED, or a sentence. */
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
