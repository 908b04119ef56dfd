import { MailcowReplyError } from "../errors.ts";
import type { Call } from "./call.ts";
import { isOk, isRedirect } from "./received.ts";
import type { AsciiOf, Head, Receiver, Stop } from "./wires/wire.ts";

/** The body of an answer: its text, and its length in bytes after decompression. */
export interface Body {
  readonly text: string;
  readonly bytes: number;
}

/** No refusal of mailcow is longer, and errors show no more of a page. */
const longestError = 64 * 1024;

const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
/** Fails on invalid UTF-8, because replacing characters would change the data. */
const strict = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/**
 * Sends a call once and receives its answer, up to a number of bytes: the beginning of an error page, and only the head
 * of a redirect. Does not wait for the rest.
 */
export class Reception implements Receiver {
  /** Known as soon as the head arrives, even if the body fails. */
  head: Head | undefined;
  readonly #call: Call;
  readonly #pieces: Uint8Array[] = [];
  #bytes = 0;
  #isOver = false;
  #stop: Stop | undefined;
  #resolve: (body: Body) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(call: Call) {
    this.#call = call;
  }

  /** Sends the call and returns the body of the answer. Ends the transfer when the time is up or the caller aborts. */
  body(): Promise<Body> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      const { deadline, sender, sent } = this.#call;
      deadline.transfer = this;
      this.#stop = sender.wire(sent, this);
      // The deadline may have passed while it was sent.
      if (deadline.ended) this.#stop(deadline.ended.reason);
    });
  }

  cancel(reason: unknown): void {
    this.#stop?.(reason);
    this.fail(reason);
  }

  begin(head: Head): boolean {
    const { status } = head;
    if (status < 200 || status > 599) this.fail(new Error(`HTTP has no status ${status}`));
    else this.head = head;
    if (!this.#isOver && isRedirect(status)) this.end();
    return !this.#isOver;
  }

  take(piece: Uint8Array): boolean {
    if (this.#isOver) return false;
    this.#pieces.push(piece);
    this.#bytes += piece.byteLength;
    if (this.#bytes <= this.#most) return true;
    if (this.#isError) this.end();
    else {
      const { sender, request } = this.#call;
      this.fail(
        new MailcowReplyError(
          `the server's answer is longer than maxReplyBytes allows (${sender.maxReplyBytes} bytes): raise it, or ask for less`,
          { request },
        ),
      );
    }
    return false;
  }

  end(asciiOf?: AsciiOf): void {
    if (this.#isOver) return;
    this.#isOver = true;
    try {
      const isAnyText = this.#isError || this.#call.sent.traits?.text;
      const [pieces, length] = [this.#pieces, Math.min(this.#bytes, this.#most)];
      const text = asciiOf?.(pieces, length) ?? (isAnyText ? lenient : strict).decode(joined(pieces, length));
      // A byte-order mark.
      const skipped = text.startsWith("\uFEFF") ? 1 : 0;
      this.#resolve({ text: text.slice(skipped), bytes: this.#bytes - 3 * skipped });
    } catch {
      const { request } = this.#call;
      this.#reject(new MailcowReplyError("the server's answer is not valid UTF-8, as JSON has to be", { request }));
    }
  }

  fail(error: unknown): void {
    this.#isOver = true;
    this.#reject(error);
  }

  get #isError(): boolean {
    return !isOk(this.head?.status ?? 0);
  }

  get #most(): number {
    const { maxReplyBytes } = this.#call.sender;
    return this.#isError ? Math.min(maxReplyBytes, longestError) : maxReplyBytes;
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [first = new Uint8Array()] = pieces;
  if (first.byteLength >= length) return first.subarray(0, length);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece.subarray(0, length - at), at);
    at += Math.min(piece.byteLength, length - at);
  }
  return whole;
}
