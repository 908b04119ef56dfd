import { execFile } from "node:child_process";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createMailcowClient } from "../../src/client.ts";
import { wireTo } from "../../src/transport/wires/choose.ts";
import { type Platform, runtimeOf } from "../../src/transport/wires/runtime.ts";
import type { Receiver } from "../../src/transport/wires/wire.ts";
import { apiKey } from "../support/client.ts";
import { json, serve } from "../support/server.ts";

afterEach(() => void vi.unstubAllGlobals());

const baseUrl = "https://mail.example.com";
const versions = { node: "22.0.0", uv: "1.0", v8: "12" };
const getBuiltinModule = (): unknown => undefined;
const node = { versions, getBuiltinModule };
const runtimes: [name: string, runtime: string, platform: Platform][] = [
  ["Node", "node", { process: node }],
  ["the main process of Electron", "node", { process: { ...node, type: "browser" } }],
  ["a page of Electron", "other", { process: { ...node, type: "renderer" } }],
  ["a worker of Electron's pages", "other", { process: { ...node, type: "worker" } }],
  ["Bun", "other", { process: { ...node, versions: { ...versions, bun: "1.3" } } }],
  ["Deno", "deno", { process: { ...node, versions: { ...versions, deno: "2.5" } }, Deno: {} }],
  ["workerd with nodejs_compat", "other", { process: { ...node, versions: { node: "22.0.0", uv: "", undici: "" } } }],
  ["a browser", "other", {}],
];

test.each(runtimes)("%s is distinguished: %s", (_, runtime, platform) => {
  expect(runtimeOf(platform)).toBe(runtime);
});

const got = { method: "GET", path: "/x", headers: {} };
const posted = { method: "POST", path: "/x", headers: { "x-a": "b" }, body: '"ü"' };
const receiver = (): Receiver & { ended: Promise<unknown> } => {
  let settle = (_: unknown): void => {};
  const ended = new Promise<unknown>((resolve) => {
    settle = resolve;
  });
  return { ended, begin: () => true, take: () => true, end: () => settle("end"), fail: (error) => settle(error) };
};

describe("without a fetch of the caller's own", () => {
  const others = runtimes.filter(([, runtime]) => runtime !== "node");
  const old: (typeof runtimes)[number] = ["Node of old", "node", { process: { versions } }];

  test.each([...others, old])("in %s, calls go over the platform's, as it is then", async (_, runtime, platform) => {
    const wire = wireTo(baseUrl, {}, platform);
    const fetch = vi.fn(async (..._: Parameters<typeof globalThis.fetch>) => new Response("[]"));
    vi.stubGlobal("fetch", fetch);
    const to = receiver();
    wire(posted, to);
    expect(await to.ended).toBe("end");
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe("https://mail.example.com/x");
    if (runtime === "other") return expect(init?.body).toBe(posted.body);
    expect(init?.body).toBeInstanceOf(ReadableStream);
    expect(init).toMatchObject({ headers: { "content-length": "4", "x-a": "b" }, duplex: "half" });
    expect(await new Response(init?.body).text()).toBe('"ü"');
  });

  test("in Node, calls go over it only where a program has replaced it", async () => {
    const server = await serve((response) => json(response, []));
    const api = createMailcowClient({ baseUrl: server.url, apiKey });
    expect(await api.GET("/api/v1/get/domain/all")).toMatchObject({ data: [] });
    // What only `fetch` sends.
    expect(server.seen[0]?.headers).not.toHaveProperty("sec-fetch-mode");
    vi.stubGlobal("fetch", async () => Response.json([{ domain_name: "stub.test" }]));
    expect(await api.GET("/api/v1/get/domain/all")).toMatchObject({ data: [{ domain_name: "stub.test" }] });
    expect(server.seen).toHaveLength(1);
  });
});

describe("on the wire of fetch", () => {
  const initOf = (): RequestInit => {
    let sent: RequestInit = {};
    const fetch = async (_: unknown, init: RequestInit = {}) => {
      sent = init;
      return new Response("[]");
    };
    wireTo(baseUrl, { fetch })(got, receiver());
    return sent;
  };

  test("fetch is a function and no method, as browsers want it", async () => {
    let owner: unknown = "none";
    const fetch = async function (this: unknown) {
      owner = this;
      return new Response("[]");
    };
    await createMailcowClient({ baseUrl, apiKey, fetch }).GET("/api/v1/get/domain/all");
    expect(owner).toBeUndefined();
  });

  test("nothing comes from a cache, and no cookie is kept, wherever the platform knows of such", () => {
    expect(initOf()).toMatchObject({ cache: "no-store", credentials: "omit", redirect: "manual" });
    vi.stubGlobal("Request", class {});
    expect(initOf()).not.toHaveProperty("cache");
    expect(initOf()).not.toHaveProperty("credentials");
  });

  test("a body may be a stream of Node's, as packages of old have it, and the write is sent once", async () => {
    const added = [{ type: "success", log: [], msg: ["domain_added", "example.com"] }];
    const fetch = vi.fn(async () => {
      const response = new Response(null, { status: 200 });
      return Object.defineProperty(response, "body", { value: Readable.from([Buffer.from(JSON.stringify(added))]) });
    });
    const api = createMailcowClient({ baseUrl, apiKey, fetch });
    const { data } = await api.POST("/api/v1/add/domain", { body: { domain: "example.com" } });
    expect(data).toEqual(added);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("such a stream ends when no more of it is wanted", async () => {
    const body = Readable.from([Buffer.from("[".repeat(100)), Buffer.from("[")]);
    const fetch = async () => Object.defineProperty(new Response(), "body", { value: body });
    const api = createMailcowClient({ baseUrl, apiKey, fetch, maxReplyBytes: 10 });
    await expect(api.GET("/api/v1/get/domain/all")).rejects.toMatchObject({ kind: "reply" });
    expect(body.destroyed).toBe(true);
  });

  test("a fetch for one call gets the key, and no other fetch is called", async () => {
    const fetch = vi.fn(async (..._: Parameters<typeof globalThis.fetch>) => Response.json([]));
    const api = createMailcowClient({ baseUrl, apiKey });
    expect(await api.GET("/api/v1/get/domain/all", { fetch })).toMatchObject({ data: [] });
    expect(fetch.mock.calls[0]?.[1]?.headers).toMatchObject({ "x-api-key": apiKey });
  });
});

describe("on the wire of Node", () => {
  test.each([
    ["gzip", gzipSync],
    ["x-gzip", gzipSync],
    ["deflate", deflateSync],
    ["BR", brotliCompressSync],
    ["identity", Buffer.from],
  ] as [string, (text: string) => Buffer][])("an answer is unpacked: %s", async (packing, pack) => {
    const server = await serve((response) => {
      response.writeHead(200, { "content-encoding": packing }).end(pack('[{"a":"ü"}]'));
    });
    const { data, response } = await createMailcowClient({ baseUrl: server.url, apiKey }).GET("/api/v1/get/domain/all");
    expect(data).toEqual([{ a: "ü" }]);
    expect(Object.fromEntries(response.headers)).toMatchObject({ "content-length": "12" });
    expect(response.headers.has("content-encoding")).toBe(false);
    expect(server.seen[0]?.headers["accept-encoding"]).toBe("gzip, br");
  });

  test("headers of the caller's own can't change what is framed how", async () => {
    const server = await serve((response) => json(response, []));
    const headers = { "Content-Length": "1", "Transfer-Encoding": "chunked", Host: "mail.example.com", Expect: "x" };
    const api = createMailcowClient({ baseUrl: server.url, apiKey, headers });
    await api.POST("/api/v1/delete/domain", { body: ["exämple.com"] });
    expect(server.seen).toMatchObject([
      { body: '["exämple.com"]', headers: { "content-length": "16", host: "mail.example.com" } },
    ]);
    expect(server.seen[0]?.headers).not.toHaveProperty("transfer-encoding");
  });

  test("a connection is used again", async () => {
    const sockets = new Set<unknown>();
    const server = await serve((response) => {
      sockets.add(response.socket);
      json(response, []);
    });
    const api = createMailcowClient({ baseUrl: `${server.url}/mail`, apiKey });
    for (let call = 0; call < 3; call += 1) await api.GET("/api/v1/get/domain/all");
    expect([sockets.size, server.seen[0]?.path]).toEqual([1, "/mail/api/v1/get/domain/all"]);
  });

  test("a connection that is idle keeps no process from ending", async () => {
    const server = await serve((response) => json(response, []));
    const program = `import { createMailcowClient } from "./src/index.ts";
      const api = createMailcowClient({ baseUrl: ${JSON.stringify(server.url)}, apiKey: "x" });
      api.GET("/api/v1/get/domain/all").then(() => setImmediate(() => console.log(...process.getActiveResourcesInfo())));`;
    const { stdout } = await promisify(execFile)("node_modules/.bin/tsx", ["--eval", program]);
    expect(stdout).toMatch(/\w/);
    expect(stdout).not.toContain("TCPSocketWrap");
  });
});
