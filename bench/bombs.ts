import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { MailcowApiClient, MailcowError } from "../src/index.ts";

/**
 * Answers that are small on the wire, and as long as a client takes them once they are unpacked: for how long each of
 * them blocks the event loop, and how much memory it takes. Each is met by a process of its own.
 */
const longest = 48 * 2 ** 20;
const mostValues = Math.floor(longest / 48);
/** How many pieces there may be of so many values and names each, with some room for what stands around them. */
const asMany = (each: number): number => Math.floor(mostValues / each) - 3;
const mostMs = 1_000;
const mostMiB = 300;

interface Bomb {
  readonly status?: number;
  readonly call?: "read" | "write";
  readonly before?: string;
  readonly piece: string | ((at: number) => string);
  /** How many pieces; as many as there is room for by default. */
  readonly times?: number;
  readonly after?: string;
}

const entry = '{"type":"danger","log":["x"],"msg":["domain_invalid"]}';
const bombs: Readonly<Record<string, Bomb>> = {
  "empty objects": { before: "[", piece: "{},", after: "{}]" },
  "empty lists": { before: "[", piece: "[],", after: "[]]" },
  "empty objects, as the answer to a write": { call: "write", before: "[", piece: "{},", after: "{}]" },
  "as many empty objects as there may be": { before: "[", piece: "{},", times: asMany(2), after: "{}]" },
  numbers: { before: "[", piece: "0,", after: "0]" },
  "fields, each of another name": { before: "{", piece: (at) => `"f${at}":0,`, after: '"x":0}' },
  "objects, each of another field": { before: "[", piece: (at) => `{"f${at}":0},`, after: "{}]" },
  "as many numbers as there may be": { before: "[", piece: "0,", times: asMany(1), after: "0]" },
  "as many fields as there may be": {
    before: "{",
    piece: (at) => `"f${at}":0,`,
    times: asMany(2),
    after: '"x":0}',
  },
  "as many objects as there may be, each of another field": {
    before: "[",
    piece: (at) => `{"f${at}":0},`,
    times: asMany(3),
    after: "{}]",
  },
  "as many numbers as names as there may be": {
    before: "{",
    piece: (at) => `"${at * 4099}":0,`,
    times: asMany(2),
    after: '"x":0}',
  },
  "as many rows as there may be, after one with lists": {
    before: '[{"a":[],"b":[],"c":[],"d":[],"e":[],"f":[],"g":[],"h":[]},',
    piece: "{},",
    times: asMany(2) - 100,
    after: "{}]",
  },
  "lists in lists": { piece: "[" },
  "objects in objects": { piece: '{"a":' },
  "a long text": { before: '["', piece: "x", after: '"]' },
  "a long text beyond Latin": { before: '["', piece: "漢", after: '"]' },
  "a long text with one letter beyond Latin": { before: '["漢', piece: "x", after: '"]' },
  "a long text of escapes": { before: '["', piece: "\\u0061", after: '"]' },
  "a long text of backslashes": { before: '["', piece: "\\\\", after: '"]' },
  "a long text that is not closed": { before: '["', piece: "x" },
  "a long number": { before: "[", piece: "1", after: "]" },
  "__proto__, and as many values as there may be": {
    before: '[{"__proto__":{}},',
    piece: '{"a":{}},',
    times: asMany(4),
    after: "{}]",
  },
  blanks: { piece: " " },
  "a page": { before: "<html>", piece: "<p>no</p>" },
  "an error page": { status: 500, before: "<html>", piece: "<p>no</p>" },
  "an error of empty objects": { status: 500, before: "[", piece: "{},", after: "{}]" },
  "a refusal of empty objects": { status: 400, before: '{"type":"error","msg":[', piece: "{},", after: "{}]}" },
  "100,000 entries that say no": { call: "write", before: "[", piece: `${entry},`, times: 99_999, after: `${entry}]` },
  "20,000 entries that say no": { call: "write", before: "[", piece: `${entry},`, times: 19_999, after: `${entry}]` },
  "20,000 entries, each of another code": {
    call: "write",
    before: "[",
    piece: (at) => `{"type":"danger","log":["x"],"msg":["code_${at}","x${at}"]},`,
    times: 19_999,
    after: `${entry}]`,
  },
  "as many echoes as there may be": {
    call: "write",
    before: '[{"type":"success","msg":"x","log":[',
    piece: (at) => `"${at}%41",`,
    times: asMany(1) - 10,
    after: '""]}]',
  },
  "echoes in layers": {
    call: "write",
    before: '[{"type":"success","msg":["domain_removed","x"],"log":[',
    piece: (at) => `"${at}${"%2541&amp;amp;\\\\x41=3D41 QUJDREVG ".repeat(50)}",`,
    after: '""]}]',
  },
  "entries with a long echo": {
    call: "write",
    before: '[{"type":"success","msg":["domain_removed","x"],"log":["',
    piece: "%41&amp;",
    after: '"]}]',
  },
  "entries with many echoes": {
    call: "write",
    before: '[{"type":"success","msg":["domain_removed","x"],"log":[',
    piece: (at) => `"${at} is an echo that is as long as a sentence and is never the same, not even once; and so on",`,
    after: '""]}]',
  },
};

function bytesOf({ before = "", piece, times, after = "" }: Bomb): Buffer {
  if (typeof piece === "string") {
    const room = longest - Buffer.byteLength(before + after);
    return Buffer.from(before + piece.repeat(times ?? Math.floor(room / Buffer.byteLength(piece))) + after);
  }
  const parts = [before];
  let length = Buffer.byteLength(before) + Buffer.byteLength(after);
  for (let at = 0; at < (times ?? Number.POSITIVE_INFINITY); at += 1) {
    const next = piece(at);
    length += Buffer.byteLength(next);
    if (length > longest) break;
    parts.push(next);
  }
  return Buffer.from(`${parts.join("")}${after}`);
}

const mib = (bytes: number): number => Math.round(bytes / 2 ** 20);

interface Measured {
  readonly ending: string;
  readonly blockedMs: number;
  /** What this process itself was doing meanwhile: less where others take their part of the processor. */
  readonly busyMs: number;
  readonly moreMiB: number;
}

/** In a process of its own: meets one bomb. */
async function meet(baseUrl: string, call: Bomb["call"]): Promise<Measured> {
  const mcc = new MailcowApiClient(baseUrl, "5EC2E7-KEY000-000000-000000-000000", { timeoutMs: 120_000, retries: 0 });
  await mcc.passwordPolicy.get().catch(() => {});
  let [blockedMs, busyMs, last, used] = [0, 0, performance.now(), process.cpuUsage()];
  const tick = (): void => {
    const now = performance.now();
    blockedMs = Math.max(blockedMs, Math.round(now - last));
    busyMs = Math.max(busyMs, Math.round(process.cpuUsage(used).user / 1000));
    [last, used] = [now, process.cpuUsage()];
  };
  const timer = setInterval(tick, 1);
  const before = process.memoryUsage.rss();
  const ending = await (call === "write" ? mcc.deleteDomain("example.com") : mcc.getDomain()).then(
    (answer) => `an answer${Array.isArray(answer) ? ` of ${answer.length} rows` : ""}`,
    (error: unknown) => {
      if (!(error instanceof MailcowError)) throw error;
      return `${error.kind}: ${error.message.slice(0, 70)}`;
    },
  );
  clearInterval(timer);
  tick();
  return { ending, blockedMs, busyMs, moreMiB: mib(process.resourceUsage().maxRSS * 1024 - before) };
}

async function measure(bomb: Bomb): Promise<Measured & { wireKiB: number }> {
  const body = gzipSync(bytesOf(bomb));
  const server = createServer((request, response) => {
    const warm = request.url?.endsWith("passwordpolicy");
    const headers = { "content-type": "application/json", ...(!warm && { "content-encoding": "gzip" }) };
    response.writeHead(warm ? 200 : (bomb.status ?? 200), headers).end(warm ? "{}" : body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const child = fork(fileURLToPath(import.meta.url), [url, bomb.call ?? "read"], { execArgv: process.execArgv });
  const [measured] = (await once(child, "message")) as [Measured];
  server.closeAllConnections();
  server.close();
  return { ...measured, wireKiB: Math.round(body.length / 1024) };
}

if (process.send) {
  const [, , url = "", call] = process.argv;
  process.send(await meet(url, call as Bomb["call"]), () => process.exit());
} else {
  const [, , only = ""] = process.argv;
  for (const [name, bomb] of Object.entries(bombs)) {
    if (!name.includes(only)) continue;
    const { blockedMs, busyMs, moreMiB, wireKiB, ending } = await measure(bomb);
    if (blockedMs > mostMs || moreMiB > mostMiB) process.exitCode = 1;
    console.log(
      `${name}: ${wireKiB} KiB on the wire, ${blockedMs} ms blocked (${busyMs} ms of work), ${moreMiB} MiB more; ${ending}`,
    );
  }
}
