/** Where a runtime finds what it is tried on. */
export interface Context {
  readonly runtime: "node" | "bun" | "deno" | "workerd" | "chromium";
  /** The scenarios of `server.ts`: `${server}/redirect` is the address of a mailcow that redirects. */
  readonly server: string;
  /** The same over TLS, with a certificate of an authority that only `ca` knows. */
  readonly tls: string;
  readonly ca: string;
  /** Proxies on the way there: one over plain HTTP, one over TLS. Both want no password. */
  readonly proxy: string;
  readonly tlsProxy: string;
  /** A mock that answers the examples of the contract. */
  readonly mock: string;
  /** Whether the runtime has an environment with the variables of `fromEnv`, and whether the program may read it. */
  readonly env: "set" | "none" | "denied";
  /** Whether the program was started with the authority as one of Node's own. */
  readonly extraCa: boolean;
  /** Whether undici and node-fetch are there. */
  readonly companions: boolean;
  /** Where the program can be reached itself, if it is a worker. */
  readonly self?: string;
}

/** A request that a scenario was sent. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** How a check ended. */
export interface Finding {
  readonly check: string;
  readonly error?: string;
}

export const apiKey = "5EC2E7-KEY000-000000-000000-000000";
