import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

const first = { destination: "a.test", nexthop: "hop" };

test("destinations are checked beside other transports only", async () => {
  const { post } = inMemory();
  const add = (destination: string, fields = {}) => post("add/transport", { destination, nexthop: "hop", ...fields });
  expect(codesIn(await add("no name!"))).toEqual([["relayhost_added", ""]]);
  expect(codesIn(await add("a!;b!"))).toEqual([
    ["invalid_destination", "a!"],
    ["invalid_destination", "b!"],
  ]);
  expect(codesIn(await add("no;.b.test,*\n(", { is_mx_based: 1 }))).toEqual([
    ["transport_dest_exists", "no"],
    ["invalid_destination", "*"],
    ["invalid_destination", "("],
    ["relayhost_added", ""],
  ]);
  expect(await add("")).toEqual({ type: "error", msg: "Cannot add item" });
});

test("a next hop has one user, and is one with brackets or without", async () => {
  const { mailcow, post } = inMemory({ transports: [first] });
  const add = async (nexthop: string, username = "") =>
    codesIn(await post("add/transport", { destination: `${nexthop.length}.test`, nexthop, username, password: "p" }));
  expect(await add("hop", "ann")).toEqual(["invalid_nexthop_authenticated"]);
  expect(await add("[hop]:25")).toEqual([["next_hop_interferes", "hop", "[hop]:25"]]);
  expect(await add("192.0.2.1")).toEqual([["relayhost_added", ""]]);
  expect(await add("HOP", "ann")).toEqual([["relayhost_added", ""]]);
  expect(mailcow.look("get/transport/all")).toMatchObject([
    { nexthop: "hop", username: "ann", password: "p" },
    { nexthop: "[192.0.2.1]", username: "" },
    { nexthop: "HOP", username: "ann" },
  ]);
});

test("an edit ends at the first refusal; without a user there is no password", async () => {
  const { mcc, post } = inMemory({ transports: [first, { ...first, destination: "b.test" }] });
  const attr = { destination: "b.test", password: "p" };
  expect(codesIn(await post("edit/transport", { items: [9, 1, 2], attr }))).toEqual([
    ["relayhost_invalid", 9],
    "transport_dest_exists",
  ]);
  await post("edit/transport", { items: [1], attr: { password: "p", active: false } });
  expect(await mcc.transports.get(1)).toMatchObject({ password: "", active: 1 });
});
