import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

const start = { domains: ["a.test"], aliasDomains: [{ alias_domain: "b.test", target_domain: "a.test" }] };

test("several addresses are added one by one, and each refusal names its own", async () => {
  const { mcc, post } = inMemory({ ...start, mailboxes: ["ann@a.test"] });
  const said = await post("add/alias", { address: "x@a.test,ann@b.test,x@none.test @a.test", goto: "ann@a.test" });
  expect(codesIn(said)).toEqual([
    ["alias_added", "x@a.test", "2"],
    ["is_alias_or_mailbox", "ann@b.test"],
    ["domain_not_found", "none.test"],
    ["alias_added", "@a.test", "3"],
  ]);
  expect(await mcc.aliases.list()).toMatchObject([
    { address: "x@a.test", is_catch_all: 0, active: 0 },
    { address: "@a.test", is_catch_all: 1 },
  ]);
});

test("a domain has so many aliases, and those of its alias domains count", async () => {
  const { post } = inMemory({ ...start, domains: [{ domain: "a.test", aliases: 1 }] });
  const add = async (address: string) => codesIn(await post("add/alias", { address, goto: "x@elsewhere.test" }))[0];
  expect(await add("one@b.test")).toEqual(["alias_added", "one@b.test", "1"]);
  expect(await add("two@a.test")).toBe("max_alias_exceeded");
});

test("an expanded alias is copied into the alias domains once", async () => {
  const { post } = inMemory({ ...start, aliases: [{ address: "x@a.test", goto: "y@elsewhere.test" }] });
  const expand = async (id: string) => codesIn(await post("edit/alias", { items: [id], attr: { expand_alias: 1 } }));
  expect(await expand("x@a.test")).toEqual([
    ["alias_added", "x@b.test", "2"],
    ["alias_modified", "x@a.test"],
  ]);
  expect(await expand("x@a.test")).toEqual([["alias_modified", "x@a.test"]]);
  expect(await expand("x@b.test")).toEqual([["is_not_primary_alias", "x@b.test"]]);
});

test("a mailbox that goes leaves the targets of aliases, and the mail of nobody else", async () => {
  const { mcc } = inMemory({
    ...start,
    mailboxes: ["ann@a.test", "bob@a.test"],
    aliases: [{ address: "both@a.test", goto: "ann@a.test,bob@a.test", active: 1 }],
  });
  await mcc.mailboxes.delete("ann@a.test");
  expect(await mcc.aliases.get("both@a.test")).toMatchObject({ goto: "bob@a.test" });
});

test("older releases show less of an alias", () => {
  const aliases = [{ address: "x@a.test", goto: "y@elsewhere.test" }];
  const row = (mailcow: string) => inMemory({ ...start, aliases, mailcow }).mailcow.look("get/alias/1");
  expect(row("2025-05")).not.toHaveProperty("internal");
  expect(row("2025-12a")).toMatchObject({ internal: 0 });
  expect(row("2025-12a")).not.toHaveProperty("sender_allowed");
});
