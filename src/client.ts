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
   * How long a call may take, its retries and its answer included, in milliseconds; `Infinity` for as long as it likes.
   * Counts from when the call's turn comes (see `maxConcurrency`); an `AbortSignal` counts at once. A server with
   * thousands of mailboxes needs minutes to list them.
   *
   * @default 30_000
   * @example
   * await mcc.api.GET("/api/v1/get/mailbox/all", { timeoutMs: 240_000 }); // for one call
   */
  timeoutMs?: number;
  /**
   * How often a read is sent again after a network error, or after HTTP 429, 502, 503 or 504; 0 for never. The waits
   * between grow and are random, and are as long as the server asks with `Retry-After`. Writes are never sent again,
   * nor is what mailcow turned away with 401 or 403.
   *
   * @default 2
   */
  retries?: number;
  /**
   * How long an answer may be, unpacked, in bytes; a longer one is a `MailcowReplyError` and is not read to its end.
   * So is one that holds more values and names than one in 32 of these bytes, or of 48 MiB where this is less: each takes
   * memory, however short it is. The default is enough for 15,000 mailboxes in a single answer.
   *
   * @default 50_331_648 (48 MiB)
   */
  maxReplyBytes?: number;
  /**
   * How many calls this client sends at the same time; further ones wait for their turn, in order. Until mailcow has
   * accepted the key, it is one.
   *
   * @default 16
   * @example
   * const mcc = new MailcowApiClient(baseurl, apikey, { maxConcurrency: 4 }); // gentle on a small server
   * await Promise.all(addresses.map((address) => mcc.getMailboxes(address))); // however many
   */
  maxConcurrency?: number;
  /**
   * How long this client sends nothing after mailcow has refused its key or its address, in milliseconds: after about
   * ten such calls mailcow bans the address. Every call meanwhile throws the same `MailcowAuthError`, which says that
   * nothing was sent; then one goes out again. 0 sends every call.
   *
   * @default Infinity: until a new client is made
   */
  retryKeyAfterMs?: number;
  /**
   * Allows plain `http://` to another machine, which shows the key to the network between.
   *
   * @default false
   */
  allowInsecure?: boolean;
  /**
   * The `fetch` to send with, for a proxy, an own certificate, or a test. It must not send a write twice. Node's own gives
   * up after five minutes of silence.
   *
   * @default Node's `http` in Node, which takes half of the time; `globalThis.fetch` elsewhere
   */
  fetch?: typeof globalThis.fetch;
  /** Headers to send with every call, such as those that a proxy in front of mailcow asks for. */
  headers?: HeadersOptions;
}

export interface MailcowClientOptions extends MailcowTransportOptions {
  /** The address of the server, such as `https://mail.example.com`. */
  baseUrl: string;
  /** The API key, read-write or read-only. */
  apiKey: string;
}

/** What goes with a call of a path: its parameters, its body, and how to send it. Nothing else. */
type Init<Operation> = RequestOptions<Operation> & CallOptions;

/** A call of a path. A misspelt field does not compile: openapi-fetch's own type would let it pass. */
type Method<Name extends "get" | "post", Paths extends keyof paths> = <Path extends Paths>(
  path: Path,
  ...init: object extends Init<paths[Path][Name]> ? [init?: Init<paths[Path][Name]>] : [init: Init<paths[Path][Name]>]
) => Promise<FetchResponse<NonNullable<paths[Path][Name]>, object, `${string}/${string}`>>;

/** A typed client for every path of mailcow's API, as openapi-fetch makes it. */
export interface MailcowClient extends Omit<Client<paths>, "GET" | "POST"> {
  /** Reads: `await api.GET("/api/v1/get/domain/all")`. */
  GET: Method<"get", GetPath>;
  /** Writes and searches: `await api.POST("/api/v1/add/domain", { body: { domain: "example.com" } })`. */
  POST: Method<"post", PostPath>;
}

/**
 * Makes a typed client for mailcow's paths. It returns `{ data }` or `{ error }` as the contract describes them, refusals
 * with HTTP 200 among the data; whatever the contract does not describe throws.
 *
 * @throws {MailcowInputError} The address, the key or an option can't be right.
 * @example
 * const api = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey: "..." });
 * const { data } = await api.GET("/api/v1/get/domain/{domain}", { params: { path: { domain: "example.com" } } });
 */
export function createMailcowClient(options: MailcowClientOptions): MailcowClient {
  return createClientAtPace(options);
}

const optionNames: readonly (keyof MailcowTransportOptions)[] = [
  ...(["allowInsecure", "fetch", "headers", "maxConcurrency", "maxReplyBytes"] as const),
  ...(["onRequest", "onResponse", "onRetry", "retries", "retryKeyAfterMs", "timeoutMs"] as const),
];

/** Refuses options that nobody reads, or that would only fail when something is called. */
export function checkOptions(options: MailcowTransportOptions, names: readonly string[] = optionNames): void {
  checkFields("the options", "option", options, names, "timeoutMs");
  for (const name of ["fetch", "onRequest", "onResponse", "onRetry"] as const)
    if (options[name] !== undefined && typeof options[name] !== "function") throw refusal(name, "a function");
  const { allowInsecure } = options;
  if (allowInsecure !== undefined && typeof allowInsecure !== "boolean")
    throw refusal("allowInsecure", "true or false");
}

/** The same, for tests that bring a clock and a chance of their own. */
export function createClientAtPace(options: MailcowClientOptions, pace?: Pace): MailcowClient {
  checkOptions(options, [...optionNames, "apiKey", "baseUrl"]);
  const { allowInsecure = false, timeoutMs = 30_000, retries = 2, retryKeyAfterMs = Infinity } = options;
  const { maxReplyBytes = 48 * 1024 * 1024, maxConcurrency = 16, fetch } = options;
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
    fetch,
    hooks: { ...(onRequest && { onRequest }), ...(onResponse && { onResponse }), ...(onRetry && { onRetry }) },
    ...(pace && { pace }),
  });
  return callsOf({ baseUrl, apiKey, headers: options.headers, send }) as MailcowClient;
}
