import { describe, expect, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectRefused } from "../support/refusals.ts";
import { apart, recorded, replay } from "../support/replay.ts";

const file = "23-resource";
const one = (name: string) => recorded(file, name, "/get/resource/{resource}");
const all = (name: string) => recorded(file, name, "/get/resource/all");

const input = (message: string) =>
  expect.objectContaining({ kind: "input", message: expect.stringContaining(message) });
const refused = (code: string) => ({ kind: "rejected", failures: [{ code }] });

test("list: returns the rows, or [] if there are none", async () => {
  const { mcc } = await replay(all("several"), all("all, none of this domain"));
  expect((await mcc.resources.list()).map(({ name }) => name)).toContain("Beamer@a2-res.test");
  expect(await mcc.resources.list()).toEqual([]);
});

test("get: finds a resource by its address in any case, and returns null for a mailbox", async () => {
  const { mcc } = await replay(one("other case of the address"), one("a mailbox is no resource"));
  expect(await mcc.resources.get("teamblue@a2-res.test")).toMatchObject({ name: "TeamBlue@a2-res.test" });
  expect(await mcc.resources.get("one@a2-res.test")).toBeNull();
});

describe("add", () => {
  test("adds an active resource and reads it back by its new address [guard everywhere/active-by-default]", async () => {
    const { mcc, server } = await replay(
      recorded(file, "letters outside a-z are dropped from the address"),
      one("one, umlaut in the description"),
    );
    const given = { domain: "a2-res.test", description: "Büro 3. OG", kind: "location" } as const;
    expect(await mcc.resources.add(given)).toMatchObject({ name: "Bro3OG@a2-res.test" });
    expect(bodiesOf(server)).toEqual([{ ...given, active: 1 }]);
    expect(server.seen[1]?.path).toContain("Bro3OG");
  });

  test("throws mailcow's code for an address that is taken", async () => {
    const { mcc } = await replay(recorded(file, "exists as a mailbox"));
    const given = { domain: "a2-res.test", description: "one", kind: "thing" } as const;
    await expect(mcc.resources.add(given)).rejects.toMatchObject(refused("object_exists"));
  });
});

describe("edit", () => {
  test("returns an outcome for each resource, and throws for a mailbox", async () => {
    const list = all("several");
    const { mcc } = await replay(
      ...[list, recorded(file, "two at once", "/edit/resource")],
      ...[list, recorded(file, "a mailbox", "/edit/resource")],
    );
    const two = ["beamer@a2-res.test", "Hall@a2-res2.test", "Beamer@a2-res.test"];
    expect(await mcc.resources.edit(two, { active: 1, kind: "group" })).toMatchObject([
      { id: "Beamer@a2-res.test" },
      { id: "Hall@a2-res2.test" },
    ]);
    await expect(mcc.resources.edit("one@a2-res.test", { active: 0 })).rejects.toMatchObject(
      refused("resource_invalid"),
    );
  });

  test("refuses an attribute named like the id [guard everywhere/id-among-attributes]", async () => {
    const { mcc } = await clientOf({});
    const attr = { active: 1, name: "other@example.com" } as object;
    await expect(mcc.resources.edit("beamer@example.com", attr)).rejects.toEqual(
      input('edit/resource: unknown field "name"'),
    );
  });
});

describe("delete", () => {
  test("deletes by the address in the list, and returns an outcome for each", async () => {
    const { mcc, server } = await replay(all("several"), ...apart(recorded(file, "two", "/delete/resource")));
    const two = ["Bike@a2-res.test", "drone@A2-RES.test"];
    const stored = ["Bike@a2-res.test", "Drone@a2-res.test"];
    expect(await mcc.resources.delete(two)).toMatchObject(stored.map((id) => ({ id })));
    expect(bodiesOf(server)).toEqual(stored.map((name) => [name]));
  });

  test("does not send the address of a mailbox, and deletes the others [guard resources/deletes-mailboxes]", async () => {
    const list = { "get/resource/all": [{ name: "Beamer@example.com" }] };
    const { mcc, server } = await clientOf({ ...list, "delete/resource": success("resource_removed", "x") });
    const both = ["Ann@example.com", "beamer@example.com"];
    await expect(mcc.resources.delete(both)).rejects.toMatchObject({
      failures: [{ id: "ann@example.com", code: "access_denied" }],
      succeeded: [{ id: "Beamer@example.com" }],
    });
    expect(bodiesOf(server)).toEqual([["Beamer@example.com"]]);
    await expectRefused((mcc) => mcc.resources.delete(["beamer@example.com", "Beamer"]), /an address/);
  });

  test("deletes nothing if there are no resources [guard resources/deletes-mailboxes]", async () => {
    const { mcc, server } = await clientOf({ "get/resource/all": {} });
    await expect(mcc.resources.delete("ann@example.com")).rejects.toMatchObject({ codes: ["access_denied"] });
    expect(bodiesOf(server)).toEqual([]);
  });
});

/** What JavaScript may pass all the same. */
const wrong = (value: unknown) => value as never;
const beamer = { domain: "example.com", description: "Beamer", kind: "thing" } as const;

describe("refuses before anything is sent", () => {
  test.each<[what: string, call: (mcc: MailcowApiClient) => Promise<unknown>, message: RegExp]>([
    [
      "list: a filter, which list does not have",
      (mcc) => mcc.resources.list(wrong({ domain: "a.com" })),
      /^unknown option/,
    ],
    [
      "get: a name that is not an address",
      (mcc) => mcc.resources.get("Beamer"),
      /^get\/resource\/\{resource\}: resource must be/,
    ],
    ["get: an address with a slash", (mcc) => mcc.resources.get("a/b@example.com"), /resource/],
    [
      "add: a description without ASCII letters",
      (mcc) => mcc.resources.add({ ...beamer, description: "会議室" }),
      /description must be/,
    ],
    [
      "add: an address instead of a domain",
      (mcc) => mcc.resources.add({ ...beamer, domain: "a@b.com" }),
      /domain must be a domain/,
    ],
    [
      "add: an unknown field",
      (mcc) => mcc.resources.add(wrong({ ...beamer, multiple_booking: 1 })),
      /^add\/resource: unknown field "multiple_booking"; did you mean "multiple_bookings"\?/,
    ],
    [
      "edit: a number of bookings below -1, even without any resources",
      (mcc) => mcc.resources.edit([], { multiple_bookings: -2 }),
      /^edit\/resource: multiple_bookings must be/,
    ],
    [
      "delete: a name that is not an address",
      (mcc) => mcc.resources.delete(["Beamer"]),
      /^delete\/resource: .*an address/,
    ],
  ])("%s", (_, call, message) => expectRefused(call, message));
});

test("sends names as mailcow stores them, however they are spelled [guard everywhere/punycode] [guard everywhere/spelling]", async () => {
  const stored = "Beamer@xn--bcher-kva.example";
  const { mcc, server } = await clientOf({
    [`get/resource/${stored}`]: { name: stored },
    [`get/resource/beamer@xn--bcher-kva.example`]: { name: stored },
    "get/resource/all": [{ name: stored }],
    "add/resource": success("resource_added", stored),
    "edit/resource": success("resource_modified", stored),
    "delete/resource": success("resource_removed", stored),
  });
  const odd = " beamer@BÜCHER.example ";
  expect(await mcc.resources.get(odd)).toEqual({ name: stored });
  expect(await mcc.resources.add({ ...beamer, domain: " BÜCHER.example" })).toEqual({ name: stored });
  expect(await mcc.resources.edit(odd, { active: false })).toHaveLength(1);
  expect(await mcc.resources.delete(odd)).toMatchObject([{ id: stored }]);
  expect(bodiesOf(server)).toMatchObject([{ domain: "xn--bcher-kva.example" }, { items: [stored] }, [stored]]);
});

test.each([[[]], [success("resource_added", "room/1@example.com")], [success("resource_added")]])(
  "add: throws if mailcow's answer has no readable address: %j",
  async (answer) => {
    const { mcc } = await clientOf({ "add/resource": answer });
    await expect(mcc.resources.add(beamer)).rejects.toMatchObject({ kind: "reply" });
  },
);

test("edit, delete: send nothing for an empty list", async () => {
  const { mcc, server } = await clientOf({});
  expect(await mcc.resources.edit([], { active: 1 })).toEqual([]);
  expect(await mcc.resources.delete([])).toEqual([]);
  expect(server.seen).toEqual([]);
});

testMethods("resources", {
  list: (mcc, options) => mcc.resources.list(options),
  get: (mcc, options) => mcc.resources.get("TeamBlue@example.com", options),
  add: (mcc, options) => mcc.resources.add(beamer, options),
  edit: (mcc, options) => mcc.resources.edit("Beamer@example.com", { multiple_bookings: 1 }, options),
  delete: (mcc, options) => mcc.resources.delete("Beamer@example.com", options),
});
