import type { Load, Outgoing, Stream } from "./modules.ts";
import { peerOf } from "./network.ts";

/** What an agent knows about a connection to make. */
interface Wanted {
  readonly host: string;
  readonly port: number;
  /** The caller may end it before it is established. */
  onTunnel(request: Outgoing): void;
}

/**
 * Makes connections through a proxy that passes on what it can't read. So the proxy does not get the key, and the
 * server does not get the proxy's password. Errors show only the status of the proxy's answer.
 */
export function tunnelsThrough(through: URL, isToTls: boolean, load: Load) {
  const { protocol, username, password } = through;
  const proxy = {
    ...peerOf(through),
    method: "CONNECT",
    // A separate connection.
    agent: false,
  };
  const credentials = new TextEncoder().encode(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  const login =
    credentials.length > 1 ? ["proxy-authorization", `Basic ${btoa(String.fromCharCode(...credentials))}`] : [];
  return (wanted: Wanted, done: (error?: Error, socket?: Stream) => void): void => {
    const { host } = wanted;
    const path = `${host.includes(":") ? `[${host}]` : host}:${wanted.port}`;
    const http = load(protocol === "https:" ? "node:https" : "node:http");
    const request = http.request({ ...proxy, path, headers: ["host", path, "connection", "keep-alive", ...login] });
    wanted.onTunnel(request);
    request.on("error", ({ code }) => done(new Error(`the proxy can't be reached (${code}): check its address`)));
    request.on("connect", ({ statusCode }, socket) => {
      if (statusCode >= 200 && statusCode <= 299)
        return done(undefined, isToTls ? load("node:tls").connect({ ...wanted, socket }) : socket);
      socket.destroy();
      const why = statusCode === 407 ? "does not accept its user and password" : "does not connect to this server";
      done(new Error(`the proxy ${why} (HTTP ${statusCode})`));
    });
    request.end();
  };
}
