import { describe, expect, test } from "vitest";
import { allAdded, testMethods } from "../support/methods.ts";
import { testNumberedRows } from "../support/numbered-rows.ts";
import { expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

/** As the list of the contract's example has it. */
const newsletter = {
  desc: "Newsletter",
  content: `newsletter {
  priority = 10;
  rcpt = "@example.com";
  apply "default" { SYMBOL = 5.0; }
}
`,
};

testMethods("rspamdSettings", {
  list: (mcc, options) => mcc.rspamdSettings.list(options),
  get: (mcc, options) => mcc.rspamdSettings.get(2, options),
  add: (mcc, options) => mcc.rspamdSettings.add(newsletter, options),
  addMany: async (mcc, options) => allAdded(await mcc.rspamdSettings.addMany([newsletter], options)),
  edit: (mcc, options) => mcc.rspamdSettings.edit([1, 2], { active: 0 }, options),
  delete: (mcc, options) => mcc.rspamdSettings.delete(1, options),
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
  test("throws mailcow's code for content that it reads as empty", async () => {
    const { mcc } = await replay(recorded("37-rsetting", "content 0", "add/rsetting"));
    const add = mcc.rspamdSettings.add({ desc: "b1 x", content: "0" });
    await expect(add).rejects.toMatchObject({ kind: "rejected", codes: ["map_content_empty"] });
  });

  test("refuses blank content", async () => {
    await expectRefused(
      (mcc) => mcc.rspamdSettings.add({ desc: "x", content: " \n" }),
      /content must be a text that is not/,
    );
  });

  test("refuses a setting without desc, which mailcow would silently ignore", async () => {
    await expectRefused((mcc) => mcc.rspamdSettings.add({ content: "x" } as never), /desc must be given/);
  });
});

test("edit: names the unknown id of several, although mailcow names all of them in each entry", async () => {
  const { mcc } = await replay(recorded("37-rsetting", "several, one unknown", "edit/rsetting"));
  const error = await mcc.rspamdSettings.edit([1, 999999, 2], { active: 0 }).catch((error) => error);
  expect(error).toMatchObject({ failures: [{ id: 999999 }], succeeded: [{ id: 1 }, { id: 2 }] });
});
