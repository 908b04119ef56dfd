import { describe, expect, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { none, testMethods } from "../support/methods.ts";
import { expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { serverOfRows } from "../support/server-of-rows.ts";

const file = "24-filter";
const username = "one@a2-sieve.test";
const of = (name: string) => recorded(file, name, "/get/filters/{mailbox}");
const second = recorded(file, "all fields, active").request.body;

const input = (message: string) =>
  expect.objectContaining({ kind: "input", message: expect.stringContaining(message) });
/** What JavaScript may pass all the same. */
const wrong = (value: unknown) => value as never;

test("list: returns the filters of a mailbox or all, or [] if there are none", async () => {
  const { mcc } = await replay(of("none yet"), recorded(file, "all, several"), of("one"));
  expect(await mcc.filters.list({ mailbox: username })).toEqual([]);
  expect((await mcc.filters.list()).map(({ id }) => id)).toContain(5);
  expect(await mcc.filters.list({ mailbox: username })).toMatchObject([{ id: 1 }]);
});

test("list, getActiveScript: refuse a name that is not an address, which means the API itself [guard everywhere/no-address]", async () => {
  const { mcc, server } = await clientOf({});
  await expect(mcc.filters.list({ mailbox: "all" })).rejects.toEqual(input("mailbox must be"));
  await expect(mcc.filters.getActiveScript("ann")).rejects.toEqual(input("mailbox must be"));
  expect(server.seen).toEqual([]);
});

test("add: returns the row with its id", async () => {
  const { mcc, server } = await replay(
    of("one"),
    recorded(file, "all fields, active"),
    of("four, one active per type"),
  );
  expect(await mcc.filters.add(wrong(second))).toMatchObject({ id: 2, script_desc: "second" });
  expect(bodiesOf(server)).toEqual([second]);
});

test("add, edit: say what is wrong with a script", async () => {
  const { mcc } = await replay(
    of("one"),
    recorded(file, "syntax error", "/add/filter"),
    recorded(file, "syntax error", "/edit/filter"),
  );
  const sieve = {
    ...{ kind: "rejected", failures: [{ code: "sieve_error" }] },
    message: expect.stringContaining("sieve_error"),
  };
  await expect(mcc.filters.add(wrong({ ...(second as object), script_data: "if {" }))).rejects.toMatchObject(sieve);
  await expect(mcc.filters.edit(1, { script_data: "if {" })).rejects.toMatchObject(sieve);
});

describe("edit", () => {
  test("edits filters, returns an outcome for each, and names the unknown one [guard everywhere/which-item]", async () => {
    const { mcc } = await replay(
      recorded(file, "one of three unknown: mixed result"),
      recorded(file, "two of the same type made active: the last wins"),
    );
    await expect(mcc.filters.edit([2, 99999999, 3], { active: 0 })).rejects.toMatchObject({
      failures: [{ id: 99999999, code: "access_denied" }],
    });
    expect(await mcc.filters.edit([2, 3], { active: 1 })).toMatchObject([{ id: 2 }, { id: 3 }]);
  });

  test("edit and delete refuse ids such as 5x; edit refuses an id among the attributes [guard everywhere/ids-with-letters]", async () => {
    const { mcc, server } = await clientOf({});
    await expect(mcc.filters.edit(wrong("5x"), { active: 1 })).rejects.toEqual(input("items must be"));
    await expect(mcc.filters.delete(wrong("5x"))).rejects.toEqual(input("delete/filter: "));
    await expect(mcc.filters.edit(5, wrong({ id: 6 }))).rejects.toEqual(input('edit/filter: unknown field "id"'));
    expect(server.seen).toEqual([]);
  });
});

test("delete: deletes filters, returns an outcome for each, and names the unknown one [guard everywhere/which-item]", async () => {
  const { mcc, server } = await replay(
    recorded(file, "one of two unknown: mixed result"),
    recorded(file, "delete one"),
  );
  await expect(mcc.filters.delete([99999999, 4])).rejects.toMatchObject({ succeeded: [{ id: 4 }] });
  expect(await mcc.filters.delete(1)).toMatchObject([{ id: 1, results: [{ code: "delete_filter" }] }]);
  expect(bodiesOf(server).at(-1)).toEqual([1]);
});

test("getActiveScript: returns the script, or null if there is none", async () => {
  const active = (name: string) => recorded(file, name, "/get/active-user-sieve/{mailbox}");
  const { mcc } = await replay(active("one active of two"), active("scripts but none active"));
  expect(await mcc.filters.getActiveScript(username)).toContain("fileinto");
  expect(await mcc.filters.getActiveScript(username)).toBeNull();
});

const ann = "ann@example.com";
const first = { username: ann, script_data: "keep;", script_desc: "first", filter_type: "prefilter" } as const;

describe("refuses before anything is sent", () => {
  test.each<[what: string, call: (mcc: MailcowApiClient) => Promise<unknown>, message: RegExp]>([
    ["list: a text instead of a filter", (mcc) => mcc.filters.list(wrong(ann)), /^the filter must be an object/],
    ["list: a list instead of a filter", (mcc) => mcc.filters.list(wrong([])), /^the filter must be an object/],
    [
      "list: an unknown filter [guard everywhere/filters]",
      (mcc) => mcc.filters.list(wrong({ username: ann })),
      /^unknown filter "username"/,
    ],
    [
      "list: undefined, which would list everything [guard everywhere/filters]",
      (mcc) => mcc.filters.list(wrong({ mailbox: undefined })),
      /^mailbox must be given, or left out/,
    ],
    ["list: a list of mailboxes", (mcc) => mcc.filters.list(wrong({ mailbox: [] })), /mailbox must be the address/],
    ["add: an empty script", (mcc) => mcc.filters.add({ ...first, script_data: "" }), /script_data must be a text/],
    [
      "add: an unknown type",
      (mcc) => mcc.filters.add(wrong({ ...first, filter_type: "filter" })),
      /^add\/filter: filter_type must be "prefilter", "postfilter"/,
    ],
    [
      "add: a mailbox with a slash, whose filters can't be read back",
      (mcc) => mcc.filters.add({ ...first, username: "a/b@example.com" }, { read: false }),
      /mailbox/,
    ],
    ["add: undefined", (mcc) => mcc.filters.add(wrong(undefined)), /^add\/filter: the input must be an object/],
    [
      "edit: an unknown field, even without any filters",
      (mcc) => mcc.filters.edit([], wrong({ script: "keep;" })),
      /^edit\/filter: unknown field "script"; did you mean/,
    ],
    ["getActiveScript: undefined", (mcc) => mcc.filters.getActiveScript(wrong(undefined)), /mailbox must be/],
  ])("%s", (_, call, message) => expectRefused(call, message));
});

test("sends names in lower case and as punycode, however they are spelled [guard everywhere/punycode] [guard everywhere/spelling]", async () => {
  const odd = " Ann@BÜCHER.example ";
  const plain = "ann@xn--bcher-kva.example";
  const row = { ...first, id: 3, username: plain };
  const { mcc, server } = await serverOfRows([], [row]);
  expect(await mcc.filters.list({ mailbox: odd })).toEqual([]);
  expect(await mcc.filters.getActiveScript(odd)).toBeNull();
  expect(await mcc.filters.add({ ...first, username: odd })).toEqual(row);
  expect(bodiesOf(server)).toEqual([{ ...first, username: plain, active: 1 }]);
  const paths = server.seen.map(({ path }) => decodeURIComponent(decodeURIComponent(path)));
  expect(paths).toContain(`/api/v1/get/filters/${plain}`);
  expect(paths).toContain(`/api/v1/get/active-user-sieve/${plain}`);
});

test("add: runs the filter unless told not to [guard everywhere/active-by-default]", async () => {
  const { mcc, server } = await clientOf({ "add/filter": success("mailbox_modified", ann) });
  await mcc.filters.add(first, { read: false });
  await mcc.filters.add({ ...first, active: 0 }, { read: false });
  expect(bodiesOf(server)).toMatchObject([{ active: 1 }, { active: 0 }]);
});

test("edit, delete: send nothing for an empty list", async () => {
  const { mcc, server } = await clientOf({});
  expect(await mcc.filters.edit([], { active: 1 })).toEqual([]);
  expect(await mcc.filters.delete([])).toEqual([]);
  expect(server.seen).toEqual([]);
});

testMethods("filters", {
  list: [
    (mcc, options) => mcc.filters.list({}, options),
    (mcc, options) => mcc.filters.list({ mailbox: ann }, options),
  ],
  // The mock lists the same filter before and after, so that it would not be new.
  add: {
    run: (mcc, options) =>
      mcc.filters.add(
        { ...first, script_data: 'require ["fileinto"];\nif header :contains "subject" "one" { fileinto "One"; }' },
        options,
      ),
    answers: { "GET /api/v1/get/filters/{mailbox}": [none] },
  },
  edit: (mcc, options) => mcc.filters.edit(1, { active: 1 }, options),
  delete: (mcc, options) => mcc.filters.delete(1, options),
  getActiveScript: (mcc, options) => mcc.filters.getActiveScript(ann, options),
});
