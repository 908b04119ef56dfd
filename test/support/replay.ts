import { readFileSync } from "node:fs";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import { files } from "../../scripts/lib/files.ts";
import type { MailcowApiClient } from "../../src/index.ts";
import { clientOf } from "./client.ts";
import type { LocalServer } from "./server.ts";

const read = new Map<string, Exchange[]>();

const newest = (JSON.parse(readFileSync("openapi/versions.json", "utf8")) as { release: string }[]).at(-1)?.release;

/** The exchanges of one file of recordings. */
function exchangesOf(file: string): Exchange[] {
  let exchanges = read.get(file);
  if (!exchanges) {
    exchanges = JSON.parse(readFileSync(`${files.recordings}/${file}.json`, "utf8")) as Exchange[];
    read.set(file, exchanges);
  }
  return exchanges;
}

/** A recorded exchange, by the file that holds it and its name there (with its template where the name is not enough). */
export function recorded(file: string, name: string, template?: string): Exchange {
  const found = exchangesOf(file).filter((exchange) => exchange.name === name);
  const fitting = template ? found.filter(({ request }) => request.template.endsWith(template)) : found;
  if (fitting.length !== 1 || !fitting[0]) throw new Error(`${fitting.length} recordings are ${file}: ${name}`);
  return fitting[0];
}

/** An exchange about several items as several about one each: mailcow said one entry of each. */
export function apart(exchange: Exchange): Exchange[] {
  const entries = exchange.response.body as unknown[];
  return entries.map((entry) => ({ ...exchange, response: { ...exchange.response, body: [entry] } }));
}

/**
 * A client of a server that answers as recorded. Each exchange is answered once, in order, to a call of its route;
 * any other call gets 500, which fails the test.
 */
export async function replay(...exchanges: Exchange[]): Promise<{ mcc: MailcowApiClient; server: LocalServer }> {
  return replayOn(newest, ...exchanges);
}

/** The same on another release; on one that the server does not tell if it is `undefined`. */
export async function replayOn(
  release: string | undefined,
  ...exchanges: Exchange[]
): Promise<{ mcc: MailcowApiClient; server: LocalServer }> {
  const left = [...exchanges];
  return clientOf(
    (response, { method, path }) => {
      const index = left.findIndex(({ request }) => request.method === method && isRoute(path, request.template));
      const [exchange] = index < 0 ? [] : left.splice(index, 1);
      if (!exchange) return void response.writeHead(500).end(`no recording for ${method} ${path}`);
      const { status, contentType = "", body, text = JSON.stringify(body) } = exchange.response;
      response.writeHead(status, { "content-type": contentType }).end(text);
    },
    release === undefined ? {} : { serverVersion: release },
  );
}

function isRoute(path: string, template: string): boolean {
  const parts = path.split("?")[0]?.split("/") ?? [];
  const pattern = template.split("/");
  return (
    parts.length === pattern.length && pattern.every((part, index) => part.startsWith("{") || part === parts[index])
  );
}
