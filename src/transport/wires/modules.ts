/** The part of Node's modules that is used here. None is imported, so that bundles for other runtimes can be made. */
export interface Stream {
  on(event: "error", listener: (error: unknown) => void): this;
  on(event: "data", listener: (piece: Uint8Array) => void): this;
  on(event: "end", listener: () => void): this;
  destroy(): unknown;
}
export interface Incoming extends Stream {
  readonly statusCode: number;
  readonly statusMessage: string;
  /** Names and values, alternating. */
  readonly rawHeaders: readonly string[];
  readonly headers: Readonly<Record<string, string | undefined>>;
  pipe<Target>(target: Target): Target;
}
export interface Outgoing {
  on(event: "error", listener: (error: { readonly code?: string }) => void): this;
  on(event: "connect", listener: (incoming: Incoming, socket: Stream) => void): this;
  on(event: "response", listener: (incoming: Incoming) => void): this;
  on(event: "close", listener: () => void): this;
  end(body?: string, encoding?: "latin1" | "utf8"): unknown;
  destroy(): unknown;
}
interface Http {
  readonly Agent: new (options: object) => object;
  request(options: object): Outgoing;
}
interface Zlib {
  createUnzip(options: object): Stream;
  createBrotliDecompress(options: object): Stream;
}
interface Bytes {
  isAscii(bytes: Uint8Array): boolean;
  readonly Buffer: {
    byteLength(text: string): number;
    concat(pieces: readonly Uint8Array[], length: number): Uint8Array & { latin1Slice(): string };
  };
}
export interface NodeModules {
  readonly "node:buffer": Bytes;
  readonly "node:http": Http;
  readonly "node:https": Http;
  readonly "node:crypto": { readonly X509Certificate: new (pem: string) => object };
  readonly "node:tls": { connect(options: object): Stream };
  readonly "node:zlib": Zlib;
}
export type Load = <Name extends keyof NodeModules>(name: Name) => NodeModules[Name];
