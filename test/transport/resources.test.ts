import { getEventListeners } from "node:events";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createMailcowClient } from "../../src/client.ts";
import { apiKey } from "../support/client.ts";
import { json, serve } from "../support/server.ts";

const read = (api: ReturnType<typeof createMailcowClient>, init = {}) =>
  api.GET("/api/v1/get/domain/all", init).catch((error: unknown) => error);

const never = () => new Promise<Response>(() => {});

describe("after a call", () => {
  test.each([
    ["well", async () => Response.json([])],
    ["with an error", async () => new Response("<h1>")],
    ["without an answer", () => Promise.reject(new TypeError("fetch failed"))],
    ["at its deadline", never],
  ])("that ended %s, no timer runs and nobody listens to the caller", async (_, answer) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { signal } = new AbortController();
    const fetch = () => {
      expect(vi.getTimerCount()).toBe(1);
      return answer();
    };
    const api = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey, fetch, timeoutMs: 20, retries: 0 });
    const call = read(api, { signal });
    if (answer === never) await vi.advanceTimersByTimeAsync(20);
    await call;
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("that was aborted closes the server's connection", async () => {
    const closed: Promise<unknown>[] = [];
    const server = await serve((response) => {
      closed.push(new Promise((resolve) => response.on("close", resolve)));
      response.writeHead(200).write("[");
    });
    const api = createMailcowClient({ baseUrl: server.url, apiKey, timeoutMs: 50 });
    await read(api);
    const controller = new AbortController();
    const aborted = read(api, { signal: controller.signal, timeoutMs: 60_000 });
    await vi.waitFor(() => expect(closed).toHaveLength(2));
    controller.abort();
    await aborted;
    await Promise.all(closed);
  });

  test("with an answer that is too long closes the server's connection", async () => {
    let closed: Promise<unknown> | undefined;
    const server = await serve((response) => {
      closed = new Promise((resolve) => response.on("close", resolve));
      response.writeHead(200).write("[".repeat(100));
    });
    const api = createMailcowClient({ baseUrl: server.url, apiKey, maxReplyBytes: 10 });
    expect(await read(api)).toMatchObject({ kind: "reply" });
    await closed;
  });

  test("that was aborted with a falsy reason throws this reason", async () => {
    for (const reason of [null, 0, "", false]) {
      const controller = new AbortController();
      const fetch = () => {
        controller.abort(reason);
        return new Promise<Response>(() => {});
      };
      const api = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey, fetch });
      expect(await read(api, { signal: controller.signal })).toBe(reason);
    }
  });
});

describe("an answer", () => {
  test("is decoded once, and can still be read in every form", async () => {
    const server = await serve((response) => json(response, [{ a: "ü" }]));
    const api = createMailcowClient({ baseUrl: server.url, apiKey });
    const parse = vi.spyOn(JSON, "parse");
    const { data, response } = await api.GET("/api/v1/get/domain/all");
    expect(parse.mock.calls.filter(([text]) => text === '[{"a":"ü"}]')).toHaveLength(1);
    parse.mockRestore();
    expect(data).toEqual([{ a: "ü" }]);
    expect(response.headers.get("content-length")).toBe("12");
    expect(await response.clone().text()).toBe('[{"a":"ü"}]');
    expect(await response.json()).toEqual(data);
    const text = await api.GET("/api/v1/get/domain/all", { parseAs: "text" });
    expect(text.data).toBe('[{"a":"ü"}]');
    const stream = await api.GET("/api/v1/get/domain/all", { parseAs: "stream" });
    expect(await new Response(stream.data as never).text()).toBe('[{"a":"ü"}]');
  });

  test("of a runtime without streams is read as well", async () => {
    const fetch = async () => Object.defineProperty(Response.json([1]), "body", { value: undefined });
    const api = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey, fetch });
    expect(await read(api)).toMatchObject({ data: [1] });
  });
});
