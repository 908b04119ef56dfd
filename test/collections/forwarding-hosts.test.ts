import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectRefused, rejectionOf } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const file = "34-fwdhost";

testMethods("forwardingHosts", {
  list: (mcc) => mcc.forwardingHosts.list(),
  get: async (mcc) => [await mcc.forwardingHosts.get("203.0.113.1"), await mcc.forwardingHosts.get("198.51.100.0/24")],
  add: (mcc) => mcc.forwardingHosts.add({ hostname: "example.com" }),
  edit: (mcc) => mcc.forwardingHosts.edit("203.0.113.1", { keep_spam: 1 }),
  delete: (mcc) => mcc.forwardingHosts.delete(["203.0.113.1", "198.51.100.0/24"]),
});

describe("list", () => {
  test("returns the rows, and [] for none", async () => {
    const { mcc } = await replay(recorded(file, "several", "all"), recorded(file, "none"));
    expect((await mcc.forwardingHosts.list()).map(({ host }) => host)).toContain("203.0.113.128/25");
    expect(await mcc.forwardingHosts.list()).toEqual([]);
  });

  test("returns a text for the address of a host that is a plain number", async () => {
    const { mcc } = await clientOf({ "get/fwdhost/all": [{ host: 12345, source: "12345", keep_spam: "yes" }] });
    expect(await mcc.forwardingHosts.list()).toEqual([{ host: "12345", source: "12345", keep_spam: "yes" }]);
  });
});

test("get: reads an address by path, and a network out of the list [guard forwarding-hosts/networks]", async () => {
  const { mcc, server } = await replay(
    recorded(file, "filter on is keep_spam no"),
    recorded(file, "several", "all"),
    recorded(file, "no such"),
  );
  expect(await mcc.forwardingHosts.get("2001:db8:b1::1")).toMatchObject({ keep_spam: "no" });
  expect(await mcc.forwardingHosts.get("203.0.113.128/25")).toMatchObject({ host: "203.0.113.128/25" });
  expect(await mcc.forwardingHosts.get("203.0.113.1")).toBeNull();
  expect(server.seen).toHaveLength(3);
});

describe("add", () => {
  test("adds all hosts of a name, and returns them", async () => {
    const { mcc, server } = await replay(
      recorded(file, "a name: all hosts its SPF or MX or A records give"),
      recorded(file, "with those of the name"),
    );
    const added = await mcc.forwardingHosts.add({ hostname: " b1-fwd.test ", filter_spam: 0 });
    expect(added.map(({ host }) => host).sort()).toEqual(["192.0.2.25", "198.51.100.0/24", "2001:db8::25"]);
    expect(bodiesOf(server)).toEqual([{ hostname: "b1-fwd.test", filter_spam: 0 }]);
  });

  test("throws mailcow's code where a name stands for no host", async () => {
    const { mcc } = await replay(recorded(file, "a name that does not resolve"));
    const add = mcc.forwardingHosts.add({ hostname: "b1-fwd.invalid" });
    expect((await rejectionOf(add)).codes).toEqual(["invalid_host"]);
  });
});

describe("edit", () => {
  test("sets whether spam is kept, and says which host there is none of", async () => {
    const { mcc, server } = await replay(recorded(file, "several, one unknown", "edit/fwdhost"));
    const hosts = ["203.0.113.1", "203.0.113.99", "203.0.113.2"];
    const { failures } = await rejectionOf(mcc.forwardingHosts.edit(hosts, { keep_spam: 0 }));
    expect(failures).toMatchObject([{ id: "203.0.113.99", code: "access_denied" }]);
    expect(bodiesOf(server)).toEqual([{ items: hosts, attr: { keep_spam: 0 } }]);
  });

  test("refuses to leave keep_spam out, which would mean no [guard forwarding-hosts/keep-spam]", async () => {
    await expectRefused((mcc) => mcc.forwardingHosts.edit("203.0.113.1", {} as never), /keep_spam must be given/);
  });

  test("refuses the word that reads give, which would mean no [guard forwarding-hosts/keep-spam]", async () => {
    await expectRefused(
      (mcc) => mcc.forwardingHosts.edit("203.0.113.1", { keep_spam: "yes" as never }),
      /keep_spam must be true or false, 1 or 0/,
    );
  });
});

test("delete: returns an outcome", async () => {
  const { mcc, server } = await replay(recorded(file, "gone: said removed again"));
  expect(await mcc.forwardingHosts.delete("203.0.113.1")).toMatchObject([{ id: "203.0.113.1" }]);
  expect(bodiesOf(server)).toEqual([["203.0.113.1"]]);
});
