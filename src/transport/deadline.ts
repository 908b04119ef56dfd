import { longestWaitMs } from "./numbers.ts";

/** Ends a call when its time is up or when its caller aborts, and knows which it was. */
export class Deadline {
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #caller: AbortSignal | undefined;
  readonly #endsAt: number;
  readonly #now: () => number;
  readonly #onAbort = (): void => this.#end(this.#caller?.reason);
  #controller: AbortController | undefined;
  /** Whether the time is up. */
  expired = false;
  /** Whether the call must end, and why. */
  ended: { readonly reason: unknown } | undefined;
  /** Called at the end. */
  onEnd: ((reason: unknown) => void) | undefined;

  constructor(timeoutMs: number, caller: AbortSignal | null | undefined, now: () => number) {
    this.#caller = caller ?? undefined;
    this.#now = now;
    this.#endsAt = now() + timeoutMs;
    if (caller?.aborted) this.#onAbort();
    caller?.addEventListener("abort", this.#onAbort, { once: true });
    if (timeoutMs !== Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.#expire(), timeoutMs);
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
    this.onEnd?.(reason);
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
    this.#caller?.removeEventListener("abort", this.#onAbort);
  }
}
