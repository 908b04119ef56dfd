import { describe, expect, test } from "vitest";
import { MailcowInputError, MailcowRejectedError } from "../../src/index.ts";
import { bodiesOf } from "../support/client.ts";
import { recorded, replay } from "../support/replay.ts";

const refused = (...codes: string[]) => expect.objectContaining({ kind: "rejected", codes });
const failure = async (call: Promise<unknown>): Promise<MailcowRejectedError> => {
  const error = await call.then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(MailcowRejectedError);
  return error;
};
const pathsOf = ({ seen }: { seen: { path: string }[] }) => seen.map(({ path }) => path.replace("/api/v1/", ""));

describe("syncJobs", () => {
  const file = "25-syncjob";
  const one = "one@a2-sync.test";
  const job = { username: one, host1: "imap.example.org", port1: 993, user1: "me", enc1: "SSL" } as const;

  test("lists all jobs or those of a mailbox, with their logs where asked", async () => {
    const { mcc, server } = await replay(
      recorded(file, "all, several, no_log"),
      recorded(file, "all, several"),
      recorded(file, "one that ran well, no_log: log is empty"),
      recorded(file, "one that ran well, with log"),
    );
    expect((await mcc.syncJobs.list()).length).toBeGreaterThan(5);
    expect((await mcc.syncJobs.list({ log: true })).length).toBeGreaterThan(5);
    expect(await mcc.syncJobs.list({ mailbox: "Two@A2-Sync.test" })).toMatchObject([{ id: 7, log: "" }]);
    expect((await mcc.syncJobs.list({ mailbox: "two@a2-sync.test", log: true }))[0]?.log).not.toBe("");
    expect(pathsOf(server)).toEqual([
      "get/syncjobs/all/no_log",
      "get/syncjobs/all",
      "get/syncjobs/two@a2-sync.test/no_log",
      "get/syncjobs/two@a2-sync.test",
    ]);
  });

  test("lists nothing where there is nothing", async () => {
    const { mcc } = await replay(recorded(file, "all, no_log"), recorded(file, "none yet"));
    expect(await mcc.syncJobs.list()).toEqual([]);
    expect(await mcc.syncJobs.list({ mailbox: one, log: true })).toEqual([]);
  });

  test("finds one job in the list", async () => {
    const { mcc } = await replay(recorded(file, "all, several, no_log"), recorded(file, "all, no_log"));
    expect(await mcc.syncJobs.get(7)).toMatchObject({ id: 7, user2: "two@a2-sync.test" });
    expect(await mcc.syncJobs.get(7)).toBeNull();
  });

  test("adds a job that runs, and answers it with its id", async () => {
    const { mcc, server } = await replay(
      recorded(file, "smallest set that works"),
      recorded(file, "one, never run, no_log"),
    );
    const added = await mcc.syncJobs.add({ ...job, username: "One@A2-sync.test", password1: "x", mins_interval: 20 });
    expect(added).toMatchObject({ id: 1, user2: one, last_run: null });
    expect(bodiesOf(server)).toEqual([{ ...job, password1: "x", mins_interval: 20, exclude: "", active: 1 }]);
  });

  test("says why a job was not added", async () => {
    const { mcc } = await replay(recorded(file, "duplicate: same host and user for this mailbox"));
    const call = mcc.syncJobs.add({ ...job, password1: "x", mins_interval: 20 });
    await expect(call).rejects.toEqual(refused("object_exists"));
  });

  test("edits jobs with an outcome each", async () => {
    const { mcc, server } = await replay(recorded(file, "two at once", "edit/syncjob"));
    expect(await mcc.syncJobs.edit([1, 2], { active: 1, dry: 0 })).toMatchObject([{ id: 1 }, { id: 2 }]);
    expect(bodiesOf(server)).toEqual([{ items: [1, 2], attr: { active: 1, dry: 0 } }]);
  });

  test("says which job could not be edited", async () => {
    const { mcc } = await replay(recorded(file, "one of three unknown: mixed result", "edit/syncjob"));
    const { failures, succeeded } = await failure(mcc.syncJobs.edit([1, 99999999, 2], { active: 0 }));
    expect(failures).toMatchObject([{ id: 99999999, code: "access_denied" }]);
    expect(succeeded).toMatchObject([{ id: 1 }, { id: 2 }]);
  });

  test("deletes jobs with an outcome each", async () => {
    const { mcc } = await replay(recorded(file, "two", "delete/syncjob"));
    expect(await mcc.syncJobs.delete([2, 3])).toMatchObject([{ id: 2 }, { id: 3 }]);
    const next = await replay(recorded(file, "one of two unknown: mixed result"));
    const { failures, succeeded } = await failure(next.mcc.syncJobs.delete([99999999, 4]));
    expect([failures, succeeded]).toMatchObject([[{ id: 99999999 }], [{ id: 4 }]]);
  });
});

describe("appPasswords", () => {
  const file = "29-app-passwd";
  const username = "one@a2-app.test";

  test("lists with names as they were given", async () => {
    const { mcc } = await replay(recorded(file, "several"), recorded(file, "unknown mailbox", "{mailbox}"));
    const rows = await mcc.appPasswords.list(username);
    expect(rows.map(({ name }) => name)).toEqual(["first", "second", "third", "fourth", "fifth", "second", '<b>&"x"']);
    expect(await mcc.appPasswords.list("nobody@a2-app.test")).toEqual([]);
  });

  test("reads one out of the list of its mailbox, because the route for one answers nothing", async () => {
    const nothing = [
      recorded(file, "one by id: never works, empty answer"),
      recorded(file, "unknown id: the same empty answer"),
    ];
    const { mcc } = await replay(...nothing, recorded(file, "several"), recorded(file, "several"));
    expect(await mcc.appPasswords.get(3, username)).toMatchObject({ id: 3, name: "third" });
    expect(await mcc.appPasswords.get(99999999, username)).toBeNull();
  });

  test("adds an active one and answers the newest of that name, with its text", async () => {
    const { mcc, server } = await replay(recorded(file, "the same name again is fine"), recorded(file, "several"));
    const input = { username, app_name: " second ", app_passwd: "App-Pass.42x", protocols: "imap_access" } as const;
    expect(await mcc.appPasswords.add(input)).toMatchObject({ id: 6, name: "second", app_passwd: "App-Pass.42x" });
    expect(bodiesOf(server)).toEqual([
      { ...input, app_passwd2: "App-Pass.42x", protocols: ["imap_access"], active: 1 },
    ]);
  });

  test("says why one was not added", async () => {
    const { mcc } = await replay(recorded(file, "password too weak", "add/app-passwd"));
    const call = mcc.appPasswords.add({ username, app_name: "x", app_passwd: "abc", protocols: ["dav_access"] });
    await expect(call).rejects.toEqual(refused("password_complexity"));
  });

  test("edits each with its owner and its plain name", async () => {
    const { mcc, server } = await replay(
      recorded(file, "several"),
      recorded(file, "active on"),
      recorded(file, "renaming an escaped name escapes it again"),
    );
    expect(await mcc.appPasswords.edit([1, 7], { username, active: 0 })).toMatchObject([{ id: 1 }, { id: 7 }]);
    expect(bodiesOf(server)).toEqual([
      { items: [1], attr: { username, app_name: "first", active: 0 } },
      { items: [7], attr: { username, app_name: '<b>&"x"', active: 0 } },
    ]);
  });

  test("sets a new password and a new name", async () => {
    const { mcc, server } = await replay(recorded(file, "before edits"), recorded(file, "new password"));
    await mcc.appPasswords.edit(2, { username, app_name: "phone", app_passwd: "App-Pass.42x2" });
    expect(bodiesOf(server)).toEqual([
      {
        items: [2],
        attr: { username, app_name: "phone", app_passwd: "App-Pass.42x2", app_passwd2: "App-Pass.42x2" },
      },
    ]);
  });

  test("says why a new password was refused", async () => {
    const { mcc } = await replay(
      recorded(file, "before edits"),
      recorded(file, "password too weak", "edit/app-passwd"),
    );
    const call = mcc.appPasswords.edit(2, { username, app_passwd: "abc" });
    await expect(call).rejects.toEqual(refused("password_complexity"));
  });

  test("deletes those after an unknown one too", async () => {
    const { mcc, server } = await replay(
      recorded(file, "one", "delete/app-passwd"),
      recorded(file, "already gone"),
      recorded(file, "bare id instead of a list", "delete/app-passwd"),
    );
    const { failures, succeeded } = await failure(mcc.appPasswords.delete([1, 99, 8]));
    expect(failures).toMatchObject([{ id: 99, code: "app_passwd_id_invalid" }]);
    expect(succeeded).toMatchObject([{ id: 1 }, { id: 8 }]);
    expect(bodiesOf(server)).toEqual([[1], [99], [8]]);
  });
});

describe("domainAdmins", () => {
  const file = "31-domain-admin";
  const acl = "31-da-acl-sso";

  test("keeps what mailcow would reset", async () => {
    const { mcc, server } = await replay(
      recorded(file, "two domains, both forces on"),
      recorded(file, "all attributes"),
    );
    expect(await mcc.domainAdmins.edit("B1-DA-One", { active: true })).toMatchObject([{ id: "B1-DA-One" }]);
    expect(bodiesOf(server)).toEqual([
      { items: ["b1-da-one"], attr: { active: true, force_tfa: "1", force_pw_update: "1" } },
    ]);
  });

  test("sets what is given in its place, and replaces the domains", async () => {
    const { mcc, server } = await replay(
      recorded(file, "two domains, both forces on"),
      recorded(file, "domains as one string", "edit/domain-admin"),
    );
    await mcc.domainAdmins.edit("b1-da-one", { domains: "B1-DA3.test", force_tfa: 0, password: "Mo0hoo.42" });
    expect(bodiesOf(server)).toEqual([
      {
        items: ["b1-da-one"],
        attr: {
          domains: ["b1-da3.test"],
          force_tfa: 0,
          force_pw_update: "1",
          password: "Mo0hoo.42",
          password2: "Mo0hoo.42",
        },
      },
    ]);
  });

  test("goes on after one that is not there", async () => {
    const { mcc } = await replay(
      recorded(file, "inactive"),
      recorded(file, "active 0"),
      recorded(file, "no such"),
      recorded(file, "unknown only"),
    );
    const { failures, succeeded } = await failure(mcc.domainAdmins.edit(["b1-da-one", "b1-nobody"], { active: 0 }));
    expect(failures).toMatchObject([{ id: "b1-nobody", code: "access_denied" }]);
    expect(succeeded).toMatchObject([{ id: "b1-da-one" }]);
  });

  test("renames to a name that no admin has", async () => {
    const { mcc, server } = await replay(
      recorded("32-admin", "no such"),
      recorded(file, "inactive"),
      recorded(file, "rename", "edit/domain-admin"),
    );
    await mcc.domainAdmins.edit("b1-da-one", { username_new: " B1-DA-2 " });
    expect(bodiesOf(server)).toMatchObject([{ items: ["b1-da-one"], attr: { username_new: "b1-da-2" } }]);
  });

  test("deletes with an outcome each, and says whom there was none of", async () => {
    const { mcc, server } = await replay(
      recorded(file, "one", "delete/domain-admin"),
      recorded(file, "several, one unknown", "delete/domain-admin"),
    );
    expect(await mcc.domainAdmins.delete("b1-da-one")).toMatchObject([
      { id: "b1-da-one", results: [{ code: "domain_admin_removed" }] },
    ]);
    const names = ["b1-da-same", "b1-nobody", "b1-da-three"];
    const { failures, succeeded } = await failure(mcc.domainAdmins.delete(names));
    expect(failures).toMatchObject([{ id: "b1-nobody", code: "username_invalid" }]);
    expect(succeeded).toMatchObject([{ id: "b1-da-same" }, { id: "b1-da-three" }]);
    expect(bodiesOf(server)).toEqual([["b1-da-one"], names]);
  });

  test("sets rights as a whole", async () => {
    const { mcc, server } = await replay(recorded(acl, "some rights"), recorded(acl, "no rights"));
    expect(await mcc.domainAdmins.setAcl("b1-acl-1", ["quarantine", "login_as"])).toMatchObject([{ id: "b1-acl-1" }]);
    await mcc.domainAdmins.setAcl(["b1-acl-1"], []);
    expect(bodiesOf(server)).toEqual([
      { items: ["b1-acl-1"], attr: { da_acl: ["quarantine", "login_as"] } },
      { items: ["b1-acl-1"], attr: { da_acl: [] } },
    ]);
  });

  test("says whose rights could not be set", async () => {
    const { mcc } = await replay(recorded(acl, "several, one unknown"));
    const call = mcc.domainAdmins.setAcl(["b1-acl-1", "b1-nobody", "b1-acl-2"], ["bcc_maps"]);
    expect((await failure(call)).failures).toMatchObject([{ id: "b1-nobody", code: "Cannot determine current ACL" }]);
  });

  test("answers a token, or says that there is no such domain admin", async () => {
    const { mcc, server } = await replay(recorded(acl, "token"), recorded(acl, "unknown"));
    expect(await mcc.domainAdmins.ssoToken("b1-acl-1")).toBe("3376CB-5F0AD3-240FFD-727B51-B8C4BE");
    await expect(mcc.domainAdmins.ssoToken("b1-nobody")).rejects.toEqual(refused("object_doesnt_exist"));
    expect(bodiesOf(server)).toEqual([{ username: "b1-acl-1" }, { username: "b1-nobody" }]);
  });
});

describe("admins", () => {
  const file = "32-admin";

  test("lists and reads", async () => {
    const { mcc } = await replay(
      recorded(file, "several", "get/admin/all"),
      recorded(file, "forces on"),
      recorded(file, "no such"),
    );
    expect((await mcc.admins.list()).map(({ username }) => username)).toContain("b1-adm-1");
    expect(await mcc.admins.get("b1-adm-2")).toMatchObject({ username: "b1-adm-2" });
    expect(await mcc.admins.get("b1-nobody")).toBeNull();
  });

  test("adds an active admin, and answers it with its password", async () => {
    const { mcc, server } = await replay(
      recorded(file, "upper case and blanks in the name"),
      recorded(file, "the name was lowered and trimmed"),
    );
    const added = await mcc.admins.add({ username: " B1-Adm.3_x ", password: "Mo0hoo.42" });
    expect(added).toMatchObject({ username: "b1-adm.3_x", active: 1, password: "Mo0hoo.42" });
    expect(bodiesOf(server)).toEqual([
      { username: "b1-adm.3_x", password: "Mo0hoo.42", password2: "Mo0hoo.42", active: 1 },
    ]);
  });

  test("says why an admin was not added", async () => {
    const { mcc } = await replay(recorded(file, "name taken"));
    const call = mcc.admins.add({ username: "b1-adm-1", password: "Mo0hoo.42" });
    await expect(call).rejects.toEqual(refused("object_exists"));
  });

  test("keeps what mailcow would reset", async () => {
    const { mcc, server } = await replay(recorded(file, "forces on"), recorded(file, "active on"));
    expect(await mcc.admins.edit("b1-adm-2", { active: 1 })).toMatchObject([{ id: "b1-adm-2" }]);
    expect(bodiesOf(server)).toEqual([
      { items: ["b1-adm-2"], attr: { active: 1, force_tfa: "1", force_pw_update: "1" } },
    ]);
  });

  test("finds an account by its name in another case", async () => {
    const { mcc, server } = await replay(recorded(file, "read by another case"), recorded(file, "on again"));
    await mcc.admins.edit("b1-adm-zwei", { active: 1 });
    expect(bodiesOf(server)).toMatchObject([{ items: ["B1-Adm-Zwei"] }]);
  });

  test("takes a warning for the refusal that it is", async () => {
    const { mcc } = await replay(
      recorded(file, "read by another case"),
      recorded(file, "inactive one, while the default is the only active: refused"),
      recorded(file, "several", "get/admin/all"),
      recorded(file, "the API user itself"),
    );
    await expect(mcc.admins.edit("b1-adm-zwei", { active: 0 })).rejects.toEqual(refused("no_active_admin"));
    await expect(mcc.admins.delete("API")).rejects.toEqual(refused("cannot_delete_self"));
  });

  test("deletes admins with an outcome each", async () => {
    const { mcc, server } = await replay(
      recorded(file, "several", "get/admin/all"),
      recorded(file, "several, one unknown", "delete/admin"),
    );
    const { failures, succeeded } = await failure(mcc.admins.delete(["b1-adm.3_x", "b1-nobody"]));
    expect(failures).toMatchObject([{ id: "b1-nobody", code: "username_invalid" }]);
    expect(succeeded).toMatchObject([{ id: "b1-adm.3_x" }]);
    expect(bodiesOf(server)).toEqual([["b1-adm.3_x", "b1-nobody"]]);
  });
});

describe("domainPolicies and mailboxPolicies", () => {
  const file = "33-policy";

  test("list what is the domain's own, or the mailbox's own", async () => {
    const { mcc, server } = await replay(
      recorded(file, "domain list holds its mailboxes' entries too", "policy_wl_domain/{domain}"),
      recorded(file, "the mailbox's own and its domain's", "policy_bl_mailbox/{mailbox}"),
      recorded(file, "only the domain's", "policy_bl_mailbox/{mailbox}"),
    );
    const own = await mcc.domainPolicies.list("B1-PO.test", "wl");
    expect([...new Set(own.map(({ object }) => object))]).toEqual(["b1-po.test"]);
    expect(await mcc.mailboxPolicies.list("User@b1-po.test", "bl")).toEqual([
      { object: "user@b1-po.test", value: "*@bad.b1-x.test", prefid: 10 },
    ]);
    expect(await mcc.mailboxPolicies.list("other@b1-po.test", "bl")).toEqual([]);
    expect(pathsOf(server)).toEqual([
      "get/policy_wl_domain/b1-po.test",
      "get/policy_bl_mailbox/user@b1-po.test",
      "get/policy_bl_mailbox/other@b1-po.test",
    ]);
  });

  test("add an entry and answer it with its id", async () => {
    const { mcc, server } = await replay(
      recorded(file, "allow an address"),
      recorded(file, "one, lowered"),
      recorded(file, "deny", "add/mailbox-policy"),
      recorded(file, "the mailbox's own and its domain's", "policy_bl_mailbox/{mailbox}"),
    );
    const sender = { object_list: "wl", object_from: "Friend@Good.b1-x.test" } as const;
    expect(await mcc.domainPolicies.add({ domain: "B1-po.test", ...sender })).toMatchObject({ prefid: 2 });
    const denied = { username: "USER@b1-po.test", object_list: "bl", object_from: "*@bad.b1-x.test" } as const;
    expect(await mcc.mailboxPolicies.add(denied)).toMatchObject({ prefid: 10, object: "user@b1-po.test" });
    expect(bodiesOf(server)).toEqual([
      { domain: "b1-po.test", ...sender },
      { ...denied, username: "user@b1-po.test" },
    ]);
  });

  test("say why an entry was not added", async () => {
    const { mcc } = await replay(recorded(file, "twice", "domain-policy"), recorded(file, "twice", "mailbox-policy"));
    const sender = { object_list: "bl", object_from: "x@b1-x.test" } as const;
    const codes = refused("policy_list_from_exists");
    await expect(mcc.domainPolicies.add({ domain: "b1-po.test", ...sender })).rejects.toEqual(codes);
    await expect(mcc.mailboxPolicies.add({ username: "user@b1-po.test", ...sender })).rejects.toEqual(codes);
  });

  test("delete entries with an outcome each", async () => {
    const { mcc, server } = await replay(
      recorded(file, "several, ids as strings"),
      recorded(file, "several", "delete/mailbox-policy"),
    );
    expect(await mcc.domainPolicies.delete([4, 5])).toMatchObject([{ id: 4 }, { id: 5 }]);
    const outcomes = await mcc.mailboxPolicies.delete([13, 14]);
    expect(outcomes.map(({ id, results }) => [id, results.length])).toEqual([
      [13, 1],
      [14, 1],
    ]);
    expect(bodiesOf(server)).toEqual([
      [4, 5],
      [13, 14],
    ]);
  });

  test("say which entry was not deleted", async () => {
    const { mcc } = await replay(recorded(file, "the same twice"));
    const { failures, succeeded } = await failure(mcc.mailboxPolicies.delete([12, 99]));
    expect([failures, succeeded]).toMatchObject([[{ id: 99, code: "access_denied" }], [{ id: 12 }]]);
  });
});

describe("forwardingHosts", () => {
  const file = "34-fwdhost";

  test("lists, and lists nothing where there is nothing", async () => {
    const { mcc } = await replay(recorded(file, "several", "all"), recorded(file, "none"));
    expect((await mcc.forwardingHosts.list()).map(({ host }) => host)).toContain("203.0.113.128/25");
    expect(await mcc.forwardingHosts.list()).toEqual([]);
  });

  test("reads addresses by path, and networks out of the list", async () => {
    const { mcc, server } = await replay(
      recorded(file, "filter on is keep_spam no"),
      recorded(file, "several", "all"),
      recorded(file, "no such"),
    );
    expect(await mcc.forwardingHosts.get("2001:db8:b1::1")).toMatchObject({ keep_spam: "no" });
    expect(await mcc.forwardingHosts.get("203.0.113.128/25")).toMatchObject({ host: "203.0.113.128/25" });
    expect(await mcc.forwardingHosts.get("203.0.113.1")).toBeNull();
    expect(server.seen).toHaveLength(3);
  });

  test("adds all hosts of a name and answers them", async () => {
    const { mcc, server } = await replay(
      recorded(file, "a name: all hosts its SPF or MX or A records give"),
      recorded(file, "with those of the name"),
    );
    const added = await mcc.forwardingHosts.add({ hostname: " b1-fwd.test ", filter_spam: 0 });
    expect(added.map(({ host }) => host).sort()).toEqual(["192.0.2.25", "198.51.100.0/24", "2001:db8::25"]);
    expect(bodiesOf(server)).toEqual([{ hostname: "b1-fwd.test", filter_spam: 0 }]);
  });

  test("says that a name stands for no host", async () => {
    const { mcc } = await replay(recorded(file, "a name that does not resolve"));
    await expect(mcc.forwardingHosts.add({ hostname: "b1-fwd.invalid" })).rejects.toEqual(refused("invalid_host"));
  });

  test("edits and deletes with an outcome each", async () => {
    const { mcc, server } = await replay(
      recorded(file, "several, one unknown", "edit/fwdhost"),
      recorded(file, "gone: said removed again"),
    );
    const hosts = ["203.0.113.1", "203.0.113.99", "203.0.113.2"];
    const { failures } = await failure(mcc.forwardingHosts.edit(hosts, { keep_spam: 0 }));
    expect(failures).toMatchObject([{ id: "203.0.113.99", code: "access_denied" }]);
    expect(await mcc.forwardingHosts.delete("203.0.113.1")).toMatchObject([{ id: "203.0.113.1" }]);
    expect(bodiesOf(server)).toEqual([{ items: hosts, attr: { keep_spam: 0 } }, ["203.0.113.1"]]);
  });
});

describe("rateLimits", () => {
  const file = "26-ratelimit";

  test("lists and reads those of domains and of mailboxes", async () => {
    const { mcc } = await replay(
      recorded(file, "all domains, several set"),
      recorded(file, "100 a minute", "rl-domain/{domain}"),
      recorded(file, "all mailboxes, several set"),
      recorded(file, "10 a second", "rl-mbox/{mailbox}"),
    );
    expect(await mcc.rateLimits.listDomains()).toContainEqual({ value: "5", frame: "h", domain: "a2-rl.test" });
    expect(await mcc.rateLimits.getDomain("A2-rl.test")).toEqual({ value: "100", frame: "m" });
    expect(await mcc.rateLimits.listMailboxes()).toContainEqual({
      value: "50",
      frame: "d",
      mailbox: "one@a2-rl.test",
    });
    expect(await mcc.rateLimits.getMailbox("One@a2-rl.test")).toEqual({ value: "10", frame: "s" });
  });

  test("reads nothing where there is none", async () => {
    const { mcc } = await replay(
      recorded(file, "all domains, none of these set"),
      recorded(file, "none set", "rl-domain/{domain}"),
      recorded(file, "all mailboxes, none of these set"),
      recorded(file, "none set", "rl-mbox/{mailbox}"),
    );
    expect(await mcc.rateLimits.listDomains()).toEqual([]);
    expect(await mcc.rateLimits.getDomain("a2-rl.test")).toBeNull();
    expect(await mcc.rateLimits.listMailboxes()).toEqual([]);
    expect(await mcc.rateLimits.getMailbox("one@a2-rl.test")).toBeNull();
  });

  test("sets and removes limits, under the name that they count for", async () => {
    const { mcc, server } = await replay(
      recorded(file, "two at once", "rl-domain"),
      recorded(file, "value 0 removes the limit (frame still needed)"),
      recorded(file, "set, number", "rl-mbox"),
      recorded(file, "value 0 removes the limit", "rl-mbox"),
    );
    const domains = await mcc.rateLimits.setDomain(["A2-RL.test", "a2-rl2.test"], { rl_value: 5, rl_frame: "h" });
    expect(domains).toMatchObject([{ id: "a2-rl.test" }, { id: "a2-rl2.test" }]);
    await mcc.rateLimits.removeDomain("a2-rl.test");
    await mcc.rateLimits.setMailbox("One@A2-rl.test", { rl_value: "10", rl_frame: "s" });
    await mcc.rateLimits.removeMailbox("one@a2-rl.test");
    expect(bodiesOf(server)).toEqual([
      { items: ["a2-rl.test", "a2-rl2.test"], attr: { rl_value: 5, rl_frame: "h" } },
      { items: ["a2-rl.test"], attr: { rl_value: 0, rl_frame: "s" } },
      { items: ["one@a2-rl.test"], attr: { rl_value: "10", rl_frame: "s" } },
      { items: ["one@a2-rl.test"], attr: { rl_value: 0, rl_frame: "s" } },
    ]);
  });

  test("says which mailbox could not be limited", async () => {
    const { mcc } = await replay(recorded(file, "one of three unknown: mixed result", "rl-mbox"));
    const names = ["one@a2-rl.test", "nobody@a2-rl.test", "two@a2-rl.test"];
    const { failures } = await failure(mcc.rateLimits.setMailbox(names, { rl_value: 11, rl_frame: "s" }));
    expect(failures).toMatchObject([{ id: "nobody@a2-rl.test", code: "access_denied" }]);
  });

  test("resets a counter, and says whether there was one", async () => {
    const { mcc, server } = await replay(
      recorded(file, "reset one: answers the bare number 1"),
      recorded(file, "hash not in redis: empty answer, but its log rows go"),
    );
    expect(await mcc.rateLimits.resetHash("RLa2hash1")).toBe(true);
    expect(await mcc.rateLimits.resetHash("RLa2gone")).toBe(false);
    await expect(mcc.rateLimits.resetHash("xyz")).rejects.toThrow(MailcowInputError);
    expect(bodiesOf(server)).toEqual([["RLa2hash1"], ["RLa2gone"]]);
  });
});
