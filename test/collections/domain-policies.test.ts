import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf } from "../support/client.ts";
import { type MethodCalls, testMethods } from "../support/methods.ts";
import { recorded, replay } from "../support/replay.ts";
import { testStrangeAnswers } from "../support/strange-answers.ts";

const of = (name: string, template?: string) => recorded("33-policy", name, template);

const calls: MethodCalls = {
  list: async (mcc, options) => [
    await mcc.domainPolicies.list("example.com", "wl", options),
    await mcc.domainPolicies.list("example.com", "bl", options),
  ],
  add: [
    (mcc, options) =>
      mcc.domainPolicies.add({ domain: "example.com", object_list: "wl", object_from: "friend@example.net" }, options),
    (mcc, options) =>
      mcc.domainPolicies.add({ domain: "example.com", object_list: "bl", object_from: "*@bad.example" }, options),
  ],
  delete: (mcc, options) => mcc.domainPolicies.delete(1, options),
};
testMethods("domainPolicies", calls);
testStrangeAnswers(calls);

describe("list", () => {
  test("returns the domain's own entries, without those of its mailboxes [guard domain-policies/own-entries]", async () => {
    const { mcc, server } = await replay(
      of("domain list holds its mailboxes' entries too", "policy_wl_domain/{domain}"),
    );
    const own = await mcc.domainPolicies.list("B1-PO.test", "wl");
    expect([...new Set(own.map(({ object }) => object))]).toEqual(["b1-po.test"]);
    expect(server.seen.map(({ path }) => path)).toEqual(["/api/v1/get/policy_wl_domain/b1-po.test"]);
  });

  test("refuses another name of a list, which would read as empty", async () => {
    const { mcc, server } = await clientOf({});
    await expect(mcc.domainPolicies.list("example.com", "white" as never)).rejects.toMatchObject({
      kind: "input",
      message: expect.stringMatching(/list must be "wl" or "bl"/),
    });
    expect(server.seen).toEqual([]);
  });
});

describe("add", () => {
  test("returns the entry with its id", async () => {
    const { mcc, server } = await replay(of("allow an address"), of("one, lowered"));
    const sender = { object_list: "wl", object_from: "Friend@Good.b1-x.test" } as const;
    expect(await mcc.domainPolicies.add({ domain: "B1-po.test", ...sender })).toMatchObject({ prefid: 2 });
    expect(bodiesOf(server)).toEqual([{ domain: "b1-po.test", ...sender }]);
  });

  test("throws mailcow's code for a sender that is on a list already", async () => {
    const { mcc } = await replay(of("twice", "domain-policy"));
    const call = mcc.domainPolicies.add({ domain: "b1-po.test", object_list: "bl", object_from: "x@b1-x.test" });
    await expect(call).rejects.toMatchObject({ kind: "rejected", codes: ["policy_list_from_exists"] });
  });
});

describe("delete", () => {
  test("returns an outcome for each id", async () => {
    const { mcc, server } = await replay(of("several, ids as strings"));
    expect(await mcc.domainPolicies.delete([4, 5])).toMatchObject([{ id: 4 }, { id: 5 }]);
    expect(bodiesOf(server)).toEqual([[4, 5]]);
  });
});
