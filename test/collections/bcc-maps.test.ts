import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { allAdded, testMethods } from "../support/methods.ts";
import { testNumberedRows } from "../support/numbered-rows.ts";
import { expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const map = { local_dest: "@example.com", bcc_dest: "copy@example.net", type: "sender" } as const;

testMethods("bccMaps", {
  list: (mcc, options) => mcc.bccMaps.list(options),
  get: (mcc, options) => mcc.bccMaps.get(3, options),
  add: (mcc, options) => mcc.bccMaps.add(map, options),
  addMany: async (mcc, options) => allAdded(await mcc.bccMaps.addMany([map], options)),
  edit: (mcc, options) => mcc.bccMaps.edit([3, 1], { active: 0 }, options),
  delete: (mcc, options) => mcc.bccMaps.delete(3, options),
  destinationOptions: (mcc, options) => mcc.bccMaps.destinationOptions(options),
});

testNumberedRows({
  file: "38-bcc",
  word: "bcc",
  of: (mcc) => mcc.bccMaps,
  one: "by id: holds a stray null under 0",
  add: {
    input: { local_dest: "@B1-BCC.test", bcc_dest: " copy@B1-X.test ", type: "rcpt" },
    sent: { local_dest: "b1-bcc.test", bcc_dest: "copy@b1-x.test", type: "rcpt", active: 1 },
    said: "the other type",
    id: 2,
  },
  many: { good: "on a domain, all fields", bad: "exists", code: "bcc_exists" },
  edit: { said: "active 0", attr: { active: 0 }, refused: "type that is taken", code: "bcc_exists" },
});

test("get: leaves out the stray member 0 [guard bcc-maps/stray-member]", async () => {
  const said = recorded("38-bcc", "by id: holds a stray null under 0", "get/bcc/{id}");
  expect(said.response.body).toHaveProperty("0", null);
  const { mcc } = await replay(said);
  expect(await mcc.bccMaps.get(3)).not.toHaveProperty("0");
});

describe("add", () => {
  test.each([
    ["example.com", "example.com"],
    ["@BÜCHER.example", "xn--bcher-kva.example"],
    [" Ann@Example.COM ", "ann@example.com"],
    ["Ann@BÜCHER.example", "ann@xn--bcher-kva.example"],
  ])("accepts domains with and without @, and any case: %j", async (local_dest, sent) => {
    const { mcc, server } = await clientOf({ "add/bcc": success("bcc_saved") });
    await mcc.bccMaps.add({ local_dest, bcc_dest: "Copy+1@example.net", type: "rcpt" }, { read: false });
    expect(bodiesOf(server)).toEqual([{ local_dest: sent, bcc_dest: "Copy+1@example.net", type: "rcpt", active: 1 }]);
  });

  test("refuses a destination that is not an address", async () => {
    await expectRefused((mcc) => mcc.bccMaps.add({ ...map, bcc_dest: "nobody" }), /bcc_dest must be an address/);
  });

  test.each(["", "@", "ann@", "two words", "a.test,b.test"])(
    "refuses %j, which is neither a domain nor an address",
    async (local_dest) => {
      await expectRefused(
        (mcc) => mcc.bccMaps.add({ ...map, local_dest }),
        /^add\/bcc: local_dest must be a domain, or/,
      );
    },
  );

  test("throws mailcow's code if the domain is not on this server", async () => {
    const { mcc } = await replay(recorded("38-bcc", "unknown domain", "add/bcc"));
    const add = mcc.bccMaps.add({ local_dest: "b1-nope.test", bcc_dest: "copy@b1-x.test", type: "sender" });
    await expect(add).rejects.toMatchObject({ kind: "rejected", codes: ["access_denied"] });
  });
});

test("edit: sends the destination's domain as mailcow stores it", async () => {
  const { mcc, server } = await clientOf({ "edit/bcc": success("bcc_edited", "x") });
  await mcc.bccMaps.edit("3", { bcc_dest: " Copy@BÜCHER.example " });
  expect(bodiesOf(server)).toEqual([{ items: ["3"], attr: { bcc_dest: "Copy@xn--bcher-kva.example" } }]);
});

test("edit: refuses a new local_dest, which mailcow would ignore", async () => {
  const attr = { local_dest: "example.com" } as never;
  await expectRefused((mcc) => mcc.bccMaps.edit(1, attr), /unknown field "local_dest"/);
});

test("delete: names the unknown id of several, which mailcow does not name [guard bcc-maps/unnamed-refusal]", async () => {
  const { mcc } = await replay(recorded("38-bcc", "several, one unknown", "delete/bcc"));
  const error = await mcc.bccMaps.delete([4, 999999, 2]).catch((error) => error);
  expect(error).toMatchObject({ failures: [{ id: 999999 }], succeeded: [{ id: 4 }, { id: 2 }] });
});

describe("destinationOptions", () => {
  test("returns domains, alias domains, and mailboxes with their addresses", async () => {
    const said = recorded("38-bcc", "domain, alias domain, mailboxes, aliases");
    const { mcc } = await replay(said);
    expect(await mcc.bccMaps.destinationOptions()).toEqual(said.response.body);
  });

  test.each([
    ["a domain alone", "a domain", ["b1-bcc.test"]],
    ["no domain", "before", []],
  ])("returns empty lists if there are none: %s", async (_, name, domains) => {
    const { mcc } = await replay(recorded("38-bcc", name, "bcc-destination-options"));
    expect(await mcc.bccMaps.destinationOptions()).toEqual({ domains, mailboxes: {}, alias_domains: [] });
  });
});
