import { createServer, type Server, type ServerResponse } from "node:http";

/** What the server has counted. */
export interface Count {
  /** How often each write arrived whole, by its id. */
  readonly writes: Map<string, number>;
  reads: number;
  faults: number;
}

/** What goes wrong, in turn; the write has arrived all the same. */
const faults: ((response: ServerResponse) => void)[] = [
  (response) => void response.destroy(),
  (response) => void response.writeHead(503, { "content-type": "text/html" }).end("<h1>busy</h1>"),
  (response) => void response.writeHead(200, { "content-length": "999" }).write("[", () => response.destroy()),
  (response) => void response.writeHead(200, { "content-type": "application/json" }).end(),
  (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<h1>hello</h1>"),
];
const added = JSON.stringify([{ type: "success", log: ["domain", "add"], msg: ["domain_added", "x"] }]);
const rows = JSON.stringify(Array.from({ length: 20 }, (_, id) => ({ id, domain_name: `${id}.example.com` })));

/** A server that counts, and fails one call in a hundred. */
export function soakServer(count: Count): Server {
  let calls = 0;
  return createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.method === "POST") {
      const { domain } = JSON.parse(Buffer.concat(chunks).toString()) as { domain: string };
      count.writes.set(domain, (count.writes.get(domain) ?? 0) + 1);
    } else {
      count.reads += 1;
    }
    calls += 1;
    if (calls % 100 === 0) {
      faults[count.faults % faults.length]?.(response);
      count.faults += 1;
      return;
    }
    response.writeHead(200, { "content-type": "application/json" }).end(request.method === "POST" ? added : rows);
  });
}
