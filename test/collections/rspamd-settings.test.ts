import { describe, expect, test } from "vitest";
import { allAdded, testMethods } from "../support/methods.ts";
import { testNumberedRows } from "../support/numbered-rows.ts";
import { expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

testMethods("rspamdSettings", {
  list: (mcc) => mcc.rspamdSettings.list(),
  get: (mcc) => mcc.rspamdSettings.get(2),
  add: async (mcc) => {
    const [{ desc, content } = { desc: "", content: "" }] = await mcc.rspamdSettings.list();
    return mcc.rspamdSettings.add({ desc, content });
  },
  addMany: async (mcc) => {
    const [{ desc, content } = { desc: "", content: "" }] = await mcc.rspamdSettings.list();
    return allAdded(await mcc.rspamdSettings.addMany([{ desc, content }]));
  },
  edit: (mcc) => mcc.rspamdSettings.edit([1, 2], { active: 0 }),
  delete: (mcc) => mcc.rspamdSettings.delete(1),
});

testNumberedRows({
  file: "37-rsetting",
  word: "rsetting",
  of: (mcc) => mcc.rspamdSettings,
  one: "by id",
  add: {
    input: { desc: "b1 second", content: "x" },
    sent: { desc: "b1 second", content: "x", active: 1 },
    said: "active left out: inactive",
    id: 2,
  },
  many: { good: "all fields", bad: "content 0", code: "map_content_empty" },
  edit: { said: "active 0", attr: { active: 0 }, refused: "unknown only", code: "settings_map_invalid" },
});

describe("add", () => {
  test("throws mailcow's code for content that it takes for none", async () => {
    const { mcc } = await replay(recorded("37-rsetting", "content 0", "add/rsetting"));
    const add = mcc.rspamdSettings.add({ desc: "b1 x", content: "0" });
    await expect(add).rejects.toMatchObject({ kind: "rejected", codes: ["map_content_empty"] });
  });

  test("refuses a setting without desc, which mailcow would drop without a word", async () => {
    await expectRefused((mcc) => mcc.rspamdSettings.add({ content: "x" } as never), /desc must be given/);
  });
});

test("edit: says which of several there is none of, though mailcow names all of them each time", async () => {
  const { mcc } = await replay(recorded("37-rsetting", "several, one unknown", "edit/rsetting"));
  const error = await mcc.rspamdSettings.edit([1, 999999, 2], { active: 0 }).catch((error) => error);
  expect(error).toMatchObject({ failures: [{ id: 999999 }], succeeded: [{ id: 1 }, { id: 2 }] });
});
