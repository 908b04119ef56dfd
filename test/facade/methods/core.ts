import { allAdded, type MethodCalls, many, none } from "./types.ts";

const password = "moohoo-moohoo";

/** An address that begins with digits is looked up in the list. */
const risky = "24hours@example.com";
const riskyAlias = { body: [{ id: 7, address: risky }] };

export const core: MethodCalls = {
  "domains.list": (mcc) => mcc.domains.list({ tags: ["red", "blue"] }),
  "domains.get": (mcc) => mcc.domains.get("example.org"),
  "domains.add": (mcc) => mcc.domains.add({ domain: "example.org" }),
  "domains.addMany": async (mcc) => allAdded(await mcc.domains.addMany([{ domain: "example.org" }])),
  "domains.edit": (mcc) => mcc.domains.edit("example.com", { aliases: 399 }),
  "domains.ensure": [
    (mcc) => mcc.domains.ensure({ domain: "example.org", mailboxes: 11, tags: ["new"] }),
    {
      run: (mcc) => mcc.domains.ensure({ domain: "example.org" }),
      answers: { "GET /api/v1/get/domain/{domain}": [none] },
    },
  ],
  "domains.delete": (mcc) => mcc.domains.delete("example.com"),
  "domains.deleteTags": (mcc) => mcc.domains.deleteTags("example.com", ["red"]),
  "mailboxes.get": (mcc) => mcc.mailboxes.get("ann@example.com"),
  "mailboxes.add": (mcc) => mcc.mailboxes.add({ domain: "example.com", local_part: "ann", quota: 1024 }),
  "mailboxes.addMany": async (mcc) =>
    allAdded(await mcc.mailboxes.addMany([{ domain: "example.com", local_part: "ann", quota: 1024 }])),
  "mailboxes.edit": [
    (mcc) => mcc.mailboxes.edit("ann@example.com", { name: "Ann", password }),
    (mcc) => mcc.mailboxes.edit(many, { name: "Ann" }),
  ],
  "mailboxes.ensure": [
    (mcc) =>
      mcc.mailboxes.ensure({
        ...{ domain: "example.com", local_part: "ann", quota: 1 },
        ...{ tls_enforce_in: 1, tls_enforce_out: 0, tags: ["new"] },
      }),
    {
      run: (mcc) => mcc.mailboxes.ensure({ domain: "example.com", local_part: "ann", quota: 1 }),
      answers: { "GET /api/v1/get/mailbox/{mailbox}": [none] },
    },
  ],
  "mailboxes.delete": (mcc) => mcc.mailboxes.delete("ann@example.com"),
  "aliases.list": async (mcc) => [await mcc.aliases.list(), await mcc.aliases.list({ domain: "example.com" })],
  "aliases.get": [
    (mcc) => mcc.aliases.get(7),
    { run: (mcc) => mcc.aliases.get(risky), answers: { "GET /api/v1/get/alias/all": [riskyAlias] } },
  ],
  "aliases.add": (mcc) => mcc.aliases.add({ address: "sales@example.com", goto: "ann@example.com" }),
  "aliases.addMany": async (mcc) =>
    allAdded(await mcc.aliases.addMany([{ address: "sales@example.com", goto: "ann@example.com" }])),
  "aliases.edit": [
    (mcc) => mcc.aliases.edit(7, { goto: "bob@example.com" }),
    (mcc) => mcc.aliases.edit(7, { active: 0 }),
    {
      run: (mcc) => mcc.aliases.edit(risky, { goto: "bob@example.com" }),
      answers: { "GET /api/v1/get/alias/all": [riskyAlias] },
    },
  ],
  "aliases.ensure": [
    (mcc) => mcc.aliases.ensure({ address: "sales@example.com", goto: "cleo@example.com" }),
    (mcc) => mcc.aliases.ensure({ address: "24hours@example.com", goto: "cleo@example.com" }),
  ],
  "aliases.delete": [
    (mcc) => mcc.aliases.delete(7),
    { run: (mcc) => mcc.aliases.delete(risky), answers: { "GET /api/v1/get/alias/all": [riskyAlias] } },
  ],
  "dkim.get": (mcc) => mcc.dkim.get("example.com"),
  "dkim.add": (mcc) => mcc.dkim.add({ domain: "example.com" }),
  "dkim.getOrAdd": {
    run: (mcc) => mcc.dkim.getOrAdd({ domain: "example.com" }),
    answers: { "GET /api/v1/get/dkim/{domain}": [none] },
  },
  "dkim.ensure": (mcc) => mcc.dkim.ensure({ domain: "example.com", key_size: 4096 }, { replace: true }),
  "dkim.delete": (mcc) => mcc.dkim.delete("example.com"),
  "dkim.duplicate": (mcc) => mcc.dkim.duplicate("example.com", "example.org"),
  "dkim.import": (mcc) => mcc.dkim.import({ domain: "example.com", private_key_file: "-----BEGIN PRIVATE KEY-----" }),
  "dkim.dnsRecord": (mcc) => mcc.dkim.dnsRecord("example.com"),
  "domainAdmins.list": (mcc) => mcc.domainAdmins.list(),
  "domainAdmins.get": (mcc) => mcc.domainAdmins.get("ann"),
  "domainAdmins.add": (mcc) => mcc.domainAdmins.add({ domains: "example.com" }),
  "domainAdmins.addMany": async (mcc) => allAdded(await mcc.domainAdmins.addMany([{ domains: "example.com" }])),
  "domainAdmins.ensure": [
    (mcc) => mcc.domainAdmins.ensure({ username: "ann", domains: "example.net" }),
    {
      run: (mcc) => mcc.domainAdmins.ensure({ username: "ann", domains: "example.net" }),
      answers: { "GET /api/v1/get/domain-admin/{username}": [none] },
    },
  ],
  "domainAdmins.delete": (mcc) => mcc.domainAdmins.delete("ann"),
};
