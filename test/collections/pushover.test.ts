import { describe, expect, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const file = "28-pushover";
const [one, two, three] = ["one@a2-push.test", "two@a2-push.test", "three@a2-push.test"] as const;
const credentials = { key: "k".repeat(30), token: `${"t".repeat(29)}9` };

describe("set", () => {
  test("sends active: 1 with new credentials, without which mailcow fails [guard pushover/active]", async () => {
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

  test("names the mailbox that has no settings yet", async () => {
    const { mcc } = await replay(recorded(file, "one of two has no settings yet: mixed result"));
    await expect(mcc.pushover.set([one, two], { text: "both" })).rejects.toMatchObject({
      codes: ["pushover_key"],
      failures: [{ id: two }],
    });
  });
});

describe("delete", () => {
  test("deletes settings, also if there are none, and names the unknown mailbox", async () => {
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

  test("refuses a name that is not an address, which means the API itself [guard everywhere/no-address]", async () => {
    const { mcc } = await clientOf({});
    await expect(mcc.pushover.delete("API")).rejects.toMatchObject({ kind: "input" });
  });
});

describe("test", () => {
  test("sends one call per mailbox, so that one without settings does not stop the others [guard pushover/test-stops]", async () => {
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
/** What JavaScript may pass all the same. */
const wrong = (value: unknown) => value as never;

describe("refuses before anything is sent", () => {
  test.each<[what: string, call: (mcc: MailcowApiClient) => Promise<unknown>, message: RegExp]>([
    [
      "set: an invalid key, which the message does not repeat",
      (mcc) => mcc.pushover.set(ann, { ...credentials, key: "secret" }),
      /^edit\/pushover: key must be the key(?!.*secret)/,
    ],
    ["set: an invalid sender", (mcc) => mcc.pushover.set(ann, { senders: ["bob"] }), /senders must be/],
    [
      "set: an unknown field, even without any mailboxes",
      (mcc) => mcc.pushover.set([], wrong({ regex: "/x/" })),
      /^edit\/pushover: unknown field "regex"/,
    ],
    ["set: the field `delete`", (mcc) => mcc.pushover.set(ann, wrong({ delete: true })), /delete must be left out/],
    ["set: undefined", (mcc) => mcc.pushover.set(ann, wrong(undefined)), /the input must be an object/],
    [
      "set: a name that is not an address",
      (mcc) => mcc.pushover.set([ann, "API"], { title: "x" }),
      /^edit\/pushover: items must be/,
    ],
    [
      "delete: a name that is not an address",
      (mcc) => mcc.pushover.delete(wrong(undefined)),
      /^edit\/pushover: items must be/,
    ],
    ["test: a name that is not an address", (mcc) => mcc.pushover.test(["API"]), /^edit\/pushover-test: items must be/],
  ])("%s", (_, call, message) => expectRefused(call, message));
});

test("send nothing for an empty list", async () => {
  const { mcc, server } = await clientOf({});
  expect(await mcc.pushover.set([], { title: "x" })).toEqual([]);
  expect(await mcc.pushover.delete([])).toEqual([]);
  expect(await mcc.pushover.test([])).toEqual([]);
  expect(server.seen).toEqual([]);
});

test("sends names in lower case and as punycode, however they are spelled [guard everywhere/punycode] [guard everywhere/spelling]", async () => {
  const plain = "ann@xn--bcher-kva.example";
  const odd = " Ann@BÜCHER.example ";
  const { mcc, server } = await clientOf({
    "edit/pushover": success("pushover_settings_edited"),
    "edit/pushover-test": success("Pushover API OK (200): {}"),
  });
  const senders = ["Bob@Bücher.example", "eve@example.com"];
  expect(await mcc.pushover.set(odd, { senders, active: wrong(undefined) })).toMatchObject([{ id: plain }]);
  expect(await mcc.pushover.set(odd, { senders: "" })).toMatchObject([{ id: plain }]);
  expect(await mcc.pushover.delete([odd])).toMatchObject([{ id: plain }]);
  expect(await mcc.pushover.test(odd)).toMatchObject([{ id: plain }]);
  expect(bodiesOf(server)).toEqual([
    { items: [plain], attr: { senders: "Bob@xn--bcher-kva.example,eve@example.com" } },
    { items: [plain], attr: { senders: "" } },
    { items: [plain], attr: { delete: true } },
    { items: [plain], attr: {} },
  ]);
});

test("set: sends active: 1 if it is undefined, or else the given one [guard pushover/active]", async () => {
  const { mcc, server } = await clientOf({ "edit/pushover": success("pushover_settings_edited") });
  await mcc.pushover.set(ann, { ...credentials, active: wrong(undefined) });
  await mcc.pushover.set(ann, { ...credentials, active: 0 });
  expect(bodiesOf(server)).toMatchObject([{ attr: { active: 1 } }, { attr: { active: 0 } }]);
});

testMethods("pushover", {
  set: (mcc, options) => mcc.pushover.set(ann, { key: "k".repeat(30), token: "t".repeat(30) }, options),
  delete: (mcc, options) => mcc.pushover.delete(ann, options),
  test: (mcc, options) => mcc.pushover.test(ann, options),
});
