/** What is sent, once. */
export interface WireRequest {
  readonly method: string;
  /** What comes after the address of the server. */
  readonly path: string;
  /** By names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** What an answer begins with. */
export interface Head {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Pick<Headers, "get"> & Iterable<[string, string]>;
}

/** Takes an answer as it comes. Once it wants no more, and after `end` or `fail`, whatever else it is told is ignored. */
export interface Receiver {
  /** Returns whether the body is wanted. */
  begin(head: Head): boolean;
  /** Takes a piece of the body, unpacked; returns whether more is wanted. */
  take(piece: Uint8Array): boolean;
  /** Ends the body. `asciiOf` is a fast way to read bytes; it returns nothing unless all of them are ASCII. */
  end(asciiOf?: (bytes: Uint8Array) => string | undefined): void;
  fail(error: unknown): void;
}

/** Ends a transfer, whatever became of it. */
export type Stop = (reason?: unknown) => void;

/**
 * Sends a request, and tells a receiver what comes back. It knows nothing of deadlines, keys and retries, follows no
 * redirects, and sends no request twice.
 */
export type Wire = (request: WireRequest, receiver: Receiver) => Stop;
