import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { allAdded, testMethods } from "../support/methods.ts";
import { testNumberedRows } from "../support/numbered-rows.ts";
import { expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const map = { dest: "example.net", policy: "encrypt" } as const;

testMethods("tlsPolicyMaps", {
  list: (mcc) => mcc.tlsPolicyMaps.list(),
  get: (mcc) => mcc.tlsPolicyMaps.get(2),
  add: (mcc) => mcc.tlsPolicyMaps.add(map),
  addMany: async (mcc) => allAdded(await mcc.tlsPolicyMaps.addMany([map])),
  edit: (mcc) => mcc.tlsPolicyMaps.edit(2, { policy: "verify", parameters: "match=hostname" }),
  delete: (mcc) => mcc.tlsPolicyMaps.delete(1),
});

testNumberedRows({
  file: "39-tls-policy-map",
  word: "tls-policy-map",
  of: (mcc) => mcc.tlsPolicyMaps,
  one: "by id: holds a stray null under 0",
  add: {
    input: { dest: "B1-T2.test", policy: "encrypt" },
    sent: { dest: "b1-t2.test", policy: "encrypt", active: 1 },
    said: "minimal: inactive, no parameters",
    id: 2,
  },
  many: { good: "all fields", bad: "exists", code: "tls_policy_map_entry_exists" },
  edit: { said: "active 0", attr: { active: 0 }, refused: "destination exists", code: "recipient_map_entry_exists" },
});

test("get: leaves out the member 0, which says nothing [guard bcc-maps/stray-member]", async () => {
  const said = recorded("39-tls-policy-map", "by id: holds a stray null under 0", "get/tls-policy-map/{id}");
  expect(said.response.body).toHaveProperty("0", null);
  const { mcc } = await replay(said);
  expect(await mcc.tlsPolicyMaps.get(2)).not.toHaveProperty("0");
});

test("add: throws mailcow's code where the destination has a map already", async () => {
  const { mcc } = await replay(recorded("39-tls-policy-map", "exists", "add/tls-policy-map"));
  const add = mcc.tlsPolicyMaps.add({ dest: "b1-t.test", policy: "may" });
  await expect(add).rejects.toMatchObject({ kind: "rejected", codes: ["tls_policy_map_entry_exists"] });
});

describe("edit", () => {
  test.each([
    [" Example.COM ", "example.com"],
    ["[MX.Example.com]:25", "[mx.example.com]:25"],
    ["[mx.bücher.example]:submission", "[mx.xn--bcher-kva.example]:submission"],
    [".Example.com", ".example.com"],
    ["[2001:DB8::1]:25", "[2001:db8::1]:25"],
  ])(
    "trims, lowers and converts %j, which mailcow does only when adding [guard tls-policy-maps/edit-as-written]",
    async (dest, sent) => {
      const { mcc, server } = await clientOf({ "edit/tls-policy-map": success("tls_policy_map_entry_saved", sent) });
      await mcc.tlsPolicyMaps.edit(1, { dest });
      expect(bodiesOf(server)).toEqual([{ items: [1], attr: { dest: sent } }]);
    },
  );

  test.each(["ann@example.com", "a b", "a,b"])("refuses a destination that never matches: %j", async (dest) => {
    await expectRefused((mcc) => mcc.tlsPolicyMaps.edit(1, { dest }), /dest must be a single domain/);
  });

  test("sends one map a call, for mailcow would stop at a refusal", async () => {
    const { mcc, server } = await replay(
      recorded("39-tls-policy-map", "destination exists", "edit/tls-policy-map"),
      recorded("39-tls-policy-map", "active 0", "edit/tls-policy-map"),
    );
    const error = await mcc.tlsPolicyMaps.edit([7, 4], { dest: "b1-t.test" }).catch((error) => error);
    expect(error).toMatchObject({ failures: [{ id: 7 }], succeeded: [{ id: 4 }] });
    expect(bodiesOf(server)).toMatchObject([{ items: [7] }, { items: [4] }]);
  });
});
