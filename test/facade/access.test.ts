import { describe, expect, test } from "vitest";
import { type MailcowApiClient, MailcowInputError } from "../../src/index.ts";
import { bodiesOf, clientOf, policy, success } from "../support/client.ts";
import { json } from "../support/server.ts";

// biome-ignore lint/suspicious/noExplicitAny: what JavaScript callers may pass
type Anything = any;

const force = { force_tfa: "0", force_pw_update: "1" };
const ann = { username: "ann", active: 1, attributes: force, selected_domains: ["example.com"] };
const carl = { username: "carl", active: 1, attributes: force };
const phone = { id: 7, name: "Ann&amp;#039;s phone", mailbox: "Ann@example.com", password: "{BLF-CRYPT}x" };
const answers = {
  "get/passwordpolicy": policy,
  "get/domain-admin/ann": ann,
  "get/domain-admin/bob": { ...ann, username: "bob", selected_domains: undefined },
  "get/domain-admin/carl": {},
  "get/domain-admin/anna": {},
  "get/admin/ann": {},
  "get/admin/anna": {},
  "get/admin/carl": carl,
  "get/admin/all": [carl, { ...carl, username: "dora", active: 0 }, { ...carl, username: "Emil" }],
  "get/app-passwd/all/ann@example.com": [phone],
  "get/app-passwd/all/bob@example.com": {},
  "edit/domain-admin": success("domain_admin_modified", "ann"),
  "edit/admin": success("admin_modified", "carl"),
  "edit/app-passwd": success("object_modified", "7"),
  "delete/admin": success("admin_removed", "dora"),
};

describe("nothing is sent when", () => {
  const username = "ann@example.com";
  const job = { username, host1: "imap.example.org", port1: 993, user1: "me", enc1: "SSL" } as const;
  const hour = { rl_value: 5, rl_frame: "h" } as const;
  const cases: [trap: string, call: (mcc: MailcowApiClient) => Promise<unknown>, message: RegExp][] = [
    [
      "the id of a sync job is no number, which would stop a delete halfway",
      (mcc) => mcc.syncJobs.delete([1, "abc" as Anything]),
      /^delete\/syncjob: .*number/,
    ],
    ["the id of a sync job only begins with digits", (mcc) => mcc.syncJobs.edit("5x" as Anything, {}), /ids|items/],
    [
      "an attribute is called like the id of a sync job",
      (mcc) => mcc.syncJobs.edit(1, { id: 2 } as Anything),
      /id must be left out/,
    ],
    [
      "a sync job is added for no address",
      (mcc) => mcc.syncJobs.add({ ...job, username: "ann", password1: "x", mins_interval: 20 }),
      /username must be an address/,
    ],
    [
      "an app password would be good for nothing",
      (mcc) => mcc.appPasswords.add({ username, app_name: "phone", protocols: [] }),
      /protocols must be at least one/,
    ],
    [
      "an app password comes without its protocols",
      (mcc) => mcc.appPasswords.add({ username, app_name: "phone" } as Anything),
      /protocols must be/,
    ],
    [
      "an app password belongs to another mailbox, to which an edit would move it",
      (mcc) => mcc.appPasswords.edit([7], { username: "bob@example.com", active: 1 }),
      /ids must be of that mailbox; 7 is not/,
    ],
    [
      "the id of an app password only begins with digits",
      (mcc) => mcc.appPasswords.delete("26abc" as Anything),
      /^delete\/app-passwd: the input must be/,
    ],
    [
      "a domain admin shall be renamed to an admin",
      (mcc) => mcc.domainAdmins.edit("ann", { username_new: "Carl" }),
      /no other account/,
    ],
    [
      "an admin shall be renamed to a domain admin",
      (mcc) => mcc.admins.edit("carl", { username_new: "ann" }),
      /no other account/,
    ],
    [
      "two accounts shall have one name",
      (mcc) => mcc.domainAdmins.edit(["ann", "bob"], { username_new: "anna" }),
      /username_new must be for a single account/,
    ],
    [
      "an account shall have a name that can't be read again",
      (mcc) => mcc.admins.edit("carl", { username_new: "ALL" }),
      /username_new must be other than all/,
    ],
    [
      "a domain admin shall be renamed beside a password, which could be refused after it",
      (mcc) => mcc.domainAdmins.edit("ann", { username_new: "anna", password: "correct-horse" }),
      /username_new must be sent without a password/,
    ],
    [
      "a domain admin has alias domains only, which any edit would take away with the account",
      (mcc) => mcc.domainAdmins.edit("bob", { active: 1 }),
      /domains must be given/,
    ],
    [
      "disable_tfa is false, which mailcow takes for true",
      (mcc) => mcc.admins.edit("carl", { disable_tfa: false as Anything }),
      /disable_tfa must be/,
    ],
    [
      "rights have names that mailcow would pass over",
      (mcc) => mcc.domainAdmins.setAcl("ann", ["everything" as Anything]),
      /da_acl must be/,
    ],
    [
      "rights are left out, which would take all away",
      (mcc) => mcc.domainAdmins.setAcl("ann", undefined as Anything),
      /^the attributes must be given/,
    ],
    ["no active admin would be left", (mcc) => mcc.admins.delete(["CARL", "emil"]), /an active admin is left/],
    [
      "the list of a policy has another name, which would read as empty",
      (mcc) => mcc.domainPolicies.list("example.com", "white" as Anything),
      /list must be "wl" or "bl"/,
    ],
    [
      "a policy is added for the key itself, where nobody could list it",
      (mcc) => mcc.mailboxPolicies.add({ username: "API", object_list: "wl", object_from: "x@y.test" }),
      /username must be an address/,
    ],
    [
      "a sender stands instead of its prefid",
      (mcc) => mcc.mailboxPolicies.delete("x@y.test" as Anything),
      /^delete\/mailbox-policy: the input must be/,
    ],
    [
      "keep_spam is left out, which would mean no",
      (mcc) => mcc.forwardingHosts.edit("203.0.113.1", {} as Anything),
      /keep_spam must be given/,
    ],
    [
      "keep_spam is the word that reads give, which would mean no",
      (mcc) => mcc.forwardingHosts.edit("203.0.113.1", { keep_spam: "yes" as Anything }),
      /keep_spam must be true or false, 1 or 0/,
    ],
    [
      "a limit of 0 is set, which would remove it",
      (mcc) => mcc.rateLimits.setDomain("example.com", { ...hour, rl_value: 0 }),
      /rl_value must be/,
    ],
    [
      "a limit has no value, which would remove it",
      (mcc) => mcc.rateLimits.setMailbox(username, { rl_frame: "h" } as Anything),
      /rl_value must be/,
    ],
    ["a mailbox is limited as a domain", (mcc) => mcc.rateLimits.setDomain(username, hour), /domain must be/],
    ["a domain is limited as a mailbox", (mcc) => mcc.rateLimits.setMailbox("example.com", hour), /mailbox must be/],
    [
      "several counters would be glued together",
      (mcc) => mcc.rateLimits.resetHash(["RLa", "b"] as Anything),
      /^delete\/rlhash: the input must be/,
    ],
    ["no account is named", (mcc) => mcc.admins.edit([], { active: 1 }), /items must be/],
  ];

  test.each(cases)("%s", async (_, call, message) => {
    const { mcc, server } = await clientOf(answers);
    const error: Anything = await call(mcc).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(MailcowInputError);
    expect(error.message).toMatch(message);
    expect(bodiesOf(server)).toEqual([]);
  });
});

describe("accounts", () => {
  test("an edit leaves its input as it was", async () => {
    const { mcc } = await clientOf(answers);
    const attr = Object.freeze({ username_new: "Anna", force_tfa: 1 });
    await mcc.domainAdmins.edit("ann", attr);
    expect(attr).toEqual({ username_new: "Anna", force_tfa: 1 });
  });

  test("one that has alias domains only is edited together with real ones", async () => {
    const { mcc, server } = await clientOf(answers);
    await mcc.domainAdmins.edit("bob", { domains: ["Bücher.example"] });
    expect(bodiesOf(server)).toEqual([{ items: ["bob"], attr: { domains: ["xn--bcher-kva.example"], ...force } }]);
  });

  test("flags that are undefined are kept too", async () => {
    const { mcc, server } = await clientOf(answers);
    await mcc.admins.edit("carl", { force_pw_update: undefined, active: 1 } as Anything);
    expect(bodiesOf(server)).toEqual([{ items: ["carl"], attr: { active: 1, ...force } }]);
  });

  test("an empty password keeps the old one", async () => {
    const { mcc, server } = await clientOf(answers);
    await mcc.admins.edit("carl", { password: "", active: 1 });
    expect(bodiesOf(server)).toEqual([{ items: ["carl"], attr: { active: 1, ...force } }]);
  });

  test("an admin goes while another active one stays", async () => {
    const { mcc, server } = await clientOf(answers);
    await mcc.admins.delete(["dora", "carl"]);
    expect(bodiesOf(server)).toEqual([["dora", "carl"]]);
  });
});

describe("app passwords", () => {
  test("keep the owner in the spelling that is stored, and their plain name", async () => {
    const { mcc, server } = await clientOf(answers);
    await mcc.appPasswords.edit(7, { username: "ann@example.com", app_name: undefined } as Anything);
    expect(bodiesOf(server)).toEqual([{ items: [7], attr: { username: "Ann@example.com", app_name: "Ann's phone" } }]);
  });

  test("get a random password where none is given", async () => {
    let sent = "";
    const { mcc } = await clientOf((response, { method, path, body }) => {
      if (path.endsWith("passwordpolicy")) return json(response, policy);
      if (method === "POST") sent = JSON.parse(body).app_passwd;
      json(
        response,
        method === "POST" ? [{ type: "success", log: [], msg: "app_passwd_added" }] : [{ ...phone, name: "tv" }],
      );
    });
    const added = await mcc.appPasswords.add({ username: "ann@example.com", app_name: "tv", protocols: "dav_access" });
    expect(sent).toMatch(/^.{24}$/);
    expect(added).toMatchObject({ id: 7, app_passwd: sent });
  });
});

test("a counter that can't be reset because the server fails is not taken for one that is not there", async () => {
  const { mcc } = await clientOf((response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<html>");
  });
  await expect(mcc.rateLimits.resetHash("RLabc")).rejects.toMatchObject({ kind: "reply" });
});

test("a forwarding host that is a plain number has a text for its address", async () => {
  const { mcc } = await clientOf({ "get/fwdhost/all": [{ host: 12345, source: "12345", keep_spam: "yes" }] });
  expect(await mcc.forwardingHosts.list()).toEqual([{ host: "12345", source: "12345", keep_spam: "yes" }]);
});

describe("app passwords of the whole server", () => {
  const all = {
    ...answers,
    "get/app-passwd/all": {},
    "get/app-passwd/7": {},
    "get/mailbox/reduced": ["ann@example.com", "bob@example.com"].map((username) => ({ username })),
  };

  test("are those of each mailbox", async () => {
    const { mcc } = await clientOf(all);
    expect(await mcc.appPasswords.list()).toEqual([{ ...phone, name: "Ann's phone" }]);
    expect(await mcc.appPasswords.get(7)).toMatchObject({ id: 7, mailbox: "Ann@example.com" });
    expect(await mcc.appPasswords.get(7, "bob@example.com")).toBeNull();
  });

  test("are not answered without those of a mailbox that can't be read", async () => {
    const { mcc } = await clientOf({ ...all, "get/app-passwd/all/bob@example.com": { type: "error", msg: "no" } });
    await expect(mcc.appPasswords.list()).rejects.toMatchObject({ kind: "rejected" });
  });
});
