import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

const down = { type: "info", container: "postfix-mailcow", state: "exited", started_at: "", image: "" } as const;
const mailQueue = [{ queue_id: "C1A0000001" }, { queue_id: "C1B0000002", sender: "MAILER-DAEMON" }];

test("mails are held, freed and deleted by their ids, whose case matters", async () => {
  const { mcc } = inMemory({ mailQueue });
  const names = async () => (await mcc.mailQueue.list()).map(({ queue_name }) => queue_name);
  await mcc.mailQueue.hold(["C1A0000001", "c1b0000002"]);
  expect(await names()).toEqual(["hold", "deferred"]);
  await mcc.mailQueue.unhold("C1A0000001");
  expect(await names()).toEqual(["deferred", "deferred"]);
  await mcc.mailQueue.delete("C1B0000002");
  expect(await names()).toEqual(["deferred"]);
});

test("the text of a mail is no JSON, and its reading is noted in the log of the web interface", async () => {
  const { mcc } = inMemory({ mailQueue });
  expect(await mcc.mailQueue.get("C1B0000002")).toContain("sender: MAILER-DAEMON");
  expect(await mcc.mailQueue.get("FFFF")).toBeNull();
  expect((await mcc.logs.ui()).map(({ msg }) => msg)).toEqual(['"queue_cat_success"', '"queue_cat_success"']);
});

test("the whole queue goes at once, and nothing does while Postfix is stopped", async () => {
  const { mcc, mailcow, post } = inMemory({ mailQueue });
  mailcow.add({ answers: { "get/status/containers": { "postfix-mailcow": down } } });
  expect(codesIn(await post("edit/mailq", { attr: { action: "super_delete" } }))).toEqual(["unknown"]);
  mailcow.add({ answers: { "get/status/containers": {} } });
  expect(await mcc.mailQueue.list()).toHaveLength(2);
  await mcc.mailQueue.deleteAll();
  expect(await mcc.mailQueue.list()).toEqual([]);
});
