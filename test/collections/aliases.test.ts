import { describe, expect, test } from "vitest";
import type { Alias, AliasChanges, NewAlias } from "../../src/facade/collections/aliases.ts";
import { type MailcowApiClient, MailcowInputError } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { allAdded, testMethods } from "../support/methods.ts";
import { testAddMany } from "../support/recorded-add-many.ts";
import {
  attrOf,
  ensure,
  testEnsureAdds,
  testEnsureEdits,
  testEnsureLeaves,
  wantedBy,
} from "../support/recorded-ensure.ts";
import { expectRefused, rejectionOf } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";
import { serverOfRows, written } from "../support/server-of-rows.ts";

const file = "20-alias";
const edits = "21-alias-edit";

describe("list", () => {
  test("returns the aliases of the server or of the given domains, or [] if there are none", async () => {
    const all = recorded(file, "all aliases of the server");
    const { mcc, server } = await replay(
      all,
      recorded(file, "several domains, one unknown"),
      recorded(file, "unknown domain only"),
    );
    expect(await mcc.aliases.list()).toEqual(all.response.body);
    expect(await mcc.aliases.list({ domain: ["a2-alias-ad.test", "a2-unknown.test"] })).toHaveLength(2);
    expect(server.seen[1]?.path).toBe("/api/v1/get/alias/all/a2-alias-ad.test%252Ca2-unknown.test");
    expect(await mcc.aliases.list({ domain: "a2-unknown.test" })).toEqual([]);
  });
});

describe("get", () => {
  test("finds an alias by id or by address, and returns null for an unknown one", async () => {
    const { mcc } = await replay(
      recorded(file, "one by id (full)"),
      recorded(file, "one by address"),
      recorded(file, "unknown id"),
    );
    expect(await mcc.aliases.get(5)).toMatchObject({ id: 5, address: "full@a2-alias.test" });
    expect(await mcc.aliases.get("full@a2-alias.test")).toMatchObject({ id: 5 });
    expect(await mcc.aliases.get(99999999)).toBeNull();
  });

  test("get, edit and delete find an address that begins with digits by the id of its row [guard aliases/digits]", async () => {
    const row = { id: 12, address: "267@a2-alias.test" };
    const list = recorded(file, "all aliases of the server");
    const listed = { ...list, response: { ...list.response, body: [row] } };
    const { mcc, server } = await replay(listed, listed, listed, recorded(edits, "new goto"));
    expect(await mcc.aliases.get("267@A2-alias.test")).toEqual(row);
    await expect(mcc.aliases.delete("267@nowhere.test")).rejects.toMatchObject({ codes: ["access_denied"] });
    await mcc.aliases.edit("267@a2-alias.test", { goto: "two@a2-aledit.test" });
    expect(bodiesOf(server)).toEqual([{ items: [12], attr: { goto: "two@a2-aledit.test" } }]);
  });

  test.each([
    "267@example.com",
    " 267@Example.com",
    "+267@example.com",
    "-1@example.com",
    ".2e1@example.com",
    "2e1@example.com",
  ])(
    "get, edit and delete look up an address that mailcow would read as a number: %j [guard aliases/digits]",
    async (address) => {
      const row = { id: 12, address: address.trim().toLowerCase(), goto: "ann@example.com" };
      const { mcc, server } = await clientOf({
        "get/alias/all": [row, { id: 267, address: "other@example.com" }],
        "get/alias/12": row,
        "edit/alias": success("alias_modified", row.address),
        "delete/alias": success("alias_removed", row.address),
      });
      expect(await mcc.aliases.get(address)).toEqual(row);
      const id = address.trim().replace("Example", "example");
      expect(await mcc.aliases.edit(address, { active: 0 })).toMatchObject([{ id }]);
      expect(await mcc.aliases.delete([address])).toMatchObject([{ id }]);
      expect(bodiesOf(server)).toEqual([{ items: [12], attr: { active: 0 } }, [12]]);
    },
  );
});

describe("add", () => {
  test("adds an active alias and returns it with its id [guard everywhere/active-by-default]", async () => {
    const { mcc, server } = await replay(
      recorded(file, "minimal fields: address and goto only"),
      recorded(file, "one by id (minimal)"),
    );
    const alias = await mcc.aliases.add({ address: "min@a2-alias.test", goto: ["one@a2-alias.test"] });
    expect(alias).toMatchObject({ id: 4, address: "min@a2-alias.test" });
    expect(bodiesOf(server)).toEqual([{ address: "min@a2-alias.test", goto: "one@a2-alias.test", active: 1 }]);
    expect(server.seen[1]?.path).toBe("/api/v1/get/alias/4");
  });

  test("throws mailcow's code for an address that is taken", async () => {
    const { mcc } = await replay(recorded(file, "catch-all twice"));
    const call = mcc.aliases.add({ address: "@a2-alias.test", goto: "two@a2-alias.test" });
    await expect(call).rejects.toMatchObject({ codes: ["is_alias_or_mailbox"] });
  });
});

testAddMany("aliases", {
  good: recorded(file, "all fields, numbers"),
  read: recorded(file, "one by id (full)"),
  bad: recorded(file, "address is a mailbox"),
  code: "is_alias_or_mailbox",
});

test("addMany: returns [] for []", async () => {
  const { mcc } = await clientOf({});
  expect(await mcc.aliases.addMany([])).toEqual([]);
});

describe("edit", () => {
  test("assigns each entry to its alias, even if mailcow sends several and names another [guard everywhere/which-item]", async () => {
    const [a, none, b] = ["a@x.test", "none@x.test", "b@x.test"];
    const { mcc } = await clientOf((response, { body }) => {
      const [item] = (JSON.parse(body) as { items: string[] }).items;
      const entries = [
        ["danger", "goto_invalid", "x@y@z"],
        item === none ? ["danger", "alias_invalid", a] : ["success", "alias_modified", a],
      ];
      json(
        response,
        entries.map(([type, ...msg]) => ({ type, log: [], msg })),
      );
    });
    const error = await rejectionOf(mcc.aliases.edit([a, none, b], { goto: "ann@x.test" }));
    expect(error.results.map(({ id, code }) => [id, code])).toEqual([
      [a, "goto_invalid"],
      [a, "alias_modified"],
      [none, "goto_invalid"],
      [none, "alias_invalid"],
      [b, "goto_invalid"],
      [b, "alias_modified"],
    ]);
  });

  test("resends the flag of an alias to null, spam or ham, without which mailcow would store nothing [guard aliases/flag-again]", async () => {
    const edited = recorded(edits, "active 0 with goto_null sent again: stored");
    const row = recorded(file, "one by id (minimal)");
    const nowhere = {
      ...row,
      response: { ...row.response, body: { ...(row.response.body as object), goto: "null@localhost" } },
    };
    const { mcc, server } = await replay(nowhere, edited);
    await mcc.aliases.edit(3, { active: 0 });
    expect(bodiesOf(server)).toEqual([{ items: [3], attr: { active: 0, goto_null: 1 } }]);
  });

  test("edits aliases with and without a flag in separate calls, so that a refusal of one does not stop the other", async () => {
    const { body: row } = recorded(file, "one by id (minimal)").response;
    const refused = recorded(edits, "all gotos invalid: danger AND success, nothing stored").response.body;
    const edited = recorded(edits, "active off").response.body;
    const { mcc, server } = await clientOf((response, { path, body }) => {
      if (path.endsWith("/get/alias/3")) return json(response, { ...(row as object), goto: "null@localhost" });
      json(response, path.endsWith("/get/alias/4") ? row : JSON.parse(body).items[0] === 3 ? refused : edited);
    });
    const error = await mcc.aliases.edit([3, 4], { active: 0, goto_null: "0" }).catch((reason) => reason);
    expect(error.failures).toMatchObject([{ id: 3 }]);
    expect(error.succeeded).toMatchObject([{ id: 3 }, { id: 4 }]);
    expect(bodiesOf(server)).toEqual([
      { items: [3], attr: { active: 0, goto_null: 1 } },
      { items: [4], attr: { active: 0, goto_null: "0" } },
    ]);
  });
});

describe("several flags, or a flag together with targets, of which mailcow would silently use one", () => {
  const verbs: [verb: string, call: (mcc: MailcowApiClient, ends: AliasChanges) => Promise<unknown>][] = [
    ["add", (mcc, ends) => mcc.aliases.add({ address: "a@a.com", ...ends })],
    ["edit", (mcc, ends) => mcc.aliases.edit(7, ends)],
    ["ensure", (mcc, ends) => mcc.aliases.ensure({ address: "a@a.com", ...ends })],
  ];
  const several: AliasChanges[] = [
    { goto_null: 1, goto_spam: true },
    { goto_null: 0, goto_spam: "1", goto_ham: 1 },
    { goto_ham: true, goto: "b@b.com" },
    { goto_null: "1", goto: ["b@b.com", "c@c.com"] },
    { goto_null: 1, goto_spam: 1, goto_ham: 1, goto: "b@b.com" },
  ];
  describe.each(verbs)("%s", (_, call) => {
    test.each(several)("refuses %j before anything is sent [guard aliases/several-targets]", async (ends) => {
      const { mcc, server } = await clientOf({});
      const outcome = Promise.resolve().then(() => call(mcc, ends));
      await expect(outcome).rejects.toBeInstanceOf(MailcowInputError);
      await expect(outcome).rejects.toThrow("goto must be a target, or one of goto_null, goto_spam and goto_ham");
      expect(server.seen).toEqual([]);
    });
  });

  test.each(verbs)("%s: accepts several flags of which only one is on", async (verb, call) => {
    const ends = { goto_null: 0, goto_spam: "0", goto_ham: true } as const;
    const row = { id: 7, address: "a@a.com", goto: "ham@localhost" };
    const { mcc, server } = await clientOf({
      "add/alias": success("alias_added", "a@example.com", "7"),
      "edit/alias": success("alias_modified", "a@a.com"),
      "get/alias/7": row,
      "get/alias/a@a.com": {},
    });
    await call(mcc, ends);
    expect(bodiesOf(server)).toEqual([
      verb === "edit" ? { items: [7], attr: ends } : { address: "a@a.com", active: 1, ...ends },
    ]);
  });
});

describe("ensure", () => {
  const [alias] = recorded(file, "one alias").response.body as [Alias];
  const wanted = { address: "min@A2-alias.test", goto: ["one@a2-alias.test"], active: 0, internal: false } as const;

  test("does nothing if everything matches: a list or a text, no comment or an empty one", async () => {
    const { mcc, server } = await serverOfRows({ ...alias, goto: "one@a2-alias.test,two@a2-alias.test" });
    const goto = "TWO@a2-alias.test, one@a2-alias.test";
    const done = await mcc.aliases.ensure({ ...wanted, goto, public_comment: "" });
    expect(done).toMatchObject({ action: "unchanged", changes: {} });
    expect(server.seen).toHaveLength(1);
  });

  test("adds an alias that does not exist", async () => {
    const { mcc } = await serverOfRows(null, alias);
    expect(await mcc.aliases.ensure(wanted)).toEqual({ action: "added", row: alias, changes: {} });
  });

  test("adds an alias with a flag, and leaves out an empty goto", async () => {
    const row = { ...alias, goto: "ham@localhost" };
    const { mcc, server } = await serverOfRows(null, row);
    const done = await mcc.aliases.ensure({ address: alias.address, goto: "", goto_ham: 1 });
    expect(done).toEqual({ action: "added", row, changes: {} });
    expect(bodiesOf(server)).toEqual([{ address: alias.address, goto_ham: 1, active: 1 }]);
  });

  test("edits only what differs, by the alias's id", async () => {
    const { mcc, server } = await serverOfRows(alias, { ...alias, goto: "two@a2-alias.test", sogo_visible: 1 });
    const done = await mcc.aliases.ensure({ ...wanted, goto: "two@a2-alias.test", sogo_visible: 1 });
    expect(done.changes).toEqual({
      goto: { from: ["one@a2-alias.test"], to: ["two@a2-alias.test"] },
      sogo_visible: { from: 0, to: 1 },
    });
    expect(bodiesOf(server)).toEqual([{ items: [4], attr: { goto: "two@a2-alias.test", sogo_visible: 1 } }]);
  });

  test.each([
    ["null@localhost", { goto_null: true }],
    ["spam@localhost", { goto_spam: "1", goto_null: 0 }],
    ["ham@localhost", { goto_ham: 1 }],
    ["ham@localhost", { goto: "", goto_ham: 1 }],
  ] as const)("does nothing if the alias already leads to %s, given %j", async (goto, asked) => {
    const row = { ...alias, goto };
    const { mcc, server } = await serverOfRows(row);
    const done = await mcc.aliases.ensure({ address: alias.address, ...asked });
    expect(done).toEqual({ action: "unchanged", row, changes: {} });
    expect(written(server)).toEqual([]);
  });

  test.each([
    ["null@localhost", "ham@localhost", { goto_ham: 1 }, { goto_ham: { from: 0, to: 1 } }],
    ["one@a2-alias.test", "spam@localhost", { goto_spam: true }, { goto_spam: { from: 0, to: true } }],
    [
      "null@localhost",
      "one@a2-alias.test",
      { goto: "one@a2-alias.test", goto_null: 0 },
      { goto_null: { from: 1, to: 0 }, goto: { from: ["null@localhost"], to: ["one@a2-alias.test"] } },
    ],
  ] as const)("changes the target from %s to %s, given %j", async (from, to, attr, changes) => {
    const row = { ...alias, goto: to };
    const { mcc, server } = await serverOfRows({ ...alias, goto: from }, row);
    const done = await mcc.aliases.ensure({ address: alias.address, ...attr });
    expect(done).toEqual({ action: "edited", row, changes });
    expect(bodiesOf(server)).toEqual([{ items: [alias.id], attr }]);
  });

  test("lists in `ignored` the flag that mailcow keeps although it reports success, and tries again each time", async () => {
    const row = { ...alias, goto: "null@localhost" };
    const { mcc, server } = await serverOfRows(row);
    const done = { action: "unchanged", row, changes: {}, ignored: ["goto_null"] };
    const call = () => mcc.aliases.ensure({ address: alias.address, goto_null: 0 });
    expect(await call()).toEqual(done);
    expect(await call()).toEqual(done);
    expect(written(server)).toEqual(["edit/alias", "edit/alias"]);
  });

  testEnsureAdds("aliases", {
    none: recorded(file, "a mailbox is no alias"),
    add: recorded(file, "all fields, numbers"),
    read: recorded(file, "one by id (full)"),
  });

  testEnsureLeaves(
    "aliases",
    ["add/alias", "get/alias/{id}"],
    [
      [file, "minimal fields: address and goto only", "one by id (minimal)"],
      [file, "catch-all", "catch-all by address"],
    ],
  );

  test.each([
    ["goto_null without goto", "null@a2-alias.test"],
    ["goto_spam", "spam@a2-alias.test"],
    ["goto_ham as string", "ham@a2-alias.test"],
  ])("changes nothing that the same input added before, with a flag: %s", async (added, address) => {
    const rows = recorded(file, "many aliases of one domain").response.body as { address: string }[];
    const row = rows.find((other) => other.address === address);
    const { mcc } = await clientOf({ [`get/alias/${address}`]: row });
    const done = await ensure(mcc, "aliases", wantedBy(recorded(file, added)));
    expect(done).toEqual({ action: "unchanged", row, changes: {} });
  });

  const severalGotos = recorded(edits, "goto as several separators and a duplicate");
  testEnsureEdits("aliases", [
    [
      "a flag, by the id of the alias",
      {
        wanted: { address: "b@a2-aledit.test", active: 0 },
        before: recorded(edits, "before any edit"),
        reads: 2,
        edits: [recorded(edits, "active off")],
        after: recorded(edits, "only active changed; modified is set"),
        changes: { active: { from: 1, to: 0 } },
        sent: [{ items: [4], attr: { active: 0 } }],
      },
    ],
    [
      "the targets, several in one text and one of them twice",
      {
        wanted: { address: "a@a2-aledit.test", ...attrOf(severalGotos) },
        before: recorded(edits, "goto replaced, not appended"),
        reads: 1,
        edits: [severalGotos],
        after: recorded(edits, "normalised goto"),
        changes: {
          goto: {
            from: ["two@a2-aledit.test", "out@example.org"],
            to: ["one@a2-aledit.test", "two@a2-aledit.test"],
          },
        },
        sent: [{ items: [3], attr: { goto: "one@a2-aledit.test,two@a2-aledit.test" } }],
      },
    ],
    [
      "the flag goto_null",
      {
        wanted: { address: "a@a2-aledit.test", goto_null: 1 },
        before: recorded(edits, "normalised goto"),
        reads: 1,
        edits: [recorded(edits, "goto_null")],
        after: recorded(edits, "null"),
        changes: { goto_null: { from: 0, to: 1 } },
        sent: [{ items: [3], attr: { goto_null: 1 } }],
      },
    ],
  ]);

  test("refuses recorded flags and targets of which mailcow silently uses one [guard aliases/several-targets]", async () => {
    const { mcc, server } = await replay();
    const call = ensure(mcc, "aliases", wantedBy(recorded(file, "all three goto flags and a goto: null wins")));
    await expect(call).rejects.toMatchObject({ kind: "input" });
    expect(server.seen).toEqual([]);
  });
});

describe("delete", () => {
  test("deletes aliases by id or address, and names the unknown ones [guard everywhere/which-item]", async () => {
    const { mcc } = await replay(recorded(file, "two at once"), recorded(file, "one of three unknown: mixed result"));
    expect(await mcc.aliases.delete(["11", "12"])).toMatchObject([{ id: "11" }, { id: "12" }]);
    const call = mcc.aliases.delete(["spam@a2-alias.test", 99999999, "ham@a2-alias.test"]);
    await expect(call).rejects.toMatchObject({ failures: [{ id: 99999999, code: "access_denied" }] });
  });
});

/** What JavaScript may pass all the same. */
const wrong = (value: unknown) => value as never;
const sales: NewAlias = { address: "sales@example.com", goto: "ann@example.com" };

describe("refuses before anything is sent", () => {
  test.each<[what: string, call: (mcc: MailcowApiClient) => Promise<unknown>, message: RegExp]>([
    [
      "list: a text instead of a filter",
      (mcc) => mcc.aliases.list(wrong("example.com")),
      /^the filter must be an object/,
    ],
    ["list: a list instead of a filter", (mcc) => mcc.aliases.list(wrong([])), /^the filter must be an object/],
    [
      "list: an unknown filter [guard everywhere/filters]",
      (mcc) => mcc.aliases.list(wrong({ domains: "example.com" })),
      /^unknown filter "domains"; did you mean "domain"\?/,
    ],
    [
      "list: undefined, which would list everything [guard everywhere/filters]",
      (mcc) => mcc.aliases.list(wrong({ domain: undefined })),
      /^domain must be given, or left out/,
    ],
    [
      "list: an address instead of a domain",
      (mcc) => mcc.aliases.list({ domain: ["ann@example.com"] }),
      /domains must be/,
    ],
    ["get: an id with a letter", (mcc) => mcc.aliases.get("5x"), /^get\/alias\/\{id\}: id must be/],
    [
      "add: several addresses",
      (mcc) => mcc.aliases.add({ ...sales, address: ["a@example.com", "b@example.com"] }),
      /^add\/alias: address must be a single address/,
    ],
    [
      "add: an unknown field",
      (mcc) => mcc.aliases.add(wrong({ ...sales, target: "x" })),
      /^add\/alias: unknown field "target"/,
    ],
    ["add: undefined", (mcc) => mcc.aliases.add(wrong(undefined)), /^add\/alias: /],
    ["add: no targets", (mcc) => mcc.aliases.add({ ...sales, goto: "" }), /^add\/alias: goto must be/],
    [
      "add: an alias of itself, in another spelling [guard aliases/self]",
      (mcc) => mcc.aliases.add({ address: "ann@bücher.example", goto: ["Ann@xn--bcher-kva.EXAMPLE"] }),
      /goto must be other than the address itself/,
    ],
    [
      "addMany: an unknown option",
      (mcc) => mcc.aliases.addMany([sales], wrong({ concurency: 1 })),
      /^unknown option "concurency"; did you mean "concurrency"\?/,
    ],
    ["addMany: an object instead of a list", (mcc) => mcc.aliases.addMany(wrong(sales)), /^items must be a list/],
    [
      "edit: an id among the attributes, even without any aliases [guard everywhere/id-among-attributes]",
      (mcc) => mcc.aliases.edit([], wrong({ id: 6 })),
      /^edit\/alias: unknown field "id"/,
    ],
    ["edit: an id with a letter", (mcc) => mcc.aliases.edit(["5x"], { active: 1 }), /^edit\/alias: items must be/],
    ["ensure: an alias without an address", (mcc) => mcc.aliases.ensure(wrong({ goto: "a@b.com" })), /must be/],
    [
      "ensure: an unknown field",
      (mcc) => mcc.aliases.ensure(wrong({ ...sales, aktive: 1 })),
      /^add\/alias: unknown field "aktive"; did you mean "active"\?/,
    ],
    ["delete: an id with a letter", (mcc) => mcc.aliases.delete(["5x"]), /^delete\/alias: the input must be/],
  ])("%s", (_, call, message) => expectRefused(call, message));
});

test("sends names as punycode, however they are spelled [guard everywhere/punycode] [guard everywhere/spelling]", async () => {
  const plain = "sales@xn--bcher-kva.example";
  const row = { id: 4, address: plain, goto: "ann@xn--bcher-kva.example" };
  const odd = " sales@BÜCHER.example ";
  const { mcc, server } = await clientOf({
    "get/alias/all/xn--bcher-kva.example": [row],
    [`get/alias/${plain}`]: row,
    "get/alias/4": row,
    "add/alias": success("alias_added", plain, "4"),
    "edit/alias": success("alias_modified", plain),
    "delete/alias": success("alias_removed", plain),
  });
  expect(await mcc.aliases.list({ domain: [" BÜCHER.example"] })).toEqual([row]);
  expect(await mcc.aliases.get(odd)).toEqual(row);
  const goto = ["ann@Bücher.example"];
  expect(await mcc.aliases.add({ address: odd, goto })).toEqual(row);
  expect(await mcc.aliases.edit([odd], { goto, address: "@BÜCHER.example" })).toMatchObject([{ id: plain }]);
  expect(await mcc.aliases.ensure({ address: odd, goto })).toMatchObject({ action: "unchanged" });
  expect(await mcc.aliases.delete(odd)).toMatchObject([{ id: plain }]);
  expect(bodiesOf(server)).toMatchObject([
    { address: plain, goto: row.goto },
    { items: [plain], attr: { goto: row.goto, address: "@xn--bcher-kva.example" } },
    [plain],
  ]);
});

test("list, edit, delete: send nothing for an empty list", async () => {
  const { mcc, server } = await clientOf({});
  expect(await mcc.aliases.list({ domain: [] })).toEqual([]);
  expect(await mcc.aliases.edit([], { active: 1 })).toEqual([]);
  expect(await mcc.aliases.delete([])).toEqual([]);
  expect(server.seen).toEqual([]);
});

test.each([
  [success("alias_added", "sales@example.com")],
  [success("alias_added", "sales@example.com", "x")],
  [success("done")],
])("add: throws if mailcow's answer has no id of the alias: %j", async (answer) => {
  const { mcc } = await clientOf({ "add/alias": answer });
  await expect(mcc.aliases.add(sales)).rejects.toMatchObject({ kind: "reply" });
});

describe("a star before the @", () => {
  test("is refused by every method: it does not catch all [guard aliases/star]", async () => {
    const { mcc, server } = await clientOf({});
    const goto = "ann@example.com";
    const message = /address must be/;
    await expect(mcc.aliases.add({ address: "*@example.com", goto })).rejects.toThrow(message);
    await expect(mcc.aliases.ensure({ address: "*@example.com", goto })).rejects.toThrow(message);
    await expect(mcc.addAlias("*@example.com", goto)).rejects.toThrow(message);
    await expect(mcc.aliases.edit(7, { address: "*@example.com" })).rejects.toThrow(/address must be/);
    expect(server.seen).toEqual([]);
  });
});

describe("targets", () => {
  const target = "bob@xn--r-0fa.test,ann@x.test";
  test.each<[string, (mcc: MailcowApiClient) => Promise<unknown>]>([
    ["add", (mcc) => mcc.aliases.add({ address: "a@x.test", goto: ["Bob@Rä.test", "ANN@x.test"] }, { read: false })],
    ["addAlias", (mcc) => mcc.addAlias("a@x.test", "Bob@Rä.test, ANN@x.test")],
    ["edit", (mcc) => mcc.aliases.edit(7, { goto: ["Bob@Rä.test", "ANN@x.test"] })],
  ])(
    "%s: sends them in lower case, or mailcow would leave them behind a deleted mailbox [guard everywhere/spelling]",
    async (_, run) => {
      const done = success("alias_added", "a@x.test", "7");
      const { mcc, server } = await clientOf({
        "add/alias": done,
        "edit/alias": success("alias_modified", "a@x.test"),
      });
      await run(mcc);
      expect(JSON.stringify(bodiesOf(server))).toContain(`"goto":"${target}"`);
    },
  );
});

/** An address that begins with digits is looked up in the list. */
const risky = "24hours@example.com";
const listed = { "GET /api/v1/get/alias/all": [{ body: [{ id: 7, address: risky }] }] };

testMethods("aliases", {
  list: [
    (mcc, options) => mcc.aliases.list({}, options),
    (mcc, options) => mcc.aliases.list({ domain: "example.com" }, options),
  ],
  get: [
    (mcc, options) => mcc.aliases.get(7, options),
    { run: (mcc, options) => mcc.aliases.get(risky, options), answers: listed },
  ],
  add: (mcc, options) => mcc.aliases.add(sales, options),
  addMany: async (mcc, options) => allAdded(await mcc.aliases.addMany([sales], options)),
  edit: [
    (mcc, options) => mcc.aliases.edit(7, { goto: "bob@example.com" }, options),
    (mcc, options) => mcc.aliases.edit(7, { active: 0 }, options),
    { run: (mcc, options) => mcc.aliases.edit(risky, { goto: "bob@example.com" }, options), answers: listed },
  ],
  ensure: [
    (mcc, options) => mcc.aliases.ensure({ address: "sales@example.com", goto: "cleo@example.com" }, options),
    (mcc, options) => mcc.aliases.ensure({ address: "24hours@example.com", goto: "cleo@example.com" }, options),
  ],
  delete: [
    (mcc, options) => mcc.aliases.delete(7, options),
    { run: (mcc, options) => mcc.aliases.delete(risky, options), answers: listed },
  ],
});
