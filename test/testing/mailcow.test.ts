import { describe, expect, test } from "vitest";
import { MailcowApiClient, MailcowInputError, MailcowNetworkError, MailcowRejectedError } from "../../src/index.ts";
import { createMailcow } from "../../src/testing/index.ts";

const url = "https://mail.example.com";
const password = "moohoo-Moohoo1";

describe("the facade on a mailcow in memory", () => {
  test("adds, lists and is refused as by a real one", async () => {
    const mailcow = createMailcow();
    const mcc = new MailcowApiClient(url, mailcow.apiKey, { fetch: mailcow.fetch });
    await mcc.domains.add({ domain: "Example.com" });
    await mcc.mailboxes.add({ domain: "example.com", local_part: "ann", password, quota: 100 });
    expect(
      (await mcc.domains.list()).map(({ domain_name, mboxes_in_domain }) => [domain_name, mboxes_in_domain]),
    ).toEqual([["example.com", 1]]);
    const again = mcc.domains.add({ domain: "example.com" });
    await expect(again).rejects.toThrow(MailcowRejectedError);
    await expect(again).rejects.toMatchObject({ codes: ["domain_exists"] });
  });

  test("tells which calls came in", async () => {
    const mailcow = createMailcow({ domains: ["example.com"] });
    const mcc = new MailcowApiClient(url, mailcow.apiKey, { fetch: mailcow.fetch });
    await mcc.domains.delete("example.com");
    expect(mailcow.calls).toEqual([
      { method: "POST", route: "delete/domain", path: "/api/v1/delete/domain", body: ["example.com"], status: 200 },
    ]);
  });
});

describe("seeds", () => {
  test("fill a domain, whose limits grow with what is in it", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `user${index}`);
    const mailcow = createMailcow({ domains: [{ domain: "example.com", mailboxes: names }] });
    expect(mailcow.look("get/domain/example.com")).toMatchObject({ mboxes_in_domain: 12, mboxes_left: 0 });
    expect(mailcow.calls).toEqual([]);
  });

  test.each([
    [{ domain: ["example.com"] }, 'unknown option "domain"; did you mean "domains"?'],
    [{ domains: [{ domain: "example.com", mailbox: [] }] }, 'unknown field "mailbox"; did you mean "mailboxes"?'],
    [{ domains: ["a.test", "A.test"] }, "domains[1]: mailcow refuses it: domain_exists"],
    [
      { domains: [{ domain: "a.test", mailboxes: ["a b"] }] },
      "domains[0].mailboxes[0]: add/mailbox: local_part must be the part of an address",
    ],
    [{ mailcow: "2024-01" }, "mailcow must be a release from 2025-05"],
  ])("%j: %s", (options, says) => {
    const make = () => createMailcow(options as Parameters<typeof createMailcow>[0]);
    expect(make).toThrow(MailcowInputError);
    expect(make).toThrow(says);
  });
});

describe("fail", () => {
  const open = () => {
    const mailcow = createMailcow({ domains: ["example.com"] });
    return { mailcow, mcc: new MailcowApiClient(url, mailcow.apiKey, { fetch: mailcow.fetch }) };
  };

  test("refuses once by default", async () => {
    const { mailcow, mcc } = open();
    mailcow.fail("add/domain", { danger: ["domain_exists", "b.test"] });
    await expect(mcc.domains.add({ domain: "b.test" })).rejects.toMatchObject({ codes: ["domain_exists"] });
    await expect(mcc.domains.add({ domain: "b.test" })).resolves.toMatchObject({ domain_name: "b.test" });
  });

  test("breaks the connection before or after the work", async () => {
    const { mailcow, mcc } = open();
    mailcow.fail("add/domain", { reset: true });
    await expect(mcc.domains.add({ domain: "b.test" })).rejects.toThrow(MailcowNetworkError);
    expect(mailcow.look("get/domain/b.test")).toEqual({});
    mailcow.fail("add/domain", { lost: true });
    await expect(mcc.domains.add({ domain: "b.test" })).rejects.toThrow(MailcowNetworkError);
    expect(mailcow.look("get/domain/b.test")).toMatchObject({ domain_name: "b.test" });
  });

  test("answers a status or an empty body as often as asked", async () => {
    const { mailcow } = open();
    mailcow.fail("*", { status: 502, times: 2 });
    mailcow.fail("get/domain/all", { empty: true });
    const get = () => mailcow.fetch(`${url}/api/v1/get/domain/all`, { headers: { "X-API-Key": mailcow.apiKey } });
    expect((await get()).status).toBe(502);
    expect((await get()).status).toBe(502);
    expect(await (await get()).text()).toBe("");
    expect(await (await get()).json()).toHaveLength(1);
  });

  test("refuses routes and ways that there are not", () => {
    const { mailcow } = open();
    expect(() => mailcow.fail("add/domains" as "add/domain", {})).toThrow('did you mean "add/domain"?');
    expect(() => mailcow.fail("add/domain", { statuss: 500 } as object)).toThrow('did you mean "status"?');
  });
});

describe("snapshots", () => {
  test("bring back rows, ids and random values", async () => {
    const mailcow = createMailcow({ domains: ["example.com"] });
    const before = mailcow.snapshot();
    mailcow.add({ domains: ["b.test"], mailboxes: ["ann@example.com"] });
    const first = mailcow.state;
    mailcow.restore(before);
    expect(mailcow.state).toEqual(before);
    mailcow.add({ domains: ["b.test"], mailboxes: ["ann@example.com"] });
    expect(mailcow.state).toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });
});

test("listen serves programs that have no fetch to give", async () => {
  const mailcow = createMailcow({ domains: ["example.com"] });
  const listening = await mailcow.listen();
  const mcc = new MailcowApiClient(listening.url, mailcow.apiKey);
  expect((await mcc.domains.list()).map(({ domain_name }) => domain_name)).toEqual(["example.com"]);
  mailcow.fail("add/domain", { reset: true });
  await expect(mcc.domains.add({ domain: "b.test" })).rejects.toThrow(MailcowNetworkError);
  await listening.close();
});
