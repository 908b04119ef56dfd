import { longestWaitMs } from "./numbers.ts";

/** Ends a call when its time is up or when its caller aborts, and tells the two apart. */
export class Deadline {
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #caller: AbortSignal | undefined;
  readonly #endsAt: number;
  readonly #now: () => number;
  readonly #onAbort = (): void => this.#end(this.#caller?.reason);
  #controller: AbortController | undefined;
  /** Whether the time was up. */
  expired = false;
  /** Whether the call is to end, and why. */
  ended: { readonly reason: unknown } | undefined;
  /** What to do at the end. */
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

  /** The same for who listens to signals. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.ended) this.#controller.abort(this.ended.reason);
    return this.#controller.signal;
  }

  get abortedByCaller(): boolean {
    return !this.expired && this.#caller?.aborted === true;
  }

  /** Whether there is time for so long a wait, in milliseconds, and something after it. */
  allows(waitMs: number): boolean {
    return !this.ended && waitMs <= longestWaitMs && this.#now() + waitMs < this.#endsAt;
  }

  /** Throws where the time is up, also while nothing let the timer go off. */
  check(): void {
    if (this.#now() >= this.#endsAt) this.#expire();
    if (this.ended) throw this.ended.reason;
  }

  /** Lets go of timer and caller; to be called when the call is over, however it ended. */
  release(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener("abort", this.#onAbort);
  }
}
