import { expect, test } from "vitest";
import { redactorOf } from "../../src/transport/redactors.ts";

const get = { method: "GET", path: "/api/v1/get/domain/all", route: "/api/v1/get/domain/all", traits: undefined };

test("calls without secrets of their own share what hides the key", () => {
  const headers = { "x-api-key": "5EC2E7-KEY000" };
  const redactor = redactorOf({ ...get, headers });
  expect(redactorOf({ ...get, headers })).toBe(redactor);
  const write = {
    method: "POST",
    path: "/x",
    route: "/x",
    traits: undefined,
    headers,
    body: '{"password":"hunter2-hunter2"}',
  };
  expect(redactorOf(write)).not.toBe(redactor);
  expect(redactorOf(write).text("it was hunter2-hunter2")).toBe("it was [redacted]");
  expect(redactor.text("5EC2E7-KEY000")).toBe("[redacted]");
});

test.each([20, 200])("a text of %d characters takes from what may still be read, the first time", (length) => {
  const redactor = redactorOf({ ...get, headers: { "x-api-key": "5EC2E7-KEY000" } });
  const text = "%41".repeat(length).slice(0, length);
  const allowance = { left: 10_000 };
  expect(redactor.text(text, allowance)).toBe(text);
  expect(allowance.left).toBeLessThan(10_000 - length);
  expect(redactor.text(text, { left: 10 })).toEqual(length < 64 ? text : expect.stringContaining("[withheld"));
});

test("a text that was not read to its end is not remembered", () => {
  const redactor = redactorOf({ ...get, headers: { "x-api-key": "5EC2E7-KEY000" } });
  expect(redactor.text("a short text", { left: 0 })).toContain("[withheld");
  expect(redactor.text("a short text")).toBe("a short text");
});
