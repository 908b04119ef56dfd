import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

const seeds = { domains: [{ domain: "a.test", mailboxes: ["ann"] }] };

test("the lists of a domain and of its mailboxes hold each other's senders", async () => {
  const { mailcow, mcc } = inMemory(seeds);
  await mcc.domainPolicies.add({ domain: "a.test", object_list: "wl", object_from: "*@Friends.test" });
  await mcc.mailboxPolicies.add({ username: "ann@a.test", object_list: "wl", object_from: "bob@b.test" });
  const both = [
    { object: "a.test", value: "*@friends.test" },
    { object: "ann@a.test", value: "bob@b.test" },
  ];
  expect(mailcow.look("get/policy_wl_domain/a.test")).toMatchObject(both);
  expect(mailcow.look("get/policy_wl_mailbox/ann@a.test")).toMatchObject(both);
  expect(mailcow.look("get/policy_bl_domain/a.test")).toEqual({});
});

test("a sender is on one list only, and the sender is checked before the list", async () => {
  const { post } = inMemory(seeds);
  const add = async (fields: object) =>
    codesIn(await post("add/domain-policy", { domain: "a.test", object_list: "wl", object_from: "b.test", ...fields }));
  expect(await add({})).toEqual([["domain_modified", "a.test"]]);
  expect(await add({ object_list: "bl" })).toEqual(["policy_list_from_exists"]);
  expect(await add({ object_list: "none", object_from: "a+b@c.test" })).toEqual(["policy_list_from_invalid"]);
  expect(await add({ object_list: "none" })).toEqual(["access_denied"]);
  expect(await post("add/domain-policy", { domain: "a.test", object_list: "wl", object_from: "x".repeat(101) })).toBe(
    "",
  );
});

test("a deletion names one id for a domain, and all of them for a mailbox; neither takes the other's", async () => {
  const { mailcow, post } = inMemory({
    ...seeds,
    domainPolicies: [{ domain: "a.test", object_list: "wl", object_from: "b.test" }],
    mailboxPolicies: [{ username: "ann@a.test", object_list: "wl", object_from: "b.test" }],
  });
  expect(codesIn(await post("delete/domain-policy", [2, 1]))).toEqual(["access_denied", ["item_deleted", 1]]);
  expect(codesIn(await post("delete/mailbox-policy", [2, 9]))).toEqual([["items_deleted", "2, 9"], "access_denied"]);
  expect(mailcow.look("get/policy_wl_domain/a.test")).toEqual({});
});

test("senders go with their mailbox or domain", async () => {
  const { mailcow, mcc } = inMemory({
    ...seeds,
    domainPolicies: [{ domain: "a.test", object_list: "bl", object_from: "b.test" }],
    mailboxPolicies: [{ username: "ann@a.test", object_list: "bl", object_from: "b.test" }],
  });
  await mcc.mailboxes.delete("ann@a.test");
  expect(mailcow.look("get/policy_bl_domain/a.test")).toHaveLength(1);
  await mcc.domains.delete("a.test");
  expect(mailcow.state.tables["filterconf"]).toEqual([]);
});
