import { MailcowReplyError, type MailcowRequest } from "../errors.ts";

/** The body of a reply: its text, and how many bytes that has in UTF-8 as it came, unpacked. */
export interface Body {
  readonly text: string;
  readonly bytes: number;
}

interface Reading {
  readonly maxBytes: number;
  /** Invalid UTF-8 fails, as it must where data would be changed by reading over it. */
  readonly strict: boolean;
  /** A body that is too long is cut off: of an error page, the beginning is enough. */
  readonly cut: boolean;
}

/** Reads a body as UTF-8, up to so many bytes; what comes after is not waited for. A byte-order mark is dropped. */
export async function readBody(response: Response, reading: Reading, request: MailcowRequest): Promise<Body> {
  const decoder = new TextDecoder("utf-8", { fatal: reading.strict, ignoreBOM: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new MailcowReplyError("the server's answer is not valid UTF-8, as JSON has to be", { request });
    }
  };
  const parts: string[] = [];
  let bytes = 0;
  for await (const chunk of chunksOf(response)) {
    bytes += chunk.byteLength;
    if (bytes > reading.maxBytes) {
      if (reading.cut) break;
      throw new MailcowReplyError(
        `the server's answer is longer than maxReplyBytes allows (${reading.maxBytes} bytes): raise it, or ask for less`,
        { request },
      );
    }
    parts.push(decode(chunk));
  }
  const text = parts.join("") + decode();
  return text.startsWith("\uFEFF") ? { text: text.slice(1), bytes: bytes - 3 } : { text, bytes };
}

/** The chunks of a body. Whoever stops reading them early also ends the transfer. */
async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  // Some runtimes have no streams of bodies.
  if (!response.body) return yield new Uint8Array(await response.arrayBuffer());
  const reader = response.body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    // After the end this does nothing.
    void reader.cancel().catch(() => {});
  }
}
