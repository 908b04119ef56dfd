import { describe, expect, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectRefused } from "../support/refusals.ts";
import { apart, recorded, replay } from "../support/replay.ts";

const file = "25-syncjob";
const one = "one@a2-sync.test";
const job = { username: one, host1: "imap.example.org", port1: 993, user1: "me", enc1: "SSL" } as const;
const ann = "ann@example.com";
const whole = { ...job, username: ann, password1: "x", mins_interval: 20 };
/** What JavaScript may pass all the same. */
const wrong = (value: unknown) => value as never;

describe("list", () => {
  test("returns all jobs or those of a mailbox, with their logs on request", async () => {
    const { mcc, server } = await replay(
      recorded(file, "all, several, no_log"),
      recorded(file, "all, several"),
      recorded(file, "one that ran well, no_log: log is empty"),
      recorded(file, "one that ran well, with log"),
    );
    expect((await mcc.syncJobs.list()).length).toBeGreaterThan(5);
    expect((await mcc.syncJobs.list({ log: true })).length).toBeGreaterThan(5);
    expect(await mcc.syncJobs.list({ mailbox: "Two@A2-Sync.test" })).toMatchObject([{ id: 7, log: "" }]);
    expect((await mcc.syncJobs.list({ mailbox: "two@a2-sync.test", log: true }))[0]?.log).not.toBe("");
    expect(server.seen.map(({ path }) => path.replace("/api/v1/", ""))).toEqual([
      "get/syncjobs/all/no_log",
      "get/syncjobs/all",
      "get/syncjobs/two@a2-sync.test/no_log",
      "get/syncjobs/two@a2-sync.test",
    ]);
  });

  test("returns [] if there are none", async () => {
    const { mcc } = await replay(recorded(file, "all, no_log"), recorded(file, "none yet"));
    expect(await mcc.syncJobs.list()).toEqual([]);
    expect(await mcc.syncJobs.list({ mailbox: one, log: true })).toEqual([]);
  });
});

test("get: finds a job in the list, and returns null for an unknown id", async () => {
  const { mcc } = await replay(recorded(file, "all, several, no_log"), recorded(file, "all, no_log"));
  expect(await mcc.syncJobs.get(7)).toMatchObject({ id: 7, user2: "two@a2-sync.test" });
  expect(await mcc.syncJobs.get(7)).toBeNull();
});

describe("add", () => {
  test("adds an active job with an empty `exclude`, and returns it with its id [guard sync-jobs/exclude]", async () => {
    const { mcc, server } = await replay(
      recorded(file, "smallest set that works"),
      recorded(file, "one, never run, no_log"),
    );
    const added = await mcc.syncJobs.add({ ...job, username: "One@A2-sync.test", password1: "x", mins_interval: 20 });
    expect(added).toMatchObject({ id: 1, user2: one, last_run: null });
    expect(bodiesOf(server)).toEqual([{ ...job, password1: "x", mins_interval: 20, exclude: "", active: 1 }]);
  });

  test("throws mailcow's code for a job that exists already", async () => {
    const { mcc } = await replay(recorded(file, "duplicate: same host and user for this mailbox"));
    const call = mcc.syncJobs.add({ ...job, password1: "x", mins_interval: 20 });
    await expect(call).rejects.toMatchObject({ kind: "rejected", codes: ["object_exists"] });
  });
});

describe("edit", () => {
  test("edits jobs, with an outcome for each", async () => {
    const { mcc, server } = await replay(...apart(recorded(file, "two at once", "edit/syncjob")));
    expect(await mcc.syncJobs.edit([1, 2], { active: 1, dry: 0 })).toMatchObject([{ id: 1 }, { id: 2 }]);
    expect(bodiesOf(server)).toEqual([1, 2].map((id) => ({ items: [id], attr: { active: 1, dry: 0 } })));
  });

  test("names the job that could not be edited [guard everywhere/which-item]", async () => {
    const { mcc } = await replay(...apart(recorded(file, "one of three unknown: mixed result", "edit/syncjob")));
    await expect(mcc.syncJobs.edit([1, 99999999, 2], { active: 0 })).rejects.toMatchObject({
      kind: "rejected",
      failures: [{ id: 99999999, code: "access_denied" }],
      succeeded: [{ id: 1 }, { id: 2 }],
    });
  });
});

describe("delete", () => {
  test("deletes jobs, with an outcome for each", async () => {
    const { mcc } = await replay(recorded(file, "two", "delete/syncjob"));
    expect(await mcc.syncJobs.delete([2, 3])).toMatchObject([{ id: 2 }, { id: 3 }]);
  });

  test("names the unknown job [guard everywhere/which-item]", async () => {
    const { mcc } = await replay(recorded(file, "one of two unknown: mixed result"));
    await expect(mcc.syncJobs.delete([99999999, 4])).rejects.toMatchObject({
      kind: "rejected",
      failures: [{ id: 99999999 }],
      succeeded: [{ id: 4 }],
    });
  });
});

test.each<[trap: string, call: (mcc: MailcowApiClient) => Promise<unknown>, message: RegExp]>([
  [
    "delete: refuses an id that is not a number, at which mailcow would stop [guard sync-jobs/delete-stops]",
    (mcc) => mcc.syncJobs.delete([1, wrong("abc")]),
    /^delete\/syncjob: .*number/,
  ],
  [
    "edit: refuses an id that only begins with digits [guard everywhere/ids-with-letters]",
    (mcc) => mcc.syncJobs.edit(wrong("5x"), {}),
    /ids|items/,
  ],
  [
    "edit: refuses an attribute named like the id [guard everywhere/id-among-attributes]",
    (mcc) => mcc.syncJobs.edit(1, wrong({ id: 2 })),
    /^edit\/syncjob: unknown field "id"/,
  ],
  [
    "add: refuses a mailbox that is not an address",
    (mcc) => mcc.syncJobs.add({ ...job, username: "ann", password1: "x", mins_interval: 20 }),
    /^add\/syncjob: username must be the address of a mailbox/,
  ],
  [
    "add: refuses a mailbox with a slash, whose jobs can't be read back",
    (mcc) => mcc.syncJobs.add({ ...whole, username: "a/b@example.com" }, { read: false }),
    /mailbox/,
  ],
  ["add: refuses a host with a blank", (mcc) => mcc.syncJobs.add({ ...whole, host1: "a b" }), /host1 must be/],
  [
    "add: refuses an interval that mailcow would refuse",
    (mcc) => mcc.syncJobs.add({ ...whole, mins_interval: 0 }),
    /mins_interval must be/,
  ],
  ["list: refuses a text instead of a filter", (mcc) => mcc.syncJobs.list(wrong(ann)), /^the filter must be an object/],
  ["list: refuses a list instead of a filter", (mcc) => mcc.syncJobs.list(wrong([])), /^the filter must be an object/],
  [
    "list: refuses an unknown filter [guard everywhere/filters]",
    (mcc) => mcc.syncJobs.list(wrong({ logs: true })),
    /^unknown filter "logs"; did you mean "log"\?/,
  ],
  [
    "list: refuses undefined, which would list everything [guard everywhere/filters]",
    (mcc) => mcc.syncJobs.list(wrong({ mailbox: undefined })),
    /^mailbox must be given, or left out/,
  ],
  [
    "list: refuses a list of mailboxes",
    (mcc) => mcc.syncJobs.list(wrong({ mailbox: [] })),
    /mailbox must be the address/,
  ],
  [
    "list: refuses a word instead of a boolean",
    (mcc) => mcc.syncJobs.list(wrong({ log: "yes" })),
    /^log must be true or false/,
  ],
  [
    "list: refuses a name that is not an address",
    (mcc) => mcc.syncJobs.list({ mailbox: "all" }),
    /mailbox must be the address/,
  ],
  ["get: refuses an id with a letter", (mcc) => mcc.syncJobs.get(wrong("5x")), /^get\/syncjobs: id must be/],
  [
    "edit: refuses an unknown field, even without any jobs",
    (mcc) => mcc.syncJobs.edit([], wrong({ interval: 5 })),
    /^edit\/syncjob: unknown field "interval"; did you mean "mins_interval"\?/,
  ],
])("%s", (_, call, message) => expectRefused(call, message));

test("sends names as mailcow stores them, however they are spelled [guard everywhere/punycode] [guard everywhere/spelling]", async () => {
  const plain = "ann@xn--bcher-kva.example";
  const row = { id: 3, host1: "imap.xn--bcher-kva.example", user1: "Me", user2: plain };
  const { mcc, server } = await clientOf({
    [`get/syncjobs/${plain}/no_log`]: [row, { ...row, id: 2, host1: "imap.example" }, { ...row, id: 9, user1: "me" }],
    "get/syncjobs/all/no_log": [row],
    "add/syncjob": success("mailbox_modified", plain),
    "edit/syncjob": success("mailbox_modified", plain),
  });
  const mailbox = " Ann@BÜCHER.example ";
  expect(await mcc.syncJobs.list({ mailbox })).toHaveLength(3);
  const odd = { ...whole, username: mailbox, host1: " IMAP.Bücher.example ", user1: "Me" };
  expect(await mcc.syncJobs.add(odd)).toEqual(row);
  expect(await mcc.syncJobs.get("3")).toEqual(row);
  expect(await mcc.syncJobs.edit("3", { host1: "IMAP.example.ORG" })).toMatchObject([{ id: "3" }]);
  expect(bodiesOf(server)).toMatchObject([
    { username: plain, host1: row.host1, user1: "Me", exclude: "", active: 1 },
    { items: ["3"], attr: { host1: "imap.example.org" } },
  ]);
});

test("add: throws if the job does not exist afterwards, and reads nothing with read: false", async () => {
  const added = { "add/syncjob": success("mailbox_modified", ann), [`get/syncjobs/${ann}/no_log`]: {} };
  const { mcc, server } = await clientOf(added);
  expect(await mcc.syncJobs.add(whole, { read: false })).toBeNull();
  expect(server.seen).toHaveLength(1);
  await expect(mcc.syncJobs.add(whole)).rejects.toMatchObject({ kind: "reply" });
});

test("edit, delete: send nothing for an empty list", async () => {
  const { mcc, server } = await clientOf({});
  expect(await mcc.syncJobs.edit([], { active: 1 })).toEqual([]);
  expect(await mcc.syncJobs.delete([])).toEqual([]);
  expect(server.seen).toEqual([]);
});

testMethods("syncJobs", {
  list: [
    (mcc, options) => mcc.syncJobs.list({}, options),
    (mcc, options) => mcc.syncJobs.list({ log: true }, options),
    (mcc, options) => mcc.syncJobs.list({ mailbox: ann }, options),
    (mcc, options) => mcc.syncJobs.list({ mailbox: ann, log: true }, options),
  ],
  get: (mcc, options) => mcc.syncJobs.get(1, options),
  add: (mcc, options) => mcc.syncJobs.add({ ...whole, password1: "correct-horse" }, options),
  edit: (mcc, options) => mcc.syncJobs.edit(1, { active: 0, last_run: "" }, options),
  delete: (mcc, options) => mcc.syncJobs.delete([1, 2], options),
});
