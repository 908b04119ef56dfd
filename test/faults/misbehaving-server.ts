import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** A request as it arrived, whole. */
interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** What to do to a connection once a request arrived on it. */
export type Misdeed = (socket: Socket, request: Arrived) => void;

export interface MisbehavingServer {
  readonly url: string;
  readonly port: number;
  /** The requests that arrived whole, but for those that warmed the connection up. */
  readonly seen: Arrived[];
  /** Ends when no connection is open. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** A call to this path is answered rightly, so that a fault can be met on a connection that was used before. */
const warmUpPath = "/api/v1/get/passwordpolicy";

/** A TCP server that reads HTTP requests and then does to them what it is told. */
export async function misbehave(
  misdeed: Misdeed,
  {
    onConnection,
    idleAfterWarmUp = false,
  }: { onConnection?: (socket: Socket) => void; idleAfterWarmUp?: boolean } = {},
): Promise<MisbehavingServer> {
  const seen: Arrived[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // Clients break connections off here as a matter of course.
    socket.on("error", () => {});
    if (onConnection) return onConnection(socket);
    let pending = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      for (let next = takeRequest(pending); next; next = takeRequest(pending)) {
        pending = next.rest;
        if (next.request.path !== warmUpPath) {
          seen.push(next.request);
          misdeed(socket, next.request);
          continue;
        }
        socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        if (idleAfterWarmUp) socket.end();
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    idle: async () => {
      for (const socket of sockets) await once(socket, "close");
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function takeRequest(bytes: Buffer): { request: Arrived; rest: Buffer<ArrayBuffer> } | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = bytes.subarray(0, end).toString("latin1");
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  const rest = bytes.subarray(end + 4);
  if (rest.length < length) return undefined;
  const [method = "", path = ""] = head.split(" ");
  const body = rest.subarray(0, length).toString();
  return { request: { method, path, body }, rest: Buffer.from(rest.subarray(length)) };
}
