import { describe, expect, test } from "vitest";
import { allAdded, none, testMethods } from "../support/methods.ts";
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

// The mock lists the same before and after, so that nothing would be new.
const answers = { "GET /api/v1/get/rsetting/all": [none] };

testMethods("rspamdSettings", {
  list: (mcc, options) => mcc.rspamdSettings.list(options),
  get: (mcc, options) => mcc.rspamdSettings.get(2, options),
  add: { run: (mcc, options) => mcc.rspamdSettings.add(newsletter, options), answers },
  addMany: {
    run: async (mcc, options) => allAdded(await mcc.rspamdSettings.addMany([newsletter], options)),
    answers,
  },
  edit: (mcc, options) => mcc.rspamdSettings.edit([1, 2], { active: 0 }, options),
  delete: (mcc, options) => mcc.rspamdSettings.delete(1, options),
});

testNumberedRows({
  file: "37-rsetting",
  word: "rsetting",
  of: (mcc) => mcc.rspamdSettings,
  one: "by id",
  add: {
    input: { desc: "b1 blanks", content: "\n  b1  \n" },
    sent: { desc: "b1 blanks", content: "\n  b1  \n", active: 1 },
    said: "blanks around the content are kept by add",
    id: 6,
  },
  many: { good: "the same again", bad: "content 0", code: "map_content_empty", list: "several", id: 4 },
  before: "one",
  edit: { said: "active 0", attr: { active: 0 }, refused: "unknown only", code: "settings_map_invalid" },
});

describe("add", () => {
  test("throws mailcow's code for content that it reads as empty", async () => {
    const { mcc } = await replay(
      recorded("37-rsetting", "none", "get/rsetting/all"),
      recorded("37-rsetting", "content 0", "add/rsetting"),
    );
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
