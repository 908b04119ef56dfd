import { describe, expect, test } from "vitest";
import { createMailcowClient, type MailcowClientOptions } from "../../src/client.ts";
import { MailcowInputError } from "../../src/index.ts";
import { apiKey } from "../support/client.ts";

// biome-ignore lint/suspicious/noExplicitAny: what JavaScript callers may pass
type Anything = any;

/** A client that notes what it sends, and is told nothing. */
function noting(options: Partial<MailcowClientOptions> = {}) {
  const sent: string[] = [];
  const fetch = async (input: unknown) => {
    sent.push(String(input));
    return Response.json([]);
  };
  return {
    api: createMailcowClient({ baseUrl: "https://mail.example.com", apiKey, fetch, ...options }) as Anything,
    sent,
  };
}

describe("a path that would arrive as another one is refused", () => {
  test.each([
    "/api/v1/get/../delete/x",
    "/api/v1/get/./domain/all",
    "/api/v1/get/..",
    "/api/v1/get/%2e%2e/delete/x",
    "/api/v1/get/.%2E/delete/x",
    "/api/v1/get/..%2fdelete%2fx",
    "/api/v1/get/%2e%2e%2fx",
    "/api/v1/get/a%5C..%5Cb",
    "/api/v1/get\\..\\delete",
    "/api/v1//get/domain/all",
    "/api/v1/get/domain/all%00",
    "/api/v1/get/domain/all%0a",
    "/api/v1/get/domain/all\n",
    "/api/v1/get/domain/a\tll",
    "/api/v1/get/domain/ü",
    "/api/v1/get/domain/a b",
    "/api/v1/get/domain/all?query=get/admin/all",
    "/api/v1/get/domain/all#x",
    "/api/v1/get/mailbox/x&query=get/admin/all",
    "/api/v1/get/mailbox/x%26query=get/admin/all",
    "/api/v1/get/mailbox/x%252Fy",
    "/api/v1/get/%252E%252E/x",
    "/api/v1/get/mailbox/a+b",
    "/api/v1/get/mailbox/{mailbox}",
    "/api/v1/get/mailbox/",
    `/api/v1/get/mailbox/${apiKey}`,
    "get/domain/all",
    "//elsewhere.example/api",
    "https://elsewhere.example/api",
    "",
  ])("%j", async (path) => {
    const { api, sent } = noting();
    for (const call of [api.GET(path), api.POST(path, { body: [] }), api.request("get", path)]) {
      const error = await call.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(MailcowInputError);
      expect(String(error)).not.toContain(apiKey);
    }
    expect(sent).toEqual([]);
  });

  test.each([
    ["/api/v1/get/reset-last-login/ann"],
    ["/api/v1/get/mailbox/a/b"],
    ["/api/v1/get/mailbox/"],
    ["/api/v1/get/mailbox/.."],
  ])("as is one that is not its route's, whatever put the ids in: %s", async (path) => {
    const { api, sent } = noting();
    const init = { params: { path: { mailbox: "ann" } }, pathSerializer: () => `https://mail.example.com${path}` };
    await expect(api.GET("/api/v1/get/mailbox/{mailbox}", init)).rejects.toThrow(MailcowInputError);
    expect(sent).toEqual([]);
  });
});

test("a path that arrives as it is written is sent as it is written", async () => {
  for (const baseUrl of ["https://mail.example.com", "https://example.com/mailcow", "http://[::1]:8080"]) {
    const { api, sent } = noting({ baseUrl });
    await api.GET("/api/v1/get/mailbox/ann@example.com");
    await api.GET("/api/v1/get/mailbox/all/a.example,b.example");
    await api.GET("/api/v1/get/mailbox/{mailbox}", { params: { path: { mailbox: "a/../b".replaceAll("/", "\\") } } });
    await api.GET("/api/v1/get/mailbox/all", { params: { query: { tags: "it's a&b" } } });
    expect(sent.map((url) => url.slice(baseUrl.length))).toEqual([
      "/api/v1/get/mailbox/ann@example.com",
      "/api/v1/get/mailbox/all/a.example,b.example",
      "/api/v1/get/mailbox/a%255C..%255Cb",
      "/api/v1/get/mailbox/all?tags=it's%20a%26b",
    ]);
  }
});

test("a query of a read that the contract does not have is sent, one pair for each value", async () => {
  const baseUrl = "https://mail.example.com";
  const { api, sent } = noting({ baseUrl });
  const query = { a: ["x&y", 1], b: true, c: null, d: undefined, "e=": "" };
  await (api as Anything).GET("/api/v1/get/of-a-newer-mailcow", { params: { query } });
  expect(sent).toEqual([`${baseUrl}/api/v1/get/of-a-newer-mailcow?a=x%26y&a=1&b=true&e%3D=`]);
});

describe("whether a call is repeated is the route's decision", () => {
  const failing = (paths: string[]) => {
    const fetch = async (input: unknown) => {
      paths.push(String(input));
      throw new TypeError("fetch failed");
    };
    const baseUrl = "https://mail.example.com";
    return createMailcowClient({ baseUrl, apiKey, fetch, retries: 1 }) as Anything;
  };

  test.each([
    ["a read of the contract", "/api/v1/get/mailbox/{mailbox}", { mailbox: "reset-last-login" }, 2],
    ["a read that changes something", "/api/v1/get/reset-last-login/{username}", { username: "get" }, 1],
    ["a path that is no route's", "/api/v1/get/mailbox/ann", {}, 1],
  ])("%s", async (_, route, path, times) => {
    const paths: string[] = [];
    await failing(paths)
      .GET(route, { params: { path } })
      .catch(() => {});
    expect(paths).toHaveLength(times);
  });
});

describe("what can't be sent", () => {
  const cyclic: Anything = {};
  cyclic.self = [cyclic];
  test.each<[string, Anything, RegExp]>([
    ["a BigInt", { domain: 10n }, /^body must be what JSON can say/],
    ["what holds itself", cyclic, /^body must be what JSON can say/],
    ["a symbol", Symbol("x"), /^body must be what JSON can say/],
    ["a function", () => 1, /^body must be what JSON can say/],
    ["a symbol within", { domain: Symbol("x") }, /^domain must be what JSON can say/],
    ["a function within", { domain: () => 1 }, /^domain must be what JSON can say/],
    ["NaN", { quota: Number.NaN }, /^quota must be a number/],
    ["half a pair", { domain: "\ud800" }, /^domain must be valid Unicode/],
    ["half a pair in a list", ["\udc00"], /^0 must be valid Unicode/],
    ["__proto__", JSON.parse('{"a":{"__proto__":{"x":1}}}'), /^__proto__ must be left out/],
    ["a map", { attr: new Map([["a", 1]]) }, /^attr must be an object with fields/],
    ["a form", new FormData(), /^body must be an object with fields/],
    ["a toJSON that throws", { toJSON: () => JSON.parse("{") }, /^body must be what JSON can say/],
  ])("is refused before: %s", async (_, body, says) => {
    const { api, sent } = noting();
    await expect(api.POST("/api/v1/add/domain", { body })).rejects.toThrow(says);
    await expect(api.POST("/api/v1/add/domain", { body })).rejects.toThrow(MailcowInputError);
    expect(sent).toEqual([]);
  });

  test.each<[string, Anything]>([
    ["half a pair", "\ud800"],
    ["half a pair in a list", ["a", "\udc00"]],
    ["a symbol", Symbol("x")],
    ["a BigInt", 10n],
    ["an object without a text", Object.create(null)],
  ])("is refused as a filter: %s", async (_, tags) => {
    const { api, sent } = noting();
    for (const path of ["/api/v1/get/mailbox/all", "/api/v1/get/of-a-newer-mailcow"])
      await expect(api.GET(path, { params: { query: { tags } } })).rejects.toThrow(MailcowInputError);
    expect(sent).toEqual([]);
  });

  test("and everything else is sent as it would be without us", async () => {
    const bodies: unknown[] = [];
    const fetch = async (_: unknown, init?: RequestInit) => {
      bodies.push(await new Response(init?.body).text());
      return Response.json([]);
    };
    const { api } = noting({ fetch: fetch as never });
    const body = { a: [1, "ü😀", null, true, {}], at: new Date(0), none: undefined, "": 0 };
    await api.POST("/api/v1/add/domain", { body });
    await api.POST("/api/v1/add/domain", { body: Object.assign(Object.create(null), { a: 1 }) });
    expect(bodies).toEqual([JSON.stringify(body), '{"a":1}']);
  });
});

describe("a number too large to be exact", () => {
  const large = 2 ** 53;
  test("is refused as an id, so that what was rounded in an answer leads to no other item", async () => {
    const fetch = async () => new Response(`[{"id":${large}1,"address":"a@example.com"}]`);
    const { api, sent } = noting();
    const [row] = ((await noting({ fetch }).api.GET("/api/v1/get/alias/all")).data ?? []) as { id: number }[];
    expect(Number.isSafeInteger(row?.id)).toBe(false);
    for (const id of [row?.id, large, 1.5, -large])
      await expect(api.GET("/api/v1/get/alias/{id}", { params: { path: { id } } })).rejects.toThrow(MailcowInputError);
    expect(sent).toEqual([]);
  });
});

describe("what goes with a call", () => {
  const path = "/api/v1/get/domain/all";
  const revoked = (() => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  })();
  const throwing = {
    get timeoutMs(): number {
      throw new RangeError("mine");
    },
  };
  test.each<[name: string, route: unknown, init: unknown]>([
    ["no route", undefined, {}],
    ["a symbol for a route", Symbol("x"), {}],
    ["what can't be read", path, revoked],
    ["a getter that throws", path, throwing],
    ["headers that are no pairs", path, { headers: [1, 2] }],
    ["no function for a fetch", path, { fetch: 5 }],
    ["no function for a serializer", path, { pathSerializer: 5 }],
    ["no list of middleware", path, { middleware: 5 }],
    ["an unknown way to read", path, { parseAs: "xml" }],
  ])("is refused: %s", async (_, route, init) => {
    const { api, sent } = noting();
    await expect(api.GET(route, init)).rejects.toBeInstanceOf(MailcowInputError);
    expect(sent).toEqual([]);
  });

  test("is refused with a method that HTTP does not have", async () => {
    const { api, sent } = noting();
    await expect(api.request("GET\r\nX: y", path)).rejects.toBeInstanceOf(MailcowInputError);
    await expect(api.request(Symbol("x"), path)).rejects.toBeInstanceOf(MailcowInputError);
    expect(sent).toEqual([]);
  });

  test("is read once: what is sent is what was checked", async () => {
    const { api, sent } = noting();
    let reads = 0;
    const query = {
      get tags() {
        return reads++ === 0 ? "red" : "";
      },
    };
    await api.GET(path, { params: { query } });
    expect([reads, sent.length]).toEqual([1, 1]);
    expect(sent[0]).toMatch(/tags=red$/);
  });
});
