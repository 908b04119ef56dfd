import { describe, expect, test } from "vitest";
import { type MailcowApiClient, MailcowInputError } from "../../src/index.ts";
import { bodiesOf, clientOf } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { recorded, replay } from "../support/replay.ts";

const file = "25-syncjob";
const one = "one@a2-sync.test";
const job = { username: one, host1: "imap.example.org", port1: 993, user1: "me", enc1: "SSL" } as const;
/** What JavaScript may pass all the same. */
const wrong = (value: unknown) => value as never;

describe("list", () => {
  test("returns all jobs or those of a mailbox, with their logs where asked", async () => {
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

  test("returns [] for none", async () => {
    const { mcc } = await replay(recorded(file, "all, no_log"), recorded(file, "none yet"));
    expect(await mcc.syncJobs.list()).toEqual([]);
    expect(await mcc.syncJobs.list({ mailbox: one, log: true })).toEqual([]);
  });
});

test("get: finds a job in the list, and returns null for none", async () => {
  const { mcc } = await replay(recorded(file, "all, several, no_log"), recorded(file, "all, no_log"));
  expect(await mcc.syncJobs.get(7)).toMatchObject({ id: 7, user2: "two@a2-sync.test" });
  expect(await mcc.syncJobs.get(7)).toBeNull();
});

describe("add", () => {
  test("adds a job that runs, with an empty `exclude`, and returns it with its id [guard sync-jobs/exclude]", async () => {
    const { mcc, server } = await replay(
      recorded(file, "smallest set that works"),
      recorded(file, "one, never run, no_log"),
    );
    const added = await mcc.syncJobs.add({ ...job, username: "One@A2-sync.test", password1: "x", mins_interval: 20 });
    expect(added).toMatchObject({ id: 1, user2: one, last_run: null });
    expect(bodiesOf(server)).toEqual([{ ...job, password1: "x", mins_interval: 20, exclude: "", active: 1 }]);
  });

  test("throws mailcow's refusal of a job that is there already", async () => {
    const { mcc } = await replay(recorded(file, "duplicate: same host and user for this mailbox"));
    const call = mcc.syncJobs.add({ ...job, password1: "x", mins_interval: 20 });
    await expect(call).rejects.toMatchObject({ kind: "rejected", codes: ["object_exists"] });
  });
});

describe("edit", () => {
  test("edits jobs, with an outcome for each", async () => {
    const { mcc, server } = await replay(recorded(file, "two at once", "edit/syncjob"));
    expect(await mcc.syncJobs.edit([1, 2], { active: 1, dry: 0 })).toMatchObject([{ id: 1 }, { id: 2 }]);
    expect(bodiesOf(server)).toEqual([{ items: [1, 2], attr: { active: 1, dry: 0 } }]);
  });

  test("says which job could not be edited [guard everywhere/which-item]", async () => {
    const { mcc } = await replay(recorded(file, "one of three unknown: mixed result", "edit/syncjob"));
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

  test("says which job is unknown [guard everywhere/which-item]", async () => {
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
    "delete: refuses an id that is no number, which would stop it halfway [guard sync-jobs/delete-stops]",
    (mcc) => mcc.syncJobs.delete([1, wrong("abc")]),
    /^delete\/syncjob: .*number/,
  ],
  [
    "edit: refuses an id that only begins with digits [guard everywhere/ids-with-letters]",
    (mcc) => mcc.syncJobs.edit(wrong("5x"), {}),
    /ids|items/,
  ],
  [
    "edit: refuses an attribute that is called like the id [guard everywhere/id-among-attributes]",
    (mcc) => mcc.syncJobs.edit(1, wrong({ id: 2 })),
    /id must be left out/,
  ],
  [
    "add: refuses a mailbox that is no address",
    (mcc) => mcc.syncJobs.add({ ...job, username: "ann", password1: "x", mins_interval: 20 }),
    /username must be an address/,
  ],
])("%s", async (_, call, message) => {
  const { mcc, server } = await clientOf({});
  const outcome = Promise.resolve().then(() => call(mcc));
  await expect(outcome).rejects.toBeInstanceOf(MailcowInputError);
  await expect(outcome).rejects.toThrow(message);
  expect(bodiesOf(server)).toEqual([]);
});

const ann = "ann@example.com";

testMethods("syncJobs", {
  list: async (mcc) => [
    await mcc.syncJobs.list(),
    await mcc.syncJobs.list({ log: true }),
    await mcc.syncJobs.list({ mailbox: ann }),
    await mcc.syncJobs.list({ mailbox: ann, log: true }),
  ],
  get: (mcc) => mcc.syncJobs.get(1),
  add: (mcc) => mcc.syncJobs.add({ ...job, username: ann, password1: "correct-horse", mins_interval: 20 }),
  edit: (mcc) => mcc.syncJobs.edit(1, { active: 0, last_run: "" }),
  delete: (mcc) => mcc.syncJobs.delete([1, 2]),
});
