import { expect, test } from "vitest";
import { normalizeBaseUrl } from "../../src/transport/base-url.ts";

test.each([
  ["https://mail.example.com", "https://mail.example.com"],
  ["https://mail.example.com/", "https://mail.example.com"],
  ["https://mail.example.com/api/v1", "https://mail.example.com"],
  ["https://mail.example.com/api/v1/", "https://mail.example.com"],
  ["https://mail.example.com/api/", "https://mail.example.com"],
  [" https://MAIL.example.com:8443 ", "https://mail.example.com:8443"],
  ["https://example.com/mailcow/", "https://example.com/mailcow"],
  ["https://mail.example.com/?tab=1#api", "https://mail.example.com"],
  ["http://localhost:8080", "http://localhost:8080"],
  ["http://127.0.0.1", "http://127.0.0.1"],
  ["http://[::1]:8080", "http://[::1]:8080"],
])("takes %s as %s", (input, address) => {
  expect(normalizeBaseUrl(input, false)).toBe(address);
});

test.each([
  [undefined, /baseUrl is missing/],
  ["  ", /baseUrl is missing/],
  [42, /baseUrl is missing/],
  ["mail.example.com", /https:\/\//],
  ["mail.example.com:443", /https:\/\//],
  ["ftp://mail.example.com", /https:\/\//],
  ["https://", /https:\/\//],
  ["http://mail.example.com", /plain http.*https:\/\/mail\.example\.com.*allowInsecure/],
  ["http://localhost.example.com", /plain http/],
])("refuses %s and says what is right", (input, says) => {
  expect(() => normalizeBaseUrl(input, false)).toThrow(says);
});

test("takes plain http when asked to", () => {
  expect(normalizeBaseUrl("http://mail.example.com", true)).toBe("http://mail.example.com");
});

test("refuses credentials in the address without repeating them", () => {
  const refusal = () => normalizeBaseUrl("https://ann:hunter2@mail.example.com", false);
  expect(refusal).toThrow(/user name or a password/);
  expect(refusal).not.toThrow(/hunter2/);
});
