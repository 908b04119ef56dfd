import { expect, test } from "vitest";
import { createMailcowClient } from "../../src/client.ts";
import { apiKey, success } from "../support/client.ts";
import { json, serve } from "../support/server.ts";

const added = success("domain_added", "example.com");

async function watched() {
  const server = await serve((response, { method }) => json(response, method === "GET" ? [] : added));
  return { server, api: createMailcowClient({ baseUrl: server.url, apiKey, headers: { "X-Proxy": "a" } }) };
}
const write = { body: { domain: "example.com" } };

test("onRequest may read a call, clone it, and replace it", async () => {
  const { server, api } = await watched();
  const seen: string[] = [];
  api.use({
    onRequest: async ({ request, schemaPath }) => {
      seen.push(`${request.method} ${schemaPath} ${request.headers.get("x-proxy")} ${await request.clone().text()}`);
      const headers = new Headers(request.headers);
      headers.set("X-Trace", "1");
      return new Request(request, { headers });
    },
  });
  const { data, response } = await api.POST("/api/v1/add/domain", write);
  expect(seen).toEqual(['POST /api/v1/add/domain a {"domain":"example.com"}']);
  expect({ data, status: response.status }).toEqual({ data: added, status: 200 });
  expect(server.seen).toMatchObject([
    { method: "POST", body: seen[0]?.slice(-24), headers: { "x-trace": "1", "x-proxy": "a", "x-api-key": apiKey } },
  ]);
});

test("its request does not show the key", async () => {
  const { api } = await watched();
  const shown: string[] = [];
  await api.GET("/api/v1/get/domain/all", {
    middleware: [{ onRequest: ({ request }) => void shown.push(...[...request.headers].flat()) }],
  });
  expect(shown).toEqual(["x-proxy", "a"]);
});

test("onRequest can't redirect a call to another route or server", async () => {
  const { server, api } = await watched();
  for (const url of [`${server.url}/api/v1/get/admin/all`, "https://elsewhere.example.com/api/v1/get/domain/all"]) {
    const middleware = [{ onRequest: () => new Request(url) }];
    await expect(api.GET("/api/v1/get/domain/all", { middleware })).rejects.toMatchObject({ kind: "input" });
  }
  expect(server.seen).toEqual([]);
});

test("onRequest may supply the answer, and onResponse may replace mailcow's answer", async () => {
  const { server, api } = await watched();
  const cached = [{ onRequest: () => Response.json([1]) }];
  expect(await api.GET("/api/v1/get/domain/all", { middleware: cached })).toMatchObject({ data: [1] });
  expect(server.seen).toEqual([]);
  const refusing = {
    onResponse: ({ response }: { response: Response }) => new Response(response.body, { ...response, status: 418 }),
  };
  api.use(refusing);
  expect(await api.GET("/api/v1/get/domain/all")).toMatchObject({ error: [], response: { status: 418 } });
  api.eject(refusing);
  expect(await api.GET("/api/v1/get/domain/all")).toMatchObject({ data: [], response: { status: 200 } });
});

test("what is no middleware is refused when it is given", async () => {
  const { api } = await watched();
  for (const given of [null, {}, { onrequest: () => {} }] as never[])
    expect(() => api.use(given)).toThrow("middleware must be an object with onRequest, onResponse, onError");
});

test("middleware that was taken out again is not called, and who stays is", async () => {
  const { api } = await watched();
  const seen: string[] = [];
  const [first, second] = ["first", "second"].map((name) => ({ onRequest: () => void seen.push(name) }));
  if (!first || !second) return;
  api.use(first, second);
  api.eject(first);
  await api.GET("/api/v1/get/domain/all");
  expect(seen).toEqual(["second"]);
});

test("a deadline and a signal hold for calls with middleware too", async () => {
  const server = await serve(() => {});
  const api = createMailcowClient({ baseUrl: server.url, apiKey });
  api.use({ onRequest: ({ request }) => new Request(request) });
  await expect(api.GET("/api/v1/get/domain/all", { timeoutMs: 20 })).rejects.toMatchObject({ kind: "timeout" });
  for (const reason of [null, "", "enough"]) {
    const controller = new AbortController();
    const call = api.GET("/api/v1/get/domain/all", { signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  }
});

test("a result can be spread and compared, and its response is one of the platform's", async () => {
  const { api } = await watched();
  const result = await api.GET("/api/v1/get/domain/all");
  expect(Object.keys(result).sort()).toEqual(["data", "response"]);
  const { response } = { ...result };
  expect(response).toBeInstanceOf(Response);
  expect(response).toBe(result.response);
  expect(await new Response(response.clone().body).json()).toEqual([]);
});
