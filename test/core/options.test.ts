import { describe, expect, test } from "vitest";
import { callOptionsOf, filterOf, isNone, optionsOf } from "../../src/core/options.ts";
import { MailcowInputError } from "../../src/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: what JavaScript callers may pass
type Anything = any;

describe("optionsOf and callOptionsOf", () => {
  test("returns the given options, with defaults for the rest", () => {
    const { signal } = new AbortController();
    expect(optionsOf({ signal, read: false }, { read: true, most: 4 })).toEqual({ signal, read: false, most: 4 });
    expect(optionsOf(undefined, { read: true })).toEqual({ read: true });
    expect(optionsOf({ read: undefined } as Anything, { read: true })).toEqual({ read: true });
  });

  test.each<[Anything, RegExp]>([
    [{ reed: false }, /^unknown option "reed"; did you mean "read"\?$/],
    [{ colour: 1 }, /^unknown option "colour"; there are allowUnknown, read, signal, timeoutMs$/],
    [{ read: 1 }, /^read must be true or false$/],
    [{ read: null }, /^read must be true or false$/],
    [null, /^the options must be an object/],
    [5, /^the options must be an object/],
    [[], /^the options must be an object/],
    [new AbortController().signal, /^the options must be an object, such as \{ read: … \}$/],
  ])("refuses %o [guard everywhere/options]", (given, message) => {
    expect(() => optionsOf(given, { read: true })).toThrow(MailcowInputError);
    expect(() => optionsOf(given, { read: true })).toThrow(message);
  });

  test("accepts `signal` and `timeoutMs` as options of a call, and no others", () => {
    expect(callOptionsOf({ timeoutMs: 5 })).toEqual({ timeoutMs: 5 });
    expect(() => callOptionsOf({ timeout: 5 } as Anything)).toThrow(
      'unknown option "timeout"; did you mean "timeoutMs"?',
    );
  });
});

describe("filterOf and isNone", () => {
  interface Filter {
    domain?: string | string[];
    tags?: string[];
  }
  test("returns the given filter", () => {
    expect(filterOf<Filter>({ domain: "example.com" }, "domain", "tags")).toEqual({ domain: "example.com" });
    expect(filterOf<Filter>(undefined, "domain", "tags")).toEqual({});
  });

  test.each<[Anything, RegExp]>([
    ["x.test", /^the filter must be an object, such as \{ domain: … \}$/],
    [null, /^the filter must be an object/],
    [["x.test"], /^the filter must be an object/],
    [new Map([["domain", "x.test"]]), /^the filter must be an object/],
    [new Date(), /^the filter must be an object/],
    [Object.create({ domain: "x.test" }), /^the filter must be an object/],
    [{ domains: ["x.test"] }, /^unknown filter "domains"; did you mean "domain"\?$/],
    [{ domain: undefined }, /^domain must be given, or left out of the filter/],
    [{ domain: null }, /^domain must be given, or left out of the filter/],
  ])("refuses %o, which would list everything [guard everywhere/filters]", (given, message) => {
    expect(() => filterOf<Filter>(given, "domain", "tags")).toThrow(MailcowInputError);
    expect(() => filterOf<Filter>(given, "domain", "tags")).toThrow(message);
  });

  test("says that an empty list matches nothing [guard everywhere/filters]", () => {
    expect(isNone({ tags: [] })).toBe(true);
    expect(isNone({ domain: "example.com", tags: [] })).toBe(true);
    expect(isNone({ domain: "example.com" })).toBe(false);
    expect(isNone({})).toBe(false);
  });
});
