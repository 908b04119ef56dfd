import createClient, { type Client, type HeadersOptions } from "openapi-fetch";
import type { paths } from "./generated/mailcow.ts";
import { checkApiKey } from "./transport/api-key.ts";
import { normalizeBaseUrl } from "./transport/base-url.ts";
import { serializePath } from "./transport/path.ts";
import { checkTimeout, createSend, OutgoingRequest } from "./transport/send.ts";

/** How to reach a mailcow server, beyond its address and key. */
export interface MailcowTransportOptions {
  /**
   * How long a call may take, its answer included, in milliseconds; `Infinity` for as long as it likes. A server with
   * thousands of mailboxes needs minutes to list them.
   *
   * @default 30_000
   */
  timeoutMs?: number;
  /**
   * Allows plain `http://` to another machine, which shows the key to the network between.
   *
   * @default false
   */
  allowInsecure?: boolean;
  /**
   * The `fetch` to send with, for a proxy, an own certificate, or a test.
   *
   * @default globalThis.fetch
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

/** A typed client for every path of mailcow's API, as openapi-fetch makes it. */
export type MailcowClient = Client<paths>;

/**
 * Makes a typed client for mailcow's paths. It answers `{ data }` or `{ error }` as the contract describes them, refusals
 * with HTTP 200 among the data; whatever the contract does not describe throws.
 *
 * @throws {@link MailcowInputError} The address or the key can't be right.
 * @example
 * const api = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey: "..." });
 * const { data } = await api.GET("/api/v1/get/domain/{domain}", { params: { path: { domain: "example.com" } } });
 */
export function createMailcowClient(options: MailcowClientOptions): MailcowClient {
  const baseUrl = normalizeBaseUrl(options.baseUrl, options.allowInsecure ?? false);
  const send = createSend({
    baseUrl,
    apiKey: checkApiKey(options.apiKey),
    timeoutMs: checkTimeout(options.timeoutMs ?? 30_000),
    fetch: options.fetch ?? ((...args) => globalThis.fetch(...args)),
  });
  return createClient<paths>({
    baseUrl,
    headers: options.headers ?? {},
    pathSerializer: serializePath,
    // Making a real Request costs a fifth of a call and has no room for a deadline; `send` makes what is needed.
    Request: OutgoingRequest as unknown as typeof Request,
    fetch: send as unknown as (request: Request) => Promise<Response>,
  });
}
