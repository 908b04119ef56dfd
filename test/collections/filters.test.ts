import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { recorded, replay } from "../support/replay.ts";

const file = "24-filter";
const username = "one@a2-sieve.test";
const of = (name: string) => recorded(file, name, "/get/filters/{mailbox}");
const second = recorded(file, "all fields, active").request.body;

const input = (message: string) =>
  expect.objectContaining({ kind: "input", message: expect.stringContaining(message) });
/** What JavaScript may pass all the same. */
const wrong = (value: unknown) => value as never;

test("list: returns those of a mailbox or all, and [] for none", async () => {
  const { mcc } = await replay(of("none yet"), recorded(file, "all, several"), of("one"));
  expect(await mcc.filters.list(username)).toEqual([]);
  expect((await mcc.filters.list()).map(({ id }) => id)).toContain(5);
  expect(await mcc.filters.list(username)).toMatchObject([{ id: 1 }]);
});

test("list, getActiveScript: refuse a mailbox that is no address, which means the API itself [guard everywhere/no-address]", async () => {
  const { mcc, server } = await clientOf({});
  await expect(mcc.filters.list("all")).rejects.toEqual(input("mailbox must be"));
  await expect(mcc.filters.getActiveScript("ann")).rejects.toEqual(input("mailbox must be"));
  expect(server.seen).toEqual([]);
});

test("add: returns the row with its id", async () => {
  const { mcc, server } = await replay(recorded(file, "all fields, active"), of("four, one active per type"));
  expect(await mcc.filters.add(wrong(second))).toMatchObject({ id: 2, script_desc: "second" });
  expect(bodiesOf(server)).toEqual([second]);
});

test("add, edit: say what is wrong with a script", async () => {
  const { mcc } = await replay(
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
  test("edits filters, with an outcome for each, and says which is unknown [guard everywhere/which-item]", async () => {
    const { mcc } = await replay(
      recorded(file, "one of three unknown: mixed result"),
      recorded(file, "two of the same type made active: the last wins"),
    );
    await expect(mcc.filters.edit([2, 99999999, 3], { active: 0 })).rejects.toMatchObject({
      failures: [{ id: 99999999, code: "access_denied" }],
    });
    expect(await mcc.filters.edit([2, 3], { active: 1 })).toMatchObject([{ id: 2 }, { id: 3 }]);
  });

  test("refuses ids such as 5x, and an id among the attributes; and so does delete [guard everywhere/ids-with-letters]", async () => {
    const { mcc, server } = await clientOf({});
    await expect(mcc.filters.edit(wrong("5x"), { active: 1 })).rejects.toEqual(input("items must be"));
    await expect(mcc.filters.delete(wrong("5x"))).rejects.toEqual(input("delete/filter: "));
    await expect(mcc.filters.edit(5, wrong({ id: 6 }))).rejects.toEqual(input("id must be left out"));
    expect(server.seen).toEqual([]);
  });
});

test("delete: deletes filters, with an outcome for each, and says which is unknown [guard everywhere/which-item]", async () => {
  const { mcc, server } = await replay(
    recorded(file, "one of two unknown: mixed result"),
    recorded(file, "delete one"),
  );
  await expect(mcc.filters.delete([99999999, 4])).rejects.toMatchObject({ succeeded: [{ id: 4 }] });
  expect(await mcc.filters.delete(1)).toMatchObject([{ id: 1, results: [{ code: "delete_filter" }] }]);
  expect(bodiesOf(server).at(-1)).toEqual([1]);
});

test("getActiveScript: returns the script, and null where there is none", async () => {
  const active = (name: string) => recorded(file, name, "/get/active-user-sieve/{mailbox}");
  const { mcc } = await replay(active("one active of two"), active("scripts but none active"));
  expect(await mcc.filters.getActiveScript(username)).toContain("fileinto");
  expect(await mcc.filters.getActiveScript(username)).toBeNull();
});

const ann = "ann@example.com";

testMethods("filters", {
  list: async (mcc) => [await mcc.filters.list(), await mcc.filters.list(ann)],
  add: (mcc) =>
    mcc.filters.add({ username: ann, script_data: "keep;", script_desc: "first", filter_type: "prefilter" }),
  edit: (mcc) => mcc.filters.edit(1, { active: 1 }),
  delete: (mcc) => mcc.filters.delete(1),
  getActiveScript: (mcc) => mcc.filters.getActiveScript(ann),
});
