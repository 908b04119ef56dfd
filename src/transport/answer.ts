/** A response whose body was read, and decoded, before: whoever asks for JSON gets what is there already. */
class DecodedResponse extends Response {
  readonly #data: unknown;

  constructor(text: string, init: ResponseInit, data: unknown) {
    super(text, init);
    this.#data = data;
  }

  override json(): Promise<unknown> {
    return Promise.resolve(this.#data);
  }
}

/** Of what came before it was unpacked, or is a credential: the session cookie alone lets its holder in. */
const dropped = ["Content-Encoding", "Transfer-Encoding", "Set-Cookie"];

/**
 * The answer to hand out for what a server sent: its status and headers, with a body that can be read again. It has a
 * `Content-Length`, without which openapi-fetch asks for the text and decodes it once more.
 */
export function answerOf(received: Response, data: unknown, text: string, bytes?: number): Response {
  const headers = new Headers(received.headers);
  for (const name of dropped) headers.delete(name);
  headers.set("Content-Length", String(bytes ?? new TextEncoder().encode(text).byteLength));
  const { status, statusText } = received;
  return new DecodedResponse(text, { status, statusText, headers }, data);
}
