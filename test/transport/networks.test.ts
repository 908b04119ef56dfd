import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createMailcowClient, type MailcowClientOptions } from "../../src/client.ts";
import { MailcowApiClient, MailcowInputError } from "../../src/index.ts";
import { wireTo } from "../../src/transport/wires/choose.ts";
import { proxyOf } from "../../src/transport/wires/network.ts";
import { certificates } from "../support/certificates.ts";
import { apiKey, success } from "../support/client.ts";
import { leaksIn } from "../support/leaks.ts";
import { type LocalProxy, startProxy } from "../support/proxy.ts";
import { json, serve } from "../support/server.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

const { ca, ...tls } = certificates();
const route = "/api/v1/get/domain/all";
const answer = (response: ServerResponse): void => json(response, []);
const clientOf = (baseUrl: string, options: Omit<MailcowClientOptions, "baseUrl" | "apiKey"> = {}) =>
  createMailcowClient({ baseUrl, apiKey, retries: 0, ...options });

async function proxyFor(options?: Parameters<typeof startProxy>[0]): Promise<LocalProxy & { url: string }> {
  const proxy = await startProxy(options);
  onTestFinished(proxy.close);
  return { ...proxy, url: `http://127.0.0.1:${proxy.port}` };
}

describe("ca", () => {
  test.each([
    ["a text", ca],
    ["a list", [certificates().ca, ca]],
    ["a text of several", `# ours\n${certificates().ca}\n${ca}`],
  ])("%s makes a server of an authority of one's own one that can be trusted", async (_, trusted) => {
    const { url } = await serve(answer, tls);
    expect(await clientOf(url, { ca: trusted }).GET(route)).toMatchObject({ data: [] });
  });

  test("without it, or with another one, nothing is sent, and the message says what to do", async () => {
    const { url, seen } = await serve(answer, tls);
    await expect(clientOf(url).GET(route)).rejects.toThrow(/: its certificate .*the option ca/);
    await expect(clientOf(url, { ca: certificates().ca }).GET(route)).rejects.toMatchObject({ kind: "network" });
    expect(seen).toEqual([]);
  });

  test.each([[""], ["ca.pem"], [[]], [[ca, ""]], [ca.replace(/[A-Za-z0-9]{8}\n/, "\n")], [tls.key], [5], [null]])(
    "is refused where it holds no certificate: %#",
    (wrong) => {
      expect(() => clientOf("https://mail.example.com", { ca: wrong as string })).toThrow(
        /^ca must be certificates as PEM text/,
      );
    },
  );
});

describe("proxy", () => {
  test.each([
    ["http", undefined],
    ["https", tls],
  ])("an %s server is reached through it: it gets no key, and the server no password of its own", async (_, secure) => {
    const { url, seen } = await serve(answer, secure);
    const proxy = await proxyFor();
    const address = proxy.url.replace("//", "//ann:p%40ss%C3%BC@");
    const api = clientOf(url, { proxy: address, ...(secure && { ca }) });
    for (let call = 0; call < 2; call += 1) expect(await api.GET(route)).toMatchObject({ data: [] });
    const { host } = new URL(url);
    // The same connection for both.
    expect(proxy.seen).toEqual([
      {
        method: "CONNECT",
        target: host,
        headers: {
          host,
          connection: "keep-alive",
          "proxy-authorization": `Basic ${Buffer.from("ann:p@ssü").toString("base64")}`,
        },
      },
    ]);
    expect(seen[1]?.headers).toMatchObject({ host, "x-api-key": apiKey });
    expect(seen[1]?.headers).not.toHaveProperty("proxy-authorization");
  });

  test("it may be reached over TLS", async () => {
    const { url } = await serve(answer);
    const proxy = await proxyFor({ tls });
    const address = proxy.url.replace("http", "https");
    await expect(clientOf(url, { proxy: address }).GET(route)).rejects.toThrow(/the proxy can't be reached \(/);
    expect(proxy.seen).toEqual([]);
  });

  test("a write on a connection through it that was used before and dies is sent once", async () => {
    const { url, seen } = await serve((response, { method }) => {
      if (method === "GET") return json(response, []);
      response.socket?.destroy();
    }, tls);
    const proxy = await proxyFor();
    const api = clientOf(url, { proxy: proxy.url, ca, retries: 2 });
    await api.GET(route);
    const write = api.POST("/api/v1/add/domain", { body: { domain: "example.com" } });
    await expect(write).rejects.toMatchObject({ kind: "network" });
    expect(seen.map(({ method }) => method)).toEqual(["GET", "POST"]);
    expect(proxy.seen).toHaveLength(1);
  });

  const password = "p%40ss-gossip";
  const says = (text: string) => (socket: Socket) => void socket.end(text);
  test.each<[string, (socket: Socket) => void, RegExp]>([
    [
      "no password",
      says(`HTTP/1.1 407 ann:${password}\r\nX: ann:${password}\r\nContent-Length: 7\r\n\r\np@ss-go`),
      /: the proxy does not accept its user and password \(HTTP 407\)$/,
    ],
    ["no connection", says("HTTP/1.1 502 x\r\n\r\n"), /: the proxy does not connect to this server \(HTTP 502\)$/],
    ["nothing", says(""), /: the proxy can't be reached \(ECONNRESET\): check its address$/],
    ["p@ss-gossip", says("p@ss-gossip"), /: the proxy can't be reached \(HPE_INVALID_CONSTANT\)/],
  ])("one that gives %s makes a network error, which shows no password", async (_, refuse, message) => {
    const { url, seen } = await serve(answer);
    const proxy = await proxyFor({ refuse });
    const call = clientOf(url, { proxy: proxy.url.replace("//", `//ann:${password}@`) }).GET(route);
    const error = await call.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: "network", message: expect.stringMatching(message) });
    expect(leaksIn(error, ["p@ss-gossip", password, apiKey])).toEqual([]);
    expect(seen).toEqual([]);
  });

  test("one that says nothing is let go of when the caller aborts", async () => {
    const gone = vi.fn();
    const refuse = (socket: Socket) => void socket.once("end", gone).resume();
    const proxy = await proxyFor({ refuse });
    const controller = new AbortController();
    const call = clientOf("https://mail.example.com", { proxy: proxy.url }).GET(route, { signal: controller.signal });
    await vi.waitFor(() => expect(proxy.seen).toHaveLength(1), { interval: 1 });
    controller.abort("enough");
    await expect(call).rejects.toBe("enough");
    await vi.waitFor(() => expect(gone).toHaveBeenCalledOnce(), { interval: 1 });
  });

  test("one that can't be reached is named, and not the server", async () => {
    const call = clientOf("https://mail.example.com", { proxy: "http://127.0.0.1:1" }).GET(route);
    await expect(call).rejects.toThrow(
      "https://mail.example.com can't be reached: the proxy can't be reached (ECONNREFUSED): check its address",
    );
  });

  test.each(["", "proxy.example.com:3128", "socks5://127.0.0.1:1080", "http://", "http://ann:10%@proxy", null, 5, {}])(
    "is refused where it is no address of one, without a word of it: %o",
    (wrong) => {
      expect(() => clientOf("https://mail.example.com", { proxy: wrong as string })).toThrow(
        /^proxy must be the address of an HTTP proxy, such as http:\/\/proxy\.example\.com:3128$/,
      );
    },
  );
});

describe('proxy: "env"', () => {
  const P = "http://proxy.example.com:3128/";
  test.each<[string, Record<string, string>, boolean]>([
    ["https://mail.example.com", {}, false],
    ["https://mail.example.com", { HTTPS_PROXY: P }, true],
    ["https://mail.example.com", { https_proxy: P, HTTPS_PROXY: "http://127.0.0.1:1" }, true],
    ["https://mail.example.com", { HTTPS_PROXY: "", HTTP_PROXY: P }, false],
    ["http://127.0.0.1:2", { HTTP_PROXY: P }, true],
    ["http://127.0.0.1:2", { HTTPS_PROXY: P }, false],
    ["https://mail.example.com", { HTTPS_PROXY: P, NO_PROXY: "*" }, false],
    ["https://mail.example.com", { HTTPS_PROXY: P, NO_PROXY: "localhost, example.com" }, false],
    ["https://mail.example.com", { HTTPS_PROXY: P, no_proxy: ".Example.com" }, false],
    ["https://mail.example.com", { HTTPS_PROXY: P, no_proxy: "*.example.com other" }, false],
    ["https://mail.example.com", { HTTPS_PROXY: P, NO_PROXY: "mail.example.com:443" }, false],
    ["https://mail.example.com", { HTTPS_PROXY: P, NO_PROXY: "mail.example.com:8443" }, true],
    ["https://mail.example.com", { HTTPS_PROXY: P, NO_PROXY: "ample.com,mail.example,,:443" }, true],
    ["https://[::1]:2", { HTTPS_PROXY: P, NO_PROXY: "[::1]" }, false],
    ["https://[::1]:2", { HTTPS_PROXY: P, NO_PROXY: "::1" }, true],
  ])("%s with %o goes through it: %s", (baseUrl, env, isThrough) => {
    expect(proxyOf("env", new URL(baseUrl), env)?.href).toBe(isThrough ? P : undefined);
  });

  test("it is read from the environment of the process", async () => {
    const { url, seen } = await serve(answer);
    const proxy = await proxyFor();
    for (const name of ["no_proxy", "NO_PROXY", "http_proxy"]) vi.stubEnv(name, "");
    vi.stubEnv("HTTP_PROXY", proxy.url);
    expect(await clientOf(url, { proxy: "env" }).GET(route)).toMatchObject({ data: [] });
    expect([seen.length, proxy.seen.length]).toEqual([1, 1]);
  });

  test("what stands there is refused by the name of the variable", () => {
    const env = { HTTPS_PROXY: "ann:secret@proxy:3128" };
    expect(() => proxyOf("env", new URL("https://mail.example.com"), env)).toThrow(/^HTTPS_PROXY must be the address/);
  });

  test("the environment is not looked at unless asked for", async () => {
    const { url } = await serve(answer);
    vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:1");
    expect(await clientOf(url).GET(route)).toMatchObject({ data: [] });
  });
});

describe("over fetch, which knows neither", () => {
  test.each([
    ["ca", { ca }],
    ["proxy", { proxy: "http://127.0.0.1:1" }],
    ["proxy", { proxy: "env" }],
  ])("%s is refused by name", (name, options) => {
    const says = new RegExp(`^${name} must be left out where calls go over fetch: .*docs/networks\\.md`);
    expect(() => wireTo("https://mail.example.com", options, {})).toThrow(says);
    const fetch = async () => Response.json([]);
    const make = () => new MailcowApiClient("https://mail.example.com", apiKey, { fetch, ...options });
    expect(make).toThrow(MailcowInputError);
    expect(make).toThrow(says);
  });

  test("a fetch that a program puts in the place of the platform's does not get round them", async () => {
    const { url } = await serve(answer, tls);
    const fetch = vi.fn();
    vi.stubGlobal("fetch", fetch);
    expect(await clientOf(url, { ca }).GET(route)).toMatchObject({ data: [] });
    expect(fetch).not.toHaveBeenCalled();
  });
});

test("a write through a proxy that succeeds returns what was done", async () => {
  const { url } = await serve((response) => json(response, success("domain_added", "example.com")), tls);
  const proxy = await proxyFor();
  const mcc = new MailcowApiClient(url, apiKey, { ca, proxy: proxy.url });
  expect(await mcc.addDomain({ domain: "example.com", key_size: 0 })).toBe(true);
});
