import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

test("a footer is replaced as a whole, without the addresses that are unknown", async () => {
  const { mailcow, post } = inMemory({ domains: [{ domain: "a.test", mailboxes: ["ann"] }] });
  const set = async (attr: object) => codesIn(await post("edit/domain/footer", { items: ["A.test"], attr }));
  await set({ html: "<p>Hi</p>", plain: "Hi", skip_replies: 1 });
  expect(await set({ plain: "Bye", exclude: ["ann@a.test", "none@a.test"] })).toEqual([
    ["username_invalid", "none@a.test"],
    ["domain_footer_modified", "a.test"],
  ]);
  const footer = { domain: "a.test", html: "", plain: "Bye", mbox_exclude: ["ann@a.test"], skip_replies: 0 };
  expect(mailcow.state.tables["domain_wide_footer"]).toMatchObject([footer]);
});

test("an unknown domain ends the call", async () => {
  const { mailcow, post } = inMemory({ domains: ["a.test", "b.test"] });
  expect(codesIn(await post("edit/domain/footer", { items: ["a.test", "c.test", "b.test"], attr: {} }))).toEqual([
    ["domain_footer_modified", "a.test"],
    "access_denied",
  ]);
  expect(mailcow.state.tables["domain_wide_footer"]).toHaveLength(1);
});
