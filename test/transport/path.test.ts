import { describe, expect, test } from "vitest";
import { createMailcowClient } from "../../src/client.ts";
import { MailcowInputError } from "../../src/errors.ts";
import { serializePath } from "../../src/transport/path.ts";

const path = (id: unknown) => serializePath("/api/v1/get/mailbox/{mailbox}", { mailbox: id });
/** What mailcow makes of a path: nginx decodes it, puts it into a query, and PHP decodes that. */
const asMailcowReads = (sent: string) =>
  new URLSearchParams(`query=${decodeURIComponent(new URL(sent, "https://x").pathname)}`);

describe("an id in a path", () => {
  test.each(["ann@example.com", "a.b-c_d~e@sub.example.com", "xn--bcher-kva.example", "42"])(
    "%s stays readable",
    (id) => {
      expect(path(id)).toBe(`/api/v1/get/mailbox/${id}`);
    },
  );

  test.each([
    ["a+b@example.com", "a%252Bb@example.com"],
    ["o'brien@example.com", "o%2527brien@example.com"],
    ["ü@example.com", "%25C3%25BC@example.com"],
    ["a b", "a%2520b"],
  ])("%s is encoded twice", (id, encoded) => {
    expect(path(id)).toBe(`/api/v1/get/mailbox/${encoded}`);
  });

  test.each([
    "a+b@x",
    "x&query=get/admin/all".replaceAll("/", "-"),
    "?a#b",
    "%2e%2e",
    "100%",
    "a\\b",
    "!*'()",
    "😀",
    "ümläut",
    "a b",
  ])("%s arrives at mailcow as it was", (id) => {
    const read = asMailcowReads(path(id));
    expect(read.get("query")).toBe(`/api/v1/get/mailbox/${id}`);
    expect([...read.keys()]).toEqual(["query"]);
  });

  test.each([
    ["", /mailbox is empty/],
    [undefined, /mailbox is missing/],
    [null, /mailbox is missing/],
    [{}, /mailbox is missing/],
    [Number.NaN, /mailbox is missing/],
    ["198.51.100.0/24", /slash/],
    [".", /never the name of an item/],
    ["..", /never the name of an item/],
    ["a\0b", /control character/],
    ["a\nb", /control character/],
    ["\ud800", /Unicode/],
    ["all", /another route/],
    ["template", /another route/],
    ["reduced", /another route/],
  ])("%j is refused with its name", (id, says) => {
    expect(() => path(id)).toThrow(MailcowInputError);
    expect(() => path(id)).toThrow(says);
  });

  test.each(["https://mail.example.com", "https://example.com/api/v1/proxy"])(
    "is refused where it names another route of the server at %s",
    async (baseUrl) => {
      const client = createMailcowClient({ baseUrl, apiKey: "any-key", fetch: async () => Response.json([]) });
      const call = client.GET("/api/v1/get/domain/{domain}", { params: { path: { domain: "all" } } });
      await expect(call).rejects.toThrow(/another route/);
    },
  );

  test("may be a number", () => {
    expect(serializePath("/api/v1/get/alias/{id}", { id: 7 })).toBe("/api/v1/get/alias/7");
  });
});
