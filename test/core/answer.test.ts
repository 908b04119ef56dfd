import { describe, expect, test } from "vitest";
import { createMailcowClient } from "../../src/client.ts";
import type { Route } from "../../src/contract.ts";
import { Api } from "../../src/core/api.ts";
import { addAlias } from "../../src/generated/routes/aliases.ts";
import { getDkim } from "../../src/generated/routes/dkim.ts";
import { addSsoDomainAdmin } from "../../src/generated/routes/domain-admins.ts";
import { getDomain, getDomainAll } from "../../src/generated/routes/domains.ts";
import { getLogsDovecot } from "../../src/generated/routes/logs.ts";
import { getStatusContainers, getStatusHost, getStatusVersion } from "../../src/generated/routes/status.ts";

const domain = { domain: "example.com" };

/** What a call makes of an answer. */
function call<I, A>(route: Route<I, A>, input: NoInfer<I>, answer: unknown): Promise<A> {
  const fetch = async () => new Response(typeof answer === "string" ? answer : JSON.stringify(answer));
  return new Api(createMailcowClient({ baseUrl: "https://mail.example.com", apiKey: "key", fetch })).call(route, input);
}

describe("an answer of the route's shape is returned", () => {
  const answers: [Route<never, unknown>, object, unknown, unknown][] = [
    [getDomainAll, {}, {}, []],
    [getDomainAll, {}, [], []],
    [getDomainAll, {}, [{ domain_name: "a" }], [{ domain_name: "a" }]],
    [getDomain, domain, {}, null],
    [getDomain, domain, [], null],
    [getDomain, domain, { domain_name: "a" }, { domain_name: "a" }],
    [getStatusVersion, {}, { version: "2026-07a" }, { version: "2026-07a" }],
    [getStatusContainers, {}, "null", null],
    [getStatusHost, {}, "false", false],
    [getLogsDovecot, { count: 2 }, [null, { time: "1" }], [null, { time: "1" }]],
    [addSsoDomainAdmin, { username: "ann" }, { token: "X" }, { token: "X" }],
  ];
  const titled = answers.map(
    ([route, input, answer, expected]) => [route.path, answer, expected, route, input] as const,
  );
  test.each(titled)("%s: %j is returned as %j", async (_, answer, expected, route, input) => {
    expect(await call(route, input as never, answer)).toEqual(expected);
  });
});

describe("any other answer is an error", () => {
  const none = [{ error: "busy" }, [null], [5], ["x"], [[]], "null", "5", '"text"', "true"];
  const each = (...more: unknown[]) => [...none, ...more].map((answer) => [answer]);
  test.each(each([{ error: "busy" }], [{ domain_name: "a" }, { error: "busy" }]))("rows: %j", async (answer) => {
    await expect(call(getDomainAll, {}, answer)).rejects.toMatchObject({ kind: "reply" });
  });

  test.each(each([{ domain_name: "a" }]))("row: %j", async (answer) => {
    await expect(call(getDomain, domain, answer)).rejects.toMatchObject({ kind: "reply" });
    await expect(call(getDkim, domain, answer)).rejects.toMatchObject({ kind: "reply" });
  });

  test.each(each({}, [], [{ version: "x" }]))("value: %j", async (answer) => {
    await expect(call(getStatusVersion, {}, answer)).rejects.toMatchObject({ kind: "reply" });
  });

  test.each(each({}, []))("entries: %j", async (answer) => {
    const alias = { address: "a@example.com", goto: "b@example.com" };
    await expect(call(addAlias, alias, answer)).rejects.toMatchObject({ kind: "reply" });
  });

  test("failed entries instead of data throw MailcowRejectedError", async () => {
    const refused = [{ type: "danger", log: [], msg: ["object_doesnt_exist", "ann"] }];
    await expect(call(addSsoDomainAdmin, { username: "ann" }, refused)).rejects.toMatchObject({ kind: "rejected" });
    await expect(call(getDomainAll, {}, { type: "error", msg: "no" })).rejects.toMatchObject({ kind: "rejected" });
  });

  test("the message names the route", async () => {
    const message = "get/domain/{domain}: the server's answer does not fit this route";
    await expect(call(getDomain, domain, { error: "busy" })).rejects.toMatchObject({
      message,
      request: { method: "GET", path: "/api/v1/get/domain/example.com" },
    });
  });
});
