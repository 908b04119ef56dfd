import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

const mails = {
  quarantine: [{ subject: "one" }, { subject: "two", symbols: '[{"name":"VIRUS_FOUND"}]' }, { rcpt: "" }],
};
const down = { type: "info", container: "postfix-mailcow", state: "exited", started_at: "", image: "" } as const;

test("mails that a test put in are listed, read, released and deleted", async () => {
  const { mcc } = inMemory(mails);
  expect((await mcc.quarantine.list()).map(({ id, virus_flag }) => [id, virus_flag])).toEqual([
    [1, 0],
    [2, 11],
    [3, 0],
  ]);
  expect(await mcc.quarantine.get(2)).toMatchObject({ subject: "two", rcpt: "ann@example.com" });
  await mcc.quarantine.release([1]);
  expect(await mcc.quarantine.get(1)).toBeNull();
  await mcc.quarantine.delete([2]);
  expect((await mcc.quarantine.list()).map(({ id }) => id)).toEqual([3]);
});

test("what cannot be released is refused without its id, and the others go on", async () => {
  const { post } = inMemory(mails);
  const said = await post("edit/qitem", { items: [3, "x", 2], attr: { action: "learnspam" } });
  expect(codesIn(said)).toEqual(["access_denied", "access_denied", ["qlearn_spam", 2]]);
});

test("nothing is released while Postfix is stopped", async () => {
  const { post, mcc } = inMemory({ ...mails, answers: { "get/status/containers": { "postfix-mailcow": down } } });
  expect(codesIn(await post("edit/qitem", { items: [1, 2], attr: { action: "release" } }))).toEqual([
    "Cannot connect to Postfix",
  ]);
  expect(await mcc.quarantine.list()).toHaveLength(3);
});

test("settings are replaced as a whole", async () => {
  const { post, mailcow } = inMemory();
  await post("edit/quarantine", { attr: { action: "settings", retention_size: 5, sender: "a@b.test" } });
  await post("edit/quarantine", { attr: { action: "settings", max_age: -1, sender: "nobody" } });
  expect(mailcow.state.settings).toMatchObject({ Q_SETTINGS: { retention_size: 0, max_age: 365, sender: "" } });
});
