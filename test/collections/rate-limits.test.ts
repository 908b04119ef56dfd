import { describe, expect, test } from "vitest";
import { type MailcowApiClient, MailcowInputError } from "../../src/index.ts";
import { bodiesOf, clientOf } from "../support/client.ts";
import { type MethodCalls, testMethods } from "../support/methods.ts";
import { recorded, replay } from "../support/replay.ts";
import { testStrangeAnswers } from "../support/strange-answers.ts";

const of = (name: string, template?: string) => recorded("26-ratelimit", name, template);

const ann = "ann@example.com";

const calls: MethodCalls = {
  listDomains: (mcc, options) => mcc.rateLimits.listDomains(options),
  getDomain: (mcc, options) => mcc.rateLimits.getDomain("example.com", options),
  setDomain: (mcc, options) => mcc.rateLimits.setDomain("example.com", { rl_value: 10, rl_frame: "s" }, options),
  removeDomain: (mcc, options) => mcc.rateLimits.removeDomain("example.com", options),
  listMailboxes: (mcc, options) => mcc.rateLimits.listMailboxes(options),
  getMailbox: (mcc, options) => mcc.rateLimits.getMailbox(ann, options),
  setMailbox: (mcc, options) => mcc.rateLimits.setMailbox(ann, { rl_value: "10", rl_frame: "h" }, options),
  removeMailbox: (mcc, options) => mcc.rateLimits.removeMailbox(ann, options),
  resetHash: (mcc, options) => mcc.rateLimits.resetHash("RLq7a3kx9p", options),
};
testMethods("rateLimits", calls);
testStrangeAnswers(calls);

describe("limits of domains", () => {
  test("listDomains and getDomain: return limits, and [] and null for none", async () => {
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

  test("setDomain and removeDomain: send names in lower case, under which alone limits count", async () => {
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
  test("listMailboxes and getMailbox: return limits, and [] and null for none", async () => {
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

  test("setMailbox and removeMailbox: send addresses in lower case, under which alone limits count", async () => {
    const { mcc, server } = await replay(of("set, number", "rl-mbox"), of("value 0 removes the limit", "rl-mbox"));
    await mcc.rateLimits.setMailbox("One@A2-rl.test", { rl_value: "10", rl_frame: "s" });
    await mcc.rateLimits.removeMailbox("one@a2-rl.test");
    expect(bodiesOf(server)).toEqual([
      { items: ["one@a2-rl.test"], attr: { rl_value: "10", rl_frame: "s" } },
      { items: ["one@a2-rl.test"], attr: { rl_value: 0, rl_frame: "s" } },
    ]);
  });

  test("setMailbox: names the mailbox that could not be limited", async () => {
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
    ["setDomain: refuses a mailbox", (mcc) => mcc.rateLimits.setDomain(mailbox, hour), /domain must be/],
    ["setMailbox: refuses a domain", (mcc) => mcc.rateLimits.setMailbox("example.com", hour), /mailbox must be/],
    [
      "resetHash: refuses several counters, which mailcow would glue together [guard rate-limits/one-hash]",
      (mcc) => mcc.rateLimits.resetHash(["RLa", "b"] as never),
      /^delete\/rlhash: the input must be/,
    ],
    [
      "resetHash: refuses what is no name of a counter",
      (mcc) => mcc.rateLimits.resetHash("xyz"),
      /^delete\/rlhash: the input must be/,
    ],
  ];
  test.each(cases)("%s", async (_, call, says) => {
    const { mcc, server } = await clientOf({});
    const outcome = Promise.resolve().then(() => call(mcc));
    await expect(outcome).rejects.toBeInstanceOf(MailcowInputError);
    await expect(outcome).rejects.toThrow(says);
    expect(server.seen).toEqual([]);
  });
});

describe("resetHash", () => {
  test("says whether there was such a counter [guard rate-limits/one-hash]", async () => {
    const { mcc, server } = await replay(
      of("reset one: answers the bare number 1"),
      of("hash not in redis: empty answer, but its log rows go"),
    );
    expect(await mcc.rateLimits.resetHash("RLa2hash1")).toBe(true);
    expect(await mcc.rateLimits.resetHash("RLa2gone")).toBe(false);
    expect(bodiesOf(server)).toEqual([["RLa2hash1"], ["RLa2gone"]]);
  });

  test("throws where the server fails", async () => {
    const { mcc } = await clientOf((response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<html>");
    });
    await expect(mcc.rateLimits.resetHash("RLabc")).rejects.toMatchObject({ kind: "reply" });
  });
});
