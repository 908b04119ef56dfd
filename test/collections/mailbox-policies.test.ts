import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf } from "../support/client.ts";
import { type MethodCalls, testMethods } from "../support/methods.ts";
import { recorded, replay } from "../support/replay.ts";
import { testStrangeAnswers } from "../support/strange-answers.ts";

const of = (name: string, template?: string) => recorded("33-policy", name, template);

const ann = "ann@example.com";

const calls: MethodCalls = {
  list: async (mcc, options) => [
    await mcc.mailboxPolicies.list(ann, "wl", options),
    await mcc.mailboxPolicies.list(ann, "bl", options),
  ],
  add: [
    (mcc, options) =>
      mcc.mailboxPolicies.add({ username: ann, object_list: "wl", object_from: "boss@example.org" }, options),
    (mcc, options) =>
      mcc.mailboxPolicies.add({ username: ann, object_list: "bl", object_from: "*@bad.example" }, options),
  ],
  delete: (mcc, options) => mcc.mailboxPolicies.delete([10, 11], options),
};
testMethods("mailboxPolicies", calls);
testStrangeAnswers(calls);

describe("list", () => {
  test("returns the mailbox's own entries, without those of its domain [guard mailbox-policies/own-entries]", async () => {
    const { mcc, server } = await replay(
      of("the mailbox's own and its domain's", "policy_bl_mailbox/{mailbox}"),
      of("only the domain's", "policy_bl_mailbox/{mailbox}"),
    );
    expect(await mcc.mailboxPolicies.list("User@b1-po.test", "bl")).toEqual([
      { object: "user@b1-po.test", value: "*@bad.b1-x.test", prefid: 10 },
    ]);
    expect(await mcc.mailboxPolicies.list("other@b1-po.test", "bl")).toEqual([]);
    expect(server.seen.map(({ path }) => path)).toEqual([
      "/api/v1/get/policy_bl_mailbox/user@b1-po.test",
      "/api/v1/get/policy_bl_mailbox/other@b1-po.test",
    ]);
  });
});

describe("add", () => {
  test("returns the entry with its id", async () => {
    const { mcc, server } = await replay(
      of("deny", "add/mailbox-policy"),
      of("the mailbox's own and its domain's", "policy_bl_mailbox/{mailbox}"),
    );
    const denied = { username: "USER@b1-po.test", object_list: "bl", object_from: "*@bad.b1-x.test" } as const;
    expect(await mcc.mailboxPolicies.add(denied)).toMatchObject({ prefid: 10, object: "user@b1-po.test" });
    expect(bodiesOf(server)).toEqual([{ ...denied, username: "user@b1-po.test" }]);
  });

  test("throws mailcow's code for a sender that is on a list already", async () => {
    const { mcc } = await replay(of("twice", "mailbox-policy"));
    const sender = { object_list: "bl", object_from: "x@b1-x.test" } as const;
    const call = mcc.mailboxPolicies.add({ username: "user@b1-po.test", ...sender });
    await expect(call).rejects.toMatchObject({ kind: "rejected", codes: ["policy_list_from_exists"] });
  });

  test("refuses a name that is no address, such as the API itself, whose entry nobody could list [guard everywhere/no-address]", async () => {
    const { mcc, server } = await clientOf({});
    const call = mcc.mailboxPolicies.add({ username: "API", object_list: "wl", object_from: "x@y.test" });
    await expect(call).rejects.toMatchObject({
      kind: "input",
      message: expect.stringMatching(/username must be an address/),
    });
    expect(server.seen).toEqual([]);
  });
});

describe("delete", () => {
  test("returns an outcome for each id, though mailcow names all of them in each entry", async () => {
    const { mcc, server } = await replay(of("several", "delete/mailbox-policy"));
    const outcomes = await mcc.mailboxPolicies.delete([13, 14]);
    expect(outcomes.map(({ id, results }) => [id, results.length])).toEqual([
      [13, 1],
      [14, 1],
    ]);
    expect(bodiesOf(server)).toEqual([[13, 14]]);
  });

  test("names the entry that was not deleted", async () => {
    const { mcc } = await replay(of("the same twice"));
    await expect(mcc.mailboxPolicies.delete([12, 99])).rejects.toMatchObject({
      failures: [{ id: 99, code: "access_denied" }],
      succeeded: [{ id: 12 }],
    });
  });

  test("refuses a sender instead of its prefid", async () => {
    const { mcc, server } = await clientOf({});
    await expect(mcc.mailboxPolicies.delete("x@y.test" as never)).rejects.toMatchObject({
      kind: "input",
      message: expect.stringMatching(/^delete\/mailbox-policy: the input must be/),
    });
    expect(server.seen).toEqual([]);
  });
});
