import { describe, expect, test } from "vitest";
import type { Alias, AppPassword, Domain, DomainAdmin, Mailbox, NewAppPassword } from "../../src/index.ts";
import { bodiesOf, clientOf, policy, success } from "../support/client.ts";
import { recorded } from "../support/replay.ts";
import { json, type LocalServer } from "../support/server.ts";

const domain = recorded("10-domain", "minimal domain as stored").response.body as Domain;
const mailbox = recorded("14-mailbox", "full mailbox (a + must be encoded twice)").response.body as Mailbox;
const [alias] = recorded("20-alias", "one alias").response.body as [Alias];
const admin = recorded("31-domain-admin", "some unselected").response.body as DomainAdmin;

/** A server on which there is a row, or none until something is added; it notes edits without heeding them. */
async function serverWith(row: object | null, later: object | null = row) {
  let wasAdded = false;
  return clientOf((response, { method, path }) => {
    if (path.endsWith("passwordpolicy")) return json(response, policy);
    if (method === "GET") return json(response, (wasAdded ? later : row) ?? {});
    wasAdded ||= path.includes("/add/");
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
    const { mcc, server } = await serverWith(domain);
    expect(await mcc.domains.ensure({ ...desired, quota: 20480, gal: 0 })).toEqual({
      action: "edited",
      row: domain,
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
    const { mcc, server } = await serverWith({ ...domain, tags: ["blue", "red"] });
    const { action } = await mcc.domains.ensure({ domain: "a1-10a.test", tags });
    expect(action).toBe(sent.length > 0 ? "edited" : "unchanged");
    expect(written(server).map((path, index) => [path, bodiesOf(server)[index]])).toEqual(sent);
  });

  test("does not compare what is not given, nor what only add takes", async () => {
    const { mcc } = await serverWith({ ...domain, tags: ["red"] });
    const given = { domain: "a1-10a.test", template: 7, key_size: 4096, rl_value: 5, rl_frame: "h" as const };
    expect(await mcc.domains.ensure(given)).toMatchObject({ action: "unchanged" });
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
    const ignored = ["force_pw_update", "password"];
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
    const { mcc, server } = await serverWith(mailbox);
    const { changes } = await mcc.mailboxes.ensure({ ...given, quota: 200, protocol_access: "imap", tags: ["red"] });
    expect(changes).toEqual({
      quota: { from: 100, to: 200 },
      protocol_access: { from: ["imap", "smtp"], to: "imap" },
      tags: { from: ["red", "two words"], to: ["red"] },
    });
    expect(written(server)).toEqual(["edit/mailbox", "delete/mailbox/tag/full.user%252Btag@a1-14.test"]);
    expect(bodiesOf(server)).toEqual([
      { items: [mailbox.username], attr: { attribute_hash: "cafe01", quota: 200, protocol_access: "imap" } },
      ["two words"],
    ]);
  });

  test("sets by its own route what edit ignores: TLS", async () => {
    const { mcc, server } = await serverWith(mailbox);
    const { changes } = await mcc.mailboxes.ensure({ ...given, tls_enforce_out: false });
    expect(changes).toEqual({ tls_enforce_out: { from: "1", to: false } });
    expect(written(server)).toEqual(["edit/tls_policy"]);
    expect(bodiesOf(server)).toEqual([{ items: [mailbox.username], attr: { tls_enforce_out: false } }]);
  });

  test("sends the password when asked to, and never shows it among the changes", async () => {
    const { mcc, server } = await serverWith(mailbox);
    const done = await mcc.mailboxes.ensure(given, { sendSecrets: true });
    const ignored = ["force_pw_update"];
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
    let wasAdded = false;
    const { mcc } = await clientOf((response, { method }) => {
      if (method === "GET") return json(response, wasAdded ? alias : {});
      wasAdded = true;
      json(response, success("alias_added", alias.address, "4"));
    });
    expect(await mcc.aliases.ensure(wanted)).toEqual({ action: "added", row: alias, changes: {} });
  });

  test("edits only what differs, by the alias's id", async () => {
    const { mcc, server } = await serverWith(alias);
    const done = await mcc.aliases.ensure({ ...wanted, goto: "two@a2-alias.test", sogo_visible: 1 });
    expect(done.changes).toEqual({
      goto: { from: ["one@a2-alias.test"], to: ["two@a2-alias.test"] },
      sogo_visible: { from: 0, to: 1 },
    });
    expect(bodiesOf(server)).toEqual([{ items: [4], attr: { goto: "two@a2-alias.test", sogo_visible: 1 } }]);
  });

  test.each([
    ["null@localhost", { goto_null: true }, "unchanged"],
    ["null@localhost", { goto_null: 1, goto: "one@a2-alias.test" }, "unchanged"],
    ["spam@localhost", { goto_spam: "1", goto_null: 0 }, "unchanged"],
    ["null@localhost", { goto_ham: 1 }, "edited"],
    ["one@a2-alias.test", { goto_ham: 1 }, "edited"],
    ["null@localhost", { goto: "one@a2-alias.test" }, "edited"],
  ] as const)("knows aliases that lead nowhere: %s, wanted %j: %s", async (goto, asked, action) => {
    const { mcc } = await serverWith({ ...alias, goto });
    expect(await mcc.aliases.ensure({ address: alias.address, ...asked })).toMatchObject({ action });
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
    const { mcc, server } = await serverWith({ ...admin, attributes: { force_tfa: "1", force_pw_update: "0" } });
    const domains = ["b1-da1.test", "B1-DA2.test"];
    const done = await mcc.domainAdmins.ensure({ ...wanted, domains });
    expect(done).toMatchObject({ action: "edited", changes: { domains: { from: ["b1-da1.test"] } } });
    const attr = { force_tfa: "1", force_pw_update: "0", domains: ["b1-da1.test", "b1-da2.test"] };
    expect(bodiesOf(server)).toEqual([{ items: ["b1-da-one"], attr }]);
  });

  test("sends the password only when asked to", async () => {
    const { mcc, server } = await serverWith(admin);
    const secret = { ...wanted, password: "moohoo-moohoo" };
    expect(await mcc.domainAdmins.ensure(secret)).toMatchObject({ action: "unchanged" });
    expect(await mcc.domainAdmins.ensure(secret, { sendSecrets: true })).toMatchObject({ changes: { password: {} } });
    expect(bodiesOf(server)).toMatchObject([{ attr: { password: "moohoo-moohoo", password2: "moohoo-moohoo" } }]);
  });
});

describe("appPasswords.ensure", () => {
  const [row] = recorded("29-app-passwd", "the other mailbox").response.body as [AppPassword];
  const wanted = {
    username: row.mailbox,
    app_name: " phone ",
    active: true,
    protocols: ["imap_access", "smtp_access", "dav_access", "eas_access", "pop3_access", "sieve_access"],
  } satisfies NewAppPassword;
  const server = () => clientOf((response, { method }) => json(response, method === "GET" ? [row] : success("done")));

  test("does nothing where all is as wanted, and sends no password", async () => {
    const { mcc, server: asked } = await server();
    const done = await mcc.appPasswords.ensure({ ...wanted, app_passwd: "moohoo-moohoo" });
    expect(done).toEqual({ action: "unchanged", row, changes: {}, ignored: ["app_passwd"] });
    expect(asked.seen).toHaveLength(1);
  });

  test("edits what differs, in the mailbox that it belongs to", async () => {
    const { mcc, server: asked } = await server();
    const done = await mcc.appPasswords.ensure({ ...wanted, protocols: "imap_access" });
    expect(done).toMatchObject({ action: "edited", changes: { protocols: { to: "imap_access" } } });
    const attr = { username: row.mailbox, app_name: "phone", protocols: "imap_access" };
    expect(bodiesOf(asked)).toEqual([{ items: [row.id], attr }]);
  });

  test("sends the password when asked to, and never shows it among the changes", async () => {
    const { mcc, server: asked } = await server();
    const secret = { ...wanted, app_passwd: "moohoo-moohoo" };
    expect(await mcc.appPasswords.ensure(secret, { sendSecrets: true })).toMatchObject({ changes: { app_passwd: {} } });
    expect(bodiesOf(asked)).toMatchObject([{ attr: { app_passwd: "moohoo-moohoo", app_passwd2: "moohoo-moohoo" } }]);
  });

  test("adds one where none has that name", async () => {
    let wasAdded = false;
    const { mcc } = await clientOf((response, { method }) => {
      if (method === "GET") return json(response, wasAdded ? [row] : {});
      wasAdded = true;
      json(response, success("app_passwd_added"));
    });
    const done = await mcc.appPasswords.ensure({ ...wanted, app_passwd: "moohoo-moohoo" });
    expect(done).toMatchObject({ action: "added", row: { id: row.id, app_passwd: "moohoo-moohoo" } });
  });
});

describe("dkim.ensure", () => {
  const key = recorded("30-dkim", "the key made with the domain").response.body as object;

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
    const { mcc, server } = await serverWith(key);
    const done = await mcc.dkim.ensure({ domain: "example.com", key_size: 4096 }, { replace: true });
    expect(done).toMatchObject({ action: "edited", changes: { key_size: { from: "2048", to: 4096 } } });
    expect(written(server)).toEqual(["delete/dkim", "add/dkim"]);
  });
});
