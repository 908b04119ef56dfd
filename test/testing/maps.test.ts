import { describe, expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

describe("BCC maps", () => {
  const seeds = { domains: [{ domain: "a.test", mailboxes: ["ann", "bob"] }] };

  test("are for a domain or an address, once per type", async () => {
    const { mailcow, post } = inMemory(seeds);
    const add = async (fields: object) =>
      codesIn(await post("add/bcc", { local_dest: "A.test", bcc_dest: "C@b.test", type: "sender", ...fields }));
    expect(await add({})).toEqual(["bcc_saved"]);
    expect(await add({})).toEqual([["bcc_exists", "@a.test", "sender"]]);
    expect(await add({ type: "rcpt" })).toEqual(["bcc_saved"]);
    expect(await add({ local_dest: "none@a.test" })).toEqual(["access_denied"]);
    expect(await add({ type: "both", bcc_dest: "" })).toEqual(["invalid_bcc_map_type"]);
    expect(await post("add/bcc", { local_dest: "@a.test", bcc_dest: "c@b.test", type: "rcpt" })).toEqual({
      type: "error",
      msg: "Cannot add item",
    });
    expect(mailcow.look("get/bcc/1")).toMatchObject({ "0": null, local_dest: "@a.test", bcc_dest: "C@b.test" });
  });

  test("hide while their domain is gone; those of a mailbox go with it, and take its new name", async () => {
    const map = { bcc_dest: "c@b.test", type: "rcpt" } as const;
    const bccMaps = ["a.test", "ann@a.test", "bob@a.test"].map((local_dest) => ({ ...map, local_dest }));
    const { mcc, post } = inMemory({ ...seeds, bccMaps });
    await mcc.mailboxes.delete("ann@a.test");
    await post("edit/rename-mbox", {
      items: ["bob@a.test"],
      attr: { domain: "a.test", old_local_part: "bob", new_local_part: "rob" },
    });
    expect((await mcc.bccMaps.list()).map(({ local_dest }) => local_dest)).toEqual(["@a.test", "rob@a.test"]);
    await mcc.mailboxes.delete("rob@a.test");
    await mcc.domains.delete("a.test");
    expect(await mcc.bccMaps.list()).toEqual([]);
    await mcc.domains.add({ domain: "a.test" });
    expect(await mcc.bccMaps.list()).toHaveLength(1);
  });

  test("have the addresses of all mailboxes to choose from", async () => {
    const { mcc } = inMemory(seeds);
    expect(await mcc.bccMaps.destinationOptions()).toMatchObject({
      domains: ["a.test"],
      mailboxes: { "ann@a.test": ["ann@a.test"], "bob@a.test": ["bob@a.test"] },
    });
  });
});

describe("recipient maps", () => {
  test("are stored in punycode by add, as written by edit, and sorted by what they replace", async () => {
    const { mcc, post } = inMemory();
    await mcc.recipientMaps.add({ recipient_map_old: "Ann@B.test", recipient_map_new: "bob@b.test" });
    await post("add/recipient_map", { recipient_map_old: "bücher.test", recipient_map_new: "@c.test" });
    await post("edit/recipient_map", { items: [1], attr: { recipient_map_new: "Bob@B.test" } });
    expect(await mcc.recipientMaps.list()).toMatchObject([
      { recipient_map_old: "@xn--bcher-kva.test", recipient_map_new: "@c.test" },
      { recipient_map_old: "ann@b.test", recipient_map_new: "Bob@B.test" },
    ]);
  });

  test("are refused for a taken name, at which an edit ends; a deletion ends at a word", async () => {
    const maps = ["a.test", "b.test"].map((name) => ({ recipient_map_old: name, recipient_map_new: "c.test" }));
    const { post } = inMemory({ recipientMaps: maps });
    const edit = async (items: unknown[], attr: object) => codesIn(await post("edit/recipient_map", { items, attr }));
    expect(await edit([1, 2], { recipient_map_old: "b.test" })).toEqual([["recipient_map_entry_exists", "@b.test"]]);
    expect(await edit(["1x"], { active: 1 })).toEqual([["recipient_map_entry_exists", "@a.test"]]);
    expect(codesIn(await post("delete/recipient_map", ["1", "x", "2"]))).toEqual([
      ["recipient_map_entry_deleted", "1"],
    ]);
    expect(await post("delete/recipient_map", ["x"])).toEqual({ type: "error", msg: "Cannot delete item" });
  });
});

describe("TLS policy maps", () => {
  const add = (dest: unknown, fields = {}) => ({ dest, policy: "encrypt", ...fields });

  test("are refused by their destination and parameters, and killed by an unknown policy", async () => {
    const { mailcow, post } = inMemory();
    const codes = async (body: object) => codesIn(await post("add/tls-policy-map", body));
    expect(await codes(add(".a.test"))).toEqual(["tls_policy_map_dest_invalid"]);
    expect(await codes(add("a.test", { parameters: "a=b c" }))).toEqual(["tls_policy_map_parameter_invalid"]);
    expect(await post("add/tls-policy-map", add("a.test", { policy: "junk" }))).toBe("");
    expect(await codes(add("[A.test]:25", { policy: "3" }))).toEqual([["tls_policy_map_entry_saved", "[a.test]:25"]]);
    expect(await codes(add("[a.test]:25"))).toEqual([["tls_policy_map_entry_exists", "[a.test]:25"]]);
    expect(mailcow.look("get/tls-policy-map/1")).toMatchObject({ "0": null, policy: "encrypt", active: 0 });
  });

  test("cannot take the destination of another; in other letters, that kills the call", async () => {
    const tlsPolicyMaps = ["a.test", "b.test"].map((dest) => ({ dest, policy: "dane" as const }));
    const { mailcow, post } = inMemory({ tlsPolicyMaps });
    const edit = (dest: string) => post("edit/tls-policy-map", { items: [1], attr: { dest } });
    expect(codesIn(await edit("b.test"))).toEqual([["recipient_map_entry_exists", "b.test"]]);
    expect(await edit("B.test")).toBe("");
    expect(mailcow.look("get/tls-policy-map/1")).toMatchObject({ dest: "a.test", modified: null });
  });
});
