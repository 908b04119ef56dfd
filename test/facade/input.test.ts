import { describe, expect, test } from "vitest";
import { type AliasAttributes, MailcowApiClient, MailcowInputError } from "../../src/index.ts";
import { bodiesOf, clientOf, policy, success } from "../support/client.ts";
import { json } from "../support/server.ts";

const password = "moohoo-moohoo";
const answers = {
  "get/passwordpolicy": policy,
  "get/domain/all": {},
  "get/dkim/example.com": {},
  "get/mailbox/ann@a.com": {},
  "add/domain": success("domain_added", "example.com"),
  "edit/domain": success("domain_modified", "example.com"),
  "delete/domain": success("domain_removed", "example.com"),
  "add/dkim": success("dkim_added", "example.com"),
  "delete/dkim": success("dkim_removed", "example.com"),
  "add/domain-admin": success("domain_admin_added", "ann"),
  "add/mailbox": success("mailbox_added", "ann@example.com"),
  "edit/mailbox": success("mailbox_modified", "ann@example.com"),
  "delete/mailbox": success("mailbox_removed", "ann@example.com"),
  "add/alias": success("alias_added", "a@example.com", "7"),
};

describe("what is sent", () => {
  const cases: [name: string, call: (mcc: MailcowApiClient) => Promise<unknown>, body: unknown][] = [
    [
      "a domain with the documented defaults",
      (mcc) => mcc.addDomain({ domain: "example.com" }),
      { domain: "example.com", active: 1, aliases: 400, defquota: 3072, mailboxes: 10, maxquota: 10240, quota: 10240 },
    ],
    [
      "a default where a field is given as undefined",
      (mcc) => mcc.addDomain({ domain: "example.com", quota: undefined as never }),
      { domain: "example.com", active: 1, aliases: 400, defquota: 3072, mailboxes: 10, maxquota: 10240, quota: 10240 },
    ],
    [
      "a domain with a template and without defaults that would overrule it",
      (mcc) => mcc.addDomain({ domain: "example.com", template: 5 }),
      { domain: "example.com", template: 5 },
    ],
    [
      "one domain as a list",
      (mcc) => mcc.editDomain("Example.com", { aliases: 399 }),
      { items: ["example.com"], attr: { aliases: 399 } },
    ],
    [
      "domains to delete as a bare list",
      (mcc) => mcc.deleteDomain(["a.com", "Bücher.de"]),
      ["a.com", "xn--bcher-kva.de"],
    ],
    [
      "a DKIM key in the field that the route takes",
      (mcc) => mcc.addDKIM("Example.com"),
      { domains: "example.com", dkim_selector: "dkim", key_size: 2048 },
    ],
    [
      "DKIM keys of several domains",
      (mcc) => mcc.addDKIM({ domain: ["a.com", "b.com, c.com"], key_size: 4096 }),
      { domains: "a.com,b.com,c.com", dkim_selector: "dkim", key_size: 4096 },
    ],
    ["domains to delete the keys of", (mcc) => mcc.deleteDKIM("a.com"), ["a.com"]],
    [
      "a domain admin, active",
      (mcc) => mcc.addDomainAdmin({ domains: "a.com", username: " Ann ", password }),
      { domains: ["a.com"], username: "ann", password, password2: password, active: 1 },
    ],
    [
      "a mailbox with the documented defaults",
      (mcc) => mcc.addMailbox({ domain: "Example.com", password }),
      {
        domain: "example.com",
        local_part: "mail",
        name: "John Doe",
        quota: 3072,
        active: 1,
        password,
        password2: password,
      },
    ],
    [
      "an unlimited mailbox, when that is what is asked for",
      (mcc) => mcc.addMailbox({ domain: "a.com", local_part: "Ann", name: "Ann", quota: 0, active: false, password }),
      { domain: "a.com", local_part: "ann", name: "Ann", quota: 0, active: false, password, password2: password },
    ],
    ["mailboxes to delete as a bare list", (mcc) => mcc.deleteMailbox("Ann@Bücher.de"), ["Ann@xn--bcher-kva.de"]],
    [
      "an alias, active",
      (mcc) => mcc.addAlias("@example.com", "ann@a.com, bob@b.com"),
      { address: "@example.com", goto: "ann@a.com,bob@b.com", active: 1 },
    ],
    [
      "aliases out of lists",
      (mcc) => mcc.addAlias(["x@a.com", "y@a.com"], ["z@a.com"]),
      { address: "x@a.com,y@a.com", goto: "z@a.com", active: 1 },
    ],
    [
      "a new password twice",
      (mcc) => mcc.updateMailboxes({ items: "ann@a.com", attr: { password } }),
      { items: ["ann@a.com"], attr: { password, password2: password } },
    ],
    [
      "no password where an empty one says to keep it",
      (mcc) => mcc.updateMailboxes({ items: ["ann@a.com"], attr: { name: "Ann", password: "", password2: "" } }),
      { items: ["ann@a.com"], attr: { name: "Ann" } },
    ],
  ];
  test.each(cases)("%s", async (_, call, body) => {
    const { mcc, server } = await clientOf(answers);
    await call(mcc);
    expect(bodiesOf(server)).toEqual([body]);
  });

  test("a password that the server's policy allows, a new one each time", async () => {
    const { mcc, server } = await clientOf({ ...answers, "get/passwordpolicy": { ...policy, length: "40" } });
    const made = await Promise.all([1, 2, 3].map(() => mcc.addMailbox({ domain: "a.com" })));
    const passwords = made.map(({ password }) => password);
    expect(new Set(passwords).size).toBe(3);
    for (const made of passwords) expect(made).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.*[^A-Za-z0-9]).{40}$/);
    expect(
      bodiesOf(server)
        .map((body) => (body as { password2: string }).password2)
        .sort(),
    ).toEqual(passwords.sort());
  });

  test("several updates one after the other, up to the first refusal, with the answers so far", async () => {
    let calls = 0;
    const { mcc, server } = await clientOf((response, { method }) => {
      if (method === "GET") return json(response, {});
      const answer =
        ++calls === 2 ? [{ type: "danger", log: [], msg: "access_denied" }] : success("mailbox_modified", `${calls}`);
      response.end(JSON.stringify(answer));
    });
    const updates = ["a@x.com", "b@x.com", "c@x.com"].map((address) => ({ items: [address], attr: { name: address } }));
    const error = await mcc.updateMailboxes(updates).catch((reason) => reason);
    expect(error).toMatchObject({
      kind: "rejected",
      codes: ["access_denied"],
      results: [{ msg: ["mailbox_modified", "1"] }, { msg: "access_denied" }],
    });
    expect(bodiesOf(server)).toHaveLength(2);
  });

  test("several updates only where all of them are right", async () => {
    const { mcc, server } = await clientOf(answers);
    const updates = [
      { items: ["ann@a.com"], attr: { name: "Ann" } },
      { items: ["ann@a.com"], attr: { quota: "much" as never } },
    ];
    await expect(mcc.updateMailboxes(updates)).rejects.toThrow("edit/mailbox: quota must be a whole number");
    expect(server.seen).toEqual([]);
  });

  test("a key that is there already is answered and not made again", async () => {
    const key = { pubkey: "MII", length: "2048", dkim_txt: "v=DKIM1", dkim_selector: "old", privkey: "" };
    const { mcc, server } = await clientOf({ "get/dkim/example.com": key });
    expect(await mcc.addAndGetDKIM({ domain: "Example.com", dkim_selector: "new" })).toEqual(key);
    expect(bodiesOf(server)).toEqual([]);
  });

  test("a key that somebody else made meanwhile is answered too", async () => {
    const key = { dkim_selector: "theirs" };
    const refusal = [{ type: "danger", log: [], msg: ["dkim_domain_or_sel_invalid", "a.com"] }];
    let reads = 0;
    const { mcc } = await clientOf(
      (response, { method }) =>
        void response.end(JSON.stringify(method === "POST" ? refusal : reads++ === 0 ? {} : key)),
    );
    expect(await mcc.addAndGetDKIM("a.com")).toEqual(key);
    const { mcc: denied } = await clientOf({ "get/dkim/a.com": {}, "add/dkim": refusal });
    await expect(denied.addAndGetDKIM("a.com")).rejects.toMatchObject({ codes: ["dkim_domain_or_sel_invalid"] });
    const { mcc: liar } = await clientOf({ "get/dkim/a.com": {}, "add/dkim": success("dkim_added", "a.com") });
    await expect(liar.addAndGetDKIM("a.com")).rejects.toMatchObject({ kind: "reply" });
  });

  test("a resource, which mailcow answers as a row of nulls, is no mailbox", async () => {
    const { mcc } = await clientOf({ "get/mailbox/room@example.com": { username: null, active: null } });
    expect(await mcc.getMailboxes("room@example.com")).toEqual([]);
  });
});

describe("what is refused before it is sent, with the name of the field", () => {
  const wrong = (value: unknown) => value as never;
  const cases: [name: string, call: (mcc: MailcowApiClient) => Promise<unknown>, says: RegExp][] = [
    [
      "a quota that is no number",
      (mcc) => mcc.addMailbox({ domain: "a.com", quota: "abc" }),
      /quota must be a whole number of MiB/,
    ],
    [
      "a quota with its unit",
      (mcc) => mcc.addMailbox({ domain: "a.com", quota: "12 MiB" }),
      /quota must be a whole number of MiB/,
    ],
    ["a quota below nothing", (mcc) => mcc.updateMailboxes({ items: "a@a.com", attr: { quota: -1 } }), /quota must be/],
    ["an empty quota", (mcc) => mcc.addDomain({ domain: "a.com", quota: "" }), /^add\/domain: quota must be/],
    ["half a mailbox", (mcc) => mcc.addDomain({ domain: "a.com", mailboxes: 1.5 }), /mailboxes must be a whole number/],
    ["no number at all", (mcc) => mcc.editDomain("a.com", { aliases: Number.NaN }), /aliases must be/],
    ["a word for a flag", (mcc) => mcc.editDomain("a.com", { active: wrong("yes") }), /active must be true or false/],
    ["null", (mcc) => mcc.editDomain("a.com", { active: wrong(null) }), /active must be/],
    [
      "the id among the attributes",
      (mcc) => mcc.editDomain("a.com", wrong({ domain: "b.com" })),
      /domain must be left out: there is no such field/,
    ],
    [
      "the id of a mailbox among the attributes",
      (mcc) => mcc.updateMailboxes({ items: "a@a.com", attr: wrong({ username: "b@a.com" }) }),
      /username must be left out/,
    ],
    [
      "a field that the route ignores",
      (mcc) => mcc.editDomain("a.com", wrong({ rl_value: 5 })),
      /rl_value must be left out/,
    ],
    [
      "a field that every object has",
      (mcc) => mcc.addDomain({ domain: "a.com", ...{ constructor: 1 } }),
      /constructor must be left out/,
    ],
    [
      "a double tag",
      (mcc) => mcc.addDomain({ domain: "a.com", tags: ["Red", "red"] }),
      /tags must be .* a list of up to 26 entries, none twice/,
    ],
    ["an empty tag", (mcc) => mcc.editDomain("a.com", { tags: [""] }), /tags/],
    [
      "too many tags",
      (mcc) => mcc.editDomain("a.com", { tags: Array.from({ length: 27 }, (_, i) => `t${i}`) }),
      /tags/,
    ],
    [
      "a long description",
      (mcc) => mcc.addDomain({ domain: "a.com", description: "x".repeat(256) }),
      /description must be a text of up to 255/,
    ],
    [
      "a span that is none",
      (mcc) => mcc.addDomain({ domain: "a.com", rl_value: 1, rl_frame: wrong("x") }),
      /rl_frame must be "s", "m", "h", "d"/,
    ],
    ["no domain", (mcc) => mcc.addDomain(wrong({})), /domain must be a domain/],
    ["an empty domain", (mcc) => mcc.addDomain(" "), /domain must be/],
    ["nothing", (mcc) => mcc.addDomain(wrong(undefined)), /the input must be an object/],
    ["a list", (mcc) => mcc.addMailbox(wrong([])), /the input must be an object/],
    ["an address for a domain", (mcc) => mcc.getDomain("ann@a.com"), /domain must be a single domain/],
    ["a path for a domain", (mcc) => mcc.getDomain("ü/../x"), /domain must be a single domain/],
    ["no items", (mcc) => mcc.deleteDomain([]), /the input must be a list of at least 1 entry/],
    ["an empty item", (mcc) => mcc.editDomain(["a.com", ""], {}), /domain must be/],
    ["a number for an item", (mcc) => mcc.deleteDKIM(wrong(5)), /domain must be/],
    ["no attributes", (mcc) => mcc.updateMailboxes(wrong({ items: ["a@a.com"] })), /the input must be an object/],
    ["no address", (mcc) => mcc.deleteMailbox("ann"), /mailbox must be an address/],
    ["an address without a domain", (mcc) => mcc.getMailboxes("ann@"), /mailbox must be an address/],
    [
      "a local part with a slash",
      (mcc) => mcc.addMailbox({ domain: "a.com", local_part: "a/b" }),
      /local_part must be/,
    ],
    [
      "a local part that is an address",
      (mcc) => mcc.addMailbox({ domain: "a.com", local_part: "a@a.com" }),
      /local_part must be/,
    ],
    [
      "passwords that differ",
      (mcc) => mcc.addMailbox({ domain: "a.com", password, password2: "other" }),
      /password and password2 differ/,
    ],
    [
      "a repetition of nothing",
      (mcc) => mcc.addDomainAdmin({ domains: "a.com", password2: password }),
      /password2 repeats password/,
    ],
    [
      "a selector with a blank",
      (mcc) => mcc.addDKIM({ domain: "a.com", dkim_selector: "a b" }),
      /dkim_selector must be a text: .*ASCII/,
    ],
    [
      "a key of no size",
      (mcc) => mcc.addDKIM({ domain: "a.com", key_size: 0 }),
      /key_size must be a whole number of at least 512/,
    ],
    [
      "keys of several where one is answered",
      (mcc) => mcc.addAndGetDKIM({ domain: ["a.com", "b.com"] }),
      /single domain/,
    ],
    [
      "a user name that can't be read again",
      (mcc) => mcc.addDomainAdmin({ domains: "a.com", username: "all" }),
      /username must be/,
    ],
    [
      "a user name with an umlaut",
      (mcc) => mcc.addDomainAdmin({ domains: "a.com", username: "jürgen" }),
      /username must be a text: .*ASCII/,
    ],
    [
      "an alias of itself",
      (mcc) => mcc.addAlias("a@a.com", ["b@a.com", "A@a.com"]),
      /goto must be other than the address itself/,
    ],
    ["an alias to nowhere", (mcc) => mcc.addAlias("a@a.com", " , "), /goto must be at least one/],
    ["an alias to a word", (mcc) => mcc.addAlias("a@a.com", "ann"), /goto must be an address/],
    [
      "a protocol that is none",
      (mcc) => mcc.addMailbox({ domain: "a.com", protocol_access: [wrong("http")] }),
      /protocol_access must be "imap", "pop3"/,
    ],
  ];
  test.each(cases)("%s", async (_, call, says) => {
    const { mcc, server } = await clientOf(answers);
    const outcome = Promise.resolve().then(() => call(mcc));
    await expect(outcome).rejects.toBeInstanceOf(MailcowInputError);
    await expect(outcome).rejects.toThrow(says);
    expect(server.seen.filter(({ method }) => method === "POST")).toEqual([]);
  });
});

describe("several flags of an alias, or one beside targets, of which mailcow would heed one in silence", () => {
  const verbs: [verb: string, call: (mcc: MailcowApiClient, ends: AliasAttributes) => Promise<unknown>][] = [
    ["add", (mcc, ends) => mcc.aliases.add({ address: "a@a.com", ...ends })],
    ["edit", (mcc, ends) => mcc.aliases.edit(7, ends)],
    ["ensure", (mcc, ends) => mcc.aliases.ensure({ address: "a@a.com", ...ends })],
  ];
  const several: AliasAttributes[] = [
    { goto_null: 1, goto_spam: true },
    { goto_null: 0, goto_spam: "1", goto_ham: 1 },
    { goto_ham: true, goto: "b@b.com" },
    { goto_null: "1", goto: ["b@b.com", "c@c.com"] },
    { goto_null: 1, goto_spam: 1, goto_ham: 1, goto: "b@b.com" },
  ];
  describe.each(verbs)("are refused by %s before anything is sent", (_, call) => {
    test.each(several)("%j", async (ends) => {
      const { mcc, server } = await clientOf(answers);
      const outcome = Promise.resolve().then(() => call(mcc, ends));
      await expect(outcome).rejects.toBeInstanceOf(MailcowInputError);
      await expect(outcome).rejects.toThrow("goto must be a target, or one of goto_null, goto_spam and goto_ham");
      expect(server.seen).toEqual([]);
    });
  });

  test.each(verbs)("do not stand in the way of %s where all flags but one are off", async (verb, call) => {
    const ends = { goto_null: 0, goto_spam: "0", goto_ham: true } as const;
    const row = { id: 7, address: "a@a.com", goto: "ham@localhost" };
    const { mcc, server } = await clientOf({
      ...{ ...answers, "edit/alias": success("alias_modified", "a@a.com") },
      ...{ "get/alias/7": row, "get/alias/a@a.com": {} },
    });
    await call(mcc, ends);
    expect(bodiesOf(server)).toEqual([
      verb === "edit" ? { items: [7], attr: ends } : { address: "a@a.com", active: 1, ...ends },
    ]);
  });
});

describe("fromEnv", () => {
  test("takes address and key from the environment", async () => {
    const { server } = await clientOf(answers);
    const mcc = MailcowApiClient.fromEnv({}, { MAILCOW_API_BASEURL: `${server.url}/api/v1/`, MAILCOW_API_KEY: "key" });
    expect(await mcc.getDomain()).toEqual([]);
    expect(server.seen[0]?.headers["x-api-key"]).toBe("key");
  });

  test("says which of them is missing", () => {
    expect(() => MailcowApiClient.fromEnv({}, {})).toThrow(/baseUrl is missing/);
    expect(() => MailcowApiClient.fromEnv({}, { MAILCOW_API_BASEURL: "https://mail.example.com" })).toThrow(
      /apiKey is missing/,
    );
  });
});
