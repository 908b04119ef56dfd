import { describe, expect, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { many, testMethods } from "../support/methods.ts";
import { expectRefused } from "../support/refusals.ts";
import { apart, recorded, replay } from "../support/replay.ts";

const file = "27-mailbox-prefs";
const one = "one@a2-prefs.test";
const three = [one, "nobody@a2-prefs.test", "two@a2-prefs.test"];
const mixed = { codes: ["access_denied"], failures: [{ id: three[1] }], succeeded: [{ id: one }, { id: three[2] }] };
const ann = "ann@example.com";
/** The row of Ann's mailbox, whose name has this case. */
const rowOf = (username = ann) => ({ username, name: "", domain: "example.com", attributes: { attribute_hash: "" } });

describe("getSpamScore", () => {
  test("returns the two scores, or null for an unknown mailbox", async () => {
    const { mcc } = await replay(
      recorded(file, "blanks are gone"),
      recorded(file, "as it was sent"),
      recorded(file, "unknown mailbox", "get/spam-score/{mailbox}"),
    );
    expect(await mcc.mailboxSettings.getSpamScore(one)).toEqual({ low: 5.5, high: 15.25 });
    expect(await mcc.mailboxSettings.getSpamScore(one)).toEqual({ low: 10, high: 20 });
    expect(await mcc.mailboxSettings.getSpamScore("nobody@a2-prefs.test")).toBeNull();
  });
});

describe("setSpamScore", () => {
  test("sets the scores, resets them, and names the unknown mailbox", async () => {
    const { mcc, server } = await replay(
      recorded(file, "two at once", "spam-score"),
      recorded(file, "default"),
      recorded(file, "one of three unknown: mixed result", "spam-score"),
    );
    await mcc.mailboxSettings.setSpamScore([one, "two@a2-prefs.test"], { low: 6, high: 12.5 });
    await mcc.mailboxSettings.setSpamScore(one, "default");
    await expect(mcc.mailboxSettings.setSpamScore(three, { low: 1, high: 2 })).rejects.toMatchObject(mixed);
    expect(bodiesOf(server)).toMatchObject([
      { items: [one, "two@a2-prefs.test"], attr: { spam_score: "6,12.5" } },
      { attr: { spam_score: "default" } },
      { items: three },
    ]);
  });

  test("refuses scores that are not numbers, or of which the low one is above the high one [guard mailbox-settings/score-order]", async () => {
    const { mcc } = await clientOf({});
    for (const [low, high] of [
      [15, 5],
      [7, 7],
      [Number.NaN, 5],
      [1, Number.POSITIVE_INFINITY],
    ] as const) {
      await expect(mcc.mailboxSettings.setSpamScore("a@example.com", { low, high })).rejects.toThrow("must be");
    }
  });
});

test("getSpamScore, setSpamScore: refuse a name that is not an address, which means the API itself [guard everywhere/no-address]", async () => {
  const { mcc } = await clientOf({});
  await expect(mcc.mailboxSettings.getSpamScore("API")).rejects.toMatchObject({ kind: "input" });
  await expect(mcc.mailboxSettings.setSpamScore("API", "default")).rejects.toMatchObject({ kind: "input" });
});

describe("setDelimiterAction", () => {
  test("sets what happens to tagged mail", async () => {
    const { mcc, server } = await replay(recorded(file, "before TLS changes"), recorded(file, "subfolder"));
    expect(await mcc.mailboxSettings.setDelimiterAction(one, "subfolder")).toMatchObject([{ id: one }]);
    expect(bodiesOf(server)).toEqual([{ items: [one], attr: { tagged_mail_handler: "subfolder" } }]);
  });

  test("sends the address in its stored form, the only spelling that has an effect [guard mailbox-settings/tagged-mail-case]", async () => {
    const { mcc, server } = await clientOf({
      "get/mailbox/ann@example.com": rowOf("Ann@example.com"),
      "edit/delimiter_action": success("mailbox_modified", "Ann@example.com"),
    });
    const both = ["ann@EXAMPLE.com", "ANN@example.com"];
    expect(await mcc.mailboxSettings.setDelimiterAction(both, "subject")).toMatchObject([{ id: "Ann@example.com" }]);
    expect(bodiesOf(server)).toEqual([{ items: ["Ann@example.com"], attr: { tagged_mail_handler: "subject" } }]);
  });
});

test("setQuarantineNotification, setQuarantineCategory: return outcomes, and name the unknown mailbox", async () => {
  const { mcc, server } = await replay(
    recorded(file, "daily"),
    recorded(file, "one of three unknown: mixed result", "quarantine_notification"),
    recorded(file, "add_header"),
    recorded(file, "one of three unknown: mixed result", "quarantine_category"),
  );
  await mcc.mailboxSettings.setQuarantineNotification(one, "daily");
  await expect(mcc.mailboxSettings.setQuarantineNotification(three, "never")).rejects.toMatchObject(mixed);
  await mcc.mailboxSettings.setQuarantineCategory(one, "add_header");
  await expect(mcc.mailboxSettings.setQuarantineCategory(three, "all")).rejects.toMatchObject(mixed);
  expect(bodiesOf(server)).toEqual([
    { items: [one], attr: { quarantine_notification: "daily" } },
    { items: three, attr: { quarantine_notification: "never" } },
    { items: [one], attr: { quarantine_category: "add_header" } },
    { items: three, attr: { quarantine_category: "all" } },
  ]);
});

test("all setters refuse unknown words, which mailcow would read as none or fail on [guard mailbox-settings/unknown-words]", async () => {
  const { mcc } = await clientOf({ "get/mailbox/ann@example.com": rowOf() });
  const { mailboxSettings } = mcc;
  await expect(mailboxSettings.setDelimiterAction(ann, "folder" as "none")).rejects.toThrow("tagged_mail_handler");
  await expect(mailboxSettings.setQuarantineNotification(ann, "Daily" as "daily")).rejects.toMatchObject({
    kind: "input",
  });
  await expect(mailboxSettings.setQuarantineCategory(ann, undefined as never)).rejects.toMatchObject({
    kind: "input",
  });
});

test("resetEasCache, resetSogoProfile: return outcomes, and name the unknown mailbox", async () => {
  const { mcc, server } = await replay(
    recorded(file, "one", "eas_cache"),
    recorded(file, "one of three unknown: mixed result", "eas_cache"),
    recorded(file, "one", "sogo_profile"),
    ...apart(recorded(file, "one of three unknown: mixed result", "sogo_profile")),
  );
  expect(await mcc.mailboxSettings.resetEasCache(one)).toMatchObject([{ results: [{ code: "eas_reset" }] }]);
  await expect(mcc.mailboxSettings.resetEasCache(three)).rejects.toMatchObject(mixed);
  const reset = await mcc.mailboxSettings.resetSogoProfile(one);
  expect(reset).toMatchObject([{ id: one, results: [{ code: "sogo_profile_reset" }] }]);
  await expect(mcc.mailboxSettings.resetSogoProfile(three)).rejects.toMatchObject(mixed);
  expect(bodiesOf(server)).toEqual([[one], three, [one], ...three.map((mailbox) => [mailbox])]);
});

/** What JavaScript may pass all the same. */
const wrong = (value: unknown) => value as never;

describe("refuses before anything is sent", () => {
  const scores = /^edit\/spam-score: score must be "default", or an object with low, high/;
  test.each<[what: string, call: (mcc: MailcowApiClient) => Promise<unknown>, message: RegExp]>([
    [
      "getSpamScore: a list of mailboxes",
      (mcc) => mcc.mailboxSettings.getSpamScore(wrong([ann])),
      /^get\/spam-score\/\{mailbox\}: mailbox must be/,
    ],
    ["setSpamScore: undefined", (mcc) => mcc.mailboxSettings.setSpamScore(ann, wrong(undefined)), scores],
    ["setSpamScore: null", (mcc) => mcc.mailboxSettings.setSpamScore(ann, wrong(null)), scores],
    [
      "setSpamScore: a text instead of an object",
      (mcc) => mcc.mailboxSettings.setSpamScore(ann, wrong("5,15")),
      scores,
    ],
    [
      "setSpamScore: a score in digits",
      (mcc) => mcc.mailboxSettings.setSpamScore(ann, wrong({ low: "5", high: "12" })),
      /score\.low must be a number/,
    ],
    [
      "setSpamScore: only one score",
      (mcc) => mcc.mailboxSettings.setSpamScore(ann, wrong({ low: 5 })),
      /score\.high must be given/,
    ],
    [
      "setSpamScore: an unknown score",
      (mcc) => mcc.mailboxSettings.setSpamScore(ann, wrong({ low: 5, high: 12, reject: 20 })),
      /unknown field "reject"/,
    ],
    [
      "setSpamScore: a low score above the high one, even without any mailboxes [guard mailbox-settings/score-order]",
      (mcc) => mcc.mailboxSettings.setSpamScore([], { low: 12, high: 5 }),
      /score\.high must be a number above low/,
    ],
    [
      "setDelimiterAction: an unknown word, before the mailbox is read [guard mailbox-settings/unknown-words]",
      (mcc) => mcc.mailboxSettings.setDelimiterAction(ann, wrong("folder")),
      /^edit\/delimiter_action: tagged_mail_handler must be "subject", "subfolder", "none"/,
    ],
    [
      "setDelimiterAction: a name that is not an address",
      (mcc) => mcc.mailboxSettings.setDelimiterAction([ann, "API"], "none"),
      /^edit\/delimiter_action: items must be/,
    ],
    [
      "setQuarantineNotification: an unknown word, even without any mailboxes [guard mailbox-settings/unknown-words]",
      (mcc) => mcc.mailboxSettings.setQuarantineNotification([], wrong("monthly")),
      /^edit\/quarantine_notification: quarantine_notification must be "never"/,
    ],
    [
      "setQuarantineCategory: undefined [guard mailbox-settings/unknown-words]",
      (mcc) => mcc.mailboxSettings.setQuarantineCategory(ann, wrong(undefined)),
      /^edit\/quarantine_category: quarantine_category must be given/,
    ],
    [
      "resetEasCache: a name that is not an address",
      (mcc) => mcc.mailboxSettings.resetEasCache("API"),
      /^delete\/eas_cache: /,
    ],
    [
      "resetSogoProfile: a name that is not an address",
      (mcc) => mcc.mailboxSettings.resetSogoProfile(["API"]),
      /^delete\/sogo_profile: /,
    ],
  ])("%s", (_, call, message) => expectRefused(call, message));
});

test("send nothing for an empty list", async () => {
  const { mcc, server } = await clientOf({});
  const { mailboxSettings } = mcc;
  expect(await mailboxSettings.setSpamScore([], "default")).toEqual([]);
  expect(await mailboxSettings.setDelimiterAction([], "none")).toEqual([]);
  expect(await mailboxSettings.setQuarantineNotification([], "never")).toEqual([]);
  expect(await mailboxSettings.setQuarantineCategory([], "all")).toEqual([]);
  expect(await mailboxSettings.resetEasCache([])).toEqual([]);
  expect(await mailboxSettings.resetSogoProfile([])).toEqual([]);
  expect(server.seen).toEqual([]);
});

test("sends names in lower case and as punycode, however they are spelled [guard everywhere/punycode] [guard everywhere/spelling]", async () => {
  const plain = "ann@xn--bcher-kva.example";
  const odd = " Ann@BÜCHER.example ";
  const done = success("mailbox_modified", plain);
  const { mcc, server } = await clientOf({
    [`get/spam-score/${plain}`]: { score: "5,15" },
    [`get/mailbox/${plain}`]: { ...rowOf(plain), domain: "xn--bcher-kva.example" },
    ...{ "edit/spam-score": done, "edit/delimiter_action": done, "edit/quarantine_notification": done },
    ...{ "edit/quarantine_category": done, "delete/eas_cache": done, "delete/sogo_profile": done },
  });
  const { mailboxSettings } = mcc;
  expect(await mailboxSettings.getSpamScore(odd)).toEqual({ low: 5, high: 15 });
  const outcomes = [
    await mailboxSettings.setSpamScore(odd, "default"),
    await mailboxSettings.setDelimiterAction([odd], "none"),
    await mailboxSettings.setQuarantineNotification(odd, "never"),
    await mailboxSettings.setQuarantineCategory([odd], "all"),
    await mailboxSettings.resetEasCache(odd),
    await mailboxSettings.resetSogoProfile([odd]),
  ];
  expect(outcomes).toMatchObject(outcomes.map(() => [{ id: plain }]));
  expect(bodiesOf(server)).toMatchObject([...Array(4).fill({ items: [plain] }), [plain], [plain]]);
});

test("getSpamScore: returns NaN for a score that mailcow returns empty", async () => {
  const { mcc } = await clientOf({ "get/spam-score/ann@example.com": { score: ",5" } });
  expect(await mcc.mailboxSettings.getSpamScore(ann)).toEqual({ low: Number.NaN, high: 5 });
});

testMethods("mailboxSettings", {
  getSpamScore: (mcc, options) => mcc.mailboxSettings.getSpamScore(ann, options),
  setSpamScore: [
    (mcc, options) => mcc.mailboxSettings.setSpamScore(ann, { low: 5, high: 12.5 }, options),
    {
      run: (mcc, options) => mcc.mailboxSettings.setSpamScore(ann, "default", options),
      answers: { "GET /api/v1/get/status/version": [{ body: { version: "2026-01" } }] },
    },
  ],
  setDelimiterAction: [
    (mcc, options) => mcc.mailboxSettings.setDelimiterAction(ann, "subfolder", options),
    (mcc, options) => mcc.mailboxSettings.setDelimiterAction(many, "subfolder", options),
  ],
  setQuarantineNotification: (mcc, options) => mcc.mailboxSettings.setQuarantineNotification(ann, "daily", options),
  setQuarantineCategory: (mcc, options) => mcc.mailboxSettings.setQuarantineCategory(ann, "all", options),
  resetEasCache: (mcc, options) => mcc.mailboxSettings.resetEasCache(ann, options),
  resetSogoProfile: (mcc, options) => mcc.mailboxSettings.resetSogoProfile(ann, options),
});
