import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

const domains = ["a.test", "c.test"];

test("an alias domain is added with a key and a rate limit, and moves to another domain", async () => {
  const { mcc } = inMemory({ domains });
  await mcc.aliasDomains.add({
    ...{ alias_domain: "b.test", target_domain: "a.test", rl_value: 5, rl_frame: "m" },
    ...{ key_size: 1024, dkim_selector: "s" },
  });
  expect(await mcc.aliasDomains.get("b.test")).toMatchObject({ rl: { value: "5", frame: "m" }, parent_is_backupmx: 0 });
  expect(await mcc.dkim.get("b.test")).toMatchObject({ dkim_selector: "s" });
  await mcc.aliasDomains.edit("b.test", { target_domain: "c.test" });
  expect(await mcc.aliasDomains.get("b.test")).toMatchObject({ target_domain: "c.test" });
});

test("refusals: itself, a domain that exists, a target that only relays; an invalid name ends the call", async () => {
  const { post, mcc } = inMemory({ domains });
  const add = async (alias_domain: string, target_domain = "a.test") =>
    codesIn(await post("add/alias-domain", { alias_domain, target_domain }));
  expect(await add("a.test,c.test")).toEqual([
    ["aliasd_targetd_identical", "a.test"],
    ["alias_domain_invalid", "c.test"],
  ]);
  await mcc.domains.edit("c.test", { backupmx: 1 });
  expect(await add("b.test", "c.test")).toEqual([["targetd_relay_domain", "c.test"]]);
  expect(await post("add/alias-domain", { alias_domain: "-", target_domain: "a.test" })).toBe("");
});

test("its aliases go with it", async () => {
  const { mcc } = inMemory({
    domains,
    aliasDomains: [{ alias_domain: "b.test", target_domain: "a.test" }],
    aliases: [{ address: "x@b.test", goto: "y@elsewhere.test" }],
  });
  await mcc.aliasDomains.delete("b.test");
  expect(await mcc.aliases.list()).toEqual([]);
});
