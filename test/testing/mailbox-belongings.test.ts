import { describe, expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

const ann = "ann@a.test";
const start = { domains: ["a.test"], mailboxes: [ann, "bob@a.test"] };
const phone = { username: ann, app_name: "phone", app_passwd: "moohoo-Moohoo1", app_passwd2: "moohoo-Moohoo1" };
const job = {
  ...{ username: ann, host1: "Old.test", port1: 993, user1: "ann", password1: "secret", enc1: "SSL" as const },
  ...{ mins_interval: 20, exclude: "" },
};
const filter = {
  ...{ username: ann, script_data: "keep;", script_desc: "one" },
  ...{ filter_type: "prefilter" as const, active: 1 as const },
};

test("what belongs to a mailbox takes its new name, and goes with it", async () => {
  const { mcc, post } = inMemory({ ...start, appPasswords: [phone], filters: [filter], syncJobs: [job] });
  const lists = async (name: string) => [
    (await mcc.appPasswords.list({ mailbox: name })).length,
    (await mcc.filters.list({ mailbox: name })).length,
    (await mcc.syncJobs.list({ mailbox: name })).length,
  ];
  const attr = { domain: "a.test", old_local_part: "ann", new_local_part: "eve", create_alias: 0 };
  await post("edit/rename-mbox", { items: [ann], attr });
  expect(await lists("eve@a.test")).toEqual([1, 1, 1]);
  await mcc.mailboxes.delete("eve@a.test");
  await mcc.mailboxes.add({ domain: "a.test", local_part: "eve", password: "moohoo-Moohoo1", quota: 1 });
  expect(await lists("eve@a.test")).toEqual([0, 0, 0]);
});

describe("app passwords", () => {
  test("name their rights, and move to the API without a user", async () => {
    const { mailcow, post } = inMemory({ ...start, appPasswords: [{ ...phone, protocols: ["imap_access"] }] });
    expect(mailcow.look(`get/app-passwd/all/${ann}`)).toMatchObject([
      { name: "phone", imap_access: 1, smtp_access: 0 },
    ]);
    expect(await post("edit/app-passwd", { items: [1], attr: { app_name: "x" } })).toBe("");
    const attr = { username: "bob@a.test", app_name: "<x>" };
    expect(codesIn(await post("edit/app-passwd", { items: [1, 9], attr }))).toEqual([
      ["object_modified", "1, 9"],
      ["app_passwd_id_invalid", 9],
    ]);
    expect(mailcow.look("get/app-passwd/all/bob@a.test")).toMatchObject([{ name: "&amp;lt;x&amp;gt;" }]);
  });

  test("of 2025-05 may be anything", async () => {
    const { post } = inMemory({ ...start, mailcow: "2025-05" });
    const add = async (app_passwd2: string) =>
      codesIn(await post("add/app-passwd", { ...phone, app_passwd: "a", app_passwd2 }))[0];
    expect(await add("b")).toBe("password_mismatch");
    expect(await add("a")).toBe("app_passwd_added");
  });
});

describe("filters", () => {
  test("one of each kind is active", async () => {
    const { mcc } = inMemory({ ...start, filters: [filter, { ...filter, filter_type: "postfilter" }, filter] });
    expect((await mcc.filters.list({ mailbox: ann })).map(({ active }) => active)).toEqual([0, 1, 1]);
  });

  test.each([
    ['require ["fileinto"];\nif header :contains "subject" "x" { fileinto "X"; } else { keep; }', undefined],
    ['if anyof (true, not exists ["a", "b"]) { stop; } elsif size :over 2M { discard; }', undefined],
    ['fileinto "x";', "line 1: unknown command fileinto"],
    ["if {", "line 1: block start where identifier expected near {"],
    ["keep;\nstop", "line 2: script end where semicolon expected near "],
    ['redirect "a@b.test"; }', "line 1: block end where script end expected near }"],
    ["if true { keep;", "line 1: script end where block end expected near "],
    ["redirect;", "line 1: semicolon where string expected near ;"],
    ['keep; require "copy";', "line 1: require may not appear after keep"],
    ['redirect :copy "a@b.test";', "line 1: tag where string expected near :copy"],
    ["if size 10 { keep; }", "line 1: number where tag expected near 10"],
    ["if maybe { keep; }", "line 1: identifier maybe where test command expected"],
  ])("%j: %j", async (script_data, says) => {
    const { post } = inMemory(start);
    const expected = says === undefined ? ["mailbox_modified", ann] : ["sieve_error", says];
    expect(codesIn(await post("add/filter", { ...filter, script_data }))).toEqual([expected]);
  });
});

describe("sync jobs", () => {
  test("are there once, keep their password to themselves, and run anew", async () => {
    const { mailcow, mcc, post } = inMemory({ ...start, syncJobs: [job] });
    expect(mailcow.look(`get/syncjobs/${ann}`)).toMatchObject([{ host1: "old.test", maxbytespersecond: "0", log: "" }]);
    expect(mailcow.look(`get/syncjobs/${ann}`)).not.toMatchObject([{ password1: "secret" }]);
    expect(codesIn(await post("add/syncjob", job))).toEqual([["object_exists", "old.test / ann"]]);
    const [row] = await mcc.syncJobs.list();
    await mcc.syncJobs.edit(row?.id ?? 0, { mins_interval: 5 });
    expect(mailcow.look(`get/syncjobs/${ann}/no_log`)).toMatchObject([{ mins_interval: 5, port1: 993 }]);
  });

  test.each([
    ["--pipemess x", "bad character SPACE"],
    ["--pipemess=x", "bad option pipemess"],
    ["--folder=my-box", "bad option box"],
    ["--dry --nossl1", ["mailbox_modified", ann]],
  ])("%s: %j", async (custom_params, says) => {
    const { post } = inMemory(start);
    expect(codesIn(await post("add/syncjob", { ...job, custom_params }))).toEqual([says]);
  });

  test("are refused for an invalid port, interval, encryption or expression", async () => {
    const { post } = inMemory(start);
    for (const wrong of [{ port1: 0 }, { mins_interval: 1.5 }, { enc1: "ssl" }, { exclude: "(" }, { exclude: "a/b" }])
      expect(codesIn(await post("add/syncjob", { ...job, ...wrong })), JSON.stringify(wrong)).toEqual([
        "access_denied",
      ]);
  });
});

describe("time-limited aliases", () => {
  test("have an address of their own in the domain of the mailbox, and expire", async () => {
    const { mailcow, mcc, post } = inMemory({
      ...start,
      timeLimitedAliases: [{ username: ann, domain: "a.test", validity: 2 }],
    });
    const [row] = await mcc.timeLimitedAliases.list(ann);
    expect(row).toMatchObject({ goto: ann, validity: Date.parse("2026-08-01T14:00:00Z") / 1000, permanent: 0 });
    expect(mailcow.look(`get/mailbox/${ann}`)).toMatchObject({ spam_aliases: 1 });
    await post("edit/time_limited_alias", { items: [row?.address], attr: { validity: -1 } });
    expect(await mcc.timeLimitedAliases.list(ann)).toEqual([]);
    expect(codesIn(await post("add/time_limited_alias", { username: ann, domain: "b.test" }))).toEqual([
      "domain_invalid",
    ]);
  });

  test("up to 2026-07, they need a description, and last a year", async () => {
    const { mailcow, post } = inMemory({ ...start, mailcow: "2026-07" });
    const add = { username: ann, domain: "a.test", validity: 1 };
    expect(await post("add/time_limited_alias", add)).toBe("");
    await post("add/time_limited_alias", { ...add, description: "shop" });
    expect(mailcow.look(`get/time_limited_aliases/${ann}`)).toMatchObject([
      { validity: Date.parse("2027-08-01T12:00:00Z") / 1000 },
    ]);
  });
});

describe("rate limits and settings", () => {
  test("limits are listed where they are, and 0 removes them", async () => {
    const { mailcow, post } = inMemory(start);
    await post("edit/rl-mbox", { items: [ann], attr: { rl_value: 10, rl_frame: "h" } });
    expect(mailcow.look("get/rl-mbox/all")).toEqual([{ mailbox: ann, value: "10", frame: "h" }]);
    await post("edit/rl-mbox", { items: [ann], attr: { rl_value: 0, rl_frame: "h" } });
    expect(mailcow.look("get/rl-mbox/all")).toEqual({});
  });

  test("spam scores are kept as they were sent, and equal ones are moved apart", async () => {
    const { mailcow, post } = inMemory(start);
    const set = (spam_score: unknown) => post("edit/spam-score", { items: [ann], attr: { spam_score } });
    const score = () => mailcow.look(`get/spam-score/${ann}`);
    await set("7, 7");
    expect(score()).toEqual({ score: "7,7.1" });
    expect(codesIn(await set("high"))).toEqual([expect.stringContaining("Invalid spam score")]);
    await set("default");
    expect(score()).toEqual({ score: "8,15" });
  });

  test("quarantine settings are words, and a missing one kills the call", async () => {
    const { mcc, post } = inMemory(start);
    const set = (attr: object) => post("edit/quarantine_category", { items: [ann], attr });
    expect(codesIn(await set({ quarantine_category: "none" }))).toEqual(["access_denied"]);
    expect(await set({})).toBe("");
    await set({ quarantine_category: "all" });
    expect((await mcc.mailboxes.get(ann))?.attributes).toMatchObject({ quarantine_category: "all" });
  });

  test("Pushover needs a key and a token, which a later edit keeps", async () => {
    const { mcc, post } = inMemory(start);
    const set = async (attr: object) => codesIn(await post("edit/pushover", { items: [ann], attr }));
    const active = async () => (await mcc.mailboxes.get(ann))?.pushover_active;
    expect(await set({ active: 1 })).toEqual(["pushover_key"]);
    expect(await set({ active: 1, key: "k".repeat(30), token: "t".repeat(30) })).toEqual(["pushover_settings_edited"]);
    expect(await active()).toBe(1);
    await set({ active: 0 });
    expect(await active()).toBe(0);
    expect(codesIn(await post("edit/pushover-test", { items: ["bob@a.test", ann], attr: {} }))).toEqual([
      "pushover_credentials_missing",
    ]);
  });
});

test("resources are named by their description, and are in the way of mailboxes", async () => {
  const { mcc, post } = inMemory(start);
  await mcc.resources.add({ description: "Room 1!", domain: "a.test", kind: "location", active: 1 });
  expect(await mcc.resources.get("Room1@a.test")).toMatchObject({ description: "Room 1!", multiple_bookings: 0 });
  const mailbox = { local_part: "room1", domain: "a.test", password: "abcdef", password2: "abcdef", quota: 1 };
  expect(codesIn(await post("add/mailbox", mailbox))).toEqual([["object_exists", "room1@a.test"]]);
  await mcc.resources.delete("Room1@a.test");
  expect(await mcc.resources.list()).toEqual([]);
});
