import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

interface Recorded {
  readonly name: string;
  readonly response: { readonly body: unknown };
}

function recorded(file: string, name: string): unknown {
  const recording = JSON.parse(readFileSync(`test/recordings/${file}.json`, "utf8")) as Record<string, Recorded[]>;
  const found = Object.values(recording)
    .flat()
    .find((one) => one?.name === name);
  if (!found) throw new Error(`${file}: there is no exchange "${name}"`);
  return found.response.body;
}

const row = recorded("14-mailbox", "minimal mailbox: quota 0, percent_in_use '- '") as object;
const rows = Array.from({ length: 2_000 }, (_, at) => ({
  ...row,
  username: `user${at}@example.com`,
  domain: "example.com",
}));
const [one, all, added] = [row, rows, recorded("10-domain", "minimal add")].map((body) => JSON.stringify(body));

/** A server in a process of its own, which says what mailcow said. */
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    const text = request.method === "POST" ? added : request.url?.includes("/all") ? all : one;
    response.writeHead(200, { "content-type": "application/json" }).end(text);
  });
}).listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
// On a busy machine, others take longer than Node's five seconds, and `http` alone does not get over a closed connection.
server.keepAliveTimeout = 60_000;
process.once("disconnect", () => process.exit());
