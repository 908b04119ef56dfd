import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

/**
 * A stand-in for a mailcow with many mailboxes, in a process of its own: it answers as fast as a real one would, by so
 * many workers. What a request, a row and a new mailbox cost was measured on a mailcow 2026-07a with two cores. A mailcow in
 * memory would not do: it works in one thread, for about as long per page as this one leaves between the answers of four workers.
 */
const [workers = 4, speed = 4, mailboxes = 2_000, domains = 20] = process.argv.slice(2).map(Number);
const cost = { request: 8, search: 17, row: 2.2, add: 100 };

type Row = Record<string, unknown> & { username: string; domain: string };

interface Recorded {
  readonly name: string;
  readonly response: { readonly body: Row };
}
const recordings = JSON.parse(readFileSync("test/recordings/14-mailbox.json", "utf8")) as Record<string, Recorded[]>;
const recording = Object.values(recordings)
  .flat()
  .find((one) => one?.name?.startsWith("minimal mailbox: quota 0"));
if (!recording) throw new Error("there is no recorded row");
const rowOf = (local: string, domain: string): Row => ({
  ...recording.response.body,
  ...{ username: `${local}@${domain}`, local_part: local, domain },
});

// In the order of the domains, then of the addresses.
const rows: Row[] = Array.from({ length: domains }, (_, domain) =>
  Array.from({ length: mailboxes / domains }, (_, index) =>
    rowOf(`user${String(index).padStart(4, "0")}`, `d${String(domain).padStart(2, "0")}.example`),
  ),
).flat();
const byName = () => [...rows].sort((a, b) => (a.username < b.username ? -1 : 1));

let free = workers;
const waiting: (() => void)[] = [];

/** Takes a worker for as long as the work would take. */
async function work(ms: number): Promise<void> {
  if (free > 0) free--;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  await setTimeout(ms / speed);
  const next = waiting.shift();
  if (next) next();
  else free++;
}

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [, , , action, object, id = "", last = ""] = decodeURIComponent(request.url ?? "").split("/");
  const body = request.method === "POST" ? JSON.parse(Buffer.concat(chunks).toString()) : {};
  let [answer, found]: [unknown, readonly Row[]] = [{}, []];
  let ms = cost.request;
  if (action === "search") {
    ms += cost.search;
    found = byName().slice(body.start, body.start + body.length);
    answer = { draw: 0, recordsTotal: rows.length, recordsFiltered: rows.length, data: found };
  } else if (action === "add") {
    const row = rowOf(body.local_part, body.domain);
    rows.push(row);
    ms += cost.add;
    answer = [{ type: "success", log: [], msg: ["mailbox_added", row.username] }];
  } else if (object === "domain") {
    ms += cost.row;
    answer = { domain_name: id, mboxes_in_domain: rows.filter(({ domain }) => domain === id).length };
  } else if (id === "all") {
    found = last ? rows.filter(({ domain }) => domain === last) : rows;
    answer = found;
  } else {
    found = rows.filter(({ username }) => username === id);
    answer = found[0] ?? {};
  }
  await work(ms + found.length * cost.row);
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
}).listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit());
