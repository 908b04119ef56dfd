/** A request, to be sent once. */
export interface WireRequest {
  readonly method: string;
  /** The part after the address of the server. */
  readonly path: string;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** The head of an answer. */
export interface Head {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Pick<Headers, "get"> & Iterable<[string, string]>;
}

export type AsciiOf = (pieces: readonly Uint8Array[], length: number) => string | undefined;

/** Receives an answer in pieces. Ignores everything after it wants no more, and after `end` or `fail`. */
export interface Receiver {
  /** Returns whether the body is wanted. */
  begin(head: Head): boolean;
  /** Receives a piece of the decompressed body; returns whether more is wanted. */
  take(piece: Uint8Array): boolean;
  /** Ends the body. `asciiOf` is a fast way to read its pieces; it returns nothing unless all of them are ASCII. */
  end(asciiOf?: AsciiOf): void;
  fail(error: unknown): void;
}

/** Ends a transfer, in any state. */
export type Stop = (reason?: unknown) => void;

/**
 * Sends a request and passes the answer to a receiver. Knows nothing about deadlines, keys and retries, follows no
 * redirects, and sends no request twice.
 */
export type Wire = (request: WireRequest, receiver: Receiver) => Stop;
