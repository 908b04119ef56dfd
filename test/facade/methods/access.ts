import { allAdded, type MethodCalls, none } from "./types.ts";

const job = { username: "ann@example.com", host1: "imap.example.org", port1: 993, user1: "me", enc1: "SSL" } as const;

export const access: MethodCalls = {
  "syncJobs.list": async (mcc) => [
    await mcc.syncJobs.list(),
    await mcc.syncJobs.list({ log: true }),
    await mcc.syncJobs.list({ mailbox: "ann@example.com" }),
    await mcc.syncJobs.list({ mailbox: "ann@example.com", log: true }),
  ],
  "syncJobs.get": (mcc) => mcc.syncJobs.get(1),
  "syncJobs.add": (mcc) => mcc.syncJobs.add({ ...job, password1: "correct-horse", mins_interval: 20 }),
  "syncJobs.edit": (mcc) => mcc.syncJobs.edit(1, { active: 0, last_run: "" }),
  "syncJobs.delete": (mcc) => mcc.syncJobs.delete([1, 2]),
  "appPasswords.list": [(mcc) => mcc.appPasswords.list("ann@example.com"), (mcc) => mcc.appPasswords.list()],
  "appPasswords.get": [(mcc) => mcc.appPasswords.get(1, "ann@example.com"), (mcc) => mcc.appPasswords.get(1)],
  "appPasswords.add": (mcc) =>
    mcc.appPasswords.add({ username: "ann@example.com", app_name: "first", protocols: ["imap_access"] }),
  "appPasswords.addMany": async (mcc) =>
    allAdded(
      await mcc.appPasswords.addMany([{ username: "ann@example.com", app_name: "first", protocols: ["imap_access"] }]),
    ),
  "appPasswords.ensure": [
    (mcc) =>
      mcc.appPasswords.ensure({
        username: "ann@example.com",
        app_name: "first",
        protocols: ["sieve_access"],
        active: 0,
      }),
    {
      run: (mcc) =>
        mcc.appPasswords.ensure({ username: "ann@example.com", app_name: "first", protocols: "imap_access" }),
      answers: { "GET /api/v1/get/app-passwd/all/{mailbox}": [none] },
    },
  ],
  "appPasswords.edit": (mcc) => mcc.appPasswords.edit(7, { username: "ann@example.com", active: 0 }),
  "appPasswords.delete": (mcc) => mcc.appPasswords.delete([1, 7]),
  "domainAdmins.edit": [
    (mcc) => mcc.domainAdmins.edit("ann", { domains: "example.org", password: "correct-horse" }),
    {
      run: (mcc) => mcc.domainAdmins.edit("ann", { username_new: "anna" }),
      answers: { "GET /api/v1/get/admin/{username}": [none] },
    },
  ],
  "domainAdmins.setAcl": (mcc) => mcc.domainAdmins.setAcl("ann", ["quarantine", "login_as"]),
  "domainAdmins.ssoToken": (mcc) => mcc.domainAdmins.ssoToken("ann"),
  "admins.list": (mcc) => mcc.admins.list(),
  "admins.get": (mcc) => mcc.admins.get("carl"),
  "admins.add": (mcc) => mcc.admins.add({ username: "carl" }),
  "admins.edit": {
    run: (mcc) => mcc.admins.edit("carl", { username_new: "carla" }),
    answers: { "GET /api/v1/get/domain-admin/{username}": [none] },
  },
  "admins.delete": (mcc) => mcc.admins.delete("carl"),
  "domainPolicies.list": async (mcc) => [
    await mcc.domainPolicies.list("example.com", "wl"),
    await mcc.domainPolicies.list("example.com", "bl"),
  ],
  "domainPolicies.add": [
    (mcc) => mcc.domainPolicies.add({ domain: "example.com", object_list: "wl", object_from: "friend@example.net" }),
    (mcc) => mcc.domainPolicies.add({ domain: "example.com", object_list: "bl", object_from: "*@bad.example" }),
  ],
  "domainPolicies.delete": (mcc) => mcc.domainPolicies.delete(1),
  "mailboxPolicies.list": async (mcc) => [
    await mcc.mailboxPolicies.list("ann@example.com", "wl"),
    await mcc.mailboxPolicies.list("ann@example.com", "bl"),
  ],
  "mailboxPolicies.add": [
    (mcc) =>
      mcc.mailboxPolicies.add({ username: "ann@example.com", object_list: "wl", object_from: "boss@example.org" }),
    (mcc) => mcc.mailboxPolicies.add({ username: "ann@example.com", object_list: "bl", object_from: "*@bad.example" }),
  ],
  "mailboxPolicies.delete": (mcc) => mcc.mailboxPolicies.delete([10, 11]),
  "forwardingHosts.list": (mcc) => mcc.forwardingHosts.list(),
  "forwardingHosts.get": async (mcc) => [
    await mcc.forwardingHosts.get("203.0.113.1"),
    await mcc.forwardingHosts.get("198.51.100.0/24"),
  ],
  "forwardingHosts.add": (mcc) => mcc.forwardingHosts.add({ hostname: "example.com" }),
  "forwardingHosts.edit": (mcc) => mcc.forwardingHosts.edit("203.0.113.1", { keep_spam: 1 }),
  "forwardingHosts.delete": (mcc) => mcc.forwardingHosts.delete(["203.0.113.1", "198.51.100.0/24"]),
  "rateLimits.listDomains": (mcc) => mcc.rateLimits.listDomains(),
  "rateLimits.getDomain": (mcc) => mcc.rateLimits.getDomain("example.com"),
  "rateLimits.setDomain": (mcc) => mcc.rateLimits.setDomain("example.com", { rl_value: 10, rl_frame: "s" }),
  "rateLimits.removeDomain": (mcc) => mcc.rateLimits.removeDomain("example.com"),
  "rateLimits.listMailboxes": (mcc) => mcc.rateLimits.listMailboxes(),
  "rateLimits.getMailbox": (mcc) => mcc.rateLimits.getMailbox("ann@example.com"),
  "rateLimits.setMailbox": (mcc) => mcc.rateLimits.setMailbox("ann@example.com", { rl_value: "10", rl_frame: "h" }),
  "rateLimits.removeMailbox": (mcc) => mcc.rateLimits.removeMailbox("ann@example.com"),
  "rateLimits.resetHash": (mcc) => mcc.rateLimits.resetHash("RLq7a3kx9p"),
};
