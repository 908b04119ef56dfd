import { describe, expect, test, vi } from "vitest";
import { createMailcowClient, MailcowApiClient, MailcowInputError } from "../../src/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: what JavaScript callers may pass
type Anything = any;

const [baseUrl, apiKey] = ["https://mail.example.com", "key"];

describe("options of a client that are refused", () => {
  test.each<[Anything, RegExp]>([
    [null, /^the options must be an object/],
    [5, /^the options must be an object/],
    [[], /^the options must be an object/],
    [new Map([["retries", 0]]), /^the options must be an object/],
    [{ dryRun: true }, /^unknown option "dryRun"/],
    [{ fetch: 5 }, /^fetch must be a function/],
    [{ onRequest: "log" }, /^onRequest must be a function/],
    [{ onRetry: null }, /^onRetry must be a function/],
    [{ allowInsecure: "no" }, /^allowInsecure must be true or false/],
    [{ timeoutMs: null }, /^timeoutMs must be a number of milliseconds/],
    [{ retries: null }, /^retries must be a whole number/],
    [{ fetch: null }, /^fetch must be a function/],
    // What stands before them counts.
    [{ baseUrl: "https://other.example.com" }, /^unknown option "baseUrl"/],
    [{ apiKey: "other" }, /^unknown option "apiKey"/],
  ])("%o", (options, says) => {
    expect(() => new MailcowApiClient(baseUrl, apiKey, options)).toThrow(MailcowInputError);
    expect(() => new MailcowApiClient(baseUrl, apiKey, options)).toThrow(says);
  });

  test.each<[Anything]>([[undefined], [null], [5], [[]]])("createMailcowClient(%o)", (options) => {
    expect(() => createMailcowClient(options)).toThrow(MailcowInputError);
  });
});

describe("one object with everything", () => {
  test("makes a client with its address, key and options", async () => {
    const seen: unknown[] = [];
    const fetch = async (url: unknown, init?: RequestInit) => {
      seen.push([url, new Headers(init?.headers).get("X-API-Key")]);
      return Response.json([]);
    };
    const mcc = new MailcowApiClient({ baseUrl, apiKey, fetch, timeoutMs: 1_000 });
    expect(await mcc.getDomain()).toEqual([]);
    expect(seen).toEqual([[`${baseUrl}/api/v1/get/domain/all`, apiKey]]);
  });

  test.each<[Anything[], RegExp]>([
    [[{}], /^baseUrl is missing/],
    [[{ baseUrl }], /^apiKey is missing/],
    [[{ baseurl: baseUrl, apiKey }], /^unknown option "baseurl"; did you mean "baseUrl"\?/],
    [[{ baseUrl, apikey: apiKey }], /^unknown option "apikey"; did you mean "apiKey"\?/],
    [[{ baseUrl }, apiKey], /^apiKey must be one of the options/],
    [[{ baseUrl, apiKey }, undefined, { retrys: 1 }], /^unknown option "retrys"/],
    [[{ baseUrl, apiKey }, undefined, { retries: 1 }], /^the options must be given as one object/],
  ])("refuses %o", (args, says) => {
    const Client = MailcowApiClient as Anything;
    expect(() => new Client(...args)).toThrow(MailcowInputError);
    expect(() => new Client(...args)).toThrow(says);
  });
});

describe("what goes with a call of a path, refused before anything is sent", () => {
  test.each<[Anything, RegExp]>([
    [null, /must be an object, such as \{ params: … \}/],
    [5, /must be an object/],
    [[], /must be an object/],
    [{ signal: 5 }, /^signal must be an AbortSignal/],
    [{ params: 5 }, /^params must be an object/],
    [{ params: { paths: {} } }, /^unknown field "paths"; did you mean "path"\?/],
    [{ params: { query: { foo: "1" } } }, /^unknown field "foo"; there are (tags|none)/],
    [{ params: { query: 5 } }, /^query must be an object/],
  ])("%o", async (init, says) => {
    let calls = 0;
    const fetch = async () => {
      calls++;
      return Response.json([]);
    };
    const api = createMailcowClient({ baseUrl, apiKey, fetch });
    await expect(api.GET("/api/v1/get/domain/all", init)).rejects.toThrow(MailcowInputError);
    await expect(api.POST("/api/v1/add/domain", init)).rejects.toThrow(says);
    expect(calls).toBe(0);
  });
});

describe("a filter of a path, refused before anything is sent", () => {
  test.each<[Anything, RegExp]>([
    [{ tag: "red" }, /^unknown field "tag"; did you mean "tags"\?/],
    [{ tags: undefined }, /^tags must be a text that is not empty/],
    [{ tags: "" }, /^tags must be a text/],
    [{ tags: [] }, /^tags must be a text/],
    [{ tags: ["red", "blue"] }, /^tags must be a text/],
  ])("%o", async (query, says) => {
    let calls = 0;
    const fetch = async () => {
      calls++;
      return Response.json([]);
    };
    const api = createMailcowClient({ baseUrl, apiKey, fetch });
    await expect(api.GET("/api/v1/get/mailbox/all", { params: { query } })).rejects.toThrow(says);
    expect(calls).toBe(0);
    await api.GET("/api/v1/get/mailbox/all", { params: { query: { tags: "red" } } });
    expect(calls).toBe(1);
  });
});

test("a query of a write is refused, of one that the contract does not have as well", async () => {
  const fetch = vi.fn();
  const api = createMailcowClient({ baseUrl, apiKey, fetch }) as Anything;
  for (const path of ["/api/v1/add/domain", "/api/v1/add/of-a-newer-mailcow"])
    await expect(api.POST(path, { body: {}, params: { query: { a: "1" } } })).rejects.toThrow('unknown field "a"');
  expect(fetch).not.toHaveBeenCalled();
});

test("a body of a read is refused: it would be taken for the beginning of another request", async () => {
  const fetch = vi.fn();
  const api = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey: "x", fetch });
  const body = { domain: "example.com" };
  await expect(api.GET("/api/v1/get/domain/all", { body } as never)).rejects.toMatchObject({
    kind: "input",
    field: "body",
  });
  expect(fetch).not.toHaveBeenCalled();
});
