import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { allAdded, testMethods } from "../support/methods.ts";
import { testNumberedRows } from "../support/numbered-rows.ts";
import { expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const map = { recipient_map_old: "example.com", recipient_map_new: "example.org" };

testMethods("recipientMaps", {
  list: (mcc, options) => mcc.recipientMaps.list(options),
  get: (mcc, options) => mcc.recipientMaps.get(1, options),
  add: (mcc, options) => mcc.recipientMaps.add(map, options),
  addMany: async (mcc, options) => allAdded(await mcc.recipientMaps.addMany([map], options)),
  edit: (mcc, options) => mcc.recipientMaps.edit(2, { recipient_map_new: "ann@example.org" }, options),
  delete: (mcc, options) => mcc.recipientMaps.delete([1, 2], options),
});

testNumberedRows({
  file: "38-recipient-map",
  word: "recipient_map",
  of: (mcc) => mcc.recipientMaps,
  one: "by id: holds a stray null under 0",
  add: {
    input: { recipient_map_old: "  UP@B1-R.test ", recipient_map_new: "New@B1-R.test" },
    sent: { recipient_map_old: "up@b1-r.test", recipient_map_new: "new@b1-r.test", active: 1 },
    said: "upper case and blanks",
    id: 5,
  },
  many: { good: "address to address, all fields", bad: "exists", code: "recipient_map_entry_exists" },
  edit: { said: "active on", attr: { active: 1 }, refused: "old exists", code: "recipient_map_entry_exists" },
});

test("get: leaves out the stray member 0 [guard bcc-maps/stray-member]", async () => {
  const said = recorded("38-recipient-map", "by id: holds a stray null under 0", "get/recipient_map/{id}");
  expect(said.response.body).toHaveProperty("0", null);
  const { mcc } = await replay(said);
  expect(await mcc.recipientMaps.get(1)).not.toHaveProperty("0");
});

test.each(["", "@", "ann@", "a b"])("add, edit: refuse %j, which is neither an address nor a domain", async (wrong) => {
  const words = /recipient_map_(old|new) must be an address or a domain/;
  await expectRefused((mcc) => mcc.recipientMaps.add({ ...map, recipient_map_old: wrong }), words);
  await expectRefused((mcc) => mcc.recipientMaps.edit(1, { recipient_map_new: wrong }), words);
});

test("add: throws mailcow's code if the recipient has a map already", async () => {
  const { mcc } = await replay(recorded("38-recipient-map", "exists", "add/recipient_map"));
  const add = mcc.recipientMaps.add({ recipient_map_old: "old@b1-r.test", recipient_map_new: "x@b1-r.test" });
  await expect(add).rejects.toMatchObject({ kind: "rejected", codes: ["recipient_map_entry_exists"] });
});

describe("edit", () => {
  test("sends recipients trimmed, in lower case and as punycode, which mailcow does itself only in an add [guard recipient-maps/edit-as-written]", async () => {
    const { mcc, server } = await clientOf({ "edit/recipient_map": success("recipient_map_entry_saved", "x") });
    await mcc.recipientMaps.edit(1, { recipient_map_old: " OLD@Example.com ", recipient_map_new: "BÜCHER.example" });
    const attr = { recipient_map_old: "old@example.com", recipient_map_new: "@xn--bcher-kva.example" };
    expect(bodiesOf(server)).toEqual([{ items: [1], attr }]);
  });

  test("sends one call per map, because mailcow would stop at a refusal", async () => {
    const { mcc, server } = await replay(
      recorded("38-recipient-map", "old exists", "edit/recipient_map"),
      recorded("38-recipient-map", "active on", "edit/recipient_map"),
    );
    const error = await mcc.recipientMaps.edit([7, 4], { recipient_map_old: "b1-r1.test" }).catch((error) => error);
    expect(error).toMatchObject({ failures: [{ id: 7 }], succeeded: [{ id: 4 }] });
    expect(bodiesOf(server)).toMatchObject([{ items: [7] }, { items: [4] }]);
  });
});
