import { expect } from "vitest";
import { writings } from "../support/leaks.ts";
import { both, type Fault, repeated } from "./fault.ts";
import * as does from "./misdeeds.ts";

const http = (status: number) => both({ kind: "http", status });
const auth = (reason: string) => both({ kind: "auth", reason });
const added = '[{"domain_name":"d","type":"success","msg":"x"}]';
const past = new Date(0).toUTCString();
const far = new Date(Date.now() + 3_600_000).toUTCString();
const dates = { Date: "Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT" };
const invalidKey = "authentication failed";
const notAllowed = "api access denied for ip 192.0.2.7";

const redirects: Fault[] = [301, 302, 303, 307, 308].flatMap((status) =>
  (["https://127.0.0.1:1/", "http://elsewhere.invalid/api", "/api/v1/get/domain/all"] as const).map((location) => ({
    name: `${status} to ${location}`,
    does: does.gossips(status, { Location: location }),
    ...both({ kind: "http", status, message: /not followed/ }),
  })),
);

/** 429 and the statuses of a server that is not there for the moment. */
const busy: Fault[] = [429, 502, 503, 504].flatMap((status) => [
  { name: `${status} page`, does: does.gossips(status), ...repeated({ kind: "http", status }) },
  {
    name: `${status} that asks to come back at once`,
    does: does.gossips(status, { "Retry-After": "0" }),
    ...repeated({ kind: "http", status }),
  },
  {
    name: `${status} that asks to come back after the deadline`,
    does: does.gossips(status, { "Retry-After": "3600" }),
    ...http(status),
  },
  {
    name: `${status} that passes`,
    does: does.inTurn(does.gossips(status), does.says("[]")),
    read: { answer: [], attempts: 2 },
    write: { kind: "http", status },
  },
]);

/** A page that repeats all secrets of the call. */
const indiscreet: Fault[] = Object.entries(writings).map(([way, write]) => ({
  name: `500 page with secrets ${way}`,
  does: does.whispers(500, write),
  ...http(500),
}));

/** The server answers with a status that is no success. */
export const statusFaults: Fault[] = [
  ...redirects,
  ...busy,
  ...indiscreet,
  {
    name: "500 page without end, at default limits",
    does: does.floods(500),
    ...http(500),
  },
  {
    name: "500 page, small and enormous once unpacked",
    does: does.reply(500, { headers: { "Content-Encoding": "gzip" }, body: does.gzip("<p>".repeat(4_000_000)) }),
    ...http(500),
  },
  {
    name: "400 with secrets in the place of names",
    does: does.says(
      JSON.stringify({ type: "error", msg: { [does.secrets.apiKey]: { [does.secrets.password]: 1 } } }),
      400,
    ),
    ...http(400),
  },
  {
    name: "302 with secrets in its address",
    does: does.reply(302, {
      headers: { Location: `/login?${Object.values(does.secrets).map(encodeURIComponent).join("&")}` },
    }),
    ...both({ kind: "http", status: 302, message: /not followed/ }),
  },
  { name: "429 until a day gone by", does: does.gossips(429, { "Retry-After": past }), ...repeated({ kind: "http" }) },
  { name: "429 until later than the deadline", does: does.gossips(429, { "Retry-After": far }), ...http(429) },
  { name: "429 with a date by the server's own clock", does: does.gossips(429, dates), ...repeated({ kind: "http" }) },
  {
    name: "429 with a senseless date",
    does: does.gossips(429, { "Retry-After": "x GMT" }),
    ...repeated({ kind: "http" }),
  },
  { name: "429 in mailcow's words", does: does.refuses(429, "slow down"), ...repeated({ kind: "http", status: 429 }) },
  { name: "400 in mailcow's words", does: does.refuses(400, "Request body doesn't contain valid json!"), ...http(400) },
  { name: "400 page", does: does.gossips(400), ...http(400) },
  { name: "401, the key is wrong", does: does.refuses(401, invalidKey), ...auth("invalid-key") },
  { name: "401, the address is not allowed", does: does.refuses(401, notAllowed), ...auth("ip-not-allowed") },
  {
    name: "401 that asks to come back",
    does: does.refuses(401, invalidKey, { "Retry-After": "0" }),
    ...auth("invalid-key"),
  },
  { name: "401 page", does: does.gossips(401), ...http(401) },
  {
    name: "401 that breaks off",
    does: does.breaksOff(401, { "Content-Length": "99" }, "{"),
    ...both({ kind: "network" }),
  },
  {
    name: "403, the key may only read",
    does: does.refuses(403, "API read/write access denied"),
    ...auth("read-only-key"),
  },
  { name: "403, no key arrived", does: does.refuses(403, "Insufficient permissions"), ...auth("no-key") },
  { name: "403 page", does: does.gossips(403), ...http(403) },
  {
    name: "403 that breaks off",
    does: does.breaksOff(403, { "Content-Length": "99" }, "{"),
    ...both({ kind: "network" }),
  },
  { name: "404 in mailcow's words", does: does.refuses(404, "route not found"), ...http(404) },
  { name: "404 page", does: does.gossips(404), ...http(404) },
  { name: "405", does: does.refuses(405, "only POST method is allowed"), ...http(405) },
  {
    name: "407 of a proxy",
    does: does.gossips(407, { "Proxy-Authenticate": "Basic" }),
    ...http(407),
    // There it is a network error, with nothing of what came along.
    overFetch: repeated({ kind: "network" }),
  },
  { name: "408", does: does.gossips(408), ...http(408) },
  {
    name: "421",
    does: does.gossips(421),
    ...http(421),
    // It sends a request again by itself, on a new connection, where it can: a read, but no write.
    overFetch: { read: { kind: "http", status: 421, seen: 2 } },
  },
  {
    name: "a status text beyond Latin-1",
    does: does.breaksOffAfter(`HTTP/1.1 200 OK \u2603\r\nContent-Length: ${added.length}\r\n\r\n${added}`),
    read: { answer: JSON.parse(added) },
    write: { answer: expect.objectContaining({ local_part: "ann" }) },
  },
  { name: "304", does: does.reply(304), ...both({ kind: "http", status: 304, message: /^(?!.*redirect)/ }) },
  { name: "a status that there is none of", does: does.reply(999), ...repeated({ kind: "network" }) },
  {
    name: "an upgrade that was not asked for",
    does: does.reply(101, { headers: { Connection: "Upgrade", Upgrade: "x" } }),
    ...repeated({ kind: "network" }),
  },
  { name: "425", does: does.gossips(425), ...http(425) },
  { name: "413", does: does.gossips(413), ...http(413) },
  {
    name: "418 with JSON of somebody else's",
    does: does.says(`{"error":${JSON.stringify(does.gossip)}}`, 418),
    ...http(418),
  },
  { name: "500 page", does: does.gossips(500), ...http(500) },
  { name: "500 without a body", does: does.reply(500), ...http(500) },
  { name: "500 in mailcow's words, with secrets", does: does.refuses(500, does.gossip), ...http(500) },
  {
    name: "502 page in Latin-1",
    does: does.says(Buffer.from("<p>\xfc</p>", "latin1"), 502),
    ...repeated({ kind: "http", status: 502 }),
  },
  {
    name: "502 page without end",
    does: does.floods(502),
    options: { maxReplyBytes: 100_000 },
    ...repeated({ kind: "http", status: 502 }),
  },
  {
    name: "503 page that breaks off",
    does: does.breaksOff(503, { "Content-Length": "99" }, "<p>"),
    ...repeated({ kind: "network" }),
  },
];
