import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectNone, expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";

const of = (name: string, template?: string) => recorded("33-policy", name, template);

testMethods("domainPolicies", {
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
});

describe("list", () => {
  test("returns the domain's own entries, without those of its mailboxes [guard domain-policies/own-entries]", async () => {
    const { mcc, server } = await replay(
      of("domain list holds its mailboxes' entries too", "policy_wl_domain/{domain}"),
    );
    const own = await mcc.domainPolicies.list("B1-PO.test", "wl");
    expect([...new Set(own.map(({ object }) => object))]).toEqual(["b1-po.test"]);
    expect(server.seen.map(({ path }) => path)).toEqual(["/api/v1/get/policy_wl_domain/b1-po.test"]);
  });

  test("refuses an unknown list, for which mailcow would return no entries", async () => {
    for (const list of ["white", "constructor", undefined, ["wl"]])
      await expectRefused((mcc) => mcc.domainPolicies.list("example.com", list as never), /list must be "wl" or "bl"/);
  });

  test("refuses a name that is not a domain", async () => {
    for (const domain of ["ann@example.com", "a.test,b.test", " ", 5])
      await expectRefused((mcc) => mcc.domainPolicies.list(domain as never, "wl"), /domain must be a domain/);
  });
});

describe("add", () => {
  test("returns the entry with its id", async () => {
    const { mcc, server } = await replay(of("allow an address"), of("one, lowered"));
    const sender = { object_list: "wl", object_from: "Friend@Good.b1-x.test" } as const;
    expect(await mcc.domainPolicies.add({ domain: "B1-po.test", ...sender })).toMatchObject({ prefid: 2 });
    expect(bodiesOf(server)).toEqual([
      { domain: "b1-po.test", object_list: "wl", object_from: "friend@good.b1-x.test" },
    ]);
  });

  test("throws mailcow's code for a sender that is on a list already", async () => {
    const { mcc } = await replay(of("twice", "domain-policy"));
    const call = mcc.domainPolicies.add({ domain: "b1-po.test", object_list: "bl", object_from: "x@b1-x.test" });
    await expect(call).rejects.toMatchObject({ kind: "rejected", codes: ["policy_list_from_exists"] });
  });

  test.each<[object, RegExp]>([
    [{ object_from: "ann+x@example.net" }, /^add\/domain-policy: object_from must be/],
    [{ object_from: "*" }, /object_from must be/],
    [{ object_list: "white" }, /object_list must be "wl", "bl"/],
    [{ domain: undefined }, /domain must be given/],
    [{ domain: "a.test, b.test" }, /domain must be a domain/],
    [{ username: "ann@example.com" }, /unknown field "username"/],
  ])("refuses %j", async (given, says) => {
    const policy = { domain: "example.com", object_list: "wl", object_from: "x@y.test", ...given };
    await expectRefused((mcc) => mcc.domainPolicies.add(policy as never), says);
  });

  test("throws if the entry can't be read back, and says that mailcow reported success", async () => {
    const { mcc } = await clientOf((response, { method }) =>
      json(response, method === "GET" ? [] : success("domain_modified", "example.com")),
    );
    const call = mcc.domainPolicies.add({ domain: "example.com", object_list: "bl", object_from: "x@y.test" });
    await expect(call).rejects.toMatchObject({ kind: "reply", message: expect.stringContaining("reports success") });
  });
});

describe("delete", () => {
  test("returns an outcome for each id", async () => {
    const { mcc, server } = await replay(of("several, ids as strings"));
    expect(await mcc.domainPolicies.delete([4, 5])).toMatchObject([{ id: 4 }, { id: 5 }]);
    expect(bodiesOf(server)).toEqual([[4, 5]]);
  });

  test("sends nothing for an empty list, and refuses an id such as 5x [guard everywhere/no-items]", async () => {
    await expectNone((mcc) => mcc.domainPolicies.delete([]));
    await expectRefused(
      (mcc) => mcc.domainPolicies.delete(["5x" as never]),
      /^delete\/domain-policy: the input must be/,
    );
  });
});

test("list and add: find entries in any spelling of the domain, and of a sender with blanks around it [guard everywhere/punycode]", async () => {
  const entry = { object: "xn--bcher-kva.example", value: "*@bad.test", prefid: 7 };
  const { mcc, server } = await clientOf((response, { method }) =>
    json(response, method === "GET" ? [entry] : success("domain_modified", entry.object)),
  );
  const domain = " BÜcher.Example";
  expect(await mcc.domainPolicies.add({ domain, object_list: "bl", object_from: " *@Bad.test " })).toEqual(entry);
  expect(await mcc.domainPolicies.list(domain, "wl")).toEqual([entry]);
  expect(bodiesOf(server)).toEqual([{ domain: entry.object, object_list: "bl", object_from: entry.value }]);
  expect(server.seen.filter(({ method }) => method === "GET").map(({ path }) => path)).toEqual([
    "/api/v1/get/policy_bl_domain/xn--bcher-kva.example",
    "/api/v1/get/policy_wl_domain/xn--bcher-kva.example",
  ]);
});
