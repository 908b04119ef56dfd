import type { Answer, Incoming } from "./server/server.ts";

/** A mailcow in memory that listens on a port. */
export interface Listening {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and closes open connections. */
  close(): Promise<void>;
}

/** The part of Node's `http` that is used here. It is not imported, so that bundles for browsers can be made. */
interface Request extends AsyncIterable<Uint8Array> {
  readonly method?: string;
  readonly url?: string;
  readonly rawHeaders: readonly string[];
  readonly socket: { readonly remoteAddress?: string; destroy(): void };
}
interface Response {
  writeHead(status: number, headers: Readonly<Record<string, string>>): { end(body: string): void };
}
interface HttpServer {
  listen(port: number, host: string, ready: () => void): void;
  address(): { readonly port: number };
  once(event: "error", listener: (error: unknown) => void): void;
  close(done: () => void): void;
  closeAllConnections?(): void;
}
interface Http {
  createServer(handler: (request: Request, response: Response) => void): HttpServer;
}
interface Process {
  readonly process?: { getBuiltinModule?(name: string): unknown };
}

export async function listen(port: number, receive: (incoming: Incoming) => Promise<Answer>): Promise<Listening> {
  const http = (globalThis as Process).process?.getBuiltinModule?.("node:http") as Http | undefined;
  if (!http) throw new Error("listen needs Node 20.16 or later, Bun or Deno; elsewhere, use fetch");
  const server = http.createServer((request, response) => {
    serve(request, response, receive).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const open = server.address().port;
  return {
    url: `http://127.0.0.1:${open}`,
    port: open,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections?.();
      }),
  };
}

async function serve(
  request: Request,
  response: Response,
  receive: (incoming: Incoming) => Promise<Answer>,
): Promise<void> {
  const { method = "GET", url: target = "/", rawHeaders, socket } = request;
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  const decoder = new TextDecoder();
  let body = "";
  for await (const piece of request) body += decoder.decode(piece, { stream: true });
  const {
    status,
    headers: own,
    body: text,
  } = await receive({
    method,
    target,
    headers,
    body: body + decoder.decode(),
    address: socket.remoteAddress ?? "",
  });
  response.writeHead(status, own).end(text);
}
