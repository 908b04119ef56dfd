import { type MethodCalls, none } from "./types.ts";

const mailbox = "ann@example.com";
const script_data = "keep;";

export const domainExtras: MethodCalls = {
  "aliasDomains.list": (mcc) => mcc.aliasDomains.list(),
  "aliasDomains.get": (mcc) => mcc.aliasDomains.get("example.net"),
  "aliasDomains.add": (mcc) => mcc.aliasDomains.add({ alias_domain: "example.net", target_domain: "example.com" }),
  "aliasDomains.edit": (mcc) => mcc.aliasDomains.edit("example.net", { target_domain: "example.org" }),
  "aliasDomains.delete": (mcc) => mcc.aliasDomains.delete("example.net"),
  "domains.setFooter": (mcc) => mcc.domains.setFooter("example.com", { html: "<p>Hello</p>", plain: "" }),
  "domainTemplates.list": (mcc) => mcc.domainTemplates.list(),
  "domainTemplates.get": (mcc) => mcc.domainTemplates.get(4),
  "domainTemplates.add": (mcc) => mcc.domainTemplates.add({ template: "Default" }),
  "domainTemplates.edit": (mcc) => mcc.domainTemplates.edit(1, { max_quota_for_domain: 5120 }),
  "domainTemplates.delete": (mcc) => mcc.domainTemplates.delete([3, 4]),
  "filters.list": async (mcc) => [await mcc.filters.list(), await mcc.filters.list(mailbox)],
  "filters.add": (mcc) =>
    mcc.filters.add({ username: mailbox, script_data, script_desc: "first", filter_type: "prefilter" }),
  "filters.edit": (mcc) => mcc.filters.edit(1, { active: 1 }),
  "filters.delete": (mcc) => mcc.filters.delete(1),
  "filters.getActiveScript": (mcc) => mcc.filters.getActiveScript(mailbox),
  "globalFilters.get": async (mcc) => [
    await mcc.globalFilters.get("prefilter"),
    await mcc.globalFilters.get("postfilter"),
  ],
  "globalFilters.getAll": (mcc) => mcc.globalFilters.getAll(),
  "globalFilters.set": (mcc) => mcc.globalFilters.set("prefilter", script_data),
  "mailboxTemplates.list": (mcc) => mcc.mailboxTemplates.list(),
  "mailboxTemplates.get": (mcc) => mcc.mailboxTemplates.get(4),
  "mailboxTemplates.add": (mcc) => mcc.mailboxTemplates.add({ template: "Default", acl: ["pushover"] }),
  "mailboxTemplates.edit": (mcc) => mcc.mailboxTemplates.edit(2, { quota: 1024 }),
  "mailboxTemplates.delete": (mcc) => mcc.mailboxTemplates.delete([3, 4]),
  "mtaSts.add": (mcc) =>
    mcc.mtaSts.add({ domain: "example.com", mode: "testing", mx: "mail.example.com", max_age: 86400 }),
  "mtaSts.edit": (mcc) => mcc.mtaSts.edit("example.com", { mode: "enforce" }),
  "passwordPolicy.get": (mcc) => mcc.passwordPolicy.get(),
  "passwordPolicy.getHtml": (mcc) => mcc.passwordPolicy.getHtml(),
  "passwordPolicy.edit": (mcc) => mcc.passwordPolicy.edit({ length: 12 }),
  "resources.list": (mcc) => mcc.resources.list(),
  "resources.get": (mcc) => mcc.resources.get("TeamBlue@example.com"),
  "resources.add": (mcc) => mcc.resources.add({ domain: "example.com", description: "Beamer", kind: "thing" }),
  "resources.edit": (mcc) => mcc.resources.edit("Beamer@example.com", { multiple_bookings: 1 }),
  "resources.delete": (mcc) => mcc.resources.delete("Beamer@example.com"),
  "timeLimitedAliases.list": (mcc) => mcc.timeLimitedAliases.list(mailbox),
  // The mock lists the same addresses before and after, so that none of them is new.
  "timeLimitedAliases.add": {
    run: (mcc) => mcc.timeLimitedAliases.add({ username: mailbox, domain: "example.com" }),
    answers: { "GET /api/v1/get/time_limited_aliases/{mailbox}": [none] },
  },
  "timeLimitedAliases.edit": (mcc) => mcc.timeLimitedAliases.edit("buzuke.xosi@example.com", { validity: 2 }),
  "timeLimitedAliases.delete": (mcc) => mcc.timeLimitedAliases.delete("buzuke.xosi@example.com"),
};
