import { createServer, type IncomingHttpHeaders, type RequestListener, request } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";

export interface LocalProxy {
  readonly port: number;
  /** What was to be reached, with the headers of the request. */
  readonly seen: { readonly method: string; readonly target: string; readonly headers: IncomingHttpHeaders }[];
  close(): void;
}

/** How a proxy treats a request to connect: whether it does, and what it says otherwise. */
type Refusal = (socket: Socket) => void;

/** An HTTP proxy on loopback: it connects (CONNECT), or passes plain requests on. */
export async function startProxy({ refuse, tls }: { refuse?: Refusal; tls?: object } = {}): Promise<LocalProxy> {
  const seen: LocalProxy["seen"] = [];
  const sockets = new Set<Socket>();
  const passOn: RequestListener = (incoming, response) => {
    const { method = "", url = "", headers } = incoming;
    seen.push({ method, target: url, headers });
    const onward = request(url, { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    incoming.pipe(onward);
  };
  const server = tls ? createTlsServer(tls, passOn) : createServer(passOn);
  server.on("connection", (socket: Socket) => sockets.add(socket));
  server.on("connect", ({ url = "", headers }, socket: Socket) => {
    seen.push({ method: "CONNECT", target: url, headers });
    socket.on("error", () => {});
    if (refuse) return refuse(socket);
    const { hostname, port } = new URL(`http://${url}`);
    const onward = connect(Number(port || 80), hostname, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(onward).pipe(socket);
    });
    sockets.add(onward);
    onward.on("error", () => socket.destroy()).on("close", () => socket.destroy());
    socket.on("close", () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
