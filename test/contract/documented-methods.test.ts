import { describe, expect, inject, test } from "vitest";
import { MailcowApiClient } from "../../src/index.ts";

/** A client whose mock answers one named example of the contract. */
const answering = (example?: string) =>
  new MailcowApiClient(inject("prism"), "any-key", { headers: example ? { Prefer: `example=${example}` } : {} });
const mcc = answering();
const password = "moohoo-moohoo-1A!";

describe("a documented method, against a mock that checks its request", () => {
  test.each<[name: string, answer: () => Promise<unknown>, expected: unknown]>([
    ["getDomain", () => mcc.getDomain(), [expect.objectContaining({ domain_name: "example.com" })]],
    ["getDomain of one", () => mcc.getDomain("example.org"), [expect.objectContaining({ domain_name: "example.org" })]],
    ["addDomain", () => mcc.addDomain({ domain: "example.com" }), true],
    ["addDomain by name", () => mcc.addDomain("example.com"), true],
    ["editDomain", () => mcc.editDomain(["example.com"], { aliases: 399 }), true],
    ["editDomain of one", () => mcc.editDomain("example.com", { active: false, tags: ["red"] }), true],
    ["deleteDomain", () => mcc.deleteDomain("example.com"), true],
    ["addDKIM", () => mcc.addDKIM({ domain: "example.com", dkim_selector: "dkim", key_size: 2048 }), true],
    ["addDKIM of several", () => mcc.addDKIM({ domain: ["example.com", "example.org"] }), true],
    ["getDKIM", () => mcc.getDKIM("example.com"), expect.objectContaining({ dkim_selector: "dkim", privkey: "" })],
    ["deleteDKIM", () => mcc.deleteDKIM(["example.com"]), true],
    ["addAndGetDKIM", () => mcc.addAndGetDKIM("example.com"), expect.objectContaining({ dkim_selector: "dkim" })],
    [
      "addDomainAdmin",
      () => mcc.addDomainAdmin({ domains: "example.com", username: "Ann", password }),
      { username: "ann", password, domains: ["example.com"] },
    ],
    [
      "addDomainAdmin with what is made",
      () => mcc.addDomainAdmin({ domains: ["example.com"] }),
      {
        username: expect.stringMatching(/^[a-z][a-z0-9]{11}$/),
        password: expect.stringMatching(/^.{24}$/),
        domains: ["example.com"],
      },
    ],
    [
      "addMailbox",
      () =>
        mcc.addMailbox({ domain: "example.com", local_part: "ann", name: "Ann", password, quota: 1024, active: true }),
      { username: "ann@example.com", password, domain: "example.com", name: "Ann", local_part: "ann", quota: 1024 },
    ],
    [
      "addMailbox with its defaults",
      () => mcc.addMailbox({ domain: "example.com" }),
      {
        username: "mail@example.com",
        name: "John Doe",
        local_part: "mail",
        quota: 3072,
        domain: "example.com",
        password: expect.any(String),
      },
    ],
    ["deleteMailbox", () => mcc.deleteMailbox(["ann@example.com", "bob@example.com"]), true],
    ["deleteMailbox of one", () => mcc.deleteMailbox("ann@example.com"), true],
    ["addAlias", () => mcc.addAlias("@example.com", "ann@example.com,bob@example.com"), true],
    [
      "updateMailboxes as documented",
      () =>
        mcc.updateMailboxes({
          attr: {
            active: "1",
            force_pw_update: "0",
            name: "Full name",
            password: "",
            password2: "",
            quota: "3072",
            sender_acl: ["default", "info@example.org"],
            sogo_access: "1",
          },
          items: ["info@example.com"],
        }),
      [expect.objectContaining({ type: "success", code: "mailbox_modified" })],
    ],
    ["getMailboxes", () => mcc.getMailboxes("all"), [expect.objectContaining({ username: expect.any(String) })]],
    [
      "getMailboxes of one",
      () => mcc.getMailboxes("ann@example.com"),
      [expect.objectContaining({ local_part: expect.any(String) })],
    ],
  ])("%s succeeds", async (_, answer, expected) => {
    expect(await answer()).toEqual(expected);
  });

  test.each<[name: string, answer: () => Promise<unknown>, expected: unknown]>([
    ["getDomain", () => answering("empty").getDomain(), []],
    ["getDomain of one", () => answering("empty").getDomain("example.com"), []],
    ["getDKIM", () => answering("empty").getDKIM("example.com"), null],
    ["getMailboxes", () => answering("empty").getMailboxes(), []],
    ["getMailboxes of one", () => answering("empty").getMailboxes("ann@example.com"), []],
  ])("%s of nothing answers nothing", async (_, answer, expected) => {
    expect(await answer()).toEqual(expected);
  });

  const refusing = answering("refused");
  test.each<[name: string, answer: () => Promise<unknown>, code: string]>([
    ["addDomain", () => refusing.addDomain("example.com"), "domain_exists"],
    ["editDomain", () => refusing.editDomain("example.com", { mailboxes: 1 }), "mailboxes_in_use"],
    ["deleteDomain", () => refusing.deleteDomain("example.com"), "domain_not_empty"],
    ["addDKIM", () => refusing.addDKIM("example.com"), "dkim_domain_or_sel_invalid"],
    ["deleteDKIM", () => refusing.deleteDKIM("example.com"), "dkim_domain_or_sel_invalid"],
    ["addDomainAdmin", () => refusing.addDomainAdmin({ domains: "example.com", password }), "password_complexity"],
    ["addMailbox", () => refusing.addMailbox({ domain: "example.com", password }), "max_mailbox_exceeded"],
    ["deleteMailbox", () => refusing.deleteMailbox("ann@example.com"), "access_denied"],
    ["addAlias", () => refusing.addAlias("ann@example.com", "bob@example.com"), "is_alias_or_mailbox"],
    [
      "updateMailboxes",
      () => refusing.updateMailboxes({ items: ["ann@example.com"], attr: { quota: 99999, attribute_hash: "7a6e" } }),
      "mailbox_quota_left_exceeded",
    ],
  ])("%s throws a refusal with mailcow's code", async (_, answer, code) => {
    await expect(answer()).rejects.toMatchObject({ kind: "rejected", codes: [code] });
  });

  test("addDomain tells what was done in spite of a refusal", async () => {
    const error = await answering("mixed")
      .addDomain("example.com")
      .catch((reason) => reason);
    expect(error).toMatchObject({ kind: "rejected", codes: ["rl_timeframe"] });
    expect(error.results.map(({ code }: { code: string }) => code)).toContain("domain_added");
  });

  test("a key that may only read is turned away with its reason", async () => {
    const write = new MailcowApiClient(inject("prism"), "any-key", { headers: { Prefer: "code=403" } });
    await expect(write.deleteDomain("example.com")).rejects.toMatchObject({ kind: "auth", reason: "read-only-key" });
  });
});
