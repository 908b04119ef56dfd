import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

test("quotas of a domain template are MiB when they are sent and bytes when they are read, and new domains get them", async () => {
  const { mcc, mailcow } = inMemory();
  const { id } = await mcc.domainTemplates.add({
    template: "Small",
    max_quota_for_domain: 20,
    max_quota_for_mbox: 10,
    def_quota_for_mbox: 5,
  });
  expect(await mcc.domainTemplates.get(id)).toMatchObject({ attributes: { max_quota_for_domain: 20 * 1024 ** 2 } });
  mailcow.add({ domains: [{ domain: "example.com", template: id }] });
  expect(await mcc.domains.get("example.com")).toMatchObject({ max_quota_for_domain: 20 * 1024 ** 2 });
});

test("names of templates are taken, wrong, or those of the first one", async () => {
  const { post, mailcow } = inMemory();
  await post("add/mailbox/template", { template: "A" });
  await post("add/mailbox/template", { template: "B" });
  expect(codesIn(await post("add/mailbox/template", { template: "b" }))).toEqual([["template_exists", "b"]]);
  expect(codesIn(await post("add/mailbox/template", {}))).toEqual(["template_name_invalid"]);
  const attr = { quarantine_category: "all", protocol_access: [], acl: [] };
  expect(codesIn(await post("edit/mailbox/template", { items: [3, 4, 9], attr }))).toEqual([
    "template_id_invalid",
    ["template_modified", "A"],
  ]);
  expect(mailcow.look("get/mailbox/template/4")).toMatchObject({
    template: "A",
    attributes: { imap_access: 0, quota: 0 },
  });
});

test("an edit of a mailbox template without its lists puts the row among the attributes", async () => {
  const { post, mailcow } = inMemory();
  await post("edit/mailbox/template", { items: [2], attr: { quarantine_category: "all" } });
  expect(mailcow.look("get/mailbox/template/2")).toMatchObject({
    attributes: { id: 2, force_pw_update: null, attributes: { imap_access: 1 } },
  });
});

test("Default stays, and of several domain templates, the first one is deleted", async () => {
  const { post, mailcow } = inMemory({ domainTemplates: [{ template: "A" }, { template: "B" }] });
  expect(codesIn(await post("delete/domain/template", [3, 4]))).toEqual([["template_removed", "3"]]);
  expect(codesIn(await post("delete/domain/template", [1]))).toEqual([["template_removed", "1"]]);
  const left = mailcow.look("get/domain/template/all") as { id: number }[];
  expect(left.map(({ id }) => id)).toEqual([1, 4]);
});

test("a template of 2025-05 has no flags that came later", () => {
  const { mailcow } = inMemory({ mailcow: "2025-05", mailboxTemplates: [{ template: "A" }] });
  const { attributes } = mailcow.look("get/mailbox/template/3") as { attributes: object };
  expect(attributes).toHaveProperty("imap_access", 1);
  for (const name of ["force_tfa", "eas_access", "tagged_mail_handler"]) expect(attributes).not.toHaveProperty(name);
});
