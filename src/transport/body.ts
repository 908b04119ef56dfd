import { MailcowReplyError, type MailcowRequest } from "../errors.ts";
import type { Stoppable } from "./deadline.ts";

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

/** No refusal of mailcow's is longer, and no more is shown of a page. */
const longestError = 64 * 1024;

/**
 * Reads a body as UTF-8, up to so many bytes; what comes after is not waited for. A byte-order mark is dropped. Whoever
 * stops the reading also ends the transfer.
 */
export function readBody(response: Response, reading: Reading, request: MailcowRequest): Stoppable<Body> {
  const reader = response.body?.getReader();
  // After the end this does nothing.
  const stop = (): void => void reader?.cancel().catch(() => {});
  const body = read(chunksOf(response, reader), reading, request).finally(stop);
  return Object.assign(body, { stop });
}

async function read(
  chunks: AsyncIterable<Uint8Array>,
  { maxBytes, strict, cut }: Reading,
  request: MailcowRequest,
): Promise<Body> {
  const decoder = new TextDecoder("utf-8", { fatal: strict, ignoreBOM: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new MailcowReplyError("the server's answer is not valid UTF-8, as JSON has to be", { request });
    }
  };
  const most = cut ? Math.min(maxBytes, longestError) : maxBytes;
  const parts: string[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    const room = most - bytes;
    bytes += chunk.byteLength;
    if (bytes > most && !cut) {
      throw new MailcowReplyError(
        `the server's answer is longer than maxReplyBytes allows (${maxBytes} bytes): raise it, or ask for less`,
        { request },
      );
    }
    parts.push(decode(bytes > most ? chunk.subarray(0, room) : chunk));
    if (bytes > most) break;
  }
  const text = parts.join("") + decode();
  return text.startsWith("\uFEFF") ? { text: text.slice(1), bytes: bytes - 3 } : { text, bytes };
}

async function* chunksOf(
  response: Response,
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
): AsyncGenerator<Uint8Array> {
  // Some runtimes have no streams of bodies.
  if (!reader) return yield new Uint8Array(await response.arrayBuffer());
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}
