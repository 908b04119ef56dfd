import { describe, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { expectRefused } from "../support/refusals.ts";

/** What JavaScript may pass all the same. */
const none = {} as never;
const ann = "ann@example.com";

const calls: Record<string, (mcc: MailcowApiClient) => Promise<unknown>> = {
  "admins.edit": (mcc) => mcc.admins.edit("carl", none),
  "aliasDomains.edit": (mcc) => mcc.aliasDomains.edit("example.net", none),
  "aliases.edit": (mcc) => mcc.aliases.edit(1, none),
  "appPasswords.edit": (mcc) => mcc.appPasswords.edit(1, { username: ann } as never),
  "bccMaps.edit": (mcc) => mcc.bccMaps.edit(1, none),
  "domainAdmins.edit": (mcc) => mcc.domainAdmins.edit("ann", none),
  "domains.edit": (mcc) => mcc.domains.edit("example.com", none),
  "domainTemplates.edit": (mcc) => mcc.domainTemplates.edit(1, none),
  "fail2ban.edit": (mcc) => mcc.fail2ban.edit(none),
  "filters.edit": (mcc) => mcc.filters.edit(1, none),
  "mailboxes.edit": (mcc) => mcc.mailboxes.edit(ann, none),
  "mailboxes.edit with an empty password": (mcc) => mcc.mailboxes.edit(ann, { password: "" }),
  "mailboxes.setTlsPolicy": (mcc) => mcc.mailboxes.setTlsPolicy(ann, none),
  "mailboxTemplates.edit": (mcc) => mcc.mailboxTemplates.edit(1, none),
  "mtaSts.edit": (mcc) => mcc.mtaSts.edit("example.com", none),
  "passwordPolicy.edit": (mcc) => mcc.passwordPolicy.edit(none),
  "pushover.set": (mcc) => mcc.pushover.set(ann, none),
  "recipientMaps.edit": (mcc) => mcc.recipientMaps.edit(1, none),
  "relayHosts.edit": (mcc) => mcc.relayHosts.edit(1, none),
  "resources.edit": (mcc) => mcc.resources.edit("room@example.com", none),
  "rspamdSettings.edit": (mcc) => mcc.rspamdSettings.edit(1, none),
  "syncJobs.edit": (mcc) => mcc.syncJobs.edit(1, none),
  "tlsPolicyMaps.edit": (mcc) => mcc.tlsPolicyMaps.edit(1, none),
  "transports.edit": (mcc) => mcc.transports.edit(1, none),
  editDomain: (mcc) => mcc.editDomain("example.com", none),
  updateMailboxes: (mcc) => mcc.updateMailboxes({ items: ann, attr: none }),
};

describe("an edit that changes nothing", () => {
  test.each(Object.entries(calls))("is refused by %s [guard everywhere/no-changes]", async (_, call) => {
    await expectRefused(call, /must be given: at least one/);
  });
});
