import { checkFields, refusal } from "../refusal.ts";
import { callOptions, checkCallOptions, type CallOptions as Sending } from "../transport/call-options.ts";

/** Options that every method that calls mailcow takes, as its last argument. */
export interface CallOptions extends Sending {
  /**
   * Whether to send fields that this library does not know, as they are: for a mailcow that is newer than this library.
   * Beside such a field, no other is required.
   *
   * @default false
   */
  readonly allowUnknown?: boolean;
}

const ofEveryCall = [...Object.keys(callOptions), "allowUnknown"];

/** Options with their defaults and the `CallOptions`; refuses unknown options. */
export function optionsOf<Own extends object>(
  given: (CallOptions & Partial<Own>) | undefined,
  defaults: Own,
): CallOptions & Own {
  const options = checkedOptions(given, [...Object.keys(defaults), ...ofEveryCall]);
  for (const [name, fallback] of Object.entries(defaults)) {
    if (options[name] === undefined) options[name] = fallback;
    if (typeof fallback === "boolean" && typeof options[name] !== "boolean") throw refusal(name, "true or false");
  }
  return options as CallOptions & Own;
}

/** The options that every call takes; refuses all others. */
export function callOptionsOf(given: CallOptions | undefined): CallOptions {
  return checkedOptions(given, ofEveryCall);
}

/**
 * A checked filter; refuses a value that is not a filter, unknown fields, and a field that is `undefined`, which would
 * mean everything.
 */
export function filterOf<Filter extends object>(
  given: Filter | undefined,
  ...names: (keyof Filter & string)[]
): Filter {
  const filter = given === undefined ? {} : checked("filter", given, names);
  for (const [name, value] of Object.entries(filter)) {
    if (value === undefined || value === null)
      throw refusal(name, "given, or left out of the filter: without it, the filter means everything");
  }
  return filter as Filter;
}

/** Whether a filter has an empty list, which matches nothing. */
export const isNone = (filter: object): boolean =>
  Object.values(filter).some((value) => Array.isArray(value) && value.length === 0);

/** Checks options even if nothing is sent in the end, or only after other requests. */
function checkedOptions(given: CallOptions | undefined, names: readonly string[]): Record<string, unknown> {
  if (given === undefined) return {};
  const options = checked("option", given, names);
  checkCallOptions(options);
  const { allowUnknown } = options;
  if (allowUnknown !== undefined && typeof allowUnknown !== "boolean") throw refusal("allowUnknown", "true or false");
  return options;
}

function checked(what: "filter" | "option", given: unknown, names: readonly string[]): Record<string, unknown> {
  checkFields(what === "filter" ? "the filter" : "the options", what, given, names);
  return { ...given };
}
