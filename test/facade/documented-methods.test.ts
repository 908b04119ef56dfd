import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Exchange, readRecordings } from "../../scripts/lib/conformance/recordings.ts";
import { Validator } from "../../scripts/lib/conformance/validator.ts";
import { files } from "../../scripts/lib/files.ts";
import { MailcowApiClient, MailcowInputError } from "../../src/index.ts";
import { bodiesOf, clientOf, policy, success } from "../support/client.ts";
import { many, none, testMethods } from "../support/methods.ts";
import { mockFetch } from "../support/mock.ts";
import { json, serve } from "../support/server.ts";
import { isLookUp } from "../support/server-of-rows.ts";

type Call = (mcc: MailcowApiClient) => Promise<unknown>;

const password = "moohoo-moohoo-1A!";

testMethods("", {
  getDomain: [(mcc) => mcc.getDomain(), (mcc) => mcc.getDomain("example.com")],
  addDomain: (mcc) => mcc.addDomain({ domain: "example.com", template: 1 }),
  editDomain: (mcc) => mcc.editDomain("example.com", { aliases: 399, relayhost: 1, tags: ["new"] }),
  deleteDomain: (mcc) => mcc.deleteDomain("example.com"),
  addDKIM: (mcc) => mcc.addDKIM("example.com"),
  getDKIM: (mcc) => mcc.getDKIM("example.com"),
  deleteDKIM: (mcc) => mcc.deleteDKIM("example.com"),
  addAndGetDKIM: {
    run: (mcc) => mcc.addAndGetDKIM("example.com"),
    answers: { "GET /api/v1/get/dkim/{domain}": [none] },
  },
  addDomainAdmin: (mcc) => mcc.addDomainAdmin({ domains: "example.com" }),
  addMailbox: [
    (mcc) => mcc.addMailbox({ domain: "example.com" }),
    (mcc) => mcc.addMailbox({ domain: "example.com", template: 1, relayhost: 1, authsource: "keycloak" }),
  ],
  deleteMailbox: (mcc) => mcc.deleteMailbox("ann@example.com"),
  addAlias: (mcc) => mcc.addAlias("info@example.com", "ann@example.com"),
  updateMailboxes: [
    (mcc) => mcc.updateMailboxes({ items: ["ann@example.com"], attr: { name: "Ann", password } }),
    (mcc) => mcc.updateMailboxes({ items: many, attr: { name: "Ann" } }),
    (mcc) => mcc.updateMailboxes({ items: ["ann@example.com"], attr: { relayhost: 1, authsource: "keycloak" } }),
  ],
  getMailboxes: [
    (mcc) => mcc.getMailboxes(),
    { run: (mcc) => mcc.getMailboxes(), answers: { "POST /api/v1/search/mailbox": [{ status: 404, body: {} }] } },
    (mcc) => mcc.getMailboxes("ann@example.com"),
  ],
  serverVersion: (mcc, options) => mcc.serverVersion(options),
});

describe("on examples of the contract", () => {
  /** A client of a mock that answers a named example of each route. */
  const answering = (prefer?: string) =>
    new MailcowApiClient("https://mail.example.com", "any-key", {
      fetch: mockFetch,
      headers: prefer ? { Prefer: prefer } : {},
    });

  test.each<[title: string, call: Call, expected: unknown]>([
    [
      "getDomain: returns all domains",
      (mcc) => mcc.getDomain(),
      [expect.objectContaining({ domain_name: "example.com" })],
    ],
    [
      "getDomain: returns one domain in a list",
      (mcc) => mcc.getDomain("example.org"),
      [expect.objectContaining({ domain_name: "example.org" })],
    ],
    ["addDomain: returns true", (mcc) => mcc.addDomain({ domain: "example.com" }), true],
    ["addDomain: takes a name alone", (mcc) => mcc.addDomain("example.com"), true],
    ["editDomain: returns true", (mcc) => mcc.editDomain(["example.com"], { aliases: 399 }), true],
    ["editDomain: takes a name alone", (mcc) => mcc.editDomain("example.com", { active: false, tags: ["red"] }), true],
    ["deleteDomain: returns true", (mcc) => mcc.deleteDomain("example.com"), true],
    [
      "addDKIM: returns true",
      (mcc) => mcc.addDKIM({ domain: "example.com", dkim_selector: "dkim", key_size: 2048 }),
      true,
    ],
    ["addDKIM: takes several domains", (mcc) => mcc.addDKIM({ domain: ["example.com", "example.org"] }), true],
    [
      "getDKIM: returns the key",
      (mcc) => mcc.getDKIM("example.com"),
      expect.objectContaining({ dkim_selector: "dkim", privkey: "" }),
    ],
    ["deleteDKIM: returns true", (mcc) => mcc.deleteDKIM(["example.com"]), true],
    [
      "addAndGetDKIM: returns the key",
      (mcc) => mcc.addAndGetDKIM("example.com"),
      expect.objectContaining({ dkim_selector: "dkim" }),
    ],
    [
      "addDomainAdmin: returns the credentials",
      (mcc) => mcc.addDomainAdmin({ domains: "example.com", username: "Ann", password }),
      { username: "ann", password, domains: ["example.com"] },
    ],
    [
      "addDomainAdmin: generates a name and a password where none are given",
      (mcc) => mcc.addDomainAdmin({ domains: ["example.com"] }),
      {
        username: expect.stringMatching(/^[a-z][a-z0-9]{11}$/),
        password: expect.stringMatching(/^.{24}$/),
        domains: ["example.com"],
      },
    ],
    [
      "addMailbox: returns what was added",
      (mcc) =>
        mcc.addMailbox({ domain: "example.com", local_part: "ann", name: "Ann", password, quota: 1024, active: true }),
      { username: "ann@example.com", password, domain: "example.com", name: "Ann", local_part: "ann", quota: 1024 },
    ],
    [
      "addMailbox: returns the defaults that it sent",
      (mcc) => mcc.addMailbox({ domain: "example.com" }),
      {
        username: "mail@example.com",
        name: "John Doe",
        local_part: "mail",
        quota: 3072,
        domain: "example.com",
        password: expect.any(String),
      },
    ],
    ["deleteMailbox: returns true", (mcc) => mcc.deleteMailbox(["ann@example.com", "bob@example.com"]), true],
    ["deleteMailbox: takes an address alone", (mcc) => mcc.deleteMailbox("ann@example.com"), true],
    ["addAlias: returns true", (mcc) => mcc.addAlias("@example.com", "ann@example.com,bob@example.com"), true],
    [
      "updateMailboxes: takes the input that the old documentation shows",
      (mcc) =>
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
    [
      "getMailboxes: returns all mailboxes",
      (mcc) => mcc.getMailboxes("all"),
      [expect.objectContaining({ username: expect.any(String) })],
    ],
    [
      "getMailboxes: returns one mailbox in a list",
      (mcc) => mcc.getMailboxes("ann@example.com"),
      [expect.objectContaining({ local_part: expect.any(String) })],
    ],
  ])("%s", async (_, call, expected) => {
    expect(await call(answering())).toEqual(expected);
  });

  test.each<[title: string, call: Call, expected: unknown]>([
    ["getDomain: returns [] where there are none", (mcc) => mcc.getDomain(), []],
    ["getDomain: returns [] for an unknown domain", (mcc) => mcc.getDomain("example.com"), []],
    ["getDKIM: returns null where there is no key", (mcc) => mcc.getDKIM("example.com"), null],
    ["getMailboxes: returns [] where there are none", (mcc) => mcc.getMailboxes(), []],
    ["getMailboxes: returns [] for an unknown mailbox", (mcc) => mcc.getMailboxes("ann@example.com"), []],
  ])("%s", async (_, call, expected) => {
    expect(await call(answering("example=empty"))).toEqual(expected);
  });

  test.each<[method: string, code: string, call: Call]>([
    ["addDomain", "domain_exists", (mcc) => mcc.addDomain("example.com")],
    ["editDomain", "mailboxes_in_use", (mcc) => mcc.editDomain("example.com", { mailboxes: 1 })],
    ["deleteDomain", "domain_not_empty", (mcc) => mcc.deleteDomain("example.com")],
    ["addDKIM", "dkim_domain_or_sel_invalid", (mcc) => mcc.addDKIM("example.com")],
    ["deleteDKIM", "dkim_domain_or_sel_invalid", (mcc) => mcc.deleteDKIM("example.com")],
    ["addDomainAdmin", "password_complexity", (mcc) => mcc.addDomainAdmin({ domains: "example.com", password })],
    ["addMailbox", "max_mailbox_exceeded", (mcc) => mcc.addMailbox({ domain: "example.com", password })],
    ["deleteMailbox", "access_denied", (mcc) => mcc.deleteMailbox("ann@example.com")],
    ["addAlias", "is_alias_or_mailbox", (mcc) => mcc.addAlias("ann@example.com", "bob@example.com")],
    [
      "updateMailboxes",
      "mailbox_quota_left_exceeded",
      (mcc) => mcc.updateMailboxes({ items: ["ann@example.com"], attr: { quota: 99999, attribute_hash: "7a6e" } }),
    ],
  ])("%s: throws mailcow's code %s", async (_, code, call) => {
    await expect(call(answering("example=refused"))).rejects.toMatchObject({ kind: "rejected", codes: [code] });
  });

  test("addDomain: lists what was done despite a refusal", async () => {
    const error = await answering("example=mixed")
      .addDomain("example.com")
      .catch((reason) => reason);
    expect(error).toMatchObject({ kind: "rejected", codes: ["rl_timeframe"] });
    expect(error.results.map(({ code }: { code: string }) => code)).toContain("domain_added");
  });

  test("deleteDomain: throws read-only-key for a key that may only read", async () => {
    const call = answering("code=403").deleteDomain("example.com");
    await expect(call).rejects.toMatchObject({ kind: "auth", reason: "read-only-key" });
  });
});

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
  "get/domain/template/5": { id: 5 },
  "get/mailbox/template/5": { id: 5 },
  "delete/mailbox": success("mailbox_removed", "ann@example.com"),
  "add/alias": success("alias_added", "a@example.com", "7"),
};

describe("requests", () => {
  const domainDefaults = { active: 1, aliases: 400, defquota: 3072, mailboxes: 10, maxquota: 10240, quota: 10240 };

  test.each<[title: string, call: Call, ...bodies: unknown[]]>([
    [
      "addDomain: sends the documented defaults",
      (mcc) => mcc.addDomain({ domain: "example.com" }),
      { domain: "example.com", ...domainDefaults },
    ],
    [
      "addDomain: sends a default for a field that is given as undefined [guard everywhere/undefined-fields]",
      (mcc) => mcc.addDomain({ domain: "example.com", quota: undefined as never }),
      { domain: "example.com", ...domainDefaults },
    ],
    [
      "addDomain: sends no defaults together with a template, which they would override",
      (mcc) => mcc.addDomain({ domain: "example.com", template: 5 }),
      { domain: "example.com", template: 5 },
    ],
    [
      "editDomain: sends one domain as a list",
      (mcc) => mcc.editDomain("Example.com", { aliases: 399 }),
      { items: ["example.com"], attr: { aliases: 399 } },
    ],
    [
      "deleteDomain: sends a bare list, Unicode as punycode [guard everywhere/punycode]",
      (mcc) => mcc.deleteDomain(["a.com", "Bücher.de"]),
      ["a.com"],
      ["xn--bcher-kva.de"],
    ],
    [
      "addDKIM: sends the domain in the field that the route takes",
      (mcc) => mcc.addDKIM("Example.com"),
      { domains: "example.com", dkim_selector: "dkim", key_size: 2048 },
    ],
    [
      "addDKIM: sends several domains in one text",
      (mcc) => mcc.addDKIM({ domain: ["a.com", "b.com, c.com"], key_size: 4096 }),
      { domains: "a.com,b.com,c.com", dkim_selector: "dkim", key_size: 4096 },
    ],
    ["deleteDKIM: sends a bare list", (mcc) => mcc.deleteDKIM("a.com"), ["a.com"]],
    [
      "addDomainAdmin: sends active: 1, and the name in lower case [guard everywhere/active-by-default]",
      (mcc) => mcc.addDomainAdmin({ domains: "a.com", username: " Ann ", password }),
      { domains: ["a.com"], username: "ann", password, password2: password, active: 1 },
    ],
    [
      "addMailbox: sends the documented defaults [guard everywhere/active-by-default]",
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
      "addMailbox: sends a quota of 0, unlimited, when that is asked for",
      (mcc) => mcc.addMailbox({ domain: "a.com", local_part: "Ann", name: "Ann", quota: 0, active: false, password }),
      { domain: "a.com", local_part: "ann", name: "Ann", quota: 0, active: false, password, password2: password },
    ],
    [
      "deleteMailbox: sends a bare list, in lower case and as punycode [guard everywhere/punycode] [guard everywhere/spelling]",
      (mcc) => mcc.deleteMailbox("Ann@Bücher.de"),
      ["ann@xn--bcher-kva.de"],
    ],
    [
      "addAlias: sends active: 1 [guard everywhere/active-by-default]",
      (mcc) => mcc.addAlias("@example.com", "ann@a.com, bob@b.com"),
      { address: "@example.com", goto: "ann@a.com,bob@b.com", active: 1 },
    ],
    [
      "addAlias: sends a list of targets as a text, and each address in a separate call",
      (mcc) => mcc.addAlias(["x@a.com", "y@a.com"], ["z@a.com"]),
      { address: "x@a.com", goto: "z@a.com", active: 1 },
      { address: "y@a.com", goto: "z@a.com", active: 1 },
    ],
    [
      "updateMailboxes: sends a new password twice",
      (mcc) => mcc.updateMailboxes({ items: "ann@a.com", attr: { password } }),
      { items: ["ann@a.com"], attr: { password, password2: password } },
    ],
    [
      "updateMailboxes: sends no password where an empty one says to keep it",
      (mcc) => mcc.updateMailboxes({ items: ["ann@a.com"], attr: { name: "Ann", password: "", password2: "" } }),
      { items: ["ann@a.com"], attr: { name: "Ann" } },
    ],
  ])("%s", async (_, call, ...bodies) => {
    const { mcc, server } = await clientOf(answers);
    await call(mcc);
    expect(bodiesOf(server)).toEqual(bodies);
  });
});

test.each<[title: string, call: Call, expected: unknown]>([
  ["editDomain", (mcc) => mcc.editDomain([], { aliases: 399 }), true],
  ["deleteDomain", (mcc) => mcc.deleteDomain([]), true],
  ["deleteDKIM", (mcc) => mcc.deleteDKIM([]), true],
  ["deleteMailbox", (mcc) => mcc.deleteMailbox([]), true],
  ["updateMailboxes, of no mailboxes", (mcc) => mcc.updateMailboxes({ items: [], attr: { name: "Ann" } }), []],
  ["updateMailboxes, of no updates", (mcc) => mcc.updateMailboxes([]), []],
])("%s: sends nothing for an empty list [guard everywhere/no-items]", async (_, call, expected) => {
  const { mcc, server } = await clientOf({});
  expect(await call(mcc)).toEqual(expected);
  expect(server.seen).toEqual([]);
});

describe("addMailbox", () => {
  test("generates a password that meets the server's policy, a new one each time", async () => {
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
});

describe("updateMailboxes", () => {
  test("sends several updates one after the other, continues after a refusal, and throws all results", async () => {
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
      results: [{ id: "a@x.com", type: "success" }, { id: "b@x.com", msg: "access_denied" }, { id: "c@x.com" }],
    });
    expect(bodiesOf(server)).toHaveLength(3);
  });

  test("sends no update if one of them is invalid", async () => {
    const { mcc, server } = await clientOf(answers);
    const updates = [
      { items: ["ann@a.com"], attr: { name: "Ann" } },
      { items: ["ann@a.com"], attr: { quota: "much" as never } },
    ];
    await expect(mcc.updateMailboxes(updates)).rejects.toThrow("edit/mailbox: quota must be a whole number");
    expect(server.seen).toEqual([]);
  });
});

describe("addAndGetDKIM", () => {
  test("returns an existing key, and makes none [guard dkim/existing-key]", async () => {
    const key = { pubkey: "MII", length: "2048", dkim_txt: "v=DKIM1", dkim_selector: "old", privkey: "" };
    const { mcc, server } = await clientOf({ "get/dkim/example.com": key });
    expect(await mcc.addAndGetDKIM({ domain: "Example.com", dkim_selector: "new" })).toEqual(key);
    expect(bodiesOf(server)).toEqual([]);
  });

  test("returns a key that another program made meanwhile", async () => {
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

  test("makes no key when the API key is wrong", async () => {
    const { mcc, server } = await clientOf((response) => json(response, unauthorized, 401));
    await expect(mcc.addAndGetDKIM("example.com")).rejects.toMatchObject({ kind: "auth" });
    expect(server.seen.map(({ method }) => method)).toEqual(["GET"]);
  });
});

describe("getMailboxes", () => {
  test("returns [] for a resource, for which mailcow sends a row of nulls [guard mailboxes/resource-row]", async () => {
    const { mcc } = await clientOf({ "get/mailbox/room@example.com": { username: null, active: null } });
    expect(await mcc.getMailboxes("room@example.com")).toEqual([]);
  });
});

describe("refuses before anything is sent, and names the field", () => {
  const wrong = (value: unknown) => value as never;

  test.each<[title: string, call: Call, says: RegExp]>([
    [
      "addMailbox: a quota that is not a number [guard everywhere/quota-words]",
      (mcc) => mcc.addMailbox({ domain: "a.com", quota: "abc" as never }),
      /quota must be a whole number of MiB/,
    ],
    [
      "addMailbox: a quota with its unit [guard everywhere/quota-words]",
      (mcc) => mcc.addMailbox({ domain: "a.com", quota: "12 MiB" as never }),
      /quota must be a whole number of MiB/,
    ],
    [
      "updateMailboxes: a negative quota",
      (mcc) => mcc.updateMailboxes({ items: "a@a.com", attr: { quota: -1 } }),
      /quota must be/,
    ],
    [
      "addDomain: an empty quota [guard everywhere/quota-words]",
      (mcc) => mcc.addDomain({ domain: "a.com", quota: "" as never }),
      /^add\/domain: quota must be/,
    ],
    [
      "addDomain: a fraction of a mailbox",
      (mcc) => mcc.addDomain({ domain: "a.com", mailboxes: 1.5 }),
      /mailboxes must be a whole number/,
    ],
    ["editDomain: NaN", (mcc) => mcc.editDomain("a.com", { aliases: Number.NaN }), /aliases must be/],
    [
      "editDomain: a word for a flag",
      (mcc) => mcc.editDomain("a.com", { active: wrong("yes") }),
      /active must be true or false/,
    ],
    ["editDomain: null", (mcc) => mcc.editDomain("a.com", { active: wrong(null) }), /active must be/],
    [
      "editDomain: the id among the attributes [guard everywhere/id-among-attributes]",
      (mcc) => mcc.editDomain("a.com", wrong({ domain: "b.com" })),
      /^edit\/domain: unknown field "domain"; there are active, /,
    ],
    [
      "updateMailboxes: the id among the attributes [guard everywhere/id-among-attributes]",
      (mcc) => mcc.updateMailboxes({ items: "a@a.com", attr: wrong({ username: "b@a.com" }) }),
      /^edit\/mailbox: unknown field "username"/,
    ],
    [
      "editDomain: a field that the route ignores [guard everywhere/id-among-attributes]",
      (mcc) => mcc.editDomain("a.com", wrong({ rl_value: 5 })),
      /^edit\/domain: unknown field "rl_value"/,
    ],
    [
      "addDomain: a field that every object inherits",
      (mcc) => mcc.addDomain({ domain: "a.com", ...{ constructor: 1 } }),
      /^add\/domain: unknown field "constructor"/,
    ],
    [
      "addDomain: a tag twice, in any case",
      (mcc) => mcc.addDomain({ domain: "a.com", tags: ["Red", "red"] }),
      /tags must be .* a list of up to 26 entries, none twice/,
    ],
    ["editDomain: an empty tag", (mcc) => mcc.editDomain("a.com", { tags: [""] }), /tags/],
    [
      "editDomain: too many tags",
      (mcc) => mcc.editDomain("a.com", { tags: Array.from({ length: 27 }, (_, i) => `t${i}`) }),
      /tags/,
    ],
    [
      "addDomain: a long description",
      (mcc) => mcc.addDomain({ domain: "a.com", description: "x".repeat(256) }),
      /description must be a text of up to 255/,
    ],
    [
      "addDomain: an unknown time span of a rate limit",
      (mcc) => mcc.addDomain({ domain: "a.com", rl_value: 1, rl_frame: wrong("x") }),
      /rl_frame must be "s", "m", "h", "d"/,
    ],
    [
      "editDomain: a misspelt field",
      (mcc) => mcc.editDomain("a.com", wrong({ aliasses: 5 })),
      /^edit\/domain: unknown field "aliasses"; did you mean "aliases"\?/,
    ],
    [
      "addDomain: an object without a domain",
      (mcc) => mcc.addDomain(wrong({})),
      /^add\/domain: domain must be given: a domain, /,
    ],
    ["addDomain: an empty domain", (mcc) => mcc.addDomain(" "), /domain must be/],
    ["addDomain: undefined", (mcc) => mcc.addDomain(wrong(undefined)), /the input must be an object/],
    ["addMailbox: a list", (mcc) => mcc.addMailbox(wrong([])), /the input must be an object/],
    ["getDomain: an address", (mcc) => mcc.getDomain("ann@a.com"), /^get\/domain\/\{domain\}: domain must be a domain/],
    ["getDomain: a path", (mcc) => mcc.getDomain("ü/../x"), /^get\/domain\/\{domain\}: domain must be a domain/],
    [
      "editDomain: an empty item",
      (mcc) => mcc.editDomain(["a.com", ""], {}),
      /^edit\/domain: items must be a domain, .* or a list/,
    ],
    [
      "deleteDKIM: a number for an item",
      (mcc) => mcc.deleteDKIM(wrong(5)),
      /^delete\/dkim: the input must be a list .* each a domain/,
    ],
    [
      "editDomain: an unknown field, although there are no items",
      (mcc) => mcc.editDomain([], wrong({ colour: "red" })),
      /^edit\/domain: unknown field "colour"/,
    ],
    [
      "updateMailboxes: no attributes",
      (mcc) => mcc.updateMailboxes(wrong({ items: ["a@a.com"] })),
      /the input must be an object/,
    ],
    [
      "deleteMailbox: a name that is not an address",
      (mcc) => mcc.deleteMailbox("ann"),
      /^delete\/mailbox: .* each the address of a mailbox/,
    ],
    [
      "getMailboxes: an address without a domain",
      (mcc) => mcc.getMailboxes("ann@"),
      /^get\/mailbox\/\{mailbox\}: mailbox must be the address of a mailbox/,
    ],
    [
      "addMailbox: a local part with a slash",
      (mcc) => mcc.addMailbox({ domain: "a.com", local_part: "a/b" }),
      /local_part must be/,
    ],
    [
      "addMailbox: a local part that is an address",
      (mcc) => mcc.addMailbox({ domain: "a.com", local_part: "a@a.com" }),
      /local_part must be/,
    ],
    [
      "addMailbox: passwords that differ",
      (mcc) => mcc.addMailbox({ domain: "a.com", password, password2: "other" }),
      /^add\/mailbox: password2 must be the same as password/,
    ],
    [
      "addDomainAdmin: password2 without password",
      (mcc) => mcc.addDomainAdmin({ domains: "a.com", password2: password }),
      /^add\/domain-admin: password2 must be the same as password/,
    ],
    [
      "addDKIM: a selector with a blank",
      (mcc) => mcc.addDKIM({ domain: "a.com", dkim_selector: "a b" }),
      /dkim_selector must be the selector; ASCII letters/,
    ],
    [
      "addDKIM: a size of 0",
      (mcc) => mcc.addDKIM({ domain: "a.com", key_size: 0 }),
      /key_size must be a whole number, or its digits, of 512 to 16384/,
    ],
    [
      "addAndGetDKIM: several domains, where one key is returned",
      (mcc) => mcc.addAndGetDKIM({ domain: ["a.com", "b.com"] }),
      /single domain/,
    ],
    [
      "addDomainAdmin: a user name that can't be read back",
      (mcc) => mcc.addDomainAdmin({ domains: "a.com", username: "all" }),
      /^username is "all", which mailcow reads as another route/,
    ],
    [
      "addDomainAdmin: a user name with an umlaut",
      (mcc) => mcc.addDomainAdmin({ domains: "a.com", username: "jürgen" }),
      /username must be the login name; .*ASCII letters/,
    ],
    [
      "addAlias: an alias of itself [guard aliases/self]",
      (mcc) => mcc.addAlias("a@a.com", ["b@a.com", "A@a.com"]),
      /goto must be other than the address itself/,
    ],
    ["addAlias: no targets", (mcc) => mcc.addAlias("a@a.com", " , "), /^add\/alias: goto must be addresses/],
    [
      "addAlias: a target that is no address",
      (mcc) => mcc.addAlias("a@a.com", "ann"),
      /^add\/alias: goto must be addresses/,
    ],
    [
      "addMailbox: an unknown protocol",
      (mcc) => mcc.addMailbox({ domain: "a.com", protocol_access: [wrong("http")] }),
      /protocol_access must be "imap", "pop3"/,
    ],
  ])("%s", async (_, call, says) => {
    const { mcc, server } = await clientOf(answers);
    const outcome = Promise.resolve().then(() => call(mcc));
    await expect(outcome).rejects.toBeInstanceOf(MailcowInputError);
    await expect(outcome).rejects.toThrow(says);
    expect(server.seen.filter(({ method }) => method === "POST")).toEqual([]);
  });
});

const unauthorized = { type: "error", msg: "authentication failed" };

describe("faults of the old package", () => {
  test("getDomain: returns the domains that exist, and throws on a wrong key", async () => {
    const { mcc } = await clientOf({ "get/domain/all": [{ domain_name: "example.com" }] });
    expect(await mcc.getDomain()).toEqual([{ domain_name: "example.com" }]);
    const { mcc: locked } = await clientOf((response) => json(response, unauthorized, 401));
    await expect(locked.getDomain()).rejects.toMatchObject({ kind: "auth", reason: "invalid-key" });
  });

  test("updateMailboxes: works", async () => {
    const { mcc } = await clientOf({
      "get/mailbox/ann@example.com": {},
      "edit/mailbox": success("mailbox_modified", "ann@example.com"),
    });
    expect(await mcc.updateMailboxes({ items: ["ann@example.com"], attr: { name: "Ann" } })).toHaveLength(1);
  });

  test("addDomain: throws a refusal anywhere in the answer", async () => {
    const danger = { type: "danger", log: [], msg: "rl_timeframe" };
    for (const answer of [
      [...success("domain_added", "example.com"), danger],
      [danger, ...success("domain_added", "example.com")],
    ]) {
      const { mcc } = await clientOf({ "add/domain": answer });
      await expect(mcc.addDomain("example.com")).rejects.toMatchObject({ kind: "rejected", codes: ["rl_timeframe"] });
    }
  });

  test("addDomain, editDomain, deleteDomain, getDomain: throw another error for HTML, an empty answer and a wrong key", async () => {
    const { mcc: page } = await clientOf((response) => void response.end("<html></html>"));
    await expect(page.getDomain()).rejects.toMatchObject({ kind: "reply" });
    const { mcc: empty } = await clientOf((response) => void response.end());
    await expect(empty.addDomain("example.com")).rejects.toMatchObject({ kind: "reply" });
    const { mcc: locked } = await clientOf((response) => json(response, unauthorized, 401));
    const calls = [
      () => locked.addDomain("a.com"),
      () => locked.editDomain("a.com", { active: 1 }),
      () => locked.deleteDomain("a.com"),
    ];
    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({ kind: "auth", reason: "invalid-key" });
    }
  });

  test("getMailboxes: keeps the HTTP status in the error", async () => {
    const { mcc } = await clientOf((response) => void response.writeHead(503).end("down"), { retries: 0 });
    await expect(mcc.getMailboxes()).rejects.toMatchObject({
      kind: "http",
      status: 503,
      body: "down",
      message: expect.stringContaining("503"),
    });
  });

  test("addDomain: does not change its input, and accepts Unicode domains [guard everywhere/punycode]", async () => {
    const { mcc, server } = await clientOf({ "add/domain": success("domain_added", "xn--bcher-kva.xn--p1ai") });
    const domain = Object.freeze({ domain: "Bücher.рф", tags: Object.freeze(["red"]) });
    await mcc.addDomain(domain);
    expect(domain).toEqual({ domain: "Bücher.рф", tags: ["red"] });
    expect(bodiesOf(server)[0]).toMatchObject({ domain: "xn--bcher-kva.xn--p1ai" });
  });

  test("addDomainAdmin: returns a user name as mailcow stores it", async () => {
    const { mcc } = await clientOf({
      "get/passwordpolicy": policy,
      "add/domain-admin": success("domain_admin_added", "ann"),
    });
    expect(await mcc.addDomainAdmin({ domains: "example.com", username: "Ann" })).toMatchObject({ username: "ann" });
    const { username } = await mcc.addDomainAdmin({ domains: "example.com" });
    expect(username).toBe(username.toLowerCase());
  });

  test("getMailboxes: encodes ids, twice", async () => {
    const { mcc, server } = await clientOf((response) => json(response, {}));
    await mcc.getMailboxes("a+b&query=get@example.com");
    expect(server.seen[0]?.path).toBe("/api/v1/get/mailbox/a%252Bb%2526query%253Dget@example.com");
  });
});

describe("fromEnv", () => {
  test("reads the address and the key from the environment", async () => {
    const { server } = await clientOf(answers);
    const mcc = MailcowApiClient.fromEnv({}, { MAILCOW_API_BASEURL: `${server.url}/api/v1/`, MAILCOW_API_KEY: "key" });
    expect(await mcc.getDomain()).toEqual([]);
    expect(server.seen[0]?.headers["x-api-key"]).toBe("key");
  });

  test("says which of them is missing", () => {
    expect(() => MailcowApiClient.fromEnv({}, {})).toThrow(/^MAILCOW_API_BASEURL is not set: .*--env-file=\.env/);
    expect(() => MailcowApiClient.fromEnv({}, { MAILCOW_API_BASEURL: "https://mail.example.com" })).toThrow(
      /^MAILCOW_API_KEY is not set: .*--env-file=\.env/,
    );
  });

  test("says how to let Deno read them", () => {
    const denied = {
      get MAILCOW_API_BASEURL(): string {
        throw new Error('Requires env access to "MAILCOW_API_BASEURL"');
      },
    };
    const says = /^MAILCOW_API_BASEURL may not be read: .*--allow-env=MAILCOW_API_BASEURL,MAILCOW_API_KEY$/;
    expect(() => MailcowApiClient.fromEnv({}, denied)).toThrow(says);
    expect(() => MailcowApiClient.fromEnv({}, denied)).toThrow(MailcowInputError);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: recorded bodies have any shape, wrong ones included
type Body = any;
type Recorded = (mcc: MailcowApiClient, body: Body, id: string) => Promise<unknown>;

/** How a documented method is called to make the call that was recorded, and what it makes of a success. */
const methods: Record<string, { call: Recorded; success: (answer: Body, body: Body, id: string) => unknown }> = {
  "GET /api/v1/get/domain/all": { call: (mcc) => mcc.getDomain(), success: rows },
  "GET /api/v1/get/domain/{domain}": { call: (mcc, _, id) => mcc.getDomain(id), success: itsOwnRow },
  "POST /api/v1/add/domain": { call: (mcc, body) => mcc.addDomain(body), success: yes },
  "POST /api/v1/edit/domain": { call: (mcc, body) => mcc.editDomain(body?.items, body?.attr), success: yes },
  "POST /api/v1/delete/domain": { call: (mcc, body) => mcc.deleteDomain(body), success: yes },
  "POST /api/v1/add/dkim": {
    call: (mcc, { domains, ...rest }) => mcc.addDKIM({ domain: domains, ...rest }),
    success: yes,
  },
  "GET /api/v1/get/dkim/{domain}": {
    call: (mcc, _, id) => mcc.getDKIM(id),
    success: (row) => (isEmpty(row) ? null : row),
  },
  "POST /api/v1/delete/dkim": { call: (mcc, body) => mcc.deleteDKIM(body), success: yes },
  "POST /api/v1/add/domain-admin": {
    call: (mcc, body) => mcc.addDomainAdmin(body),
    success: (_, { username, password, domains }) => ({
      username: String(username).trim().toLowerCase(),
      password,
      domains: [domains].flat().map((name: string) => name.toLowerCase()),
    }),
  },
  "POST /api/v1/add/mailbox": {
    call: (mcc, body) => mcc.addMailbox(body),
    success: (_, { local_part = "mail", domain, password, name = "John Doe", quota, template, authsource }) => ({
      username: `${local_part}@${domain}`.toLowerCase(),
      password: authsource && authsource !== "mailcow" ? "" : (password ?? expect.stringMatching(/^.{24}$/)),
      domain: domain.toLowerCase(),
      name,
      local_part: local_part.toLowerCase(),
      ...(quota === undefined && template !== undefined ? {} : { quota: Number(quota ?? 3072) }),
    }),
  },
  "POST /api/v1/edit/mailbox": {
    call: (mcc, body) => mcc.updateMailboxes(body),
    success: (answer) =>
      [answer].flat().map(({ type, msg }: Body) => expect.objectContaining({ type, msg, code: codeOf({ msg }) })),
  },
  "POST /api/v1/delete/mailbox": { call: (mcc, body) => mcc.deleteMailbox(body), success: yes },
  "GET /api/v1/get/mailbox/all": { call: (mcc) => mcc.getMailboxes(), success: eachOnce },
  "GET /api/v1/get/mailbox/{mailbox}": { call: (mcc, _, id) => mcc.getMailboxes(id), success: oneRow },
  "POST /api/v1/add/alias": { call: (mcc, body) => mcc.addAlias(body?.address, body?.goto), success: yes },
};

function rows(answer: Body): unknown {
  return Array.isArray(answer) ? answer : [];
}

/** With tags, which the documented methods do not send, mailcow lists some mailboxes twice. */
function eachOnce(answer: Body): Body[] {
  const all = rows(answer) as Body[];
  return all.filter(({ username }, index) => all.findIndex((row) => row.username === username) === index);
}

/** A list only comes where tags were asked for, which the documented methods do not; a row of nulls is no mailbox. */
function oneRow(answer: Body): Body[] {
  return isEmpty(answer) || Array.isArray(answer) || answer.username === null ? [] : [answer];
}
/** The name of an alias domain gives the row of its target, which is not what was asked for. */
function itsOwnRow(answer: Body, _: Body, id: string): unknown {
  return oneRow(answer).filter(({ domain_name, domain_h_name }) =>
    [domain_name, domain_h_name].includes(id.toLowerCase()),
  );
}
function yes(): true {
  return true;
}
const isEmpty = (value: object) => Object.keys(value).length === 0;
const codeOf = ({ msg }: Body): string => String(Array.isArray(msg) ? msg[0] : msg);

/** What the method must do, read off the recorded answer alone. */
function expected(
  { request, response }: Exchange,
  id: string,
  success: (answer: Body, body: Body, id: string) => unknown,
): unknown {
  const { status, body } = response;
  if (status === 401) return expect.objectContaining({ kind: "auth", reason: "invalid-key" });
  if (status === 403) return expect.objectContaining({ kind: "auth", reason: "read-only-key" });
  if (status !== 200) return expect.objectContaining({ kind: "http", status });
  if (response.text !== undefined)
    return expect.objectContaining({ kind: request.method === "GET" ? "auth" : "reply" });
  const failures = [body].flat().filter((entry: Body) => ["danger", "error"].includes(entry?.type));
  if (failures.length > 0) return expect.objectContaining({ kind: "rejected", codes: failures.map(codeOf) });
  return success(body, request.body, id);
}

const exchanges = (await readRecordings(files.recordings)).filter(({ offContract }) => !offContract);
const recordedPolicy = exchanges.find(({ request }) => request.template === "/api/v1/get/passwordpolicy");
const validator = new Validator(JSON.parse(readFileSync(files.contract, "utf8")));

/** Whether it was right to refuse the input: the contract refuses it, or mailcow did, or it asks for nothing. */
function wasWrong({ request, response }: Exchange): boolean {
  const place = ["paths", request.template, "post", "requestBody", "content", "application/json", "schema"];
  const refusedByMailcow =
    response.text !== undefined ||
    [response.body].flat().some((entry: Body) => ["danger", "error"].includes(entry?.type));
  if (request.method === "GET") return response.text !== undefined || oneRow(response.body).length === 0;
  return refusedByMailcow || !validator.accepts(request.body, place);
}

/** How many items a body names, in a list or in one text. */
const countItems = (body: Body): number => String([body?.items ?? body?.address ?? body]).split(/[,;\s]+/).length;

/** mailcow says success for a list of no items; the documented methods send nothing then. */
const hasNoItems = (body: Body): boolean =>
  [body, body?.items].some((items) => Array.isArray(items) && items.length === 0);

/** Calls that mailcow takes and the documented methods refuse all the same, each with the reason. */
const stricter: Record<string, RegExp> = {
  // A list of domains is no name of a domain, though a duplicated key may be stored under it.
  "GET /api/v1/get/dkim/{domain}": /comma list/,
  // The documented method has a target and no flags in its place; an alias of itself is skipped in silence or loops.
  "POST /api/v1/add/alias": /goto_(null|spam|ham)|address equals/,
  // mailcow ignores a repetition without the password that it repeats.
  "POST /api/v1/edit/mailbox": /^only password2/,
};

describe("on every recorded exchange", () => {
  test.each(Object.entries(methods))(
    "%s: the documented method returns or throws what it should",
    async (route, { call, success }) => {
      // One item with a query is answered as a list, and no documented method asks so.
      const isOdd = ({ request }: Exchange) => request.template.includes("{") && request.path.includes("?");
      const recorded = exchanges.filter(
        (exchange) => `${exchange.request.method} ${exchange.request.template}` === route && !isOdd(exchange),
      );
      expect(recorded.length).toBeGreaterThan(5);
      let current: Exchange | undefined;
      const server = await serve((response, { method, path, body: sent }) => {
        if (path === recordedPolicy?.request.path) return json(response, recordedPolicy.response.body);
        // What the recorded calls refer to is there.
        if (isLookUp(path)) return json(response, { id: 1 });
        const { authsource, attr = { authsource } } = Object(current?.request.body);
        if (path.endsWith("identity-provider")) return json(response, { authsource: attr.authsource });
        // As before mailcow could search, so that the recorded list is requested.
        if (path.includes("/search/")) return json(response, { type: "error", msg: "route not found" }, 404);
        if (method !== current?.request.method) return json(response, {});
        const { status = 0, contentType = "", body, text } = current?.response ?? {};
        // To a call for one of several items, its entry.
        const isApart = method === "POST" && countItems(current.request.body) > countItems(JSON.parse(sent));
        const answer = isApart
          ? [body]
              .flat()
              .slice(bodiesOf(server).length - 1)
              .slice(0, 1)
          : body;
        response.writeHead(status, { "content-type": contentType }).end(text ?? JSON.stringify(answer));
      });
      // Wrong keys are among what was recorded.
      const mcc = new MailcowApiClient(server.url, "key", { retryKeyAfterMs: 0, serverVersion: "2026-07a" });
      let sent = 0;
      for (const exchange of recorded) {
        current = exchange;
        server.seen.length = 0;
        const body = structuredClone(exchange.request.body);
        const id = decodeURIComponent(decodeURIComponent(exchange.request.path.split("?")[0]?.split("/")[5] ?? ""));
        const outcome = await Promise.resolve()
          .then(() => call(mcc, body ?? {}, id))
          .catch((error) => error);
        const name = `${exchange.file}: ${exchange.name}`;
        expect(body, `${name}: input unchanged`).toEqual(exchange.request.body);
        if (hasNoItems(body)) {
          expect([true, []], name).toContainEqual(outcome);
          expect(server.seen, name).toEqual([]);
          continue;
        }
        if (outcome instanceof MailcowInputError) {
          const written = server.seen.filter(({ method }) => method === "POST");
          expect(written, `${name}: nothing sent (${outcome.message})`).toEqual([]);
          const isKnown = stricter[route]?.test(exchange.name) ?? false;
          expect(isKnown || wasWrong(exchange), `${name}: rightly refused (${outcome.message})`).toBe(true);
        } else {
          sent++;
          expect(outcome, name).toEqual(expected(exchange, id, success));
          const path = server.seen.at(-1)?.path ?? "";
          expect(decodeURIComponent(decodeURIComponent(path)).toLowerCase(), name).toContain(id.toLowerCase());
        }
      }
      expect(sent).toBeGreaterThan(recorded.length / 3);
    },
  );
});

describe("the result is what mailcow stored", () => {
  test("addMailbox: a name without the brackets around it", async () => {
    const { mcc } = await clientOf({ "add/mailbox": success("mailbox_added", "ann@example.com") });
    expect(await mcc.addMailbox({ domain: "example.com", name: "<Ann>", password })).toMatchObject({ name: "Ann" });
  });

  test("addDomainAdmin: each domain once", async () => {
    const { mcc, server } = await clientOf({ "add/domain-admin": success("domain_admin_added", "ann") });
    const domains = ["Example.com", "example.COM", "example.org"];
    const added = await mcc.addDomainAdmin({ username: "ann", password, domains });
    expect(added.domains).toEqual(["example.com", "example.org"]);
    expect(bodiesOf(server)).toMatchObject([{ domains: ["example.com", "example.org"] }]);
  });
});
