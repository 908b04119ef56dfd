import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { TLSSocket } from "node:tls";
import { gzipSync } from "node:zlib";
import { json } from "../support/server.ts";
import type { Seen } from "./context.ts";

const added = [{ type: "success", log: [], msg: ["domain_added", "example.com"] }];
const usual = (response: ServerResponse, { method }: Seen): void => json(response, method === "GET" ? [] : added);

type Scenario = (response: ServerResponse, request: Seen, number: number) => unknown;

/** An answer whose every byte is given. */
const raw =
  (head: string, body = ""): Scenario =>
  (response) =>
    response.socket?.end(`HTTP/1.1 ${head}\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n${body}`);
const headed =
  (headers: Record<string, string>, body: string | Buffer, status = 200): Scenario =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
const onWrites =
  (does: Scenario): Scenario =>
  (response, request, number) =>
    request.method === "GET" ? usual(response, request) : does(response, request, number);

const gossip = `<!DOCTYPE html><html><head><title>oops</title></head><body>`;

/**
 * How a mailcow, or what is in front of it, behaves at the address of this name, or of one that goes on after a hyphen, to
 * be counted by itself.
 */
const scenarios: Readonly<Record<string, Scenario>> = {
  refuses: (response) => json(response, [{ type: "danger", log: [], msg: ["domain_exists", "example.com"] }]),
  unknownKey: (response) => json(response, { type: "error", msg: "authentication failed" }, 401),
  readOnly: (response) => json(response, { type: "error", msg: "API read/write access denied" }, 403),
  fails: (response, { headers }) =>
    response.writeHead(500, { "content-type": "text/html" }).end(`${gossip}${headers["x-api-key"]}</body></html>`),
  redirects: headed({ location: "/elsewhere/api/v1/get/domain/all" }, "", 302),
  unchanged: headed({}, "", 304),
  empty: headed({}, ""),
  tooLong: raw("200 OK\r\nContent-Length: 999", JSON.stringify(added)),
  packed: headed({ "content-encoding": "gzip" }, gzipSync(JSON.stringify(added))),
  brokenGzip: headed({ "content-encoding": "gzip" }, JSON.stringify(added)),
  words: raw("200 Жё ✓\r\nContent-Length: 2", "[]"),
  echoes: (response, { body }) => json(response, [{ type: "success", log: [], msg: ["domain_added", body] }]),
  many: (response) =>
    json(
      response,
      Array.from({ length: 2_000 }, (_, at) => ({ domain_name: `d${at}.example.com`, description: "ü✓".repeat(100) })),
    ),
  floods: (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const pour = (): void => {
      while (!response.destroyed && response.write(" ".repeat(0x10000))) {}
    };
    response.on("drain", pour);
    pour();
  },
  hangs: () => {},
  stalls: (response) => response.writeHead(200, { "content-length": "99" }).write("["),
  slow: (response, request) => setTimeout(() => usual(response, request), 100),
  busyOnce: (response, request, number) =>
    number > 1 ? usual(response, request) : headed({ "retry-after": "0" }, "", 503)(response, request, number),
  busy: headed({ "retry-after": "0" }, "", 503),
  misdirected: onWrites(headed({}, "", 421)),
  timesOut: onWrites(headed({ connection: "close" }, "", 408)),
  closes: onWrites((response) => response.socket?.end()),
  // Below TLS, no socket can be reset.
  resets: onWrites(({ socket }) => (socket instanceof TLSSocket ? socket.destroy() : socket?.resetAndDestroy())),
  closesIdle: (response, request) => {
    response.on("finish", () => response.socket?.end());
    usual(response, request);
  },
  cookies: headed({ "set-cookie": "MCSESSID=abc; Path=/" }, "[]"),
  cached: (response, _, number) =>
    headed({ "cache-control": "max-age=60" }, JSON.stringify([{ domain_name: `d${number}` }]))(response, _, number),
};

export interface ScenarioServer {
  readonly url: string;
  readonly tls: string;
  close(): void;
}

/** Other things to serve, by path: a text, or what is told when it is asked for. */
export type Pages = (path: string, body: string) => string | undefined;

/**
 * Serves the scenarios, plain and over TLS. `/seen/NAME` tells which requests one was sent, `/gone/NAME` how many of them
 * were broken off, `/most/NAME` how many there were at the same time.
 */
export async function serveScenarios(tls: { cert: string; key: string }, pages: Pages): Promise<ScenarioServer> {
  const told = new Map<string, { seen: Seen[]; gone: number; now: number; most: number }>();
  const of = (name: string) => {
    const about = told.get(name) ?? { seen: [], gone: 0, now: 0, most: 0 };
    told.set(name, about);
    return about;
  };
  const take = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "", url = "" } = incoming;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const [, name = "", which = "", ...rest] = url.split("/");
    if (name === "seen" || name === "gone" || name === "most") return json(response, of(which)[name]);
    const page = pages(url, body);
    if (page !== undefined) {
      const type = url.endsWith(".js") ? "text/javascript" : url.includes(".") ? "text/html" : "application/json";
      response.writeHead(200, { "content-type": type }).end(page);
      return;
    }
    const about = of(name);
    const headers = incoming.headers as Seen["headers"];
    const request = { method, path: `/${[which, ...rest].join("/")}`, headers, body };
    about.seen.push(request);
    about.now += 1;
    about.most = Math.max(about.most, about.now);
    response.on("close", () => {
      about.now -= 1;
      if (!response.writableFinished) about.gone += 1;
    });
    (scenarios[name.replace(/-.*/, "")] ?? usual)(response, request, about.seen.length);
  };
  const servers = [createServer(take), createTlsServer(tls, take)];
  const [url = "", overTls = ""] = await Promise.all(servers.map(listen));
  return {
    url: `http://${url}`,
    tls: `https://${overTls}`,
    close: () => {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

async function listen(server: Server): Promise<string> {
  // The clients are those who have to let go of what is idle.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
