import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectRefused, rejectionOf } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";

const queue = (name: string) => recorded("43-mailq", name);

testMethods("mailQueue", {
  list: (mcc, options) => mcc.mailQueue.list(options),
  get: (mcc, options) => mcc.mailQueue.get("C1A0000001", options),
  hold: (mcc, options) => mcc.mailQueue.hold("C1A0000001", options),
  unhold: (mcc, options) => mcc.mailQueue.unhold(["C1A0000001", "C1B0000002"], options),
  deliver: (mcc, options) => mcc.mailQueue.deliver("C1A0000001", options),
  flush: (mcc, options) => mcc.mailQueue.flush(options),
  deleteAll: (mcc, options) => mcc.mailQueue.deleteAll(options),
  delete: (mcc, options) => mcc.mailQueue.delete("C1A0000001", options),
});

test("list: returns the mails, or [] if there are none", async () => {
  const { mcc } = await replay(queue("one deferred message"), queue("empty queue"));
  expect(await mcc.mailQueue.list()).toMatchObject([{ queue_id: "C1A0000001", queue_name: "deferred" }]);
  expect(await mcc.mailQueue.list()).toEqual([]);
});

describe("get", () => {
  test("returns the text of a mail, or null if it is not in the queue", async () => {
    const { mcc } = await replay(
      queue("postcat: plain text under an application/json header"),
      queue("postcat of a message that is not there: postcat's error, status 200"),
    );
    expect(await mcc.mailQueue.get("C1A0000001")).toMatch(/^\*\*\* ENVELOPE RECORDS/);
    expect(await mcc.mailQueue.get("C1A0000001")).toBeNull();
  });

  test("throws if Postfix is stopped", async () => {
    const { mcc } = await replay(queue("postfix container stopped: postcat answers an empty body"));
    await expect(mcc.mailQueue.get("C1A0000001")).rejects.toThrow(/Postfix is stopped/);
  });

  test("returns the same if the answer begins with a warning of Postfix", async () => {
    const warning = "postcat: warning: /etc/postfix/main.cf, line 9: overriding earlier entry: inet_protocols=all\n";
    const answers = ["*** ENVELOPE RECORDS deferred/C/C1 ***\npostcat: fatal: open queue file C1: is quoted here\n"];
    answers.push("postcat: fatal: open queue file C1: No such file or directory\n");
    const { mcc } = await clientOf((response) => {
      response.writeHead(200, { "content-type": "application/json" }).end(warning + answers.shift());
    });
    expect(await mcc.mailQueue.get("C1")).toMatch(/^postcat: warning: .*\n\*\*\* ENVELOPE RECORDS/);
    expect(await mcc.mailQueue.get("C1")).toBeNull();
  });

  test.each(["nope", "", " C1A0000001", "C1/../C2", "all"])("refuses %j, which is not a queue id", async (id) => {
    await expectRefused((mcc) => mcc.mailQueue.get(id), /queueId must be hexadecimal, such as C1A0000001/);
  });
});

describe("hold", () => {
  test("assigns mailcow's single entry to each mail", async () => {
    const { mcc, server } = await replay(queue("hold several, one of them held already"));
    const ids = ["C1A0000001", "C1C0000003", "C1E0000005"];
    const outcomes = await mcc.mailQueue.hold(ids);
    expect(outcomes.map(({ id }) => id)).toEqual(ids);
    for (const { results } of outcomes) expect(results.map(({ code }) => code)).toEqual(["queue_command_success"]);
    expect(bodiesOf(server)).toEqual([{ items: ids, attr: { action: "hold" } }]);
  });

  test("refuses an id that is not hexadecimal", async () => {
    await expectRefused((mcc) => mcc.mailQueue.hold(["C1A0000001", "../x"]), /items must be/);
  });
});

test.each([
  ["unhold", "unhold two", ["C1A0000001", "C1B0000002"]],
  ["deliver", "deliver two now", ["C1A0000001", "C1E0000005"]],
] as const)("%s: sends its action with the mails", async (method, name, ids) => {
  const { mcc, server } = await replay(queue(name));
  expect((await mcc.mailQueue[method](ids)).map(({ id }) => id)).toEqual(ids);
  expect(bodiesOf(server)).toEqual([{ items: ids, attr: { action: method } }]);
});

test("flush: sends the action that flushes the whole queue [guard mail-queue/flush]", async () => {
  const { mcc, server } = await replay(queue("flush, items left out"));
  expect((await mcc.mailQueue.flush()).map(({ code }) => code)).toEqual(["queue_command_success"]);
  expect(bodiesOf(server)).toEqual([{ attr: { action: "flush" } }]);
});

test("deleteAll: sends super_delete, for the whole queue", async () => {
  const { mcc, server } = await replay(queue("super_delete"));
  expect((await mcc.mailQueue.deleteAll()).map(({ code }) => code)).toEqual(["queue_command_success"]);
  expect(bodiesOf(server)).toEqual([{ attr: { action: "super_delete" } }]);
});

describe("delete", () => {
  test("returns an outcome for each mail", async () => {
    const { mcc, server } = await replay(queue("delete two"));
    const ids = ["C1D0000004", "C1E0000005"];
    expect((await mcc.mailQueue.delete(ids)).map(({ id, results }) => [id, results.length])).toEqual(
      ids.map((id) => [id, 1]),
    );
    expect(bodiesOf(server)).toEqual([ids]);
  });

  test("sends many ids in several calls", async () => {
    const { mcc, server } = await clientOf({ "delete/mailq": success("queue_command_success") });
    const ids = Array.from({ length: 150 }, (_, index) => `C${index + 1000}`);
    expect(await mcc.mailQueue.delete(ids)).toHaveLength(150);
    expect(bodiesOf(server)).toEqual([ids.slice(0, 100), ids.slice(100)]);
  });

  test("refuses an id that is not hexadecimal", async () => {
    await expectRefused((mcc) => mcc.mailQueue.delete(["C1A0000001", "x"]), /^delete\/mailq: the input must be a list/);
  });
});

test("hold, unhold, deliver, delete: send nothing for an empty list [guard everywhere/no-items]", async () => {
  const { mcc, server } = await clientOf({});
  for (const method of ["hold", "unhold", "deliver", "delete"] as const)
    expect(await mcc.mailQueue[method]([])).toEqual([]);
  expect(server.seen).toEqual([]);
});

test("hold, delete: keep the case of ids", async () => {
  const { mcc, server } = await clientOf((response) => json(response, success("queue_command_success")));
  await mcc.mailQueue.hold(["c1a", "C1A"]);
  await mcc.mailQueue.delete("c1A");
  expect(bodiesOf(server)).toEqual([{ items: ["c1a", "C1A"], attr: { action: "hold" } }, ["c1A"]]);
});

test("flush, deleteAll: refuse ids, because they act on the whole queue", async () => {
  await expectRefused((mcc) => mcc.mailQueue.flush("C1A0000001" as never), /the options must be an object/);
  await expectRefused((mcc) => mcc.mailQueue.deleteAll(["C1A0000001"] as never), /the options must be an object/);
});

test("hold, flush, delete: throw if Postfix is stopped", async () => {
  const { mcc } = await replay(
    queue("postfix container stopped: hold"),
    queue("postfix container stopped: flush"),
    queue("postfix container stopped: delete"),
  );
  expect((await rejectionOf(mcc.mailQueue.hold("C1A0000001"))).codes).toEqual(["unknown"]);
  expect((await rejectionOf(mcc.mailQueue.flush())).codes).toEqual(["unknown"]);
  expect((await rejectionOf(mcc.mailQueue.delete("C1A0000001"))).codes).toEqual(["unknown"]);
});
