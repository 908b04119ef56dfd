import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, policy, success } from "../support/client.ts";
import { json } from "../support/server.ts";

const unauthorized = { type: "error", msg: "authentication failed" };

describe("what the old package did wrong", () => {
  test("1. getDomain answers the domains that exist, and throws on a wrong key", async () => {
    const { mcc } = await clientOf({ "get/domain/all": [{ domain_name: "example.com" }] });
    expect(await mcc.getDomain()).toEqual([{ domain_name: "example.com" }]);
    const { mcc: locked } = await clientOf((response) => json(response, unauthorized, 401));
    await expect(locked.getDomain()).rejects.toMatchObject({ kind: "auth", reason: "invalid-key" });
  });

  test("2. updateMailboxes works", async () => {
    const { mcc } = await clientOf({
      "get/mailbox/ann@example.com": {},
      "edit/mailbox": success("mailbox_modified", "ann@example.com"),
    });
    expect(await mcc.updateMailboxes({ items: ["ann@example.com"], attr: { name: "Ann" } })).toHaveLength(1);
  });

  test("3. a refusal counts wherever it stands in the answer", async () => {
    const danger = { type: "danger", log: [], msg: "rl_timeframe" };
    for (const answer of [
      [...success("domain_added", "example.com"), danger],
      [danger, ...success("domain_added", "example.com")],
    ]) {
      const { mcc } = await clientOf({ "add/domain": answer });
      await expect(mcc.addDomain("example.com")).rejects.toMatchObject({ kind: "rejected", codes: ["rl_timeframe"] });
    }
  });

  test("4. HTML, an empty body and a wrong key are errors that say what they are", async () => {
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

  test("5. an error keeps the HTTP status", async () => {
    const { mcc } = await clientOf((response) => void response.writeHead(503).end("down"));
    await expect(mcc.getMailboxes()).rejects.toMatchObject({
      kind: "http",
      status: 503,
      body: "down",
      message: expect.stringContaining("503"),
    });
  });

  test("6. a wrong key is no missing DKIM key, so none is made", async () => {
    const { mcc, server } = await clientOf((response) => json(response, unauthorized, 401));
    await expect(mcc.addAndGetDKIM("example.com")).rejects.toMatchObject({ kind: "auth" });
    expect(server.seen.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("7. input stays as it was, Unicode domains are taken, and a user name is answered as mailcow stores it", async () => {
    const { mcc, server } = await clientOf({
      "get/passwordpolicy": policy,
      "add/domain": success("domain_added", "xn--bcher-kva.xn--p1ai"),
      "add/domain-admin": success("domain_admin_added", "ann"),
    });
    const domain = Object.freeze({ domain: "Bücher.рф", tags: Object.freeze(["red"]) as unknown as string[] });
    await mcc.addDomain(domain);
    expect(domain).toEqual({ domain: "Bücher.рф", tags: ["red"] });
    expect(bodiesOf(server)[0]).toMatchObject({ domain: "xn--bcher-kva.xn--p1ai" });
    expect(await mcc.addDomainAdmin({ domains: "example.com", username: "Ann" })).toMatchObject({ username: "ann" });
    const { username } = await mcc.addDomainAdmin({ domains: "example.com" });
    expect(username).toBe(username.toLowerCase());
  });

  test("8. ids are encoded, twice", async () => {
    const { mcc, server } = await clientOf((response) => json(response, {}));
    await mcc.getMailboxes("a+b&query=get@example.com");
    expect(server.seen[0]?.path).toBe("/api/v1/get/mailbox/a%252Bb%2526query%253Dget@example.com");
  });
});
