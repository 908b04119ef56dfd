import type { Receiver, Wire } from "./wire.ts";

type Fetch = typeof globalThis.fetch;
type Headers = Readonly<Record<string, string>>;

/** Sends by a `fetch`: that of the platform, or one of the caller's own. */
export function fetchWire(
  baseUrl: string,
  fetch: Fetch,
  bodyOf: (body: string, headers: Headers) => RequestInit = (body) => ({ body }),
): Wire {
  let settings: RequestInit | undefined;
  return ({ method, path, headers, body }, receiver) => {
    settings ??= settingsOf(globalThis.Request?.prototype);
    const controller = new AbortController();
    const { signal } = controller;
    const init = { ...settings, method, headers, signal, ...(body !== undefined && bodyOf(body, headers)) };
    let cancel = (): unknown => undefined;
    // After the end this does nothing.
    const stop = (): void => void Promise.resolve(cancel()).catch(() => {});
    const transfer = async (): Promise<void> => {
      // Not as a method of anything: browsers refuse that.
      const response = await fetch(baseUrl + path, init);
      const pieces = piecesOf(response);
      cancel = pieces.cancel;
      // A redirect that is not followed shows no status in a browser.
      const status = response.type === "opaqueredirect" ? 302 : response.status;
      const isWanted = receiver.begin({ status, statusText: response.statusText, headers: response.headers });
      if (!signal.aborted && isWanted && (await pour(pieces, receiver))) receiver.end();
      else stop();
    };
    transfer().catch((error: unknown) => {
      stop();
      receiver.fail(error);
    });
    return (reason) => {
      controller.abort(reason);
      stop();
    };
  };
}

/**
 * No redirect is followed; browsers neither keep nor send mailcow's session cookie, which is a credential of its own,
 * and answer no read from their cache. Some runtimes refuse what they do not know.
 */
function settingsOf(known: object = {}): RequestInit {
  return {
    redirect: "manual",
    ...("credentials" in known && { credentials: "omit" }),
    ...("cache" in known && { cache: "no-store" }),
  };
}

/**
 * The `fetch` of Node and Deno may send a request again by itself, a write as well: after HTTP 421, or on a connection
 * that turns out to be closed. It refrains where it can't have the body a second time, so it gets a stream, which looks
 * the same on the wire as long as its length is told.
 */
export function onlyOnce(body: string, headers: Headers): RequestInit {
  const bytes = new TextEncoder().encode(body);
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const once: RequestInit & { duplex: "half" } = {
    headers: { ...headers, "content-length": String(bytes.byteLength) },
    body: stream,
    duplex: "half",
  };
  return once;
}

interface Pieces {
  next(): Promise<IteratorResult<Uint8Array, unknown>>;
  cancel(): unknown;
}

/** What `fetch` has for a body in older packages: a stream of Node's. */
type OldStream = Partial<AsyncIterable<Uint8Array>> & { getReader?: undefined; destroy?(): unknown };

function piecesOf(response: Response): Pieces {
  const body = response.body as ReadableStream<Uint8Array> | OldStream | null;
  if (body?.getReader) {
    const reader = body.getReader();
    return { next: () => reader.read(), cancel: () => reader.cancel() };
  }
  const iterator = body?.[Symbol.asyncIterator]?.() ?? whole(response);
  return { next: () => iterator.next(), cancel: () => body?.destroy?.() };
}

/** Some runtimes have no streams of bodies. */
async function* whole(response: Response): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(await response.arrayBuffer());
}

/** Hands a body over; returns whether it came to its end. */
async function pour(pieces: Pieces, receiver: Receiver): Promise<boolean> {
  for (let next = await pieces.next(); !next.done; next = await pieces.next())
    if (!receiver.take(next.value)) return false;
  return true;
}
