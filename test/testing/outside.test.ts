import { describe, expect, test } from "vitest";
import { createMailcow } from "../../src/testing/index.ts";
import { inMemory } from "../support/in-memory.ts";

describe("logs", () => {
  const line = (message: string) => ({ time: "1", priority: "info" as const, program: "dovecot", message });
  const rows = ["e", "d", "c", "b", "a"].map(line);

  test.each([
    ["2", ["e", "d"]],
    ["2-4", ["d", "c", "b"]],
    ["4-99", ["b", "a"]],
    ["2.9", ["e", "d", "c", "b", "a"]],
  ])("%s of a log that a test put in", (range, messages) => {
    const { mailcow } = inMemory({ answers: { "get/logs/dovecot/{count}": rows } });
    const found = mailcow.look(`get/logs/dovecot/${range}`) as { message: string }[];
    expect(found.map(({ message }) => message)).toEqual(messages);
  });

  test.each(["0", "4-2", "2-", "abc", "6-9"])("%s finds nothing", (range) => {
    const { mailcow } = inMemory({ answers: { "get/logs/dovecot/{count}": rows } });
    expect(mailcow.look(`get/logs/dovecot/${range}`)).toEqual({});
  });

  test("of the API hold every call but looks, with asterisks for passwords", async () => {
    const { mailcow, mcc, post } = inMemory({ domains: ["example.com"] });
    await post("edit/domain", { items: [], attr: { password: "secret", description: "ü/" } });
    mailcow.look("get/domain/all");
    expect((await mcc.logs.api()).map(({ method, uri, data }) => [method, uri, data])).toEqual([
      ["GET", expect.stringContaining("/get/logs/api/"), ""],
      ["POST", "/api/v1/edit/domain", 'attr=\'{"password":"*","description":"\\u00fc\\/"}\', items=\'Array\''],
    ]);
  });
});

describe("status", () => {
  test("is the contract's example, or what a test put in", async () => {
    const { mailcow, mcc } = inMemory();
    expect((await mcc.status.host()).architecture).toBe("x86_64");
    mailcow.add({ answers: { "get/status/host/ip": { ipv4: "192.0.2.1", ipv6: false } } });
    expect(await mcc.status.hostIp()).toEqual({ ipv4: "192.0.2.1", ipv6: false });
    expect(await mcc.status.version()).toBe(mailcow.release);
  });

  test("counts of rspamd follow its statistics, in which greylisting stands by itself", () => {
    const { mailcow } = inMemory();
    const stats = mailcow.look("get/logs/rspamd-stats") as { actions: Record<string, number> };
    mailcow.add({
      answers: {
        "get/logs/rspamd-stats": { ...stats, actions: { reject: 1, "soft reject": 2, greylist: 3 } } as never,
      },
    });
    expect(mailcow.look("get/rspamd/actions")).toEqual([
      ["reject", 1],
      ["soft reject", 5],
    ]);
  });

  test("only routes that tell of the outside can be answered so", () => {
    const make = () => createMailcow({ answers: { "get/status/hosts": {} } as object });
    expect(make).toThrow('unknown route "get/status/hosts"; did you mean "get/status/host"?');
    expect(() => createMailcow({ quarantine: [{ subjekt: "x" } as object] })).toThrow('did you mean "subject"?');
  });
});
