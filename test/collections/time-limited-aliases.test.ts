import { describe, expect, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { none, testMethods } from "../support/methods.ts";
import { expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";

const file = "22-time-limited-alias";
const one = "one@a2-tla.test";
const username = "ann@example.com";
const listed = (name: string) => recorded(file, name, "/get/time_limited_aliases/{mailbox}");

const input = (message: string) =>
  expect.objectContaining({ kind: "input", message: expect.stringContaining(message) });
/** What JavaScript may pass all the same. */
const wrong = (value: unknown) => value as never;

describe("list", () => {
  test("returns the rows, or [] where there are none", async () => {
    const { mcc } = await replay(listed("one"), listed("none yet"));
    expect(await mcc.timeLimitedAliases.list(one)).toMatchObject([{ address: "wiva.fopa@a2-tla.test" }]);
    expect(await mcc.timeLimitedAliases.list(one)).toEqual([]);
  });
});

describe("add", () => {
  test("finds the address that mailcow made up by comparing the lists before and after [guard time-limited-aliases/unnamed]", async () => {
    const { mcc, server } = await replay(
      listed("one"),
      recorded(file, "all fields, numbers and boolean"),
      listed("several, permanent and not"),
    );
    const given = { username: one, domain: "a2-tla.test", description: "for a shop", validity: 24 };
    const row = await mcc.timeLimitedAliases.add({ ...given, domain: "A2-TLA.test" });
    expect(row).toMatchObject({ description: "for a shop", goto: one });
    expect(bodiesOf(server)).toEqual([given]);
  });

  test("throws mailcow's code for a domain other than the mailbox's", async () => {
    const { mcc } = await replay(listed("one"), recorded(file, "domain is not the mailbox's"));
    const call = mcc.timeLimitedAliases.add({ username: one, domain: "a2-tla-other.test" });
    await expect(call).rejects.toMatchObject({ kind: "rejected", failures: [{ code: "domain_invalid" }] });
  });

  test("returns its own address to each of several calls at once [guard time-limited-aliases/unnamed]", async () => {
    const rows: object[] = [];
    const { mcc } = await clientOf((response, { method, body }) => {
      if (method === "GET") return json(response, rows);
      rows.unshift({ address: `new${rows.length}@example.com`, goto: username, description: "", body });
      json(response, success("mailbox_modified", username));
    });
    const add = () => mcc.timeLimitedAliases.add({ username, domain: "example.com" });
    const added = await Promise.all([add(), add(), add()]);
    expect(added.map(({ address }) => address)).toEqual(["new0@example.com", "new1@example.com", "new2@example.com"]);
  });

  test("goes on with the next call after one that is refused", async () => {
    const { mcc } = await clientOf((response, { method }) =>
      json(response, method === "GET" ? {} : success("mailbox_modified", username)),
    );
    const bad = mcc.timeLimitedAliases.add({ username, domain: "" });
    const good = mcc.timeLimitedAliases.add({ username, domain: "example.com" }, { read: false });
    await expect(bad).rejects.toMatchObject({ kind: "input" });
    expect(await good).toBeNull();
  });

  test("sends only the request with read: false", async () => {
    const { mcc, server } = await clientOf({ "add/time_limited_alias": success("mailbox_modified", username) });
    await mcc.timeLimitedAliases.add({ username, domain: "example.com" }, { read: false });
    expect(server.seen).toHaveLength(1);
  });
});

test("list, add: refuse a name that is not an address, which means the API itself [guard everywhere/no-address]", async () => {
  const { mcc, server } = await clientOf({});
  await expect(mcc.timeLimitedAliases.list("ann")).rejects.toEqual(input("mailbox must be the address of a mailbox"));
  const add = mcc.timeLimitedAliases.add({ username: "ann", domain: "example.com" });
  await expect(add).rejects.toEqual(input("username must be the address of the mailbox"));
  await expect(mcc.timeLimitedAliases.add(wrong({}))).rejects.toMatchObject({ kind: "input" });
  expect(server.seen).toEqual([]);
});

describe("edit", () => {
  const address = "buzuke.xosi@a2-tla.test";

  test("edits addresses, returns an outcome for each, and names the unknown one [guard everywhere/which-item]", async () => {
    const { mcc, server } = await replay(
      recorded(file, "validity in hours from now"),
      recorded(file, "one of three unknown: mixed result"),
    );
    expect(await mcc.timeLimitedAliases.edit(address, { validity: 2 })).toMatchObject([{ id: address }]);
    const three = [address, "nobody@a2-tla.test", "fewulu.tatapacu@a2-tla.test"];
    await expect(mcc.timeLimitedAliases.edit(three, { validity: 21 })).rejects.toMatchObject({
      failures: [{ id: "nobody@a2-tla.test", code: "access_denied" }],
    });
    expect(bodiesOf(server)[0]).toEqual({ items: [address], attr: { validity: 2 } });
  });

  test.each([{}, { validity: 0 }, { validity: "0" }, { permanent: false }, { permanent: 0, validity: 0 }] as const)(
    "refuses %o, for which mailcow reports success and changes nothing [guard time-limited-aliases/no-effect]",
    async (attr) => {
      const { mcc, server } = await clientOf({});
      await expect(mcc.timeLimitedAliases.edit("a.b@example.com", attr)).rejects.toEqual(input("validity must be"));
      expect(server.seen).toEqual([]);
    },
  );
});

test("delete: deletes an address, and throws for an unknown one", async () => {
  const { mcc, server } = await replay(
    recorded(file, "one", "/delete/time_limited_alias"),
    recorded(file, "already gone"),
  );
  const address = "buzuke.xosi@a2-tla.test";
  expect(await mcc.timeLimitedAliases.delete(address)).toMatchObject([{ id: address }]);
  await expect(mcc.timeLimitedAliases.delete(address)).rejects.toMatchObject({
    kind: "rejected",
    failures: [{ code: "access_denied" }],
  });
  expect(bodiesOf(server)[0]).toEqual([address]);
});

describe("refuses before anything is sent", () => {
  const alias = { username, domain: "example.com" };
  test.each<[what: string, call: (mcc: MailcowApiClient) => Promise<unknown>, message: RegExp]>([
    [
      "list: a list of mailboxes",
      (mcc) => mcc.timeLimitedAliases.list(wrong([username])),
      /^get\/time_limited_aliases\/\{mailbox\}: mailbox must be/,
    ],
    [
      "add: a mailbox with a slash, whose addresses can't be read back",
      (mcc) => mcc.timeLimitedAliases.add({ ...alias, username: "a/b@example.com" }, { read: false }),
      /mailbox/,
    ],
    [
      "add: hours out of bounds",
      (mcc) => mcc.timeLimitedAliases.add({ ...alias, validity: 0 }),
      /^add\/time_limited_alias: validity must be/,
    ],
    [
      "add: an unknown field",
      (mcc) => mcc.timeLimitedAliases.add(wrong({ ...alias, mailbox: username })),
      /^add\/time_limited_alias: unknown field "mailbox"/,
    ],
    [
      "add: an unknown option",
      (mcc) => mcc.timeLimitedAliases.add(alias, wrong({ reed: false })),
      /^unknown option "reed"; did you mean "read"\?/,
    ],
    [
      "add: an option that is not a boolean",
      (mcc) => mcc.timeLimitedAliases.add(alias, wrong({ read: "no" })),
      /^read must be true or false/,
    ],
    [
      "edit: a description, which can't be changed",
      (mcc) => mcc.timeLimitedAliases.edit("a.b@example.com", wrong({ description: "x" })),
      /^edit\/time_limited_alias: unknown field "description"/,
    ],
    [
      "edit: an empty object, even without any addresses",
      (mcc) => mcc.timeLimitedAliases.edit([], {}),
      /^edit\/time_limited_alias: validity must be a number of hours other than 0/,
    ],
    [
      "edit: undefined",
      (mcc) => mcc.timeLimitedAliases.edit("a.b@example.com", wrong(undefined)),
      /^edit\/time_limited_alias: /,
    ],
    [
      "delete: a name that is not an address",
      (mcc) => mcc.timeLimitedAliases.delete(["a.b@example.com", "a.b"]),
      /^delete\/time_limited_alias: /,
    ],
  ])("%s", (_, call, message) => expectRefused(call, message));
});

test("sends names in lower case and as punycode, however they are spelled [guard everywhere/punycode] [guard everywhere/spelling]", async () => {
  const domain = "xn--bcher-kva.example";
  const list = `get/time_limited_aliases/ann@${domain}`;
  const { mcc, server } = await clientOf({
    [list]: {},
    "add/time_limited_alias": success("mailbox_modified", "x"),
    "edit/time_limited_alias": success("mailbox_modified", ""),
    "delete/time_limited_alias": success("mailbox_modified", "x"),
  });
  const odd = "Wiva.FOPA@BÜCHER.example";
  const plain = `wiva.fopa@${domain}`;
  expect(await mcc.timeLimitedAliases.list(" Ann@BÜCHER.example ")).toEqual([]);
  const alias = { username: "Ann@Bücher.example", domain: " BÜCHER.example" };
  expect(await mcc.timeLimitedAliases.add(alias, { read: false })).toBeNull();
  expect(await mcc.timeLimitedAliases.edit(odd, { permanent: true })).toMatchObject([{ id: plain }]);
  expect(await mcc.timeLimitedAliases.delete([odd])).toMatchObject([{ id: plain }]);
  expect(bodiesOf(server)).toEqual([
    { username: `ann@${domain}`, domain },
    { items: [plain], attr: { permanent: true } },
    [plain],
  ]);
});

test("edit, delete: send nothing for an empty list", async () => {
  const { mcc, server } = await clientOf({});
  expect(await mcc.timeLimitedAliases.edit([], { validity: 1 })).toEqual([]);
  expect(await mcc.timeLimitedAliases.delete([])).toEqual([]);
  expect(server.seen).toEqual([]);
});

test("add: a call that waits for another can be aborted before it sends anything", async () => {
  let answer = () => {};
  const isTime = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const { mcc, server } = await clientOf(async (response, { method }) => {
    await isTime;
    json(response, method === "GET" ? {} : success("mailbox_modified", username));
  });
  const reason = new Error("the caller's own reason");
  const controller = new AbortController();
  const alias = { username, domain: "example.com" };
  const first = mcc.timeLimitedAliases.add(alias, { read: false });
  const second = mcc.timeLimitedAliases.add(alias, { read: false, signal: controller.signal });
  controller.abort(reason);
  await expect(second).rejects.toBe(reason);
  answer();
  expect(await first).toBeNull();
  expect(await mcc.timeLimitedAliases.add(alias, { read: false })).toBeNull();
  expect(server.seen).toHaveLength(2);
});

testMethods("timeLimitedAliases", {
  list: (mcc, options) => mcc.timeLimitedAliases.list(username, options),
  // The mock lists the same addresses before and after, so that none of them is new.
  add: [
    {
      run: (mcc, options) => mcc.timeLimitedAliases.add({ username, domain: "example.com" }, options),
      answers: { "GET /api/v1/get/time_limited_aliases/{mailbox}": [none] },
    },
    {
      run: (mcc, options) => mcc.timeLimitedAliases.add({ username, domain: "example.com", validity: 5 }, options),
      answers: {
        "GET /api/v1/get/time_limited_aliases/{mailbox}": [none],
        "GET /api/v1/get/status/version": [{ body: { version: "2026-07" } }],
      },
    },
  ],
  edit: (mcc, options) => mcc.timeLimitedAliases.edit("buzuke.xosi@example.com", { validity: 2 }, options),
  delete: (mcc, options) => mcc.timeLimitedAliases.delete("buzuke.xosi@example.com", options),
});
