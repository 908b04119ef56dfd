/**
 * The `fetch` of the platform. Node's follows the standard in this, too: after HTTP 421 it sends a request again on
 * another connection, by itself, a write as well. It only refrains where it can't have the body a second time; so it
 * gets a stream, which looks the same on the wire as long as its length is told. Browsers can't be told, and other
 * runtimes are left alone.
 */
export const platformFetch: typeof globalThis.fetch = (input, init) =>
  globalThis.fetch(input, typeof init?.body === "string" && isNode() ? onlyOnce(init, init.body) : init);

function onlyOnce(init: RequestInit, body: string): RequestInit {
  const bytes = new TextEncoder().encode(body);
  const headers = new Headers(init.headers);
  headers.set("Content-Length", String(bytes.byteLength));
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const once: RequestInit & { duplex: "half" } = { ...init, headers, body: stream, duplex: "half" };
  return once;
}

function isNode(): boolean {
  const { process } = globalThis as { process?: { versions?: Record<string, string | undefined> } };
  const { undici, bun, deno } = process?.versions ?? {};
  return undici !== undefined && bun === undefined && deno === undefined;
}
