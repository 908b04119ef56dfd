import type { Client, FetchResponse, HeadersOptions, RequestOptions } from "openapi-fetch";
import type { paths } from "./generated/mailcow.ts";
import type { GetPath, PostPath } from "./generated/paths.ts";
import { checkFields, refusal } from "./refusal.ts";
import { checkApiKey } from "./transport/api-key.ts";
import { normalizeBaseUrl } from "./transport/base-url.ts";
import type { CallOptions } from "./transport/call-options.ts";
import { callsOf } from "./transport/calls.ts";
import { checkCount, checkTimeout } from "./transport/numbers.ts";
import type { MailcowHooks } from "./transport/observe.ts";
import type { Pace } from "./transport/retry.ts";
import { createSend } from "./transport/send.ts";

/** How to reach a mailcow server, beyond its address and key. */
export interface MailcowTransportOptions extends MailcowHooks {
  /**
   * How long a call may take in milliseconds, including retries and reading the answer; `Infinity` for no limit. The
   * time starts when the call's turn comes (see `maxConcurrency`); an `AbortSignal` works from the start. A server with
   * thousands of mailboxes needs minutes to list them.
   *
   * @default 30_000
   * @example
   * await mcc.api.GET("/api/v1/get/mailbox/all", { timeoutMs: 240_000 }); // for one call
   */
  timeoutMs?: number;
  /**
   * How often a read is sent again after a network error or HTTP 429, 502, 503 or 504; 0 for never. The waits are
   * random and grow, and are at least as long as `Retry-After` asks. Writes are never sent again, and neither are reads
   * after 401 or 403.
   *
   * @default 2
   */
  retries?: number;
  /**
   * The largest answer to accept, in bytes after decompression. A larger one throws `MailcowReplyError` and is not read
   * to its end. The number of values and names in more than 2 MiB is limited too, because each takes memory: one per 48
   * bytes of this limit, or of 48 MiB if this is less. The default is enough for 10,000 mailboxes in a single answer.
   *
   * @default 50_331_648 (48 MiB)
   */
  maxReplyBytes?: number;
  /**
   * How many calls this client sends at the same time; further calls wait for their turn, in order. Until mailcow has
   * accepted the key, the limit is one.
   *
   * @default 16
   * @example
   * const mcc = new MailcowApiClient("https://mail.example.com", apiKey, { maxConcurrency: 4 }); // for a small server
   * const addresses = ["ann@example.com", "bob@example.com"]; // any number
   * await Promise.all(addresses.map((address) => mcc.getMailboxes(address)));
   */
  maxConcurrency?: number;
  /**
   * How long this client sends nothing after mailcow has refused its key or its address, in milliseconds. (After about
   * ten such calls, mailcow bans the address.) Until then, every call throws the same `MailcowAuthError`, which says
   * that nothing was sent; afterwards, one call is sent as a test. 0 sends every call.
   *
   * @default Infinity: until you make a new client
   */
  retryKeyAfterMs?: number;
  /**
   * Allows plain `http://` to another machine, which exposes the key to the network.
   *
   * @default false
   */
  allowInsecure?: boolean;
  /**
   * The certificates to trust instead of those that Node comes with, as PEM text: for a server whose certificate comes
   * from your own authority. Only in Node; for other runtimes, see `docs/networks.md`.
   *
   * @example
   * import { readFile } from "node:fs/promises";
   *
   * const ca = await readFile("ca.pem", "utf8");
   * const mcc = new MailcowApiClient("https://mail.example.com", apiKey, { ca });
   */
  ca?: string | readonly string[];
  /**
   * The HTTP proxy to connect through, such as `http://user:password@proxy.example.com:3128`; or `"env"` for the one in
   * `HTTPS_PROXY`, except for the hosts in `NO_PROXY`. Only in Node; for other runtimes, see `docs/networks.md`.
   *
   * @default none, regardless of the environment
   */
  proxy?: string;
  /**
   * The `fetch` to send with, for example a test's. It must not send a write twice. Node's own gives up after five
   * minutes of silence.
   *
   * @default Node's `http` in Node, which takes half of the time; `globalThis.fetch` elsewhere
   */
  fetch?: typeof globalThis.fetch;
  /** Headers to send with every call, for example for a proxy in front of mailcow. */
  headers?: HeadersOptions;
}

export interface MailcowClientOptions extends MailcowTransportOptions {
  /** The address of the server, such as `https://mail.example.com`. */
  baseUrl: string;
  /** The API key, read-write or read-only. */
  apiKey: string;
}

/** The input of a call: its parameters, its body, and how to send it. Nothing else. */
type Init<Operation> = RequestOptions<Operation> & CallOptions;

/** A call of a path. A misspelt field does not compile; openapi-fetch's own type would accept it. */
type Method<Name extends "get" | "post", Paths extends keyof paths> = <Path extends Paths>(
  path: Path,
  ...init: object extends Init<paths[Path][Name]> ? [init?: Init<paths[Path][Name]>] : [init: Init<paths[Path][Name]>]
) => Promise<FetchResponse<NonNullable<paths[Path][Name]>, object, `${string}/${string}`>>;

/** A typed client for every path of mailcow's API, made by openapi-fetch. */
export interface MailcowClient extends Omit<Client<paths>, "GET" | "POST"> {
  /** Reads: `await api.GET("/api/v1/get/domain/all")`. */
  GET: Method<"get", GetPath>;
  /** Writes and searches: `await api.POST("/api/v1/add/domain", { body: { domain: "example.com" } })`. */
  POST: Method<"post", PostPath>;
}

/**
 * Makes a typed client for mailcow's paths. Its methods return `{ data }` or `{ error }` as the contract describes
 * them; refusals with HTTP 200 are in `data`. Any other answer throws.
 *
 * @throws {MailcowInputError} The address, the key or an option is malformed.
 * @example
 * const api = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey: "..." });
 * const { data } = await api.GET("/api/v1/get/domain/{domain}", { params: { path: { domain: "example.com" } } });
 */
export function createMailcowClient(options: MailcowClientOptions): MailcowClient {
  return createClientAtPace(options);
}

const optionNames: readonly (keyof MailcowTransportOptions)[] = [
  ...(["allowInsecure", "ca", "fetch", "headers", "maxConcurrency", "maxReplyBytes"] as const),
  ...(["onRequest", "onResponse", "onRetry", "proxy", "retries", "retryKeyAfterMs", "timeoutMs"] as const),
];

/** Refuses unknown options, and options that would only fail during a call. */
export function checkOptions(options: MailcowTransportOptions, names: readonly string[] = optionNames): void {
  checkFields("the options", "option", options, names, "timeoutMs");
  for (const name of ["fetch", "onRequest", "onResponse", "onRetry"] as const)
    if (options[name] !== undefined && typeof options[name] !== "function") throw refusal(name, "a function");
  const { allowInsecure } = options;
  if (allowInsecure !== undefined && typeof allowInsecure !== "boolean")
    throw refusal("allowInsecure", "true or false");
}

/** The same, for tests with their own clock and randomness. */
export function createClientAtPace(options: MailcowClientOptions, pace?: Pace): MailcowClient {
  checkOptions(options, [...optionNames, "apiKey", "baseUrl"]);
  const { allowInsecure = false, timeoutMs = 30_000, retries = 2, retryKeyAfterMs = Infinity } = options;
  const { maxReplyBytes = 48 * 1024 * 1024, maxConcurrency = 16, ca, fetch, proxy } = options;
  const { onRequest, onResponse, onRetry } = options;
  const baseUrl = normalizeBaseUrl(options.baseUrl, allowInsecure);
  const apiKey = checkApiKey(options.apiKey);
  const send = createSend({
    baseUrl,
    apiKey,
    timeoutMs: checkTimeout(timeoutMs),
    retries: checkCount("retries", retries, 0),
    retryKeyAfterMs: checkCount("retryKeyAfterMs", retryKeyAfterMs, 0),
    maxReplyBytes: checkCount("maxReplyBytes", maxReplyBytes, 1),
    maxConcurrency: checkCount("maxConcurrency", maxConcurrency, 1),
    ca,
    fetch,
    proxy,
    hooks: { ...(onRequest && { onRequest }), ...(onResponse && { onResponse }), ...(onRetry && { onRetry }) },
    ...(pace && { pace }),
  });
  return callsOf({ baseUrl, apiKey, headers: options.headers, send }) as MailcowClient;
}
