import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { recorded, replay } from "../support/replay.ts";

const file = "28-pushover";
const [one, two, three] = ["one@a2-push.test", "two@a2-push.test", "three@a2-push.test"] as const;
const credentials = { key: "k".repeat(30), token: `${"t".repeat(29)}9` };

describe("set", () => {
  test("sets them, active unless told otherwise, without which mailcow breaks off [guard pushover/active]", async () => {
    const { mcc, server } = await replay(
      recorded(file, "minimal for a first time: key, token, active"),
      recorded(file, "active off only, the rest is kept"),
      recorded(file, "no attributes once set: success, nothing changes"),
    );
    expect(await mcc.pushover.set(one, credentials)).toMatchObject([
      { id: one, results: [{ code: "pushover_settings_edited" }] },
    ]);
    await mcc.pushover.set(one, { active: 0 });
    await mcc.pushover.set(one, { title: "Mail" });
    expect(bodiesOf(server)).toEqual([
      { items: [one], attr: { active: 1, ...credentials } },
      { items: [one], attr: { active: 0 } },
      { items: [one], attr: { title: "Mail" } },
    ]);
  });

  test("says which mailbox has no settings yet", async () => {
    const { mcc } = await replay(recorded(file, "one of two has no settings yet: mixed result"));
    await expect(mcc.pushover.set([one, two], { text: "both" })).rejects.toMatchObject({
      codes: ["pushover_key"],
      failures: [{ id: two }],
    });
  });
});

describe("delete", () => {
  test("deletes settings, also where there are none, and says which mailbox is unknown", async () => {
    const { mcc, server } = await replay(
      recorded(file, "delete: JSON true"),
      recorded(file, "delete of one unknown of two: mixed result"),
    );
    expect(await mcc.pushover.delete(three)).toHaveLength(1);
    await expect(mcc.pushover.delete(["nobody@a2-push.test", two])).rejects.toMatchObject({
      failures: [{ id: "nobody@a2-push.test", code: "access_denied" }],
    });
    expect(bodiesOf(server)[0]).toEqual({ items: [three], attr: { delete: true } });
  });

  test("refuses a name that is no address, which means the API itself [guard everywhere/no-address]", async () => {
    const { mcc } = await clientOf({});
    await expect(mcc.pushover.delete("API")).rejects.toMatchObject({ kind: "input" });
  });
});

describe("test", () => {
  test("tests mailbox by mailbox, so that one without settings does not stop the others [guard pushover/test-stops]", async () => {
    const { mcc, server } = await replay(
      recorded(file, "nothing set any more"),
      recorded(file, "service out of reach"),
    );
    await expect(mcc.pushover.test([one, two])).rejects.toMatchObject({
      failures: [
        { id: one, code: "pushover_credentials_missing" },
        { id: two, code: "Pushover API ERR (0): " },
      ],
    });
    expect(bodiesOf(server)).toEqual([
      { items: [one], attr: {} },
      { items: [two], attr: {} },
    ]);
  });
});

const ann = "ann@example.com";

testMethods("pushover", {
  set: (mcc) => mcc.pushover.set(ann, { key: "k".repeat(30), token: "t".repeat(30) }),
  delete: (mcc) => mcc.pushover.delete(ann),
  test: (mcc) => mcc.pushover.test(ann),
});
