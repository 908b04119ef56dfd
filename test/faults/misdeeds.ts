import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { waysToWrite } from "../support/leaks.ts";
import type { Misdeed } from "./misbehaving-server.ts";

/** What no error may show. Each has something in it that is written differently somewhere. */
export const secrets = {
  apiKey: "5EC2E7-KEY000-000000-000000-000000",
  password: `hunter2 "ü/<&'Passw0rd!`,
  proxy: "YW5uOmh1bnRlcjItcHJveHk=",
};

/** What a careless proxy writes on its pages: the whole request, in every spelling. */
export const gossip: string = Object.values(secrets).flatMap(waysToWrite).join(" ");
const page = (title: string, body = gossip): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body>${body}</body></html>`;

interface Reply {
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** The bytes of an answer; its length is right unless a header says otherwise. */
function bytesOf(status: number, { headers = {}, body = "" }: Reply = {}): Buffer {
  const content = Buffer.from(body as string);
  const all: Record<string, string> = {
    "Content-Type": "application/json",
    "Content-Length": String(content.length),
    ...headers,
  };
  if ("Transfer-Encoding" in headers) delete all["Content-Length"];
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Whatever\r\n${lines.join("")}\r\n`), content]);
}

export const reply =
  (status: number, parts?: Reply): Misdeed =>
  (socket) =>
    void socket.write(bytesOf(status, parts));

/** An answer of some JSON text. */
export const says = (body: string | Buffer, status = 200): Misdeed => reply(status, { body });

/** An error page of somebody in between, who tells all they know. */
export const gossips = (status: number, headers: Record<string, string> = {}): Misdeed =>
  reply(status, { headers: { "Content-Type": "text/html", ...headers }, body: page(`Error ${status}`) });

/** The same, of all secrets, written in one way. */
export const whispers = (status: number, write: (secret: string) => string): Misdeed =>
  reply(status, { body: page(`Error ${status}`, Object.values(secrets).map(write).join(" ")) });

/** A refusal with its HTTP status, as mailcow writes it. */
export const refuses = (status: number, msg: string, headers: Record<string, string> = {}): Misdeed =>
  reply(status, { headers, body: JSON.stringify({ type: "error", msg }) });

/** An answer that ends, with its connection, before it should. */
export const breaksOff = (status: number, headers: Record<string, string>, body: string | Buffer): Misdeed => {
  return (socket) => void socket.end(bytesOf(status, { headers, body }));
};

export const resetsMidBody: Misdeed = (socket) => {
  socket.write(bytesOf(200, { headers: { "Content-Length": "1000" }, body: "[" }), () => socket.resetAndDestroy());
};

/** The beginning of an answer, and then nothing. */
export const stalls = (...beginning: string[]): Misdeed => {
  return (socket) => void socket.write(beginning.join("\r\n"));
};

/** An answer that comes one byte a second. */
export const dribbles: Misdeed = (socket) => {
  const bytes = bytesOf(200, { body: "[]" });
  let at = 0;
  const timer = setInterval(() => socket.write(bytes.subarray(at, ++at)), 1000);
  socket.on("close", () => clearInterval(timer));
};

/** JSON that never ends. */
export const floods =
  (status: number): Misdeed =>
  (socket) => {
    const more = Buffer.from(`10000\r\n${" ".repeat(0x10000)}\r\n`);
    const pour = (): void => {
      while (!socket.destroyed && socket.write(more)) {}
    };
    socket.write(bytesOf(status, { headers: { "Transfer-Encoding": "chunked" } }));
    socket.on("drain", pour);
    pour();
  };

/** The raw beginning of an answer, and then the end of the connection. */
export const breaksOffAfter = (beginning: string): Misdeed => {
  return (socket) => void socket.end(beginning);
};

/** One misdeed after the other; the last one for all that follows. */
export const inTurn = (...misdeeds: Misdeed[]): Misdeed => {
  // A table's row is used for a read and a write: each has to begin at the beginning.
  const done = new Map<number | undefined, number>();
  return (socket, request) => {
    const count = done.get(socket.localPort) ?? 0;
    done.set(socket.localPort, count + 1);
    misdeeds[Math.min(count, misdeeds.length - 1)]?.(socket, request);
  };
};

export const resets = (socket: Socket): void => void socket.resetAndDestroy();
export const closes = (socket: Socket): void => void socket.end();
export const ignores: Misdeed = () => {};
export const babbles: Misdeed = (socket) => void socket.end("SSH-2.0-OpenSSH_9.7\r\n");
export const swallows: Misdeed = (socket) => void socket.write(bytesOf(200));

export const gzip = (text: string): Buffer => gzipSync(text);
/** What a server does to TLS where it expects HTTP. */
export const takesNoTls = (socket: Socket): void =>
  void socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
export const onFirstByte = (socket: Socket): void => void socket.once("data", () => socket.resetAndDestroy());
