import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { allAdded, testMethods } from "../support/methods.ts";
import { testNumberedRows } from "../support/numbered-rows.ts";
import { expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const map = { dest: "example.net", policy: "encrypt" } as const;

testMethods("tlsPolicyMaps", {
  list: (mcc, options) => mcc.tlsPolicyMaps.list(options),
  get: (mcc, options) => mcc.tlsPolicyMaps.get(2, options),
  add: (mcc, options) => mcc.tlsPolicyMaps.add(map, options),
  addMany: async (mcc, options) => allAdded(await mcc.tlsPolicyMaps.addMany([map], options)),
  edit: (mcc, options) => mcc.tlsPolicyMaps.edit(2, { policy: "verify", parameters: "match=hostname" }, options),
  delete: (mcc, options) => mcc.tlsPolicyMaps.delete(1, options),
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

test("get: leaves out the stray member 0 [guard bcc-maps/stray-member]", async () => {
  const said = recorded("39-tls-policy-map", "by id: holds a stray null under 0", "get/tls-policy-map/{id}");
  expect(said.response.body).toHaveProperty("0", null);
  const { mcc } = await replay(said);
  expect(await mcc.tlsPolicyMaps.get(2)).not.toHaveProperty("0");
});

test.each(["match", "a=b  c=d", " a=b"])(
  "add, edit: refuse parameters that mailcow can't read: %j",
  async (parameters) => {
    const words = /parameters must be a text such as "match=.example.com"/;
    await expectRefused((mcc) => mcc.tlsPolicyMaps.add({ ...map, parameters }), words);
    await expectRefused((mcc) => mcc.tlsPolicyMaps.edit(1, { parameters }), words);
  },
);

test("add: throws mailcow's code if the destination has a map already", async () => {
  const { mcc } = await replay(recorded("39-tls-policy-map", "exists", "add/tls-policy-map"));
  const add = mcc.tlsPolicyMaps.add({ dest: "b1-t.test", policy: "may" });
  await expect(add).rejects.toMatchObject({ kind: "rejected", codes: ["tls_policy_map_entry_exists"] });
});

const spellings: [given: string, stored: string][] = [
  [" Example.COM ", "example.com"],
  ["[MX.Example.com]:25", "[mx.example.com]:25"],
  ["[mx.bücher.example]:SUBMISSION", "[mx.xn--bcher-kva.example]:submission"],
  ["*.BÜCHER.example", "*.xn--bcher-kva.example"],
  [".Example.com", ".example.com"],
  ["[2001:DB8:0::1]:25", "[2001:db8::1]:25"],
];

test.each(spellings)(
  "add: accepts a destination in any spelling, and finds it as mailcow stores it: %j",
  async (dest, stored) => {
    const row = { id: 4, dest: stored };
    const answers = {
      "add/tls-policy-map": success("tls_policy_map_entry_saved", stored),
      "get/tls-policy-map/all": [row],
    };
    const { mcc, server } = await clientOf(answers);
    expect(await mcc.tlsPolicyMaps.add({ dest, policy: "encrypt" })).toEqual(row);
    expect(bodiesOf(server)).toEqual([{ dest: stored, policy: "encrypt", active: 1 }]);
  },
);

describe("edit", () => {
  test.each(spellings)(
    "sends %j trimmed, in lower case and as punycode, which mailcow does itself only in an add [guard tls-policy-maps/edit-as-written]",
    async (dest, sent) => {
      const { mcc, server } = await clientOf({ "edit/tls-policy-map": success("tls_policy_map_entry_saved", sent) });
      await mcc.tlsPolicyMaps.edit(1, { dest });
      expect(bodiesOf(server)).toEqual([{ items: [1], attr: { dest: sent } }]);
    },
  );

  test.each(["ann@example.com", "a b", "a,b"])("refuses a destination that never matches: %j", async (dest) => {
    await expectRefused((mcc) => mcc.tlsPolicyMaps.edit(1, { dest }), /dest must be a domain or a server/);
  });

  test("sends one call per map, because mailcow would stop at a refusal", async () => {
    const { mcc, server } = await replay(
      recorded("39-tls-policy-map", "destination exists", "edit/tls-policy-map"),
      recorded("39-tls-policy-map", "active 0", "edit/tls-policy-map"),
    );
    const error = await mcc.tlsPolicyMaps.edit([7, 4], { dest: "b1-t.test" }).catch((error) => error);
    expect(error).toMatchObject({ failures: [{ id: 7 }], succeeded: [{ id: 4 }] });
    expect(bodiesOf(server)).toMatchObject([{ items: [7] }, { items: [4] }]);
  });
});
