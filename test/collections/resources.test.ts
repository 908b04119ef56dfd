import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { recorded, replay } from "../support/replay.ts";

const file = "23-resource";
const one = (name: string) => recorded(file, name, "/get/resource/{resource}");
const all = (name: string) => recorded(file, name, "/get/resource/all");

const input = (message: string) =>
  expect.objectContaining({ kind: "input", message: expect.stringContaining(message) });
const refused = (code: string) => ({ kind: "rejected", failures: [{ code }] });

test("list: returns rows, and [] for none", async () => {
  const { mcc } = await replay(all("several"), all("all, none of this domain"));
  expect((await mcc.resources.list()).map(({ name }) => name)).toContain("Beamer@a2-res.test");
  expect(await mcc.resources.list()).toEqual([]);
});

test("get: reads a resource by its address in any case, and returns null for a mailbox", async () => {
  const { mcc } = await replay(one("other case of the address"), one("a mailbox is no resource"));
  expect(await mcc.resources.get("teamblue@a2-res.test")).toMatchObject({ name: "TeamBlue@a2-res.test" });
  expect(await mcc.resources.get("one@a2-res.test")).toBeNull();
});

describe("add", () => {
  test("adds an active one and reads it back by the address that mailcow made [guard everywhere/active-by-default]", async () => {
    const { mcc, server } = await replay(
      recorded(file, "letters outside a-z are dropped from the address"),
      one("one, umlaut in the description"),
    );
    const given = { domain: "a2-res.test", description: "Büro 3. OG", kind: "location" } as const;
    expect(await mcc.resources.add(given)).toMatchObject({ name: "Bro3OG@a2-res.test" });
    expect(bodiesOf(server)).toEqual([{ ...given, active: 1 }]);
    expect(server.seen[1]?.path).toContain("Bro3OG");
  });

  test("throws mailcow's refusal of an address that is taken", async () => {
    const { mcc } = await replay(recorded(file, "exists as a mailbox"));
    const given = { domain: "a2-res.test", description: "one", kind: "thing" } as const;
    await expect(mcc.resources.add(given)).rejects.toMatchObject(refused("object_exists"));
  });
});

describe("edit", () => {
  test("edits resources, with an outcome for each, and throws for a mailbox", async () => {
    const { mcc } = await replay(
      recorded(file, "two at once", "/edit/resource"),
      recorded(file, "a mailbox", "/edit/resource"),
    );
    const two = ["Beamer@a2-res.test", "Hall@a2-res2.test"];
    expect(await mcc.resources.edit(two, { active: 1, kind: "group" })).toMatchObject(two.map((id) => ({ id })));
    await expect(mcc.resources.edit("one@a2-res.test", { active: 0 })).rejects.toMatchObject(
      refused("resource_invalid"),
    );
  });

  test("refuses an attribute that is called like the id [guard everywhere/id-among-attributes]", async () => {
    const { mcc } = await clientOf({});
    const attr = { active: 1, name: "other@example.com" } as object;
    await expect(mcc.resources.edit("beamer@example.com", attr)).rejects.toEqual(input("name must be left out"));
  });
});

describe("delete", () => {
  test("reads the list first, and deletes with an outcome for each", async () => {
    const { mcc, server } = await replay(all("several"), recorded(file, "two", "/delete/resource"));
    const two = ["Bike@a2-res.test", "drone@A2-RES.test"];
    expect(await mcc.resources.delete(two)).toMatchObject([{ id: "Bike@a2-res.test" }, { id: "drone@a2-res.test" }]);
    expect(bodiesOf(server)).toEqual([["Bike@a2-res.test", "drone@a2-res.test"]]);
  });

  test("refuses the address of a mailbox, and deletes nothing with it [guard resources/deletes-mailboxes]", async () => {
    const { mcc, server } = await clientOf({ "get/resource/all": [{ name: "Beamer@example.com" }] });
    const both = ["beamer@example.com", "ann@example.com"];
    await expect(mcc.resources.delete(both)).rejects.toEqual(input("ann@example.com is none"));
    await expect(mcc.resources.delete("Beamer")).rejects.toEqual(input("an address"));
    expect(bodiesOf(server)).toEqual([]);
  });

  test("deletes nothing where there are no resources [guard resources/deletes-mailboxes]", async () => {
    const { mcc, server } = await clientOf({ "get/resource/all": {} });
    await expect(mcc.resources.delete("ann@example.com")).rejects.toEqual(input("ann@example.com is none"));
    expect(bodiesOf(server)).toEqual([]);
  });
});

testMethods("resources", {
  list: (mcc) => mcc.resources.list(),
  get: (mcc) => mcc.resources.get("TeamBlue@example.com"),
  add: (mcc) => mcc.resources.add({ domain: "example.com", description: "Beamer", kind: "thing" }),
  edit: (mcc) => mcc.resources.edit("Beamer@example.com", { multiple_bookings: 1 }),
  delete: (mcc) => mcc.resources.delete("Beamer@example.com"),
});
