import type { MailcowRequest } from "../errors.ts";
import type { Call } from "./call.ts";
import type { Head } from "./wires/wire.ts";

export const isOk = (status: number): boolean => status >= 200 && status <= 299;

/** 304 says that a cache is up to date, and does not redirect. */
export const isRedirect = (status: number): boolean => status >= 300 && status <= 399 && status !== 304;

/** Headers about the compressed body, and the session cookie, which is a credential. */
const dropped = ["Content-Encoding", "Transfer-Encoding", "Set-Cookie"];

/** An answer of mailcow. Its `Response` is made when it is first looked at. */
export class Received {
  readonly data: unknown;
  readonly #head: Head;
  readonly #text: string | undefined;
  readonly #call: Call;
  #response: Response | undefined;

  /** Absent if the data was changed. */
  constructor(call: Call, head: Head, data: unknown, text?: string) {
    this.#call = call;
    this.#head = head;
    this.data = data;
    this.#text = text;
  }

  get status(): number {
    return this.#head.status;
  }

  get ok(): boolean {
    return isOk(this.status);
  }

  get method(): string {
    return this.#call.sent.method;
  }

  get request(): MailcowRequest {
    return this.#call.request;
  }

  get response(): Response {
    this.#response ??= this.#respond();
    return this.#response;
  }

  #respond(): Response {
    const text = this.#text ?? JSON.stringify(this.data);
    const headers = new Headers([...this.#head.headers]);
    for (const name of dropped) headers.delete(name);
    // Without it, openapi-fetch treats an answer as empty.
    headers.set("Content-Length", String(new TextEncoder().encode(text).byteLength));
    const { status, statusText } = this.#head;
    // Some statuses forbid a body, and some status texts are not allowed.
    const hasBody = status !== 204 && status !== 205 && status !== 304;
    const words = /^[\t\x20-\x7e\x80-\xff]*$/.test(statusText) ? statusText : "";
    return new Response(hasBody ? text : null, { status, statusText: words, headers });
  }
}
