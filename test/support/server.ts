import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Seen {
  readonly method: string;
  /** As it came, still encoded. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface LocalServer {
  readonly url: string;
  readonly seen: Seen[];
}

/** What an answer is written to: as much of node's `ServerResponse` as can do without a connection. */
export interface Answer {
  writeHead(status: number, headers?: Record<string, string>): Answer;
  end(text?: string): unknown;
}

/** A real HTTP server on a free loopback port, with TLS where it is given a certificate; closed when the test is over. */
export async function serve(
  answer: (response: ServerResponse, request: Seen) => void | Promise<void>,
  tls?: { cert: string; key: string },
): Promise<LocalServer> {
  const seen: Seen[] = [];
  const take = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request = {
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString(),
    };
    seen.push(request);
    await answer(response, request);
  };
  const server = tls ? createTlsServer(tls, take) : createServer(take);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return { url: `http${tls ? "s" : ""}://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** A `fetch` that is answered in this process, without a connection, which takes a tenth of the time. */
export function fetchFrom(
  answer: (response: Answer, request: Seen) => void | Promise<void>,
  seen: Seen[],
): typeof globalThis.fetch {
  return async (input, init) => {
    const sent = new Request(input, init);
    const { pathname, search } = new URL(sent.url);
    const headers = Object.fromEntries(sent.headers);
    const request = { method: sent.method, path: pathname + search, headers, body: await sent.text() };
    sent.signal.throwIfAborted();
    seen.push(request);
    return new Promise((resolve, reject) => {
      sent.signal.addEventListener("abort", () => reject(sent.signal.reason), { once: true });
      let head: ResponseInit = {};
      const response: Answer = {
        writeHead(status, headers = {}) {
          head = { status, headers };
          return response;
        },
        // As bytes, for which no content type is made up.
        end: (text = "") => resolve(new Response(new TextEncoder().encode(text), head)),
      };
      // What it throws is nobody's answer, and fails the run.
      void (async () => answer(response, request))();
    });
  };
}

/** An answer of mailcow's kind. */
export function json(response: Answer, body: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
