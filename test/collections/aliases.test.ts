import { describe, expect, test } from "vitest";
import { type Alias, type AliasAttributes, type MailcowApiClient, MailcowInputError } from "../../src/index.ts";
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
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";
import { serverOfRows, written } from "../support/server-of-rows.ts";

const file = "20-alias";
const edits = "21-alias-edit";

describe("list", () => {
  test("returns the aliases of the server or of some domains, and [] for none", async () => {
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
  test("reads an alias by id or by address, and returns null for none", async () => {
    const { mcc } = await replay(
      recorded(file, "one by id (full)"),
      recorded(file, "one by address"),
      recorded(file, "unknown id"),
    );
    expect(await mcc.aliases.get(5)).toMatchObject({ id: 5, address: "full@a2-alias.test" });
    expect(await mcc.aliases.get("full@a2-alias.test")).toMatchObject({ id: 5 });
    expect(await mcc.aliases.get(99999999)).toBeNull();
  });

  test("finds an address that begins with digits by its own number, and so do edit and delete [guard aliases/digits]", async () => {
    const row = { id: 12, address: "267@a2-alias.test" };
    const list = recorded(file, "all aliases of the server");
    const listed = { ...list, response: { ...list.response, body: [row] } };
    const { mcc, server } = await replay(listed, listed, listed, recorded(edits, "new goto"));
    expect(await mcc.aliases.get("267@A2-alias.test")).toEqual(row);
    await expect(mcc.aliases.delete("267@nowhere.test")).rejects.toMatchObject({ kind: "input" });
    await mcc.aliases.edit("267@a2-alias.test", { goto: "two@a2-aledit.test" });
    expect(bodiesOf(server)).toEqual([{ items: [12], attr: { goto: "two@a2-aledit.test" } }]);
  });
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

  test("throws mailcow's refusal of an address that is taken", async () => {
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
  test("sends the flag of an alias to nowhere again, without which mailcow would store nothing [guard aliases/flag-again]", async () => {
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

  test("edits aliases to nowhere and to people by a call each, and a refusal of one does not stop the other", async () => {
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

describe("add, edit and ensure with several flags, or a flag beside targets, of which mailcow would heed one in silence", () => {
  const verbs: [verb: string, call: (mcc: MailcowApiClient, ends: AliasAttributes) => Promise<unknown>][] = [
    ["add", (mcc, ends) => mcc.aliases.add({ address: "a@a.com", ...ends })],
    ["edit", (mcc, ends) => mcc.aliases.edit(7, ends)],
    ["ensure", (mcc, ends) => mcc.aliases.ensure({ address: "a@a.com", ...ends })],
  ];
  const several: AliasAttributes[] = [
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

  test.each(verbs)("%s: takes flags of which all but one are off", async (verb, call) => {
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

  test("does nothing where all is as wanted: a list or a text, no comment or an empty one", async () => {
    const { mcc, server } = await serverOfRows({ ...alias, goto: "one@a2-alias.test,two@a2-alias.test" });
    const goto = "TWO@a2-alias.test, one@a2-alias.test";
    const done = await mcc.aliases.ensure({ ...wanted, goto, public_comment: "" });
    expect(done).toMatchObject({ action: "unchanged", changes: {} });
    expect(server.seen).toHaveLength(1);
  });

  test("adds an alias that is not there", async () => {
    const { mcc } = await serverOfRows(null, alias);
    expect(await mcc.aliases.ensure(wanted)).toEqual({ action: "added", row: alias, changes: {} });
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
    ["ham@localhost", { goto_ham: 1, goto: "" }],
  ] as const)("leaves an alias alone that leads nowhere already: %s, wanted %j", async (goto, asked) => {
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
  ] as const)("leads an alias from %s to %s by %j", async (from, to, attr, changes) => {
    const row = { ...alias, goto: to };
    const { mcc, server } = await serverOfRows({ ...alias, goto: from }, row);
    const done = await mcc.aliases.ensure({ address: alias.address, ...attr });
    expect(done).toEqual({ action: "edited", row, changes });
    expect(bodiesOf(server)).toEqual([{ items: [alias.id], attr }]);
  });

  test("names in `ignored` the flag that mailcow keeps although it says success, and tries again each time", async () => {
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
  ])("leaves alone an alias to nowhere that the same input has made: %s", async (added, address) => {
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
      "where it leads, several addresses in one text, one of them twice",
      {
        wanted: { address: "a@a2-aledit.test", ...attrOf(severalGotos) },
        before: recorded(edits, "goto replaced, not appended"),
        reads: 1,
        edits: [severalGotos],
        after: recorded(edits, "normalised goto"),
        changes: {
          goto: {
            from: ["two@a2-aledit.test", "out@example.org"],
            to: ["one@a2-aledit.test", "two@a2-aledit.test", "one@a2-aledit.test"],
          },
        },
        sent: [{ items: [3], attr: { goto: "one@a2-aledit.test,two@a2-aledit.test,one@a2-aledit.test" } }],
      },
    ],
    [
      "that it leads nowhere",
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

  test("refuses recorded flags and targets of which mailcow would heed one in silence [guard aliases/several-targets]", async () => {
    const { mcc, server } = await replay();
    const call = ensure(mcc, "aliases", wantedBy(recorded(file, "all three goto flags and a goto: null wins")));
    await expect(call).rejects.toMatchObject({ kind: "input" });
    expect(server.seen).toEqual([]);
  });
});

describe("delete", () => {
  test("deletes aliases by id or address, and says which are unknown [guard everywhere/which-item]", async () => {
    const { mcc } = await replay(recorded(file, "two at once"), recorded(file, "one of three unknown: mixed result"));
    expect(await mcc.aliases.delete(["11", "12"])).toMatchObject([{ id: "11" }, { id: "12" }]);
    const call = mcc.aliases.delete(["spam@a2-alias.test", 99999999, "ham@a2-alias.test"]);
    await expect(call).rejects.toMatchObject({ failures: [{ id: 99999999, code: "access_denied" }] });
  });
});

describe("addAlias", () => {
  test.each<[name: string, call: (mcc: MailcowApiClient) => Promise<unknown>, body: unknown]>([
    [
      "an active alias [guard everywhere/active-by-default]",
      (mcc) => mcc.addAlias("@example.com", "ann@a.com, bob@b.com"),
      { address: "@example.com", goto: "ann@a.com,bob@b.com", active: 1 },
    ],
    [
      "aliases out of lists",
      (mcc) => mcc.addAlias(["x@a.com", "y@a.com"], ["z@a.com"]),
      { address: "x@a.com,y@a.com", goto: "z@a.com", active: 1 },
    ],
  ])("sends %s", async (_, call, body) => {
    const { mcc, server } = await clientOf({ "add/alias": success("alias_added", "a@example.com", "7") });
    await call(mcc);
    expect(bodiesOf(server)).toEqual([body]);
  });

  test.each<[name: string, goto: string | string[], says: RegExp]>([
    ["an alias of itself [guard aliases/self]", ["b@a.com", "A@a.com"], /goto must be other than the address itself/],
    ["an alias to nowhere", " , ", /goto must be at least one/],
    ["an alias to a word", "ann", /goto must be an address/],
  ])("refuses %s before it is sent", async (_, goto, says) => {
    const { mcc, server } = await clientOf({});
    const outcome = Promise.resolve().then(() => mcc.addAlias("a@a.com", goto));
    await expect(outcome).rejects.toBeInstanceOf(MailcowInputError);
    await expect(outcome).rejects.toThrow(says);
    expect(server.seen).toEqual([]);
  });
});

/** An address that begins with digits is looked up in the list. */
const risky = "24hours@example.com";
const listed = { "GET /api/v1/get/alias/all": [{ body: [{ id: 7, address: risky }] }] };

testMethods("aliases", {
  list: async (mcc) => [await mcc.aliases.list(), await mcc.aliases.list({ domain: "example.com" })],
  get: [(mcc) => mcc.aliases.get(7), { run: (mcc) => mcc.aliases.get(risky), answers: listed }],
  add: (mcc) => mcc.aliases.add({ address: "sales@example.com", goto: "ann@example.com" }),
  addMany: async (mcc) =>
    allAdded(await mcc.aliases.addMany([{ address: "sales@example.com", goto: "ann@example.com" }])),
  edit: [
    (mcc) => mcc.aliases.edit(7, { goto: "bob@example.com" }),
    (mcc) => mcc.aliases.edit(7, { active: 0 }),
    { run: (mcc) => mcc.aliases.edit(risky, { goto: "bob@example.com" }), answers: listed },
  ],
  ensure: [
    (mcc) => mcc.aliases.ensure({ address: "sales@example.com", goto: "cleo@example.com" }),
    (mcc) => mcc.aliases.ensure({ address: "24hours@example.com", goto: "cleo@example.com" }),
  ],
  delete: [(mcc) => mcc.aliases.delete(7), { run: (mcc) => mcc.aliases.delete(risky), answers: listed }],
});
