import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf } from "../support/client.ts";
import { type MethodCalls, testMethods } from "../support/methods.ts";
import { recorded, replay } from "../support/replay.ts";
import { testStrangeAnswers } from "../support/strange-answers.ts";

const extra = (name: string, template?: string) => recorded("13-domain-extras", name, template);
const policy = { mode: "enforce", mx: "mx1.a1-13a.test,*.a1-13a.test", max_age: 86400 } as const;
const input = (message: string) =>
  expect.objectContaining({ kind: "input", message: expect.stringContaining(message) });

const calls: MethodCalls = {
  add: (mcc, options) =>
    mcc.mtaSts.add({ domain: "example.com", mode: "testing", mx: "mail.example.com", max_age: 86400 }, options),
  edit: (mcc, options) => mcc.mtaSts.edit("example.com", { mode: "enforce" }, options),
};
testMethods("mtaSts", calls);
testStrangeAnswers(calls);

describe("add", () => {
  test("adds an active policy of the one version [guard everywhere/active-by-default]", async () => {
    const { mcc, server } = await replay(extra("every field: Task completed"));
    expect(await mcc.mtaSts.add({ ...policy, domain: "A1-13A.test" })).toMatchObject([{ type: "success" }]);
    expect(bodiesOf(server)).toEqual([{ ...policy, domain: "a1-13a.test", version: "STSv1", active: 1 }]);
  });

  test("is refused where there is a policy, with a message of the database, and for an unknown domain", async () => {
    const { mcc } = await replay(extra("again: the database's own message"), extra("unknown domain", "/add/mta-sts"));
    const add = () => mcc.mtaSts.add({ ...policy, domain: "a1-13a.test" });
    await expect(add()).rejects.toMatchObject({ failures: [{ code: expect.stringContaining("Duplicate entry") }] });
    await expect(add()).rejects.toMatchObject({ kind: "rejected", failures: [{ code: "access_denied" }] });
  });
});

describe("edit", () => {
  test("sends the version, without which mailcow refuses every edit", async () => {
    const { mcc, server } = await replay(extra("edit with the version"));
    expect(await mcc.mtaSts.edit("a1-13a.test", { mode: "testing" })).toMatchObject([{ id: "a1-13a.test" }]);
    expect(bodiesOf(server)).toEqual([{ items: ["a1-13a.test"], attr: { version: "STSv1", mode: "testing" } }]);
  });

  test("names the domain that has no policy", async () => {
    const { mcc } = await replay(extra("several, one unknown", "/edit/mta-sts"));
    const names = ["a1-13a.test", "a1-13none.test", "a1-13b.test"];
    await expect(mcc.mtaSts.edit(names, { active: 1 })).rejects.toMatchObject({
      failures: [{ id: "a1-13none.test", code: "access_denied" }],
    });
  });

  test("refuses an attribute named like the id [guard everywhere/id-among-attributes]", async () => {
    const { mcc, server } = await clientOf({});
    const attr = { mode: "none", domains: ["example.org"] } as never;
    await expect(mcc.mtaSts.edit("example.com", attr)).rejects.toEqual(input("domains must be left out"));
    expect(server.seen).toEqual([]);
  });

  test("refuses a list of mail servers", async () => {
    const { mcc, server } = await clientOf({});
    const attr = { mx: ["mail.example.com"] } as never;
    await expect(mcc.mtaSts.edit("example.com", attr)).rejects.toEqual(input("mx must be"));
    expect(server.seen).toEqual([]);
  });
});
