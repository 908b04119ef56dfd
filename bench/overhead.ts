import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createMailcowClient } from "../src/index.ts";

/** How many calls a second go through the client, beside as many through bare `fetch`, one after the other. */
const calls = 5_000;
const rows = JSON.stringify(
  Array.from({ length: 50 }, (_, at) => ({ username: `user${at}@example.com`, quota: at * 2 ** 20 })),
);
const server = createServer((_, response) => {
  response.writeHead(200, { "content-type": "application/json" }).end(rows);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const api = createMailcowClient({ baseUrl, apiKey: "5EC2E7-KEY000-000000-000000-000000" });

async function perSecond(call: () => Promise<unknown>): Promise<number> {
  for (let warm = 0; warm < 500; warm += 1) await call();
  const startedAt = performance.now();
  for (let done = 0; done < calls; done += 1) await call();
  return Math.round((calls / (performance.now() - startedAt)) * 1000);
}

const bare = await perSecond(async () => (await fetch(`${baseUrl}/api/v1/get/mailbox/all`)).json());
const client = await perSecond(() => api.GET("/api/v1/get/mailbox/all"));
console.log(`bench: ${client} calls/s, bare fetch ${bare}/s, ratio ${(client / bare).toFixed(2)}`);
server.closeAllConnections();
server.close();
