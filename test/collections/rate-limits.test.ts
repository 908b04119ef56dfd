import { describe, expect, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectNone, expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";

const of = (name: string, template?: string) => recorded("26-ratelimit", name, template);

const ann = "ann@example.com";

testMethods("rateLimits", {
  listDomains: (mcc, options) => mcc.rateLimits.listDomains(options),
  getDomain: (mcc, options) => mcc.rateLimits.getDomain("example.com", options),
  setDomain: (mcc, options) => mcc.rateLimits.setDomain("example.com", { rl_value: 10, rl_frame: "s" }, options),
  removeDomain: (mcc, options) => mcc.rateLimits.removeDomain("example.com", options),
  listMailboxes: (mcc, options) => mcc.rateLimits.listMailboxes(options),
  getMailbox: (mcc, options) => mcc.rateLimits.getMailbox(ann, options),
  setMailbox: (mcc, options) => mcc.rateLimits.setMailbox(ann, { rl_value: "10", rl_frame: "h" }, options),
  removeMailbox: (mcc, options) => mcc.rateLimits.removeMailbox(ann, options),
  resetHash: (mcc, options) => mcc.rateLimits.resetHash("RLq7a3kx9p", options),
});

describe("limits of domains", () => {
  test("listDomains and getDomain: return limits, or [] and null if there are none", async () => {
    const { mcc } = await replay(
      of("all domains, several set"),
      of("100 a minute", "rl-domain/{domain}"),
      of("all domains, none of these set"),
      of("none set", "rl-domain/{domain}"),
    );
    expect(await mcc.rateLimits.listDomains()).toContainEqual({ value: "5", frame: "h", domain: "a2-rl.test" });
    expect(await mcc.rateLimits.getDomain("A2-rl.test")).toEqual({ value: "100", frame: "m" });
    expect(await mcc.rateLimits.listDomains()).toEqual([]);
    expect(await mcc.rateLimits.getDomain("a2-rl.test")).toBeNull();
  });

  test("setDomain and removeDomain: send names in lower case, the only spelling in which limits work [guard everywhere/spelling]", async () => {
    const { mcc, server } = await replay(
      of("two at once", "rl-domain"),
      of("value 0 removes the limit (frame still needed)"),
    );
    const outcomes = await mcc.rateLimits.setDomain(["A2-RL.test", "a2-rl2.test"], { rl_value: 5, rl_frame: "h" });
    expect(outcomes).toMatchObject([{ id: "a2-rl.test" }, { id: "a2-rl2.test" }]);
    await mcc.rateLimits.removeDomain("a2-rl.test");
    expect(bodiesOf(server)).toEqual([
      { items: ["a2-rl.test", "a2-rl2.test"], attr: { rl_value: 5, rl_frame: "h" } },
      { items: ["a2-rl.test"], attr: { rl_value: 0, rl_frame: "s" } },
    ]);
  });
});

describe("limits of mailboxes", () => {
  test("listMailboxes and getMailbox: return limits, or [] and null if there are none", async () => {
    const { mcc } = await replay(
      of("all mailboxes, several set"),
      of("10 a second", "rl-mbox/{mailbox}"),
      of("all mailboxes, none of these set"),
      of("none set", "rl-mbox/{mailbox}"),
    );
    const limit = { value: "50", frame: "d", mailbox: "one@a2-rl.test" };
    expect(await mcc.rateLimits.listMailboxes()).toContainEqual(limit);
    expect(await mcc.rateLimits.getMailbox("One@a2-rl.test")).toEqual({ value: "10", frame: "s" });
    expect(await mcc.rateLimits.listMailboxes()).toEqual([]);
    expect(await mcc.rateLimits.getMailbox("one@a2-rl.test")).toBeNull();
  });

  test("setMailbox and removeMailbox: send addresses in lower case, the only spelling in which limits work [guard everywhere/spelling]", async () => {
    const { mcc, server } = await replay(of("set, number", "rl-mbox"), of("value 0 removes the limit", "rl-mbox"));
    await mcc.rateLimits.setMailbox("One@A2-rl.test", { rl_value: "10", rl_frame: "s" });
    await mcc.rateLimits.removeMailbox("one@a2-rl.test");
    expect(bodiesOf(server)).toEqual([
      { items: ["one@a2-rl.test"], attr: { rl_value: "10", rl_frame: "s" } },
      { items: ["one@a2-rl.test"], attr: { rl_value: 0, rl_frame: "s" } },
    ]);
  });

  test("setMailbox: names the unknown mailbox", async () => {
    const { mcc } = await replay(of("one of three unknown: mixed result", "rl-mbox"));
    const names = ["one@a2-rl.test", "nobody@a2-rl.test", "two@a2-rl.test"];
    await expect(mcc.rateLimits.setMailbox(names, { rl_value: 11, rl_frame: "s" })).rejects.toMatchObject({
      kind: "rejected",
      failures: [{ id: "nobody@a2-rl.test", code: "access_denied" }],
    });
  });
});

describe("invalid limits", () => {
  const mailbox = "ann@example.com";
  const hour = { rl_value: 5, rl_frame: "h" } as const;
  const cases: [title: string, call: (mcc: MailcowApiClient) => Promise<unknown>, says: RegExp][] = [
    [
      "setDomain: refuses a limit of 0, which would remove it [guard rate-limits/no-value]",
      (mcc) => mcc.rateLimits.setDomain("example.com", { ...hour, rl_value: 0 }),
      /rl_value must be/,
    ],
    [
      "setMailbox: refuses a limit without a value, which would remove it [guard rate-limits/no-value]",
      (mcc) => mcc.rateLimits.setMailbox(mailbox, { rl_frame: "h" } as never),
      /rl_value must be/,
    ],
    ["setDomain: refuses a mailbox", (mcc) => mcc.rateLimits.setDomain(mailbox, hour), /items must be a domain/],
    [
      "setMailbox: refuses a domain",
      (mcc) => mcc.rateLimits.setMailbox("example.com", hour),
      /items must be the address/,
    ],
    ["getDomain: refuses a mailbox", (mcc) => mcc.rateLimits.getDomain(mailbox), /domain must be a domain/],
    ["getMailbox: refuses a domain", (mcc) => mcc.rateLimits.getMailbox("example.com"), /mailbox must be the address/],
    ["getDomain: refuses the word all", (mcc) => mcc.rateLimits.getDomain("all"), /as another route/],
    ["removeDomain: refuses a mailbox", (mcc) => mcc.rateLimits.removeDomain(mailbox), /items must be a domain/],
    [
      "setDomain: refuses a field that the route does not have [guard everywhere/id-among-attributes]",
      (mcc) => mcc.rateLimits.setDomain("example.com", { ...hour, object: "b.test" } as never),
      /unknown field "object"/,
    ],
    [
      "setMailbox: refuses a word instead of a number",
      (mcc) => mcc.rateLimits.setMailbox(mailbox, { ...hour, rl_value: "many" as never }),
      /^edit\/rl-mbox: rl_value must be/,
    ],
    [
      "setDomain: refuses an unknown time span",
      (mcc) => mcc.rateLimits.setDomain("example.com", { rl_value: 5, rl_frame: "w" as never }),
      /rl_frame must be "s", "m", "h", "d"/,
    ],
    [
      "setDomain: checks the limit even with an empty list",
      (mcc) => mcc.rateLimits.setDomain([], { ...hour, rl_frame: "w" as never }),
      /rl_frame must be/,
    ],
    [
      "setDomain: refuses undefined instead of a limit",
      (mcc) => mcc.rateLimits.setDomain("example.com", undefined as never),
      /the input must be an object/,
    ],
    [
      "resetHash: refuses several counters, whose names mailcow would join to one [guard rate-limits/one-hash]",
      (mcc) => mcc.rateLimits.resetHash(["RLa", "b"] as never),
      /^delete\/rlhash: the input must be/,
    ],
    [
      "resetHash: refuses an invalid name of a counter",
      (mcc) => mcc.rateLimits.resetHash("xyz"),
      /^delete\/rlhash: the input must be/,
    ],
  ];
  test.each(cases)("%s", async (_, call, says) => {
    await expectRefused(call, says);
  });

  test("sends nothing for an empty list [guard everywhere/no-items]", async () => {
    await expectNone((mcc) => mcc.rateLimits.setDomain([], hour));
    await expectNone((mcc) => mcc.rateLimits.removeDomain([]));
    await expectNone((mcc) => mcc.rateLimits.setMailbox([], hour));
    await expectNone((mcc) => mcc.rateLimits.removeMailbox([]));
  });
});

test("every method sends Unicode names as punycode, in lower case and without blanks around them [guard everywhere/punycode]", async () => {
  const { mcc, server } = await clientOf((response, { method }) =>
    json(response, method === "GET" ? { value: "5", frame: "h" } : success("rl_saved", "any")),
  );
  const [domain, mailbox] = [" BÜcher.Example ", " ANN@Bücher.example "];
  await mcc.rateLimits.getDomain(domain);
  await mcc.rateLimits.getMailbox(mailbox);
  await mcc.rateLimits.setDomain(domain, { rl_value: 5, rl_frame: "h" });
  await mcc.rateLimits.removeDomain([domain]);
  await mcc.rateLimits.setMailbox(mailbox, { rl_value: 5, rl_frame: "h" });
  await mcc.rateLimits.removeMailbox([mailbox]);
  const [name, address] = ["xn--bcher-kva.example", "ann@xn--bcher-kva.example"];
  expect(server.seen.slice(0, 2).map(({ path }) => path)).toEqual([
    `/api/v1/get/rl-domain/${name}`,
    `/api/v1/get/rl-mbox/${address}`,
  ]);
  expect(bodiesOf(server)).toMatchObject([
    { items: [name] },
    { items: [name] },
    { items: [address] },
    { items: [address] },
  ]);
});

describe("resetHash", () => {
  test("returns whether the counter existed [guard rate-limits/one-hash]", async () => {
    const { mcc, server } = await replay(
      of("reset one: answers the bare number 1"),
      of("hash not in redis: empty answer, but its log rows go"),
    );
    expect(await mcc.rateLimits.resetHash("RLa2hash1")).toBe(true);
    expect(await mcc.rateLimits.resetHash("RLa2gone")).toBe(false);
    expect(bodiesOf(server)).toEqual([["RLa2hash1"], ["RLa2gone"]]);
  });

  test("throws if the server fails", async () => {
    const { mcc } = await clientOf((response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<html>");
    });
    await expect(mcc.rateLimits.resetHash("RLabc")).rejects.toMatchObject({ kind: "reply" });
  });
});
