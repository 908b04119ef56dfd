import { longestWaitMs } from "./numbers.ts";

/** What a deadline ends. */
interface Transfer {
  cancel(reason: unknown): void;
}

/** Ends a call when its time is up or when its caller aborts, and knows which it was. */
export class Deadline implements EventListenerObject {
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #caller: AbortSignal | undefined;
  readonly #endsAt: number;
  readonly #now: () => number;
  #controller: AbortController | undefined;
  /** Whether the time is up. */
  expired = false;
  /** Whether the call must end, and why. */
  ended: { readonly reason: unknown } | undefined;
  /** What ends with it. An object: with a function here, V8 keeps what it refers to for much longer. */
  transfer: Transfer | undefined;

  constructor(timeoutMs: number, caller: AbortSignal | null | undefined, now: () => number) {
    this.#caller = caller ?? undefined;
    this.#now = now;
    this.#endsAt = now() + timeoutMs;
    if (caller?.aborted) this.handleEvent();
    caller?.addEventListener("abort", this, { once: true });
    if (timeoutMs !== Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.#expire(), timeoutMs);
  }

  /** Called when the caller aborts. */
  handleEvent(): void {
    this.#end(this.#caller?.reason);
  }

  #expire(): void {
    if (this.ended) return;
    this.expired = true;
    this.#end(new DOMException("This operation was aborted", "AbortError"));
  }

  #end(reason: unknown): void {
    if (this.ended) return;
    this.ended = { reason };
    this.#controller?.abort(reason);
    this.transfer?.cancel(reason);
  }

  /** The same, as a signal. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.ended) this.#controller.abort(this.ended.reason);
    return this.#controller.signal;
  }

  get abortedByCaller(): boolean {
    return !this.expired && this.#caller?.aborted === true;
  }

  /** Whether there is time for a wait of this length, in milliseconds, and for something after it. */
  allows(waitMs: number): boolean {
    return !this.ended && waitMs <= longestWaitMs && this.#now() + waitMs < this.#endsAt;
  }

  /** Throws if the time is up, even if the timer could not fire. */
  check(): void {
    if (this.#now() >= this.#endsAt) this.#expire();
    if (this.ended) throw this.ended.reason;
  }

  /** Releases the timer and the caller's signal. Must be called when the call is over, however it ended. */
  release(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener("abort", this);
  }
}
