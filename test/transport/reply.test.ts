import { describe, expect, test } from "vitest";
import { MailcowAuthError, MailcowHttpError, MailcowRejectedError, MailcowReplyError } from "../../src/errors.ts";
import { dataOf, resultsOf } from "../../src/transport/reply.ts";

const answered = (data: unknown) => ({ data, response: Response.json(data) });
const refused = (status: number, msg: string) => {
  const error = { type: "error", msg };
  return { error, response: Response.json(error, { status }) };
};

describe("an error status", () => {
  test.each([
    [401, "authentication failed", "invalid-key", /does not know this API key/],
    [401, "api access denied for ip 192.0.2.7", "ip-not-allowed", /192\.0\.2\.7/],
    [403, "API read/write access denied", "read-only-key", /may only read/],
    [403, "Insufficient permissions", "no-key", /no API key reached mailcow/],
  ])("%i %s is an auth error: %s", (status, msg, reason, says) => {
    const call = () => dataOf(refused(status, msg));
    expect(call).toThrow(MailcowAuthError);
    expect(call).toThrow(says);
    expect(call).toThrow(expect.objectContaining({ kind: "auth", reason }));
  });

  test("is an HTTP error with its status otherwise", () => {
    const call = () => dataOf(refused(404, "route not found"));
    expect(call).toThrow(MailcowHttpError);
    expect(call).toThrow(expect.objectContaining({ status: 404, message: expect.stringContaining("route not found") }));
  });
});

describe("the answer to a write", () => {
  const success = { type: "success", log: ["mailbox"], msg: ["domain_added", "example.com"] };
  const danger = { type: "danger", log: ["ratelimit"], msg: "rl_timeframe" };

  test("is its entries, without the echo of the request", () => {
    expect(resultsOf(answered([success]))).toEqual([
      { type: "success", msg: ["domain_added", "example.com"], code: "domain_added" },
    ]);
  });

  test("may be a single object", () => {
    expect(resultsOf(answered({ type: "success", msg: "Task completed" }))).toMatchObject([{ code: "Task completed" }]);
  });

  test("is not a refusal if mailcow only warns", () => {
    const warning = { type: "warning", log: [], msg: ["tag_limit_exceeded", "limit 25"] };
    expect(resultsOf(answered([warning, success])).map(({ type }) => type)).toEqual(["warning", "success"]);
  });

  test.each([
    ["first", [danger, success]],
    ["last", [success, danger]],
    ["alone", [danger]],
  ])("is a refusal wherever an entry says no: %s", (_, data) => {
    const call = () => resultsOf(answered(data));
    expect(call).toThrow(MailcowRejectedError);
    expect(call).toThrow(
      expect.objectContaining({
        codes: ["rl_timeframe"],
        category: "invalid",
        failures: [expect.objectContaining({ type: "danger", msg: "rl_timeframe", code: "rl_timeframe" })],
      }),
    );
  });

  test("lists what happened despite a refusal", () => {
    const call = () => resultsOf(answered([success, danger]));
    expect(call).toThrow(
      /^mailcow refused: the span of the rate limit .* \(rl_timeframe\): .*; mailcow also says domain_added$/,
    );
    expect(call).toThrow(
      expect.objectContaining({ results: [expect.objectContaining({ code: "domain_added" }), expect.anything()] }),
    );
  });

  test.each([["error"], ["danger"], ["something new"]])("is a refusal when its type is %s", (type) => {
    expect(() => resultsOf(answered({ type, msg: "Cannot add item" }))).toThrow(MailcowRejectedError);
  });

  test.each([[null], [17], ["text"], [[]], [{}], [[null]], [[{ type: "success" }]], [[{ msg: "x" }]], [true], [[[]]]])(
    "that says nothing of the kind is an error: %j",
    (data) => {
      expect(() => resultsOf(answered(data))).toThrow(MailcowReplyError);
    },
  );
});
