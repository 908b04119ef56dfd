import { describe, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { expectRefused } from "../support/refusals.ts";

const tags = ["café", "CAFE"];
const [domain, ann] = ["example.com", "ann@example.com"];

const calls: Record<string, (mcc: MailcowApiClient) => Promise<unknown>> = {
  addDomain: (mcc) => mcc.addDomain({ domain, tags }),
  editDomain: (mcc) => mcc.editDomain(domain, { tags }),
  addMailbox: (mcc) => mcc.addMailbox({ domain, tags }),
  updateMailboxes: (mcc) => mcc.updateMailboxes({ items: ann, attr: { tags } }),
  "domains.add": (mcc) => mcc.domains.add({ domain, tags }),
  "domains.edit": (mcc) => mcc.domains.edit(domain, { tags }),
  "domains.ensure": (mcc) => mcc.domains.ensure({ domain, tags }),
  "domains.setTags": (mcc) => mcc.domains.setTags(domain, tags),
  "domainTemplates.add": (mcc) => mcc.domainTemplates.add({ template: "small", tags }),
  "domainTemplates.edit": (mcc) => mcc.domainTemplates.edit(1, { tags }),
  "mailboxes.add": (mcc) => mcc.mailboxes.add({ domain, local_part: "ann", quota: 1, tags }),
  "mailboxes.edit": (mcc) => mcc.mailboxes.edit(ann, { tags }),
  "mailboxes.ensure": (mcc) => mcc.mailboxes.ensure({ domain, local_part: "ann", quota: 1, tags }),
  "mailboxes.setTags": (mcc) => mcc.mailboxes.setTags(ann, tags),
  "mailboxTemplates.add": (mcc) => mcc.mailboxTemplates.add({ template: "staff", tags }),
  "mailboxTemplates.edit": (mcc) => mcc.mailboxTemplates.edit(1, { tags }),
};

describe("two tags that are equal to mailcow", () => {
  test.each(Object.entries(calls))("are refused by %s [guard everywhere/tags]", async (_, call) => {
    await expectRefused(call, /tags must be .*none twice in any case, with or without accents/);
  });
});
