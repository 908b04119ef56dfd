import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

const password = "moohoo-Moohoo1";

test("an admin is added, renamed and deleted; the first one is there from the start", async () => {
  const { mcc } = inMemory();
  await mcc.admins.add({ username: "Ann", password });
  expect((await mcc.admins.list()).map(({ username }) => username)).toEqual(["admin", "ann"]);
  await mcc.admins.edit("ann", { username_new: "bob", force_tfa: 1 });
  expect(await mcc.admins.get("bob")).toMatchObject({ attributes: { force_tfa: "1", force_pw_update: "0" } });
  await mcc.admins.delete("bob");
  expect(await mcc.admins.list()).toHaveLength(1);
});

test("the last active admin cannot be switched off, nor can another one as long as it is the only one", async () => {
  const { post } = inMemory({ admins: [{ username: "ann", password, password2: password, active: 0 }] });
  const edit = async (name: string, attr: object) => codesIn(await post("edit/admin", { items: [name], attr }));
  expect(await edit("admin", { active: 0 })).toEqual(["no_active_admin"]);
  expect(await edit("ann", { force_tfa: 1 })).toEqual(["no_active_admin"]);
  expect(await edit("ann", { active: 1 })).toEqual([["admin_modified", "ann"]]);
});

test("passwords are compared as PHP compares them, by the policy of the server", async () => {
  const { post } = inMemory();
  const add = async (password: unknown, password2: unknown) =>
    codesIn(await post("add/admin", { username: "ann", password, password2 }));
  expect(await add("short", "short")).toEqual(["password_complexity"]);
  expect(await add("moohoo1", "moohoo2")).toEqual(["password_mismatch"]);
  expect(await add(1234567, "1234567.0")).toEqual([["admin_added", "ann"]]);
});

test("before 2026-03, admins had no attributes", () => {
  const { mailcow } = inMemory({ mailcow: "2026-01" });
  expect(mailcow.look("get/admin/admin")).not.toHaveProperty("attributes");
});
