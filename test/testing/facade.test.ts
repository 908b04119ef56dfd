import { describe, expect, test } from "vitest";
import { type Ensured, MailcowApiClient, MailcowRejectedError } from "../../src/index.ts";
import { createMailcow, type Mailcow } from "../../src/testing/index.ts";

/** A mailcow with some mailboxes, and a client of it. */
function open(mailboxes: readonly string[] = ["ann", "bob"]): { mailcow: Mailcow; mcc: MailcowApiClient } {
  const mailcow = createMailcow({ domains: [{ domain: "example.com", key_size: 0, mailboxes }] });
  return { mailcow, mcc: new MailcowApiClient("https://mail.example.com", mailcow.apiKey, { fetch: mailcow.fetch }) };
}
const writes = ({ calls }: Mailcow): string[] =>
  calls.filter(({ method }) => method === "POST").map(({ route }) => route);

type Ensure = (mcc: MailcowApiClient, change?: "changed") => Promise<Ensured<unknown>>;
const mailbox = { domain: "example.com", local_part: "eve" };

/** What is ensured, and what differs when it is ensured with a change. */
const cases: Readonly<Record<string, readonly [ensure: Ensure, changes: object]>> = {
  domain: [
    (mcc, change) => mcc.domains.ensure({ domain: "b.example", quota: change ? 20_480 : 10_240 }),
    { quota: { from: 10_240, to: 20_480 } },
  ],
  mailbox: [
    (mcc, change) => mcc.mailboxes.ensure({ ...mailbox, quota: change ? 200 : 100, ...(change && { name: "Eve" }) }),
    { quota: { from: 100, to: 200 }, name: { from: "", to: "Eve" } },
  ],
  alias: [
    (mcc, change) =>
      mcc.aliases.ensure({ address: "sales@example.com", goto: change ? "bob@example.com" : "ann@example.com" }),
    { goto: { from: ["ann@example.com"], to: ["bob@example.com"] } },
  ],
  "DKIM key": [
    (mcc, change) =>
      mcc.dkim.ensure({ domain: "example.com", key_size: change ? 4096 : 2048 }, { replace: change !== undefined }),
    { key_size: { from: "2048", to: 4096 } },
  ],
  "domain admin": [
    (mcc, change) =>
      mcc.domainAdmins.ensure({ username: "carl", domains: ["example.com"], ...(change && { active: 0 as const }) }),
    { active: { from: 1, to: 0 } },
  ],
};

describe.each(Object.entries(cases))("ensure of a %s", (_, [ensure, changes]) => {
  test("adds it, then does nothing, then edits what differs", async () => {
    const { mailcow, mcc } = open();
    expect(await ensure(mcc)).toMatchObject({ action: "added" });
    const sent = writes(mailcow).length;
    const stored = mailcow.state.tables;
    expect(await ensure(mcc)).toMatchObject({ action: "unchanged", changes: {} });
    expect(writes(mailcow)).toHaveLength(sent);
    expect(mailcow.state.tables).toEqual(stored);
    expect(await ensure(mcc, "changed")).toMatchObject({ action: "edited", changes });
    expect(await ensure(mcc, "changed")).toMatchObject({ action: "unchanged", changes: {} });
  });

  test("adds it once when it is called ten times at once", async () => {
    const { mcc } = open();
    const done = await Promise.all(Array.from({ length: 10 }, () => ensure(mcc)));
    expect(done.map(({ action }) => action).sort()).toEqual(["added", ...Array(9).fill("unchanged")]);
  });

  test("finds it when the answer to the first call was lost", async () => {
    const { mailcow, mcc } = open();
    const restored = mailcow.snapshot();
    await ensure(mcc);
    const [adding = "add/domain"] = writes(mailcow);
    mailcow.restore(restored);
    mailcow.fail(adding as "add/domain", { lost: true });
    await expect(ensure(mcc)).rejects.toMatchObject({ kind: "network" });
    expect(await ensure(mcc)).toMatchObject({ action: "unchanged" });
  });
});

describe("iterate", () => {
  const names = Array.from({ length: 45 }, (_, at) => `user${String(at).padStart(2, "0")}`);
  const addresses = names.map((name) => `${name}@example.com`);

  test("returns each row once, in pages", async () => {
    const { mailcow, mcc } = open(names);
    const seen: string[] = [];
    for await (const { username } of mcc.mailboxes.iterate({ pageSize: 10 })) seen.push(username);
    expect(seen).toEqual(addresses);
    expect(writes(mailcow)).toEqual(Array(5).fill("search/mailbox"));
  });

  test("misses no row that stays while rows before and after it come and go", async () => {
    const { mailcow, mcc } = open(names);
    const seen: string[] = [];
    for await (const { username } of mcc.mailboxes.iterate({ pageSize: 10 })) {
      seen.push(username);
      // Pages shift back, then on.
      if (seen.length === 5) await mcc.mailboxes.delete(addresses.slice(0, 5));
      if (seen.length === 25) mailcow.add({ mailboxes: ["aaa@example.com", "zzz@example.com"] });
    }
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen).toEqual(expect.arrayContaining([...addresses, "zzz@example.com"]));
  });
});

describe("many at once", () => {
  test("an edit of three edits two, and tells which one was refused", async () => {
    const { mailcow, mcc } = open();
    const edit = mcc.mailboxes.edit(["ann@example.com", "eve@example.com", "bob@example.com"], { quota: 7 });
    const error = await edit.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MailcowRejectedError);
    expect(error).toMatchObject({ codes: ["access_denied"], failures: [{ id: "eve@example.com" }] });
    const rows = mailcow.look("get/mailbox/all") as { quota: number }[];
    expect(rows.map(({ quota }) => quota / 1024 ** 2)).toEqual([7, 7]);
  });

  test("a delete of three deletes two, and tells which one was refused", async () => {
    const { mailcow, mcc } = open();
    mailcow.add({ domains: ["b.example", "c.example"] });
    const error = await mcc.domains
      .delete(["b.example", "example.com", "c.example"])
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ codes: ["domain_not_empty"], failures: [{ id: "example.com" }] });
    expect(error).toMatchObject({
      succeeded: [{ msg: ["domain_removed", "b.example"] }, { msg: ["domain_removed", "c.example"] }],
    });
    expect((await mcc.domains.list()).map(({ domain_name }) => domain_name)).toEqual(["example.com"]);
  });

  test("addMany returns an outcome for each, up to the limit of the domain", async () => {
    const { mcc } = open();
    const items = Array.from({ length: 10 }, (_, at) => ({ domain: "example.com", local_part: `new${at}`, quota: 1 }));
    const outcomes = await mcc.mailboxes.addMany(items);
    expect(outcomes.map(({ status }) => status)).toEqual([...Array(8).fill("added"), ...Array(2).fill("failed")]);
    expect(outcomes.at(-1)).toMatchObject({ error: { codes: ["max_mailbox_exceeded"] } });
  });

  test("of two that add the same mailbox at once, one is refused", async () => {
    const { mcc } = open();
    const add = () => mcc.mailboxes.add({ ...mailbox, quota: 100 });
    const done = await Promise.allSettled([add(), add()]);
    expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = done.find(({ status }) => status === "rejected");
    expect(refused).toMatchObject({ reason: { codes: ["object_exists"], category: "exists" } });
  });
});
