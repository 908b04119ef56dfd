import { describe, expect, test } from "vitest";
import type {
  Alias,
  AppPassword,
  DkimKey,
  Domain,
  DomainAdmin,
  Ensured,
  Mailbox,
  MailcowApiClient,
  NewAppPassword,
} from "../../src/index.ts";
import { bodiesOf, clientOf, policy, success } from "../support/client.ts";
import { recorded } from "../support/replay.ts";
import { json, type LocalServer } from "../support/server.ts";

const domain = recorded("10-domain", "minimal domain as stored").response.body as Domain;
const mailbox = recorded("14-mailbox", "full mailbox (a + must be encoded twice)").response.body as Mailbox;
const [alias] = recorded("20-alias", "one alias").response.body as [Alias];
const admin = recorded("31-domain-admin", "some unselected").response.body as DomainAdmin;
const [appPassword] = recorded("29-app-passwd", "the other mailbox").response.body as [AppPassword];
const key = recorded("30-dkim", "the key made with the domain").response.body as DkimKey;

const mebibyte = 1024 ** 2;

/** A server that says success to every write, and answers the next of the rows after it; the last one stays. */
async function serverWith(...rows: (object | null)[]) {
  let writes = 0;
  return clientOf((response, { method, path }) => {
    if (path.endsWith("passwordpolicy")) return json(response, policy);
    if (method === "GET") return json(response, rows[Math.min(writes, rows.length - 1)] ?? {});
    writes++;
    json(response, success(path.includes("/add/alias") ? "alias_added" : "done", "x", "4"));
  });
}
const written = ({ seen }: LocalServer): string[] =>
  seen.filter(({ method }) => method === "POST").map(({ path }) => path.replace("/api/v1/", ""));

const desired = {
  domain: "A1-10a.test",
  description: "a1-10a.test",
  aliases: "400",
  mailboxes: 10,
  defquota: 3072,
  maxquota: "10240",
  quota: 10240,
  active: true,
  gal: "1",
  backupmx: false,
  relay_all_recipients: "0",
} as const;

describe("domains.ensure", () => {
  test("does nothing where all is as wanted: MiB or bytes, true or 1, digits or numbers", async () => {
    const { mcc, server } = await serverWith(domain);
    expect(await mcc.domains.ensure(desired)).toEqual({ action: "unchanged", row: domain, changes: {} });
    expect(server.seen).toHaveLength(1);
  });

  test("adds what is not there", async () => {
    const { mcc, server } = await serverWith(null, domain);
    expect(await mcc.domains.ensure(desired)).toEqual({ action: "added", row: domain, changes: {} });
    expect(bodiesOf(server)).toEqual([{ ...desired, domain: "a1-10a.test" }]);
  });

  test("edits only what differs, and says from what to what, in MiB", async () => {
    const edited = { ...domain, max_quota_for_domain: 20480 * mebibyte, gal: 0 };
    const { mcc, server } = await serverWith(domain, edited);
    expect(await mcc.domains.ensure({ ...desired, quota: 20480, gal: 0 })).toEqual({
      action: "edited",
      row: edited,
      changes: { quota: { from: 10240, to: 20480 }, gal: { from: 1, to: 0 } },
    });
    expect(written(server)).toEqual(["edit/domain"]);
    expect(bodiesOf(server)).toEqual([{ items: ["a1-10a.test"], attr: { quota: 20480, gal: 0 } }]);
  });

  test.each([
    ["in another order and case", ["Red", "blue"], []],
    ["one more", ["red", "blue", "green"], [["edit/domain", { items: ["a1-10a.test"], attr: { tags: ["green"] } }]]],
    ["one less", "red", [["delete/domain/tag/a1-10a.test", ["blue"]]]],
    ["none", [], [["delete/domain/tag/a1-10a.test", ["blue", "red"]]]],
  ])("takes tags for a set: %s", async (_, tags, sent) => {
    const { mcc, server } = await serverWith({ ...domain, tags: ["blue", "red"] }, { ...domain, tags: [tags].flat() });
    const { action, changes } = await mcc.domains.ensure({ domain: "a1-10a.test", tags });
    const edited = ["edited", { tags: { from: ["blue", "red"], to: tags } }];
    expect([action, changes]).toEqual(sent.length > 0 ? edited : ["unchanged", {}]);
    expect(written(server).map((path, index) => [path, bodiesOf(server)[index]])).toEqual(sent);
  });

  test("does not compare what is not given, nor what only add takes, and names the latter", async () => {
    const { mcc, server } = await serverWith({ ...domain, tags: ["red"] });
    const given = { domain: "a1-10a.test", template: 7, key_size: 4096, rl_value: 5, rl_frame: "h" as const };
    const ignored = ["template", "key_size", "rl_value", "rl_frame"];
    expect(await mcc.domains.ensure(given)).toMatchObject({ action: "unchanged", ignored });
    expect(written(server)).toEqual([]);
  });

  test("does not set an empty description, which mailcow would not take, again and again", async () => {
    const { mcc } = await serverWith(domain);
    expect(await mcc.domains.ensure({ ...desired, description: "" })).toMatchObject({ action: "unchanged" });
  });

  test("goes on where somebody else adds it meanwhile", async () => {
    let reads = 0;
    const { mcc } = await clientOf((response, { method }) => {
      if (method === "GET") return json(response, reads++ === 0 ? {} : domain);
      json(response, [{ type: "danger", log: [], msg: ["domain_exists", "a1-10a.test"] }]);
    });
    expect(await mcc.domains.ensure(desired)).toMatchObject({ action: "unchanged", row: domain });
  });

  test("does not hide that only a part was added", async () => {
    let reads = 0;
    const { mcc } = await clientOf((response, { method }) => {
      if (method === "GET") return json(response, reads++ === 0 ? {} : domain);
      json(response, [{ type: "danger", log: [], msg: "rl_timeframe" }, ...success("domain_added", "a1-10a.test")]);
    });
    await expect(mcc.domains.ensure(desired)).rejects.toMatchObject({ codes: ["rl_timeframe"] });
  });

  test("throws what mailcow refuses where it is not there afterwards either", async () => {
    const { mcc } = await clientOf((response, { method }) =>
      json(response, method === "GET" ? {} : [{ type: "danger", log: [], msg: "domain_invalid" }]),
    );
    await expect(mcc.domains.ensure(desired)).rejects.toMatchObject({ codes: ["domain_invalid"] });
  });

  test("leaves its input as it was", async () => {
    const { mcc } = await serverWith({ ...domain, tags: ["old"] });
    const given = { ...desired, quota: 1, tags: ["new"] };
    const before = structuredClone(given);
    await mcc.domains.ensure(given);
    expect(given).toEqual(before);
  });
});

describe("mailboxes.ensure", () => {
  const wanted = {
    local_part: "Full.User+tag",
    domain: "a1-14.test",
    name: 'Full "F" User',
    quota: 100,
    active: "1",
    authsource: "mailcow",
    sogo_access: false,
    imap_access: 1,
    protocol_access: ["smtp", "imap"],
    relayhost: 0,
    attribute_hash: "cafe01",
    tags: ["two words", "red"],
    force_pw_update: 0,
    tls_enforce_in: 1,
    password: "moohoo-moohoo",
  } as const;
  const given = { ...wanted, protocol_access: [...wanted.protocol_access], tags: [...wanted.tags] };

  test("does nothing where all is as wanted, sends no password, and names what it left aside", async () => {
    const { mcc, server } = await serverWith(mailbox);
    const ignored = ["imap_access", "force_pw_update", "password"];
    expect(await mcc.mailboxes.ensure(given)).toEqual({ action: "unchanged", row: mailbox, changes: {}, ignored });
    expect(server.seen).toHaveLength(1);
  });

  test("adds what is not there, and answers its password", async () => {
    const { mcc } = await serverWith(null, mailbox);
    const { password, ...rest } = given;
    const done = await mcc.mailboxes.ensure(rest);
    expect(done).toMatchObject({ action: "added", row: { username: mailbox.username } });
    expect(done.action === "added" && done.row.password).toMatch(/^.{24}$/);
    expect(await (await serverWith(null, mailbox)).mcc.mailboxes.ensure(given)).toMatchObject({ row: { password } });
  });

  test("edits only what differs", async () => {
    const edited = { ...mailbox, quota: 200 * mebibyte, attributes: { ...mailbox.attributes, smtp_access: "0" } };
    const untagged = { ...edited, tags: ["red"] };
    const { mcc, server } = await serverWith(mailbox, edited, untagged);
    const wish = { ...given, quota: 200, protocol_access: "imap" as const, tags: ["red"] };
    expect(await mcc.mailboxes.ensure(wish)).toEqual({
      action: "edited",
      row: untagged,
      changes: {
        quota: { from: 100, to: 200 },
        protocol_access: { from: ["imap", "smtp"], to: "imap" },
        tags: { from: ["red", "two words"], to: ["red"] },
      },
      ignored: ["imap_access", "force_pw_update", "password"],
    });
    expect(written(server)).toEqual(["edit/mailbox", "delete/mailbox/tag/full.user%252Btag@a1-14.test"]);
    expect(bodiesOf(server)).toEqual([
      { items: [mailbox.username], attr: { attribute_hash: "cafe01", quota: 200, protocol_access: "imap" } },
      ["two words"],
    ]);
  });

  test("compares the flag of a single protocol where there is no list of protocols", async () => {
    const { mcc, server } = await serverWith(mailbox, {
      ...mailbox,
      attributes: { ...mailbox.attributes, imap_access: "0" },
    });
    const { protocol_access: _, ...rest } = given;
    const { changes, ...done } = await mcc.mailboxes.ensure({ ...rest, imap_access: 0 });
    expect(changes).toEqual({ imap_access: { from: "1", to: 0 } });
    expect(done).toMatchObject({ action: "edited", ignored: ["force_pw_update", "password"] });
    expect(bodiesOf(server)).toMatchObject([{ attr: { imap_access: 0 } }]);
  });

  test("sends a name without the brackets around it, which mailcow would take away", async () => {
    const { mcc, server } = await serverWith(mailbox, { ...mailbox, name: "New <F> User" });
    const { changes } = await mcc.mailboxes.ensure({ ...given, name: "<New <F> User>" });
    expect(changes).toEqual({ name: { from: mailbox.name, to: "New <F> User" } });
    expect(bodiesOf(server)).toMatchObject([{ attr: { name: "New <F> User" } }]);
  });

  test("sets by its own route what edit ignores: TLS", async () => {
    const { mcc, server } = await serverWith(mailbox, {
      ...mailbox,
      attributes: { ...mailbox.attributes, tls_enforce_out: "0" },
    });
    const { changes } = await mcc.mailboxes.ensure({ ...given, tls_enforce_out: false });
    expect(changes).toEqual({ tls_enforce_out: { from: "1", to: false } });
    expect(written(server)).toEqual(["edit/tls_policy"]);
    expect(bodiesOf(server)).toEqual([{ items: [mailbox.username], attr: { tls_enforce_out: false } }]);
  });

  test("sends the password when asked to, and never shows it among the changes", async () => {
    const { mcc, server } = await serverWith(mailbox);
    const done = await mcc.mailboxes.ensure(given, { sendSecrets: true });
    const ignored = ["imap_access", "force_pw_update"];
    expect(done).toEqual({ action: "edited", row: mailbox, changes: { password: {} }, ignored });
    const { password, attribute_hash } = given;
    const attr = { attribute_hash, password, password2: password };
    expect(bodiesOf(server)).toEqual([{ items: [mailbox.username], attr }]);
  });

  test("has nothing to send when asked to send the password, and there is none", async () => {
    const { mcc } = await serverWith(mailbox);
    const { password: _, ...rest } = given;
    expect(await mcc.mailboxes.ensure(rest, { sendSecrets: true })).toMatchObject({ action: "unchanged" });
  });
});

describe("aliases.ensure", () => {
  const wanted = { address: "min@A2-alias.test", goto: ["one@a2-alias.test"], active: 0, internal: false } as const;

  test("does nothing where all is as wanted: a list or a text, no comment or an empty one", async () => {
    const { mcc, server } = await serverWith({ ...alias, goto: "one@a2-alias.test,two@a2-alias.test" });
    const goto = "TWO@a2-alias.test, one@a2-alias.test";
    const done = await mcc.aliases.ensure({ ...wanted, goto, public_comment: "" });
    expect(done).toMatchObject({ action: "unchanged", changes: {} });
    expect(server.seen).toHaveLength(1);
  });

  test("adds what is not there", async () => {
    const { mcc } = await serverWith(null, alias);
    expect(await mcc.aliases.ensure(wanted)).toEqual({ action: "added", row: alias, changes: {} });
  });

  test("edits only what differs, by the alias's id", async () => {
    const { mcc, server } = await serverWith(alias, { ...alias, goto: "two@a2-alias.test", sogo_visible: 1 });
    const done = await mcc.aliases.ensure({ ...wanted, goto: "two@a2-alias.test", sogo_visible: 1 });
    expect(done.changes).toEqual({
      goto: { from: ["one@a2-alias.test"], to: ["two@a2-alias.test"] },
      sogo_visible: { from: 0, to: 1 },
    });
    expect(bodiesOf(server)).toEqual([{ items: [4], attr: { goto: "two@a2-alias.test", sogo_visible: 1 } }]);
  });

  test.each([
    ["null@localhost", { goto_null: true }],
    ["spam@localhost", { goto_spam: "1", goto_null: 0 }],
    ["ham@localhost", { goto_ham: 1, goto: "" }],
  ] as const)("leaves aliases alone that lead nowhere already: %s, wanted %j", async (goto, asked) => {
    const row = { ...alias, goto };
    const { mcc, server } = await serverWith(row);
    const done = await mcc.aliases.ensure({ address: alias.address, ...asked });
    expect(done).toEqual({ action: "unchanged", row, changes: {} });
    expect(written(server)).toEqual([]);
  });

  test.each([
    ["null@localhost", "ham@localhost", { goto_ham: 1 }, { goto_ham: { from: 0, to: 1 } }],
    ["one@a2-alias.test", "spam@localhost", { goto_spam: true }, { goto_spam: { from: 0, to: true } }],
    [
      "null@localhost",
      "one@a2-alias.test",
      { goto: "one@a2-alias.test", goto_null: 0 },
      { goto_null: { from: 1, to: 0 }, goto: { from: ["null@localhost"], to: ["one@a2-alias.test"] } },
    ],
  ] as const)("leads aliases from %s to %s by %j", async (from, to, attr, changes) => {
    const row = { ...alias, goto: to };
    const { mcc, server } = await serverWith({ ...alias, goto: from }, row);
    const done = await mcc.aliases.ensure({ address: alias.address, ...attr });
    expect(done).toEqual({ action: "edited", row, changes });
    expect(bodiesOf(server)).toEqual([{ items: [alias.id], attr }]);
  });
});

describe("domainAdmins.ensure", () => {
  const wanted = { username: " B1-DA-one ", domains: "B1-DA1.test", active: true };

  test("does nothing where all is as wanted", async () => {
    const { mcc, server } = await serverWith(admin);
    expect(await mcc.domainAdmins.ensure(wanted)).toEqual({ action: "unchanged", row: admin, changes: {} });
    expect(server.seen.map(({ path }) => path)).toEqual(["/api/v1/get/domain-admin/b1-da-one"]);
  });

  test("adds what is not there, and answers its password", async () => {
    const { mcc } = await serverWith(null, admin);
    const done = await mcc.domainAdmins.ensure(wanted);
    expect(done).toMatchObject({ action: "added", row: { username: "b1-da-one", password: expect.any(String) } });
  });

  test("edits what differs, and sends again what mailcow would reset", async () => {
    const before = { ...admin, attributes: { force_tfa: "1", force_pw_update: "0" } };
    const domains = ["b1-da1.test", "b1-da2.test"];
    const row = { ...before, selected_domains: domains };
    const { mcc, server } = await serverWith(before, row);
    const done = await mcc.domainAdmins.ensure({ ...wanted, domains: ["b1-da1.test", "B1-DA2.test"] });
    expect(done).toEqual({ action: "edited", row, changes: { domains: { from: ["b1-da1.test"], to: domains } } });
    const attr = { force_tfa: "1", force_pw_update: "0", domains };
    expect(bodiesOf(server)).toEqual([{ items: ["b1-da-one"], attr }]);
  });

  test("sends the password only when asked to", async () => {
    const { mcc, server } = await serverWith(admin);
    const secret = { ...wanted, password: "moohoo-moohoo" };
    const ignored = ["password"];
    expect(await mcc.domainAdmins.ensure(secret)).toMatchObject({ action: "unchanged", ignored });
    const sent = await mcc.domainAdmins.ensure(secret, { sendSecrets: true });
    expect(sent).toEqual({ action: "edited", row: admin, changes: { password: {} } });
    expect(bodiesOf(server)).toMatchObject([{ attr: { password: "moohoo-moohoo", password2: "moohoo-moohoo" } }]);
  });
});

describe("appPasswords.ensure", () => {
  const wanted = {
    username: appPassword.mailbox,
    app_name: " phone ",
    active: true,
    protocols: ["imap_access", "smtp_access", "dav_access", "eas_access", "pop3_access", "sieve_access"],
  } satisfies NewAppPassword;

  test("does nothing where all is as wanted, and sends no password", async () => {
    const { mcc, server } = await serverWith([appPassword]);
    const done = await mcc.appPasswords.ensure({ ...wanted, app_passwd: "moohoo-moohoo" });
    expect(done).toEqual({ action: "unchanged", row: appPassword, changes: {}, ignored: ["app_passwd"] });
    expect(server.seen).toHaveLength(1);
  });

  test("edits what differs, in the mailbox that it belongs to", async () => {
    const off = { smtp_access: 0, dav_access: 0, eas_access: 0, pop3_access: 0, sieve_access: 0 };
    const row = { ...appPassword, ...off };
    const { mcc, server } = await serverWith([appPassword], [row]);
    const done = await mcc.appPasswords.ensure({ ...wanted, protocols: "imap_access" });
    expect(done).toMatchObject({ action: "edited", row, changes: { protocols: { to: "imap_access" } } });
    const attr = { username: row.mailbox, app_name: "phone", protocols: "imap_access" };
    expect(bodiesOf(server)).toEqual([{ items: [row.id], attr }]);
  });

  test("sends the password when asked to, and never shows it among the changes", async () => {
    const { mcc, server } = await serverWith([appPassword]);
    const secret = { ...wanted, app_passwd: "moohoo-moohoo" };
    const done = await mcc.appPasswords.ensure(secret, { sendSecrets: true });
    expect(done).toEqual({ action: "edited", row: appPassword, changes: { app_passwd: {} } });
    expect(bodiesOf(server)).toMatchObject([{ attr: { app_passwd: "moohoo-moohoo", app_passwd2: "moohoo-moohoo" } }]);
  });

  test("adds one where none has that name", async () => {
    const { mcc } = await serverWith(null, [appPassword]);
    const done = await mcc.appPasswords.ensure({ ...wanted, app_passwd: "moohoo-moohoo" });
    expect(done).toMatchObject({ action: "added", row: { id: appPassword.id, app_passwd: "moohoo-moohoo" } });
  });
});

describe("dkim.ensure", () => {
  test.each([
    { domain: "example.com" },
    { domain: "example.com", dkim_selector: "dkim", key_size: 2048 },
    { domain: "example.com", key_size: "2048" },
  ])("does nothing where there is such a key: %j", async (wanted) => {
    const { mcc } = await serverWith(key);
    expect(await mcc.dkim.ensure(wanted)).toEqual({ action: "unchanged", row: key, changes: {} });
  });

  test("makes a key where there is none", async () => {
    const { mcc } = await serverWith(null, key);
    expect(await mcc.dkim.ensure({ domain: "example.com" })).toEqual({ action: "added", row: key, changes: {} });
  });

  test("does not throw a key away unasked", async () => {
    const { mcc, server } = await serverWith(key);
    const done = mcc.dkim.ensure({ domain: "example.com", key_size: 4096 });
    await expect(done).rejects.toThrow(
      /^dkim_selector and key_size must be that of the key that is there \(dkim, 2048 bits\)/,
    );
    expect(written(server)).toEqual([]);
  });

  test("makes another key in its place when asked to", async () => {
    const row = { ...key, length: "4096" };
    const { mcc, server } = await serverWith(key, null, row);
    const done = await mcc.dkim.ensure({ domain: "example.com", key_size: 4096 }, { replace: true });
    expect(done).toEqual({ action: "edited", row, changes: { key_size: { from: "2048", to: 4096 } } });
    expect(written(server)).toEqual(["delete/dkim", "add/dkim"]);
  });

  test.each([
    [{ length: ">= 8192" }, { dkim_selector: "new" }, { dkim_selector: "new", key_size: 8192 }],
    [{ length: "1024" }, { dkim_selector: "new", key_size: undefined }, { dkim_selector: "new", key_size: 1024 }],
    [{ dkim_selector: "old" }, { key_size: 4096 }, { dkim_selector: "old", key_size: 4096 }],
  ])("makes a key in the place of one of %j, when given %j, as %j", async (old, given, sent) => {
    const { mcc, server } = await serverWith({ ...key, ...old });
    await mcc.dkim.ensure({ domain: "example.com", ...given } as never, { replace: true });
    expect(bodiesOf(server)).toEqual([["example.com"], { domains: "example.com", ...sent }]);
  });

  test.each([
    [{ dkim_selector: "a b" }, /dkim_selector must be/],
    [{ key_size: 100 }, /key_size must be/],
  ])("keeps the key where none can be made in its place: %j", async (given, says) => {
    const { mcc, server } = await serverWith(key);
    await expect(mcc.dkim.ensure({ domain: "example.com", ...given }, { replace: true })).rejects.toThrow(says);
    expect(written(server)).toEqual([]);
  });
});

describe("what mailcow keeps although it says success", () => {
  const owner = { local_part: "full.user+tag", domain: "a1-14.test", quota: 100 };
  const cases: [
    name: string,
    row: object,
    call: (mcc: MailcowApiClient) => Promise<Ensured<object>>,
    kept: string[],
    routes: string[],
  ][] = [
    [
      "limits of a domain that shall become 0",
      domain,
      (mcc) => mcc.domains.ensure({ ...desired, aliases: 0, quota: 0 }),
      ["aliases", "quota"],
      ["edit/domain"],
    ],
    [
      "the source of a mailbox's password",
      mailbox,
      (mcc) => mcc.mailboxes.ensure({ ...owner, authsource: "ldap" }),
      ["authsource"],
      ["edit/mailbox"],
    ],
    [
      "the TLS policy of a mailbox",
      mailbox,
      (mcc) => mcc.mailboxes.ensure({ ...owner, tls_enforce_in: false }),
      ["tls_enforce_in"],
      ["edit/tls_policy"],
    ],
    [
      "tags",
      mailbox,
      (mcc) => mcc.mailboxes.ensure({ ...owner, tags: ["red"] }),
      ["tags"],
      ["delete/mailbox/tag/full.user%252Btag@a1-14.test"],
    ],
    [
      "the flag of an alias to nowhere",
      { ...alias, goto: "null@localhost" },
      (mcc) => mcc.aliases.ensure({ address: alias.address, goto_null: 0 }),
      ["goto_null"],
      ["edit/alias"],
    ],
    [
      "the flag of a domain admin",
      admin,
      (mcc) => mcc.domainAdmins.ensure({ username: admin.username, domains: "b1-da1.test", active: 0 }),
      ["active"],
      ["edit/domain-admin"],
    ],
    [
      "the protocols of an app password",
      appPassword,
      (mcc) =>
        mcc.appPasswords.ensure({ username: appPassword.mailbox, app_name: "phone", protocols: ["imap_access"] }),
      ["protocols"],
      ["edit/app-passwd"],
    ],
    [
      "the size of a key that is replaced",
      key,
      (mcc) => mcc.dkim.ensure({ domain: "example.com", key_size: 4096 }, { replace: true }),
      ["key_size"],
      ["delete/dkim", "add/dkim"],
    ],
  ];
  test.each(cases)("%s: nothing has changed, and each call tries again", async (_, row, call, ignored, routes) => {
    const { mcc, server } = await serverWith(row === appPassword ? [row] : row);
    const done = { action: "unchanged", row, changes: {}, ignored };
    expect(await call(mcc)).toEqual(done);
    expect(await call(mcc)).toEqual(done);
    expect(written(server)).toEqual([...routes, ...routes]);
  });

  test("does not count among the changes, but the rest of the edit does", async () => {
    const row = { ...domain, gal: 0 };
    const { mcc } = await serverWith(domain, row);
    expect(await mcc.domains.ensure({ ...desired, quota: 0, gal: 0 })).toEqual({
      action: "edited",
      row,
      changes: { gal: { from: 1, to: 0 } },
      ignored: ["quota"],
    });
  });

  test("is named together with what only add takes", async () => {
    const { mcc } = await serverWith(domain);
    const done = await mcc.domains.ensure({ ...desired, quota: 0, template: 7 });
    expect(done).toMatchObject({ action: "unchanged", ignored: ["template", "quota"] });
  });

  test("is no secret, which is taken for sent", async () => {
    const { mcc } = await serverWith(mailbox);
    const given = { ...owner, authsource: "ldap" as const, password: "moohoo-moohoo" };
    expect(await mcc.mailboxes.ensure(given, { sendSecrets: true })).toEqual({
      action: "edited",
      row: mailbox,
      changes: { password: {} },
      ignored: ["authsource"],
    });
  });
});
