import { longestWaitMs } from "./numbers.ts";

/** Work that can be told to stop. */
export type Stoppable<T> = Promise<T> & { stop?(): void };

/** Ends a call when its time is up or when its caller aborts, and tells the two apart. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #caller: AbortSignal | undefined;
  readonly #endsAt: number;
  readonly #now: () => number;
  readonly #onAbort = (): void => this.#controller.abort(this.#caller?.reason);
  readonly #ended: Promise<never>;
  /** Whether the time was up. */
  expired = false;

  constructor(timeoutMs: number, caller: AbortSignal | null | undefined, now: () => number) {
    this.#caller = caller ?? undefined;
    this.#now = now;
    this.#endsAt = now() + timeoutMs;
    this.#ended = new Promise((_, reject) => {
      this.signal.addEventListener("abort", () => reject(this.signal.reason), { once: true });
    });
    // Nobody may be listening when it ends.
    this.#ended.catch(() => {});
    if (caller?.aborted) this.#onAbort();
    caller?.addEventListener("abort", this.#onAbort, { once: true });
    if (timeoutMs !== Number.POSITIVE_INFINITY) {
      this.#timer = setTimeout(() => this.#expire(), timeoutMs);
    }
  }

  #expire(): void {
    if (this.signal.aborted) return;
    this.expired = true;
    this.#controller.abort();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get abortedByCaller(): boolean {
    return !this.expired && this.#caller?.aborted === true;
  }

  /** Whether there is time for so long a wait, in milliseconds, and something after it. */
  allows(waitMs: number): boolean {
    return !this.signal.aborted && waitMs <= longestWaitMs && this.#now() + waitMs < this.#endsAt;
  }

  /** Throws where the time is up, also while nothing let the timer go off. */
  check(): void {
    if (this.#now() >= this.#endsAt) this.#expire();
    this.signal.throwIfAborted();
  }

  /** The outcome of some work, but no later than the end: a caller's own `fetch` may not listen to the signal. */
  within<T>(work: Stoppable<T>): Promise<T> {
    if (work.stop) this.#ended.catch(() => work.stop?.());
    return Promise.race([work, this.#ended]);
  }

  /** Lets go of timer and caller; to be called when the call is over, however it ended. */
  release(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener("abort", this.#onAbort);
  }
}
