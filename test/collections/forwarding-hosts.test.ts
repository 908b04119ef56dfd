import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectRefused, rejectionOf } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const file = "34-fwdhost";

testMethods("forwardingHosts", {
  list: (mcc, options) => mcc.forwardingHosts.list(options),
  get: (mcc, options) => mcc.forwardingHosts.get("203.0.113.1", options),
  add: (mcc, options) => mcc.forwardingHosts.add({ hostname: "example.com" }, options),
  edit: (mcc, options) => mcc.forwardingHosts.edit("203.0.113.1", { keep_spam: 1 }, options),
  delete: (mcc, options) => mcc.forwardingHosts.delete(["203.0.113.1", "198.51.100.0/24"], options),
});

test("edit, delete: send nothing for an empty list, but still check the attributes [guard everywhere/no-items]", async () => {
  const { mcc, server } = await clientOf({});
  expect(await mcc.forwardingHosts.edit([], { keep_spam: 1 })).toEqual([]);
  expect(await mcc.forwardingHosts.delete([])).toEqual([]);
  expect(server.seen).toEqual([]);
  await expectRefused((mcc) => mcc.forwardingHosts.edit([], {} as never), /keep_spam must be given/);
});

describe("the spelling of a host", () => {
  const hosts = ["2001:DB8:0::A2", "2001:db8:a1::/48", "203.0.113.1", "2001:0db8::b"];
  const answers = {
    "get/fwdhost/all": hosts.map((host) => ({ host, source: host, keep_spam: "yes" })),
    "edit/fwdhost": success("object_modified", "x"),
    "delete/fwdhost": success("forwarding_host_removed", "x"),
  };
  test.each([
    ["2001:db8::a2", "2001:DB8:0::A2"],
    [" 2001:DB8:00A1::/48 ", "2001:db8:a1::/48"],
    [" 203.0.113.1", "203.0.113.1"],
    ["2001:0db8::b", "2001:0db8::b"],
  ])("is sent as in the list: %j", async (given, host) => {
    const { mcc, server } = await clientOf(answers);
    expect(await mcc.forwardingHosts.get(given)).toMatchObject({ host });
    expect(await mcc.forwardingHosts.edit(given, { keep_spam: 1 })).toMatchObject([{ id: host }]);
    expect(await mcc.forwardingHosts.delete([given])).toMatchObject([{ id: host }]);
    expect(bodiesOf(server)).toEqual([{ items: [host], attr: { keep_spam: 1 } }, [host]]);
  });

  test("is sent in its shortest form if the list does not have it", async () => {
    const { mcc, server } = await clientOf(answers);
    expect(await mcc.forwardingHosts.get("2001:DB8::C")).toBeNull();
    expect(await mcc.forwardingHosts.delete("2001:DB8::C")).toMatchObject([{ id: "2001:db8::c" }]);
    expect(bodiesOf(server)).toEqual([["2001:db8::c"]]);
  });

  test.each([
    [" 2001:DB8:0:0::A1 ", "2001:db8::a1"],
    ["2001:DB8:0::/048", "2001:db8::/48"],
    ["BÜCHER.example", "xn--bcher-kva.example"],
  ])("is sent in its shortest form by add: %j", async (hostname, sent) => {
    const { mcc, server } = await clientOf({
      "add/fwdhost": success("forwarding_host_added", sent),
      "get/fwdhost/all": [{ host: sent, source: sent, keep_spam: "yes" }],
    });
    expect(await mcc.forwardingHosts.add({ hostname })).toMatchObject([{ host: sent }]);
    expect(bodiesOf(server)).toEqual([{ hostname: sent }]);
  });
});

test.each([[""], [" "], [5], [undefined], [["203.0.113.1"]]])(
  "get, edit, delete: refuse %j, which is not a host",
  async (host) => {
    await expectRefused((mcc) => mcc.forwardingHosts.get(host as never), /host must be an address or a network/);
    if (Array.isArray(host) || host === " ") return;
    await expectRefused((mcc) => mcc.forwardingHosts.get("192.0.2.1, 192.0.2.2"), /host must be an address or a net/);
    await expectRefused((mcc) => mcc.forwardingHosts.edit(host as never, { keep_spam: 1 }), /items must be/);
    await expectRefused((mcc) => mcc.forwardingHosts.delete(host as never), /the input must be/);
  },
);

describe("list", () => {
  test("returns the rows, or [] if there are none", async () => {
    const { mcc } = await replay(recorded(file, "several", "all"), recorded(file, "none"));
    expect((await mcc.forwardingHosts.list()).map(({ host }) => host)).toContain("203.0.113.128/25");
    expect(await mcc.forwardingHosts.list()).toEqual([]);
  });

  test("returns the address as a text if mailcow sends a number", async () => {
    const { mcc } = await clientOf({ "get/fwdhost/all": [{ host: 12345, source: "12345", keep_spam: "yes" }] });
    expect(await mcc.forwardingHosts.list()).toEqual([{ host: "12345", source: "12345", keep_spam: "yes" }]);
  });
});

test("get: finds addresses and networks in the list [guard forwarding-hosts/networks]", async () => {
  const several = recorded(file, "several", "all");
  const { mcc } = await replay(several, several, recorded(file, "none"));
  expect(await mcc.forwardingHosts.get("2001:db8:b1::1")).toMatchObject({ host: "2001:db8:b1::1" });
  expect(await mcc.forwardingHosts.get("203.0.113.128/25")).toMatchObject({ host: "203.0.113.128/25" });
  expect(await mcc.forwardingHosts.get("203.0.113.1")).toBeNull();
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

  test("throws if the hosts can't be read back", async () => {
    const { mcc } = await clientOf({
      "add/fwdhost": success("forwarding_host_added", "203.0.113.1"),
      "get/fwdhost/all": {},
    });
    await expect(mcc.forwardingHosts.add({ hostname: "203.0.113.1" })).rejects.toMatchObject({ kind: "reply" });
  });

  test("throws mailcow's code for a name without addresses", async () => {
    const { mcc } = await replay(recorded(file, "a name that does not resolve"));
    const add = mcc.forwardingHosts.add({ hostname: "b1-fwd.invalid" });
    expect((await rejectionOf(add)).codes).toEqual(["invalid_host"]);
  });
});

describe("edit", () => {
  test("sets keep_spam, and names the unknown host", async () => {
    const { mcc, server } = await replay(
      recorded(file, "several", "all"),
      recorded(file, "several, one unknown", "edit/fwdhost"),
    );
    const hosts = ["203.0.113.1", "203.0.113.99", "203.0.113.2"];
    const { failures } = await rejectionOf(mcc.forwardingHosts.edit(hosts, { keep_spam: 0 }));
    expect(failures).toMatchObject([{ id: "203.0.113.99", code: "access_denied" }]);
    expect(bodiesOf(server)).toEqual([{ items: hosts, attr: { keep_spam: 0 } }]);
  });

  test("requires keep_spam, without which mailcow assumes no [guard forwarding-hosts/keep-spam]", async () => {
    await expectRefused((mcc) => mcc.forwardingHosts.edit("203.0.113.1", {} as never), /keep_spam must be given/);
  });

  test("refuses the word that list returns, which would mean no [guard forwarding-hosts/keep-spam]", async () => {
    await expectRefused(
      (mcc) => mcc.forwardingHosts.edit("203.0.113.1", { keep_spam: "yes" as never }),
      /^edit\/fwdhost: keep_spam must be/,
    );
  });
});

test("delete: returns an outcome for the host", async () => {
  const { mcc, server } = await replay(recorded(file, "several", "all"), recorded(file, "gone: said removed again"));
  expect(await mcc.forwardingHosts.delete("203.0.113.1")).toMatchObject([{ id: "203.0.113.1" }]);
  expect(bodiesOf(server)).toEqual([["203.0.113.1"]]);
});

test.each(["get", "edit", "delete"] as const)("%s refuses a host of blanks before anything is read", async (name) => {
  await expectRefused(
    (mcc) => (name === "edit" ? mcc.forwardingHosts.edit(" ", { keep_spam: 1 }) : mcc.forwardingHosts[name](" ")),
    /host must be an address or a network/,
  );
});
