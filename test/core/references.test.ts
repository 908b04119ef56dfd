import { describe, expect, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { json } from "../support/server.ts";

const password = "moohoo-moohoo";
const ann = { domain: "example.com", local_part: "ann", quota: 1, password };
const domain = { domain: "example.com" };
type Call = (mcc: MailcowApiClient) => Promise<unknown>;

/** A server that has what is read by the number 3, and nothing else. */
const serverWithThree = () =>
  clientOf((response, { method, path }) => {
    if (path.endsWith("identity-provider")) return json(response, { authsource: "ldap", host: "ldap.example.com" });
    if (method === "GET") return json(response, path.endsWith("/3") ? { id: 3 } : {});
    json(response, success("done"));
  });

const relayhost = "relayhost must be the id of a relayhost that exists, or 0 for none; 9999 does not exist";
const refused: [title: string, call: Call, says: string][] = [
  ["domains.edit: relayhost", (mcc) => mcc.domains.edit("example.com", { relayhost: 9999 }), relayhost],
  ["domains.ensure: relayhost", (mcc) => mcc.domains.ensure({ ...domain, relayhost: "9999" }), relayhost],
  ["editDomain: relayhost", (mcc) => mcc.editDomain(["a.com", "b.com"], { relayhost: 9999 }), relayhost],
  ["mailboxes.add: relayhost", (mcc) => mcc.mailboxes.add({ ...ann, relayhost: 9999 }), relayhost],
  ["mailboxes.edit: relayhost", (mcc) => mcc.mailboxes.edit("ann@example.com", { relayhost: 9999 }), relayhost],
  ["mailboxes.ensure: relayhost", (mcc) => mcc.mailboxes.ensure({ ...ann, relayhost: 9999 }), relayhost],
  [
    "updateMailboxes: relayhost of a later update",
    (mcc) =>
      mcc.updateMailboxes([
        { items: "ann@example.com", attr: { name: "Ann" } },
        { items: "bob@example.com", attr: { relayhost: 9999 } },
      ]),
    relayhost,
  ],
  [
    "domains.add: template",
    (mcc) => mcc.domains.add({ ...domain, template: 9999 }),
    "add/domain: template must be the id of a domain template that exists; 9999 does not exist",
  ],
  [
    "addDomain: template",
    (mcc) => mcc.addDomain({ ...domain, template: 4 }),
    "domain template that exists; 4 does not exist",
  ],
  [
    "mailboxes.add: template",
    (mcc) => mcc.mailboxes.add({ ...ann, template: 9999 }),
    "add/mailbox: template must be the id of a mailbox template that exists; 9999 does not exist",
  ],
  [
    "addMailbox: template",
    (mcc) => mcc.addMailbox({ ...domain, password, template: 4 }),
    "mailbox template that exists",
  ],
  [
    "mailboxes.edit: authsource",
    (mcc) => mcc.mailboxes.edit("ann@example.com", { authsource: "keycloak" }),
    'authsource must be "mailcow", or the kind of the identity provider that is set up; keycloak does not exist',
  ],
  [
    "addMailbox: authsource",
    (mcc) => mcc.addMailbox({ ...domain, authsource: "generic-oidc" }),
    "identity provider that is set up; generic-oidc does not exist",
  ],
];

describe("a reference that mailcow does not check", () => {
  test.each(refused)(
    "is refused before anything is written: %s [guard everywhere/references]",
    async (_, call, says) => {
      const { mcc, server } = await serverWithThree();
      await expect(call(mcc)).rejects.toMatchObject({ kind: "input", message: expect.stringContaining(says) });
      expect(bodiesOf(server)).toEqual([]);
    },
  );

  test.each<[title: string, call: Call, path: string]>([
    ["a relayhost", (mcc) => mcc.domains.edit("example.com", { relayhost: "3" }), "get/relayhost/3"],
    ["a template", (mcc) => mcc.addDomain({ ...domain, template: 3 }), "get/domain/template/3"],
    ["a mailbox template", (mcc) => mcc.addMailbox({ ...domain, password, template: 3 }), "get/mailbox/template/3"],
    ["a provider", (mcc) => mcc.addMailbox({ ...domain, authsource: "ldap" }), "get/identity-provider"],
  ])("is looked up once, and sent if it exists: %s", async (_, call, path) => {
    const { mcc, server } = await serverWithThree();
    await call(mcc);
    expect(server.seen.map((seen) => seen.path.replace("/api/v1/", ""))[0]).toBe(path);
    expect(server.seen.map(({ method }) => method)).toEqual(["GET", "POST"]);
  });

  test("is not looked up if it means none, or mailcow itself", async () => {
    const { mcc, server } = await serverWithThree();
    await mcc.domains.edit("example.com", { relayhost: 0 });
    await mcc.domains.edit("example.com", { relayhost: "0" });
    await mcc.addMailbox({ ...ann, authsource: "mailcow", relayhost: 0 });
    expect(server.seen.map(({ method }) => method)).toEqual(["POST", "POST", "POST"]);
  });
});
