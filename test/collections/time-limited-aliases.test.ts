import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { none, testMethods } from "../support/methods.ts";
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
  test("returns rows, and [] for none", async () => {
    const { mcc } = await replay(listed("one"), listed("none yet"));
    expect(await mcc.timeLimitedAliases.list(one)).toMatchObject([{ address: "wiva.fopa@a2-tla.test" }]);
    expect(await mcc.timeLimitedAliases.list(one)).toEqual([]);
  });
});

describe("add", () => {
  test("returns the address that mailcow made up, by its lists before and after [guard time-limited-aliases/unnamed]", async () => {
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

  test("throws mailcow's refusal of a domain that is not the mailbox's", async () => {
    const { mcc } = await replay(listed("one"), recorded(file, "domain is not the mailbox's"));
    const call = mcc.timeLimitedAliases.add({ username: one, domain: "a2-tla-other.test" });
    await expect(call).rejects.toMatchObject({ kind: "rejected", failures: [{ code: "domain_invalid" }] });
  });

  test("tells those apart that are added at once [guard time-limited-aliases/unnamed]", async () => {
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

  test("goes on with the next after one that is refused", async () => {
    const { mcc } = await clientOf((response, { method }) =>
      json(response, method === "GET" ? {} : success("mailbox_modified", username)),
    );
    const bad = mcc.timeLimitedAliases.add({ username, domain: "" });
    const good = mcc.timeLimitedAliases.add({ username, domain: "example.com" }, { read: false });
    await expect(bad).rejects.toMatchObject({ kind: "input" });
    expect(await good).toBeNull();
  });

  test("sends nothing but the request where it shall not read back", async () => {
    const { mcc, server } = await clientOf({ "add/time_limited_alias": success("mailbox_modified", username) });
    await mcc.timeLimitedAliases.add({ username, domain: "example.com" }, { read: false });
    expect(server.seen).toHaveLength(1);
  });
});

test("list, add: refuse a mailbox that is no address, which means the API itself [guard everywhere/no-address]", async () => {
  const { mcc, server } = await clientOf({});
  await expect(mcc.timeLimitedAliases.list("ann")).rejects.toEqual(input("mailbox must be an address"));
  const add = mcc.timeLimitedAliases.add({ username: "ann", domain: "example.com" });
  await expect(add).rejects.toEqual(input("mailbox must be an address"));
  await expect(mcc.timeLimitedAliases.add(wrong({}))).rejects.toMatchObject({ kind: "input" });
  expect(server.seen).toEqual([]);
});

describe("edit", () => {
  const address = "buzuke.xosi@a2-tla.test";

  test("edits addresses, with an outcome for each, and says which is unknown [guard everywhere/which-item]", async () => {
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
    "refuses %o, of which mailcow says success and changes nothing [guard time-limited-aliases/no-effect]",
    async (attr) => {
      const { mcc, server } = await clientOf({});
      await expect(mcc.timeLimitedAliases.edit("a.b@example.com", attr)).rejects.toEqual(input("validity must be"));
      expect(server.seen).toEqual([]);
    },
  );
});

test("delete: deletes an address, and throws where there is none", async () => {
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

testMethods("timeLimitedAliases", {
  list: (mcc) => mcc.timeLimitedAliases.list(username),
  // The mock lists the same addresses before and after, so that none of them is new.
  add: {
    run: (mcc) => mcc.timeLimitedAliases.add({ username, domain: "example.com" }),
    answers: { "GET /api/v1/get/time_limited_aliases/{mailbox}": [none] },
  },
  edit: (mcc) => mcc.timeLimitedAliases.edit("buzuke.xosi@example.com", { validity: 2 }),
  delete: (mcc) => mcc.timeLimitedAliases.delete("buzuke.xosi@example.com"),
});
