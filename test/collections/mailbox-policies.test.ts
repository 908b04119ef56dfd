import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectNone, expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";

const of = (name: string, template?: string) => recorded("33-policy", name, template);

const ann = "ann@example.com";

testMethods("mailboxPolicies", {
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
});

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

  test("finds entries that are stored with capitals, under an address in Unicode [guard everywhere/punycode]", async () => {
    const entry = { object: "Ann@xn--bcher-kva.example", value: "x@y.test", prefid: 7 };
    const { mcc, server } = await clientOf((response) => json(response, [entry]));
    expect(await mcc.mailboxPolicies.list(" ANN@Bücher.example", "wl")).toEqual([entry]);
    expect(server.seen[0]?.path).toBe("/api/v1/get/policy_wl_mailbox/ann@xn--bcher-kva.example");
  });

  test("refuses a name that is not an address, and an unknown list", async () => {
    await expectRefused((mcc) => mcc.mailboxPolicies.list("example.com", "wl"), /mailbox must be the address/);
    await expectRefused((mcc) => mcc.mailboxPolicies.list("a/b@example.com", "wl"), /contains a slash/);
    await expectRefused((mcc) => mcc.mailboxPolicies.list(ann, "white" as never), /list must be "wl" or "bl"/);
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

  test("refuses a name that is not an address, whose entry could not be listed [guard everywhere/no-address]", async () => {
    await expectRefused(
      (mcc) => mcc.mailboxPolicies.add({ username: "API", object_list: "wl", object_from: "x@y.test" }),
      /^add\/mailbox-policy: username must be the address of a mailbox/,
    );
  });

  test.each<[object, RegExp]>([
    [{ username: "a/b@example.com" }, /contains a slash/],
    [{ object_list: "white" }, /object_list must be "wl", "bl"/],
    [{ object_from: "" }, /object_from must be/],
    [{ domain: "example.com" }, /unknown field "domain"/],
  ])("refuses invalid input, and names that can't be read back: %j", async (given, says) => {
    const policy = { username: ann, object_list: "wl", object_from: "x@y.test", ...given };
    await expectRefused((mcc) => mcc.mailboxPolicies.add(policy as never, { read: false }), says);
  });

  test("sends the address and the sender as mailcow stores them", async () => {
    const { mcc, server } = await clientOf({ "add/mailbox-policy": success("mailbox_modified", "any") });
    const policy = { username: " ANN@Bücher.example ", object_list: "wl", object_from: " Boss@X.test " } as const;
    expect(await mcc.mailboxPolicies.add(policy, { read: false })).toBeNull();
    expect(bodiesOf(server)).toEqual([
      { username: "ann@xn--bcher-kva.example", object_list: "wl", object_from: "boss@x.test" },
    ]);
  });
});

describe("delete", () => {
  test("returns an outcome for each id, although each of mailcow's entries names all of them", async () => {
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

  test("refuses a sender instead of an id", async () => {
    await expectRefused(
      (mcc) => mcc.mailboxPolicies.delete("x@y.test" as never),
      /^delete\/mailbox-policy: the input must be/,
    );
  });

  test("sends nothing for an empty list [guard everywhere/no-items]", async () => {
    await expectNone((mcc) => mcc.mailboxPolicies.delete([]));
  });
});
