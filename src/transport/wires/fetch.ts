import type { AsciiOf, Receiver, Wire } from "./wire.ts";

type Fetch = typeof globalThis.fetch;
type Headers = Readonly<Record<string, string>>;

const utf8 = new TextEncoder();

/** Sends with `fetch`: the platform's, or the caller's own. */
export function fetchWire(
  baseUrl: string,
  fetch: Fetch,
  bodyOf: (body: string, headers: Headers) => RequestInit = (body) => ({ body }),
  asciiOf?: AsciiOf,
): Wire {
  let settings: RequestInit | undefined;
  return ({ method, path, headers, body }, receiver) => {
    settings ??= settingsOf(globalThis.Request?.prototype);
    const controller = new AbortController();
    const { signal } = controller;
    const init = { ...settings, method, headers, signal, ...(body !== undefined && bodyOf(body, headers)) };
    let cancel = (): unknown => undefined;
    // Does nothing after the end.
    const stop = (): void => void Promise.resolve(cancel()).catch(() => {});
    const transfer = async (): Promise<void> => {
      // Called as a plain function: browsers refuse it as a method of another object.
      const response = await fetch(baseUrl + path, init);
      const pieces = piecesOf(response);
      cancel = pieces.cancel;
      // A redirect that is not followed shows no status in a browser.
      const status = response.type === "opaqueredirect" ? 302 : response.status;
      const isWanted = receiver.begin({ status, statusText: response.statusText, headers: response.headers });
      if (!signal.aborted && isWanted && (await pour(pieces, receiver))) receiver.end(asciiOf);
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
 * Follows no redirect. In browsers, neither keeps nor sends mailcow's session cookie, which is a credential, and does
 * not read from the cache. Some runtimes refuse options that they do not know.
 */
function settingsOf(known: object = {}): RequestInit {
  return {
    redirect: "manual",
    ...("credentials" in known && { credentials: "omit" }),
    ...("cache" in known && { cache: "no-store" }),
  };
}

/**
 * The `fetch` of Node and Deno may repeat a request by itself, even a write: after HTTP 421, or on a connection that
 * turns out to be closed. It can't repeat a stream, so the body is a stream, which looks the same on the wire if its
 * length is given.
 */
export function onlyOnce(body: string, headers: Headers): RequestInit {
  const bytes = utf8.encode(body);
  // The stream takes the bytes away.
  const length = String(bytes.byteLength);
  const stream = new ReadableStream({
    // Takes less time than a stream of anything.
    type: "bytes",
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const once: RequestInit & { duplex: "half" } = {
    headers: { ...headers, "content-length": length },
    body: stream,
    duplex: "half",
  };
  return once;
}

interface Pieces {
  next(): Promise<IteratorResult<Uint8Array, unknown>>;
  cancel(): unknown;
}

/** The body of older `fetch` packages: a stream of Node. */
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

/** Some runtimes can't stream bodies. */
async function* whole(response: Response): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(await response.arrayBuffer());
}

/** Passes a body on; returns whether it was complete. */
async function pour(pieces: Pieces, receiver: Receiver): Promise<boolean> {
  for (let next = await pieces.next(); !next.done; next = await pieces.next())
    if (!receiver.take(next.value)) return false;
  return true;
}
