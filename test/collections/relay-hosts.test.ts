import { describe, expect, test } from "vitest";
import { bodiesOf } from "../support/client.ts";
import { allAdded, testMethods } from "../support/methods.ts";
import { testNumberedRows } from "../support/numbered-rows.ts";
import { rejectionOf } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const file = "35-relayhost";

testMethods("relayHosts", {
  list: (mcc) => mcc.relayHosts.list(),
  get: (mcc) => mcc.relayHosts.get(1),
  add: (mcc) => mcc.relayHosts.add({ hostname: "smtp.example.com:587" }),
  addMany: async (mcc) => allAdded(await mcc.relayHosts.addMany([{ hostname: "smtp.example.com:587" }])),
  edit: (mcc) => mcc.relayHosts.edit(1, { username: "ann" }),
  delete: (mcc) => mcc.relayHosts.delete([1, 2]),
});

testNumberedRows({
  file,
  word: "relayhost",
  of: (mcc) => mcc.relayHosts,
  one: "by id; the password is plain",
  add: {
    input: { hostname: " b1-one.test:587", username: "user", password: "secret" },
    sent: { hostname: " b1-one.test:587", username: "user", password: "secret" },
    said: "same hostname again",
    id: 8,
  },
  many: { good: "same hostname again", bad: "hostname 0", code: "invalid_host", list: "several", id: 8 },
  edit: { said: "active as a string", attr: { active: "1" }, refused: "unknown only", code: "relayhost_invalid" },
});

describe("add", () => {
  test("throws mailcow's code where the hostname is none", async () => {
    const { mcc } = await replay(recorded(file, "hostname 0", "add/relayhost"));
    expect((await rejectionOf(mcc.relayHosts.add({ hostname: "0" }))).codes).toEqual(["invalid_host"]);
  });
});

describe("edit", () => {
  test("sends several in one call, and says which one there is none of", async () => {
    const { mcc, server } = await replay(recorded(file, "several, one unknown", "edit/relayhost"));
    const { failures, succeeded } = await rejectionOf(mcc.relayHosts.edit([1, 999999, 2], { active: 0 }));
    expect([failures, succeeded]).toMatchObject([[{ id: 999999 }], [{ id: 1 }, { id: 2 }]]);
    expect(bodiesOf(server)).toHaveLength(1);
  });
});
