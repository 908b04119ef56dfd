import { describe, expect, test } from "vitest";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import type { DomainAdmin } from "../../src/index.ts";
import { bodiesOf, clientOf, policy, success } from "../support/client.ts";
import { allAdded, none, testMethods } from "../support/methods.ts";
import { expectRefused, rejectionOf } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";

const file = "31-domain-admin";
const acl = "31-da-acl-sso";
const password = "Mo0hoo.42";
const force = { force_tfa: "0", force_pw_update: "1" };
const ann = { username: "ann", active: 1, attributes: force, selected_domains: ["example.com"] };
const answers = {
  "get/passwordpolicy": policy,
  "get/domain-admin/ann": ann,
  "get/domain-admin/bob": { ...ann, username: "bob", selected_domains: undefined },
  "get/admin/anna": {},
  "get/admin/carl": { username: "carl", active: 1, attributes: force },
  "add/domain-admin": success("domain_admin_added", "ann"),
  "edit/domain-admin": success("domain_admin_modified", "ann"),
};
const bodyOf = ({ request }: Exchange) => request.body as { username: string; domains: string[]; password: string };
const rowIn = ({ response }: Exchange) => response.body as DomainAdmin;

// biome-ignore lint/suspicious/noExplicitAny: what JavaScript callers may pass
type Anything = any;

testMethods("domainAdmins", {
  list: (mcc, options) => mcc.domainAdmins.list(options),
  get: (mcc, options) => mcc.domainAdmins.get("ann", options),
  add: (mcc, options) => mcc.domainAdmins.add({ domains: "example.com" }, options),
  addMany: async (mcc, options) => allAdded(await mcc.domainAdmins.addMany([{ domains: "example.com" }], options)),
  edit: [
    (mcc, options) => mcc.domainAdmins.edit("ann", { domains: "example.org", password: "correct-horse" }, options),
    {
      run: (mcc, options) => mcc.domainAdmins.edit("ann", { username_new: "anna" }, options),
      answers: { "GET /api/v1/get/admin/{username}": [none] },
    },
  ],
  ensure: [
    (mcc, options) => mcc.domainAdmins.ensure({ username: "ann", domains: "example.net" }, options),
    {
      run: (mcc, options) => mcc.domainAdmins.ensure({ username: "ann", domains: "example.net" }, options),
      answers: { "GET /api/v1/get/domain-admin/{username}": [none] },
    },
  ],
  setAcl: (mcc, options) => mcc.domainAdmins.setAcl("ann", ["quarantine", "login_as"], options),
  ssoToken: (mcc, options) => mcc.domainAdmins.ssoToken("ann", options),
  delete: (mcc, options) => mcc.domainAdmins.delete("ann", options),
});

test("edit, setAcl, delete: send nothing for an empty list, but still check the attributes [guard everywhere/no-items]", async () => {
  const { mcc, server } = await clientOf({});
  expect(await mcc.domainAdmins.edit([], { active: 1 })).toEqual([]);
  expect(await mcc.domainAdmins.setAcl([], [])).toEqual([]);
  expect(await mcc.domainAdmins.delete([])).toEqual([]);
  expect(server.seen).toEqual([]);
  const unknown = { domian: "a.com" } as Anything;
  await expectRefused((mcc) => mcc.domainAdmins.edit([], unknown), /unknown field "domian"; did you mean "domains"/);
  await expectRefused((mcc) => mcc.domainAdmins.setAcl([], ["x" as Anything]), /da_acl must be/);
});

test("get, setAcl, ssoToken, delete: accept a name in any case, with blanks around it", async () => {
  const { mcc, server } = await clientOf({
    ...answers,
    "edit/da-acl": success("acl_saved", "ann"),
    "add/sso/domain-admin": { token: "A-B" },
    "delete/domain-admin": success("domain_admin_removed", "ann"),
  });
  expect(await mcc.domainAdmins.get(" ANN ")).toEqual(ann);
  await mcc.domainAdmins.setAcl(" ANN ", []);
  await mcc.domainAdmins.ssoToken(" ANN ");
  await mcc.domainAdmins.delete([" ANN "]);
  expect(bodiesOf(server)).toEqual([{ items: ["ann"], attr: { da_acl: [] } }, { username: "ann" }, ["ann"]]);
});

test.each<[string, object, RegExp]>([
  ["the user name all [guard domain-admins/unreadable-name]", { username: "All" }, /username is "all"/],
  ["the user name 0 [guard domain-admins/unreadable-name]", { username: "0" }, /username must be/],
  ["an account without domains", { domains: undefined }, /domains must be/],
  ["a name that is not a domain", { domains: ["a b"] }, /domains must be/],
  ["an unknown field", { domian: "a.com" }, /unknown field "domian"; did you mean "domains"/],
  ["two passwords that differ", { password, password2: "else" }, /password2 must be the same as password/],
])("add, ensure: send nothing and refuse %s", async (_, wrong, says) => {
  const admin = { username: "ann", domains: "a.com", ...wrong } as Anything;
  await expectRefused((mcc) => mcc.domainAdmins.add(admin), says);
  await expectRefused((mcc) => mcc.domainAdmins.add(admin, { read: false }), says);
  await expectRefused((mcc) => mcc.domainAdmins.ensure(admin), says);
});

test("list, get: return the rows, or [] and null if there are none", async () => {
  const one = recorded(file, "some unselected");
  const { mcc } = await replay(recorded(file, "none", "domain-admin/all"), one, recorded(file, "no such"));
  expect(await mcc.domainAdmins.list()).toEqual([]);
  expect(await mcc.domainAdmins.get("b1-da-one")).toEqual(one.response.body);
  expect(await mcc.domainAdmins.get("b1-nobody")).toBeNull();
});

test("add: sends an active account in lower case, and returns it with its password [guard everywhere/active-by-default]", async () => {
  const stored = recorded(file, "some unselected");
  const { mcc, server } = await replay(recorded(file, "all fields, the only domain there is"), stored);
  const admin = await mcc.domainAdmins.add({ username: " B1-DA-One ", password, domains: "b1-da.test" });
  expect(admin).toEqual({ ...rowIn(stored), password });
  expect(bodiesOf(server)).toEqual([
    { username: "b1-da-one", password, password2: password, domains: ["b1-da.test"], active: 1 },
  ]);
});

describe("addDomainAdmin", () => {
  test("sends an active account, its name trimmed and in lower case [guard everywhere/active-by-default]", async () => {
    const { mcc, server } = await clientOf(answers);
    const input = { domains: "a.com", username: " Ann ", password };
    expect(await mcc.addDomainAdmin(input)).toEqual({ username: "ann", password, domains: ["a.com"] });
    expect(bodiesOf(server)).toEqual([
      { domains: ["a.com"], username: "ann", password, password2: password, active: 1 },
    ]);
  });

  test("generates a name and a password if none are given", async () => {
    const { mcc } = await clientOf(answers);
    expect(await mcc.addDomainAdmin({ domains: ["example.com"] })).toEqual({
      username: expect.stringMatching(/^[a-z][a-z0-9]{11}$/),
      password: expect.stringMatching(/^.{24}$/),
      domains: ["example.com"],
    });
  });

  test("throws mailcow's code if the password is too weak", async () => {
    const refusal = [{ type: "danger", log: ["password_check", null, null], msg: "password_complexity" }];
    const { mcc } = await clientOf({ ...answers, "add/domain-admin": refusal });
    const { codes } = await rejectionOf(mcc.addDomainAdmin({ domains: "example.com", password }));
    expect(codes).toEqual(["password_complexity"]);
  });

  test("refuses password2 without password", async () => {
    await expectRefused(
      (mcc) => mcc.addDomainAdmin({ domains: "a.com", password2: password }),
      /password2 must be the same as password/,
      answers,
    );
  });

  test("refuses a user name that can't be read back [guard domain-admins/unreadable-name]", async () => {
    await expectRefused(
      (mcc) => mcc.addDomainAdmin({ domains: "a.com", username: "all" }),
      /username is "all"/,
      answers,
    );
  });

  test("refuses a name with an umlaut", async () => {
    await expectRefused(
      (mcc) => mcc.addDomainAdmin({ domains: "a.com", username: "jürgen" }),
      /username must be .*ASCII/,
      answers,
    );
  });
});

describe("addMany", () => {
  const good = recorded(file, "all fields, the only domain there is");
  const bad = recorded(file, "name taken by the superadmin");
  const stored = recorded(file, "some unselected");
  const refusal = expect.objectContaining({ kind: "rejected", codes: ["object_exists"] });
  const failed = { item: bodyOf(bad), status: "failed", error: refusal };

  test("returns, in order, the row of each added item and the error of each refused one", async () => {
    const { mcc, server } = await replay(good, stored, bad);
    const outcomes = await mcc.domainAdmins.addMany([bodyOf(good), bodyOf(bad)], { concurrency: 1 });
    const row = { ...rowIn(stored), password };
    expect(outcomes).toEqual([{ item: bodyOf(good), status: "added", row }, failed]);
    expect(bodiesOf(server)).toMatchObject([bodyOf(good), bodyOf(bad)]);
  });

  test("continues after a refusal, and reads nothing back with read: false", async () => {
    const { mcc, server } = await replay(bad, good);
    const options = { concurrency: 1, read: false } as const;
    const outcomes = await mcc.domainAdmins.addMany([bodyOf(bad), bodyOf(good)], options);
    expect(outcomes).toEqual([failed, { item: bodyOf(good), status: "added", row: null }]);
    expect(bodiesOf(server)).toMatchObject([bodyOf(bad), bodyOf(good)]);
  });

  test("stops at a refusal with stopOnError", async () => {
    const { mcc, server } = await replay(bad);
    const options = { concurrency: 1, stopOnError: true };
    const outcomes = await mcc.domainAdmins.addMany([bodyOf(bad), bodyOf(good)], options);
    expect(outcomes).toEqual([failed, { item: bodyOf(good), status: "unsent" }]);
    expect(bodiesOf(server)).toMatchObject([bodyOf(bad)]);
  });
});

describe("edit", () => {
  test("resends the flags that mailcow would reset, under the stored name [guard admins/forced-steps]", async () => {
    const { mcc, server } = await replay(
      recorded(file, "two domains, both forces on"),
      recorded(file, "all attributes"),
    );
    expect(await mcc.domainAdmins.edit("B1-DA-One", { active: true })).toMatchObject([{ id: "b1-da-one" }]);
    expect(bodiesOf(server)).toEqual([
      { items: ["b1-da-one"], attr: { active: true, force_tfa: "1", force_pw_update: "1" } },
    ]);
  });

  test("sends an account once, in its stored spelling, if it is named in two spellings [guard everywhere/named-twice]", async () => {
    const { mcc, server } = await clientOf({
      "get/domain-admin/ann": { username: "Ann", selected_domains: ["a.com"], attributes: {} },
      "edit/domain-admin": success("domain_admin_modified", "Ann"),
    });
    expect(await mcc.domainAdmins.edit(["ANN", "ann"], { active: 1 })).toMatchObject([{ id: "Ann" }]);
    expect(bodiesOf(server)).toMatchObject([{ items: ["Ann"] }]);
  });

  test("sends a given flag instead of the stored one, and replaces the domains", async () => {
    const { mcc, server } = await replay(
      recorded(file, "two domains, both forces on"),
      recorded(file, "domains as one string", "edit/domain-admin"),
    );
    await mcc.domainAdmins.edit("b1-da-one", { domains: "B1-DA3.test", force_tfa: 0, password });
    const attr = { domains: "b1-da3.test", force_tfa: 0, force_pw_update: "1", password, password2: password };
    expect(bodiesOf(server)).toEqual([{ items: ["b1-da-one"], attr }]);
  });

  test("continues after an unknown account", async () => {
    const { mcc } = await replay(
      recorded(file, "inactive"),
      recorded(file, "active 0"),
      recorded(file, "no such"),
      recorded(file, "unknown only"),
    );
    const edit = mcc.domainAdmins.edit(["b1-da-one", "b1-nobody"], { active: 0 });
    const { failures, succeeded } = await rejectionOf(edit);
    expect(failures).toMatchObject([{ id: "b1-nobody", code: "access_denied" }]);
    expect(succeeded).toMatchObject([{ id: "b1-da-one" }]);
  });

  test("sends the new name trimmed and in lower case", async () => {
    const { mcc, server } = await replay(
      recorded("32-admin", "no such"),
      recorded(file, "inactive"),
      recorded(file, "rename", "edit/domain-admin"),
    );
    await mcc.domainAdmins.edit("b1-da-one", { username_new: " B1-DA-2 " });
    expect(bodiesOf(server)).toMatchObject([{ items: ["b1-da-one"], attr: { username_new: "b1-da-2" } }]);
  });

  test("does not change its input", async () => {
    const { mcc } = await clientOf(answers, { serverVersion: "2026-07a" });
    const attr = Object.freeze({ username_new: "Anna", force_tfa: 1 });
    await mcc.domainAdmins.edit("ann", attr);
    expect(attr).toEqual({ username_new: "Anna", force_tfa: 1 });
  });

  test("gives domains to an account that has only alias domains, in punycode [guard everywhere/punycode]", async () => {
    const { mcc, server } = await clientOf(answers);
    await mcc.domainAdmins.edit("bob", { domains: ["Bücher.example"] });
    expect(bodiesOf(server)).toEqual([{ items: ["bob"], attr: { domains: ["xn--bcher-kva.example"], ...force } }]);
  });

  test("refuses an account that has only alias domains, which it would lose, before any other is edited [guard domain-admins/alias-domains-only]", async () => {
    await expectRefused(
      (mcc) => mcc.domainAdmins.edit(["ann", "bob"], { active: 1 }),
      /domains must be given/,
      answers,
    );
  });

  test("sends 0 for a flag that the row does not have", async () => {
    const { mcc, server } = await clientOf({
      ...answers,
      "get/domain-admin/ann": { ...ann, attributes: { force_pw_update: "1" } },
    });
    await mcc.domainAdmins.edit("ann", { active: 1 });
    expect(bodiesOf(server)).toEqual([{ items: ["ann"], attr: { active: 1, force_tfa: "0", force_pw_update: "1" } }]);
  });

  test("refuses the name of an admin, with whom mailcow would mix up the account [guard domain-admins/rename]", async () => {
    const rename = { username_new: "Carl" };
    await expectRefused((mcc) => mcc.domainAdmins.edit("ann", rename), /no other account/, answers);
  });

  test("refuses one name for two accounts", async () => {
    await expectRefused(
      (mcc) => mcc.domainAdmins.edit(["ann", "bob"], { username_new: "anna" }),
      /username_new must be for a single account/,
      answers,
    );
  });

  test("refuses a new name together with a password, because a refused password would lose the account [guard domain-admins/rename-with-password]", async () => {
    await expectRefused(
      (mcc) => mcc.domainAdmins.edit("ann", { username_new: "anna", password: "correct-horse" }),
      /username_new must be sent in a separate call, without a password/,
      answers,
    );
  });
});

describe("ensure", () => {
  const admin = rowIn(recorded(file, "some unselected"));
  const wanted = { username: " B1-DA-one ", domains: "B1-DA1.test", active: true };

  /** A server that says success to every write, and answers the next of the rows after it; the last one stays. */
  const serverWith = (...rows: (object | null)[]) => {
    let writes = 0;
    return clientOf((response, { method, path }) => {
      if (path.endsWith("passwordpolicy")) return json(response, policy);
      if (method === "GET") return json(response, rows[Math.min(writes, rows.length - 1)] ?? {});
      writes++;
      json(response, success("done", "x"));
    });
  };

  test("does nothing if everything matches", async () => {
    const { mcc, server } = await serverWith(admin);
    expect(await mcc.domainAdmins.ensure(wanted)).toEqual({ action: "unchanged", row: admin, changes: {} });
    expect(server.seen.map(({ path }) => path)).toEqual(["/api/v1/get/domain-admin/b1-da-one"]);
  });

  test("does nothing if the name is stored in capitals", async () => {
    const row = { ...admin, username: "B1-Da-One" };
    const { mcc } = await serverWith(row);
    expect(await mcc.domainAdmins.ensure(wanted)).toEqual({ action: "unchanged", row, changes: {} });
  });

  test("adds what is missing, and returns its password", async () => {
    const { mcc } = await serverWith(null, admin);
    const done = await mcc.domainAdmins.ensure(wanted);
    expect(done).toMatchObject({ action: "added", row: { username: "b1-da-one", password: expect.any(String) } });
  });

  test("edits what differs, and resends what mailcow would reset [guard admins/forced-steps]", async () => {
    const before = { ...admin, attributes: { force_tfa: "1", force_pw_update: "0" } };
    const domains = ["b1-da1.test", "b1-da2.test"];
    const row = { ...before, selected_domains: domains };
    const { mcc, server } = await serverWith(before, row);
    const done = await mcc.domainAdmins.ensure({ ...wanted, domains: ["b1-da1.test", "B1-DA2.test"] });
    expect(done).toEqual({ action: "edited", row, changes: { domains: { from: ["b1-da1.test"], to: domains } } });
    const attr = { force_tfa: "1", force_pw_update: "0", domains };
    expect(bodiesOf(server)).toEqual([{ items: ["b1-da-one"], attr }]);
  });

  test("sends the password only with sendSecrets", async () => {
    const { mcc, server } = await serverWith(admin);
    const secret = { ...wanted, password: "moohoo-moohoo" };
    const ignored = ["password"];
    expect(await mcc.domainAdmins.ensure(secret)).toMatchObject({ action: "unchanged", ignored });
    const sent = await mcc.domainAdmins.ensure(secret, { sendSecrets: true });
    expect(sent).toEqual({ action: "edited", row: admin, changes: { password: {} } });
    expect(bodiesOf(server)).toMatchObject([{ attr: { password: "moohoo-moohoo", password2: "moohoo-moohoo" } }]);
  });

  test("lists in `ignored` what mailcow keeps although it reports success, and tries again each time", async () => {
    const { mcc, server } = await serverWith(admin);
    const call = () => mcc.domainAdmins.ensure({ username: admin.username, domains: "b1-da1.test", active: 0 });
    const done = { action: "unchanged", row: admin, changes: {}, ignored: ["active"] };
    expect(await call()).toEqual(done);
    expect(await call()).toEqual(done);
    const written = server.seen.filter(({ method }) => method === "POST").map(({ path }) => path);
    expect(written).toEqual(["/api/v1/edit/domain-admin", "/api/v1/edit/domain-admin"]);
  });
});

describe("ensure, on recordings", () => {
  const added = recorded(file, "all fields, the only domain there is");
  const read = recorded(file, "unselected_domains (an empty string where there is no other domain)");
  const wanted = bodyOf(added);

  test("sends nothing if the same input, with every field, was added before", async () => {
    const { mcc, server } = await replay(read);
    const done = { action: "unchanged", row: rowIn(read), changes: {}, ignored: ["password", "password2"] };
    expect(await mcc.domainAdmins.ensure(wanted)).toEqual(done);
    expect(server.seen.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("adds what is missing, and returns the row that was read back, with its password", async () => {
    const { mcc, server } = await replay(recorded(file, "no such"), added, read);
    const done = { action: "added", row: { ...rowIn(read), password }, changes: {} };
    expect(await mcc.domainAdmins.ensure(wanted)).toEqual(done);
    expect(bodiesOf(server)).toEqual([wanted]);
  });

  test.each([
    ["several domains, active left out", "active left out means inactive"],
    ["upper case and blanks in the name", "the name was lowered and trimmed"],
  ])("changes nothing that the same input added before: %s", async (name, stored) => {
    const { mcc, server } = await replay(recorded(file, stored, "get/domain-admin/{username}"));
    const done = await mcc.domainAdmins.ensure(bodyOf(recorded(file, name, "add/domain-admin")));
    expect(done).toMatchObject({ action: "unchanged", changes: {} });
    expect(server.seen).toHaveLength(1);
  });

  const attr = (recorded(file, "all attributes").request.body as { attr: Record<string, Anything> }).attr;
  const username = attr["username_new"];

  test("replaces the domains as a whole, once, and resends the flags [guard admins/forced-steps]", async () => {
    const before = recorded(file, "force_tfa on");
    const after = recorded(file, "one domain");
    const edit = recorded(file, "domains as one string", "edit/domain-admin");
    const { mcc, server } = await replay(before, before, edit, after, after);
    const given = { username, domains: "b1-da3.test" };
    const { row, ...done } = await mcc.domainAdmins.ensure(given);
    const changes = { domains: { from: ["b1-da1.test", "b1-da2.test"], to: ["b1-da3.test"] } };
    expect(done).toEqual({ action: "edited", changes });
    expect(row).toEqual(after.response.body);
    expect(await mcc.domainAdmins.ensure(given)).toEqual({ action: "unchanged", row, changes: {} });
    const sent = { force_tfa: "1", force_pw_update: "0", domains: ["b1-da3.test"] };
    expect(bodiesOf(server)).toEqual([{ items: [username], attr: sent }]);
  });

  test("sends the password with sendSecrets, and does not show it among the changes", async () => {
    const before = recorded(file, "inactive");
    const after = recorded(file, "two domains, both forces on");
    const { mcc, server } = await replay(before, before, recorded(file, "all attributes"), after, after);
    const { password, domains } = attr;
    const given = { username, password, domains, active: 1 } as const;
    const { row, ...done } = await mcc.domainAdmins.ensure(given, { sendSecrets: true });
    const changes = { active: { from: 0, to: 1 }, domains: { from: ["b1-da1.test"], to: domains }, password: {} };
    expect(done).toEqual({ action: "edited", changes });
    expect(row).toEqual(after.response.body);
    const again = { action: "unchanged", row, changes: {}, ignored: ["password"] };
    expect(await mcc.domainAdmins.ensure(given)).toEqual(again);
    const kept = { force_tfa: "0", force_pw_update: "0" };
    expect(bodiesOf(server)).toEqual([
      { items: [username], attr: { active: 1, domains, password, password2: password, ...kept } },
    ]);
  });

  test("throws each time for a domain that does not exist", async () => {
    const add = recorded(file, "one good and one unknown domain");
    const row = recorded(file, "has the good one");
    const refusal = recorded(file, "an unknown domain");
    const { mcc, server } = await replay(recorded(file, "no such"), add, row, row, refusal);
    await expect(mcc.domainAdmins.ensure(bodyOf(add))).rejects.toMatchObject({
      codes: ["domain_invalid"],
      succeeded: [{ code: "domain_admin_added" }],
    });
    await expect(mcc.domainAdmins.ensure(bodyOf(add))).rejects.toMatchObject({
      failures: [{ id: "b1-da-five", code: "domain_invalid" }],
    });
    expect(bodiesOf(server)[1]).toMatchObject({ attr: { domains: ["b1-dax.test", "b1-da1.test"] } });
  });
});

describe("setAcl", () => {
  test("sets the rights as a whole", async () => {
    const { mcc, server } = await replay(recorded(acl, "some rights"), recorded(acl, "no rights"));
    expect(await mcc.domainAdmins.setAcl("b1-acl-1", ["quarantine", "login_as"])).toMatchObject([{ id: "b1-acl-1" }]);
    await mcc.domainAdmins.setAcl(["b1-acl-1"], []);
    expect(bodiesOf(server)).toEqual([
      { items: ["b1-acl-1"], attr: { da_acl: ["quarantine", "login_as"] } },
      { items: ["b1-acl-1"], attr: { da_acl: [] } },
    ]);
  });

  test("names the account that was refused", async () => {
    const { mcc } = await replay(recorded(acl, "several, one unknown"));
    const call = mcc.domainAdmins.setAcl(["b1-acl-1", "b1-nobody", "b1-acl-2"], ["bcc_maps"]);
    expect((await rejectionOf(call)).failures).toMatchObject([
      { id: "b1-nobody", code: "Cannot determine current ACL" },
    ]);
  });

  test("refuses unknown rights, which mailcow would ignore [guard domain-admins/rights]", async () => {
    const rights = ["everything" as Anything];
    await expectRefused((mcc) => mcc.domainAdmins.setAcl("ann", rights), /da_acl must be/, answers);
  });

  test("refuses undefined rights, which would remove all of them [guard domain-admins/rights]", async () => {
    await expectRefused(
      (mcc) => mcc.domainAdmins.setAcl("ann", undefined as Anything),
      /^edit\/da-acl: da_acl must be given/,
      answers,
    );
  });
});

test("ssoToken: returns a token, and throws mailcow's code for an unknown domain admin", async () => {
  const { mcc, server } = await replay(recorded(acl, "token"), recorded(acl, "unknown"));
  expect(await mcc.domainAdmins.ssoToken("b1-acl-1")).toBe("3376CB-5F0AD3-240FFD-727B51-B8C4BE");
  expect((await rejectionOf(mcc.domainAdmins.ssoToken("b1-nobody"))).codes).toEqual(["object_doesnt_exist"]);
  expect(bodiesOf(server)).toEqual([{ username: "b1-acl-1" }, { username: "b1-nobody" }]);
});

test("delete: returns an outcome for each account, and names the unknown one", async () => {
  const { mcc, server } = await replay(
    recorded(file, "one", "delete/domain-admin"),
    recorded(file, "several, one unknown", "delete/domain-admin"),
  );
  expect(await mcc.domainAdmins.delete("b1-da-one")).toMatchObject([
    { id: "b1-da-one", results: [{ code: "domain_admin_removed" }] },
  ]);
  const names = ["b1-da-same", "b1-nobody", "b1-da-three"];
  const { failures, succeeded } = await rejectionOf(mcc.domainAdmins.delete(names));
  expect(failures).toMatchObject([{ id: "b1-nobody", code: "username_invalid" }]);
  expect(succeeded).toMatchObject([{ id: "b1-da-same" }, { id: "b1-da-three" }]);
  expect(bodiesOf(server)).toEqual([["b1-da-one"], names]);
});
