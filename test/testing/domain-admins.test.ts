import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

const password = "moohoo-Moohoo1";
const ann = { username: "ann", password, password2: password, domains: ["a.test"], active: 1 } as const;

test("a domain admin is added, moved and deleted", async () => {
  const { mcc } = inMemory({ domains: ["a.test", "b.test"] });
  await mcc.domainAdmins.add({ ...ann });
  expect(await mcc.domainAdmins.get("ann")).toMatchObject({
    selected_domains: ["a.test"],
    unselected_domains: ["b.test"],
  });
  expect(await mcc.domains.get("a.test")).toMatchObject({ domain_admins: "ann" });
  await mcc.domainAdmins.edit("ann", { domains: ["a.test", "b.test"] });
  expect(await mcc.domainAdmins.get("ann")).toMatchObject({ unselected_domains: "" });
  await mcc.domainAdmins.delete("ann");
  expect(await mcc.domainAdmins.list()).toEqual([]);
});

test("an admin goes with its last domain", async () => {
  const { mcc } = inMemory({ domains: ["a.test", "b.test"], domainAdmins: [ann] });
  await mcc.domains.delete("b.test");
  expect(await mcc.domainAdmins.list()).toHaveLength(1);
  await mcc.domains.delete("a.test");
  expect(await mcc.domainAdmins.list()).toEqual([]);
});

test("an account without a domain is said to be added, is not there, and is in the way", async () => {
  const { mailcow, post } = inMemory({ domains: ["a.test"] });
  expect(codesIn(await post("add/domain-admin", { ...ann, domains: ["none.test"] }))).toEqual([
    ["domain_invalid", "none.test"],
    ["domain_admin_added", "ann"],
  ]);
  expect(mailcow.look("get/domain-admin/ann")).toEqual({});
  expect(await post("add/domain-admin", ann)).toBe("");
  expect(mailcow.look("get/domain-admin/ann")).toMatchObject({ username: "ann" });
});

test("what an edit did stays when the password is refused", async () => {
  const { mailcow, post } = inMemory({ domains: ["a.test", "b.test"], domainAdmins: [ann] });
  const attr = { username_new: "bob", domains: ["b.test"], password: "x", password2: "x" };
  expect(codesIn(await post("edit/domain-admin", { items: ["ann"], attr }))).toEqual(["password_complexity"]);
  expect(mailcow.look("get/domain-admin/bob")).toMatchObject({ selected_domains: ["b.test"] });
  expect(mailcow.look("get/domain-admin/all")).toEqual({});
});

test("rights that are not named are taken", async () => {
  const { mailcow, mcc } = inMemory({ domains: ["a.test"], domainAdmins: [ann] });
  await mcc.domainAdmins.setAcl("ann", ["bcc_maps", "filters"]);
  expect(mailcow.state.tables["da_acl"]).toEqual([{ username: "ann", rights: ["bcc_maps", "filters"] }]);
});

test("a token is made for those who have a domain", async () => {
  const { mcc } = inMemory({ domains: ["a.test"], domainAdmins: [ann] });
  expect(await mcc.domainAdmins.ssoToken("ann")).toMatch(/^[0-9A-F]{6}(-[0-9A-F]{6}){4}$/);
  await expect(mcc.domainAdmins.ssoToken("bob")).rejects.toMatchObject({ codes: ["object_doesnt_exist"] });
});
