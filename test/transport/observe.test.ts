import { describe, expect, test } from "vitest";
import { createClientAtPace, type MailcowClientOptions } from "../../src/client.ts";
import type { MailcowHooks } from "../../src/transport/observe.ts";
import { apiKey } from "../support/client.ts";
import { fakePace } from "../support/pace.ts";

const options = { baseUrl: "https://mail.example.com", apiKey };
const password = "hunter2-Passw0rd!";

function watched(fetch: MailcowClientOptions["fetch"], more: Partial<MailcowClientOptions> = {}) {
  const events: [string, Record<string, unknown>][] = [];
  const note = (name: string) => (event: object) => void events.push([name, { ...event }]);
  const hooks = { onRequest: note("request"), onResponse: note("response"), onRetry: note("retry") };
  const api = createClientAtPace({ ...options, ...hooks, ...(fetch && { fetch }), ...more }, fakePace(0.5));
  return { api, events };
}
const path = { mailbox: "a+b@example.com" };
const route = "/api/v1/get/mailbox/{mailbox}";
const call = { method: "GET", route, path: "/api/v1/get/mailbox/a%252Bb@example.com" };

describe("the hooks", () => {
  test("report every attempt, with its route, status, bytes and time", async () => {
    let calls = 0;
    const { api, events } = watched(async () => {
      calls += 1;
      if (calls === 1) throw new TypeError("fetch failed");
      return calls === 2 ? new Response("<h1>", { status: 503 }) : new Response('{"a":"ü"}');
    });
    await api.GET(route, { params: { path } });
    expect(events).toEqual([
      ["request", { ...call, attempt: 1 }],
      ["response", { ...call, attempt: 1, durationMs: 0, failure: "network" }],
      ["retry", { ...call, attempt: 1, durationMs: 0, failure: "network", delayMs: 125 }],
      ["request", { ...call, attempt: 2 }],
      ["response", { ...call, attempt: 2, durationMs: 0, status: 503, failure: "http" }],
      ["retry", { ...call, attempt: 2, durationMs: 0, status: 503, failure: "http", delayMs: 250 }],
      ["request", { ...call, attempt: 3 }],
      ["response", { ...call, attempt: 3, durationMs: 0, status: 200, bytes: 10 }],
    ]);
  });

  test("report a refusal like any answer, and an abort as an abort", async () => {
    const refusing = watched(async () =>
      Response.json({ type: "error", msg: "authentication failed" }, { status: 401 }),
    );
    await refusing.api.GET("/api/v1/get/domain/all");
    expect(refusing.events[1]?.[1]).toEqual(expect.objectContaining({ status: 401 }));
    expect(refusing.events[1]?.[1]).not.toHaveProperty("failure");
    const controller = new AbortController();
    const aborted = watched(async () => {
      controller.abort();
      return new Promise(() => {});
    });
    await aborted.api.GET("/api/v1/get/domain/all", { signal: controller.signal }).catch(() => {});
    expect(aborted.events.at(-1)).toEqual(["response", expect.objectContaining({ failure: "aborted" })]);
  });

  test("name the route of every way to call", async () => {
    const { api, events } = watched(async () => Response.json([]));
    await api.request("get", "/api/v1/get/domain/all");
    await api.POST("/api/v1/delete/domain", { body: ["example.com"] });
    expect(events.filter(([name]) => name === "request").map(([, event]) => event["route"])).toEqual([
      "/api/v1/get/domain/all",
      "/api/v1/delete/domain",
    ]);
  });

  test("get no secret, not even if a caller uses the key as an id", async () => {
    const { api, events } = watched(
      async (_, init) => new Response(`${JSON.stringify([...new Headers(init?.headers)])} ${init?.body}`),
      {
        headers: { Authorization: `Basic ${password}` },
      },
    );
    await api.POST("/api/v1/add/mailbox", { body: { domain: "x", password } as never }).catch(() => {});
    const error = await api.GET(route, { params: { path: { mailbox: apiKey } } }).catch((reason: unknown) => reason);
    for (const secret of [apiKey, password]) expect(JSON.stringify([events, error])).not.toContain(secret);
  });

  const broken: [string, MailcowHooks["onRequest"]][] = [
    [
      "throws",
      () => {
        throw new Error("hook");
      },
    ],
    ["is rejected", () => Promise.reject(new Error("hook"))],
    [
      "changes what it was told",
      (event) => {
        for (const key of Object.keys(event)) Reflect.deleteProperty(event, key);
      },
    ],
  ];
  test.each(broken)("break no call: one that %s", async (_, hook) => {
    let calls = 0;
    const fetch = async () => (++calls === 1 ? new Response("", { status: 503 }) : Response.json([]));
    const api = createClientAtPace(
      { ...options, fetch, onRequest: hook, onResponse: hook, onRetry: hook } as MailcowClientOptions,
      fakePace(),
    );
    await expect(api.GET("/api/v1/get/domain/all")).resolves.toMatchObject({ data: [] });
    expect(calls).toBe(2);
    await new Promise(setImmediate);
  });
});
