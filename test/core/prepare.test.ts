import { describe, expect, test } from "vitest";
import type { Field, Route } from "../../src/contract.ts";
import { prepare, spelled } from "../../src/core/prepare.ts";
import { MailcowInputError } from "../../src/index.ts";

type Anything = never;

const flag: Field = { anyOf: [{ type: "boolean" }, { type: "integer", enum: [0, 1] }], means: "true or false, 1 or 0" };
const mebibytes: Field = {
  anyOf: [
    { type: "integer", minimum: 0 },
    { type: "string", pattern: "^[0-9]+$" },
  ],
  maximum: 67108864,
  means: "a whole number of MiB",
};
const body: Field = {
  type: "object",
  required: ["domain", "password", "password2", "exclude"],
  properties: {
    domain: { type: "string", minLength: 1, name: "domain" },
    goto: { type: "string", pattern: "^[^ ]", name: "address", list: "," },
    note: { type: "string", maxLength: 5, name: "text" },
    password: { type: "string" },
    password2: { type: "string", repeats: "password" },
    exclude: { type: "string", send: "" },
    active: { ...flag, send: 1 },
    quota: mebibytes,
    tags: { type: "array", maxItems: 2, uniqueItems: true, items: { type: "string", name: "tag" } },
    value: {},
  },
};
const route: Route<object, unknown> = { method: "POST", path: "/api/v1/add/thing", answers: "entries", body };
const given = { domain: "Rä.Test", password: "secret" };
const sent = { domain: "xn--r-0fa.test", password: "secret", password2: "secret", exclude: "", active: 1 };

const refusal = (input: unknown): MailcowInputError => {
  try {
    prepare(route, input as object);
  } catch (error) {
    return error as MailcowInputError;
  }
  throw new Error("was not refused");
};

describe("a body", () => {
  test("is sent in mailcow's spelling, with defaults for missing fields", () => {
    expect(prepare(route, given).body).toEqual(sent);
    expect(prepare(route, { ...given, active: 0, note: undefined }).body).toEqual({ ...sent, active: 0 });
  });

  test("accepts several names as a list or as one text", () => {
    const expected = { ...sent, goto: "Ann@xn--r-0fa.test,bob@x.test" };
    expect(prepare(route, { ...given, goto: ["Ann@rä.test", "bob@X.test"] }).body).toEqual(expected);
    expect(prepare(route, { ...given, goto: "Ann@rä.test; bob@X.test" }).body).toEqual(expected);
  });

  test("is refused with half a surrogate pair, which the server can't read", () => {
    expect(refusal({ ...given, password: "a\ud800" }).message).toMatch(/password must be valid Unicode/);
    expect(refusal({ ...given, goto: ["\udfff@x.test"] }).message).toMatch(/goto must be/);
  });

  test("keeps a copy of any JSON if the contract allows any", () => {
    const value = { list: [1, { deep: null }], date: new Date(0) };
    expect(prepare(route, { ...given, value }).body).toEqual({
      ...sent,
      value: { list: [1, { deep: null }], date: "1970-01-01T00:00:00.000Z" },
    });
  });

  test("is a copy, which later changes of the input do not affect", () => {
    const input = { ...given, tags: ["red"] };
    const { body: copy } = prepare(route, input);
    input.tags.push("blue");
    expect(copy).toEqual({ ...sent, tags: ["red"] });
  });

  test.each<[object, string, string]>([
    [
      { ...given, domian: 1 },
      "domian",
      'add/thing: unknown field "domian"; did you mean "domain"? (the option allowUnknown sends fields that only a newer mailcow knows)',
    ],
    [
      { ...given, colour: 1 },
      "colour",
      'add/thing: unknown field "colour"; there are active, domain, exclude, goto, note, password, password2, quota, tags, value (the option allowUnknown sends fields that only a newer mailcow knows)',
    ],
    [
      { ...given, constructor: 1 },
      "constructor",
      'add/thing: unknown field "constructor"; there are active, domain, exclude, goto, note, password, password2, quota, tags, value (the option allowUnknown sends fields that only a newer mailcow knows)',
    ],
    [{ password: "x" }, "domain", "add/thing: domain must be given: a domain, such as example.com"],
    [{ ...given, domain: "a b" }, "domain", "add/thing: domain must be a domain, such as example.com"],
    [{ ...given, password2: "other" }, "password2", "add/thing: password2 must be the same as password"],
    [{ ...given, note: "longer" }, "note", "add/thing: note must be a text of up to 5 characters"],
    [{ ...given, active: "yes" }, "active", "add/thing: active must be true or false, 1 or 0"],
    [{ ...given, quota: "5GB" }, "quota", "add/thing: quota must be a whole number of MiB of up to 67108864"],
    [{ ...given, quota: 5368709120 }, "quota", "add/thing: quota must be a whole number of MiB of up to 67108864"],
    [{ ...given, quota: "5368709120" }, "quota", "add/thing: quota must be a whole number of MiB of up to 67108864"],
    [
      { ...given, tags: ["red", "RED"] },
      "tags",
      "add/thing: tags must be a list of up to 2 entries, none twice in any case, with or without accents, each a tag",
    ],
    [
      { ...given, tags: "red" },
      "tags",
      "add/thing: tags must be a list of up to 2 entries, none twice in any case, with or without accents, each a tag",
    ],
    [{ ...given, value: 10n }, "value", "add/thing: value must be JSON"],
    [
      { ...given, goto: ["ann"] },
      "goto",
      "add/thing: goto must be at least one name: an address, such as ann@example.com; several as a list, or in one text",
    ],
    [
      { ...given, goto: [] },
      "goto",
      "add/thing: goto must be at least one name: an address, such as ann@example.com; several as a list, or in one text",
    ],
  ])("%o is refused, and the error names the field", (input, field, message) => {
    expect(refusal(input)).toMatchObject({ kind: "input", field, route: "add/thing", message });
  });

  test.each([[undefined], [null], [5], ["x"], [[]], [() => 1]])("%o is refused as a whole", (input) => {
    expect(refusal(input)).toBeInstanceOf(MailcowInputError);
  });
});

describe("parameters", () => {
  const read: Route<object, unknown> = {
    method: "GET",
    path: "/api/v1/get/things/{domain}",
    answers: "rows",
    params: { domain: { type: "string", name: "domain" }, tags: { type: "string", name: "search", list: "," } },
  };

  test("are converted to mailcow's spelling", () => {
    expect(prepare(read, { domain: "Rä.Test" }).params).toEqual({ domain: "xn--r-0fa.test" });
    expect(prepare(read, { domain: "x.test", tags: ["50%", "red"] }).params).toEqual({
      domain: "x.test",
      tags: "50\\%,red",
    });
  });

  test.each([
    [{}, /^get\/things\/\{domain\}: domain must be a domain/],
    [{ domain: undefined }, /domain must be a domain/],
    [{ domain: "x.test", tags: [] }, /tags must be at least one name/],
    [{ domain: "x.test", tags: [""] }, /tags must be at least one name/],
    [{ domain: "x.test", tags: "" }, /tags must be at least one name/],
    [{ domain: "x.test", tags: ["red,blue"] }, /tags must be at least one name/],
    [{ domain: "x.test", tag: "red" }, /unknown field "tag"; did you mean "tags"\?/],
  ])("%o is refused", (input, message) => {
    expect(() => prepare(read, input)).toThrow(message);
  });

  test("are refused on a route that has none", () => {
    const all: Route<object, unknown> = { method: "GET", path: "/api/v1/get/things/all", answers: "rows" };
    expect(() => prepare(all, { domain: "x.test" })).toThrow('unknown field "domain"; there are none');
    expect(prepare(all, {}).params).toEqual({});
    expect(prepare(all, undefined as Anything).params).toEqual({});
  });
});

describe("spelled", () => {
  test("returns only the given fields, and a list if one text holds several names", () => {
    const input = { domain: "Rä.Test", goto: "ann@rä.test, bob@x.test" };
    expect(spelled(route, input)).toEqual({ domain: "xn--r-0fa.test", goto: ["ann@xn--r-0fa.test", "bob@x.test"] });
  });

  test("refuses a field that the route does not take", () => {
    expect(() => spelled(route, { domian: "x.test" })).toThrow('unknown field "domian"; did you mean "domain"?');
  });
});
