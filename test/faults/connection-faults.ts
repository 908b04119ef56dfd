import { expect } from "vitest";
import { both, type Fault, repeated } from "./fault.ts";
import * as does from "./misdeeds.ts";

const network = repeated({ kind: "network" });
const unseen = { read: { kind: "network", attempts: 3, seen: 0 }, write: { kind: "network", seen: 0 } } as const;
const timeout = both({ kind: "timeout", message: /50 ms/ });
// On a connection that stands already, the request is with the server before the time can be up.
const slow = { after: "warm-up", options: { timeoutMs: 50 } } as const;
const half = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[";

/** The server can't be reached, or says nothing, or not enough. */
export const connectionFaults: Fault[] = [
  { name: "connection refused", baseUrl: () => "http://127.0.0.1:1", ...unseen },
  { name: "unknown host", baseUrl: () => "https://mailcow.invalid", ...unseen },
  {
    name: "no TLS where https is expected",
    onConnection: does.takesNoTls,
    baseUrl: (port) => `https://127.0.0.1:${port}`,
    ...unseen,
  },
  { name: "reset as soon as connected", onConnection: does.resets, ...unseen },
  { name: "closed as soon as connected", onConnection: does.closes, ...unseen },
  { name: "reset before the request was read", onConnection: does.onFirstByte, ...unseen },
  { name: "reset after the request was read", does: does.resets, ...network },
  { name: "closed after the request was read", does: does.closes, ...network },
  { name: "reset on a connection that was used before", does: does.resets, after: "warm-up", ...network },
  { name: "closed on a connection that was used before", does: does.closes, after: "warm-up", ...network },
  {
    name: "the connection was closed while idle",
    does: does.says('[{"domain_name":"d","type":"success","msg":"x"}]'),
    after: "idle",
    read: { answer: [{ domain_name: "d", type: "success", msg: "x" }] },
    write: { answer: expect.objectContaining({ local_part: "ann" }) },
  },
  { name: "something that is not HTTP", does: does.babbles, ...network },
  { name: "half a status line", does: does.breaksOffAfter("HTTP/1.1 20"), ...network },
  { name: "half the headers", does: does.breaksOffAfter("HTTP/1.1 200 OK\r\nContent-Le"), ...network },
  { name: "headers without end", does: does.reply(200, { headers: { "X-Long": "x".repeat(20_000) } }), ...network },
  { name: "reset within the body", does: does.resetsMidBody, ...network },
  { name: "never answers", does: does.ignores, ...slow, ...timeout },
  { name: "a byte a second", does: does.dribbles, ...slow, ...timeout },
  { name: "stalls within the headers", does: does.stalls("HTTP/1.1 200 OK", "Content-"), ...slow, ...timeout },
  { name: "stalls within the body", does: does.stalls(half), ...slow, ...timeout },
  { name: "busy, and stalls within the page", does: does.stalls(half.replace("200", "503")), ...slow, ...timeout },
  {
    name: "reset, and silent from then on",
    does: does.inTurn(does.resets, does.ignores),
    ...slow,
    read: { kind: "timeout", attempts: 2 },
    write: { kind: "network" },
  },
];
