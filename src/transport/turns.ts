/** Longer than a call needs to start after it gets its turn. */
const graceMs = 1_000;

/** A turn that was lent, and when it must be back. */
export interface Turn {
  until: number;
}

type Waiting = Set<(turn: Turn) => void>;

/**
 * Limits how many calls run at the same time; the others wait for their turn, first come, first served.
 *
 * Where a runtime drops a call in the middle, as workerd does with all that belongs to a request that is over, nothing
 * gives its turn back. So a turn is lent, and who comes or waits looks whether one has been out for too long; which
 * also keeps workerd from taking the wait for a program that hangs.
 */
export class Turns {
  readonly #most: number;
  readonly #now: () => number;
  readonly #lent = new Set<Turn>();
  // A Set keeps the order of arrival, and removes a call from the middle without a search.
  readonly #waiting: Waiting = new Set();
  /** Those who had a turn before, and so came before the others. */
  readonly #again: Waiting = new Set();

  constructor(most: number, now: () => number = () => performance.now()) {
    this.#most = most;
    this.#now = now;
  }

  /**
   * Waits for a turn, which takes no longer than so many milliseconds, or is renewed; a caller who aborts meanwhile
   * leaves the queue with their own reason. What it returns is owed to `done`.
   */
  async take(caller: AbortSignal | null | undefined, longestMs: number, isAgain = false): Promise<Turn> {
    caller?.throwIfAborted();
    const isFree = this.#lent.size < this.#most || this.#takeBackLost();
    const turn = isFree ? this.#lend() : await this.#wait(caller, isAgain ? this.#again : this.#waiting);
    // The call has its turn.
    this.renew(turn, longestMs);
    return turn;
  }

  /** Lends a turn for so many milliseconds more, from now on. */
  renew(turn: Turn, longestMs: number): void {
    turn.until = this.#now() + longestMs + graceMs;
    this.#lent.add(turn);
  }

  #lend(): Turn {
    const turn = { until: this.#now() + graceMs };
    this.#lent.add(turn);
    return turn;
  }

  async #wait(caller: AbortSignal | null | undefined, queue: Waiting): Promise<Turn> {
    // Whoever starts or leaves is out of the queue at once, so that no turn goes to one that has left.
    let [start, leave] = [(_: Turn): void => {}, (): void => {}];
    const called = new Promise<Turn>((resolve, reject) => {
      start = (turn) => {
        queue.delete(start);
        resolve(turn);
      };
      leave = () => {
        queue.delete(start);
        reject(caller?.reason);
      };
    });
    // One that was lost is for who noticed: others who wait may be lost as well.
    const stopWatch = every(graceMs, () => this.#takeBackLost() && start(this.#lend()));
    queue.add(start);
    caller?.addEventListener("abort", leave, { once: true });
    try {
      return await called;
    } finally {
      stopWatch();
      caller?.removeEventListener("abort", leave);
    }
  }

  #takeBackLost(): boolean {
    const now = this.#now();
    for (const turn of this.#lent) if (turn.until < now) return this.#lent.delete(turn);
    return false;
  }

  /** Passes the turn to the next call, or returns it. */
  done(turn: Turn): void {
    // A turn that counted as lost belongs to another call by now.
    if (!this.#lent.delete(turn) || this.#lent.size >= this.#most) return;
    const [next] = this.#again.size > 0 ? this.#again : this.#waiting;
    next?.(this.#lend());
  }
}

/** Does some work again and again until it is stopped. It does not keep Node from ending. */
export function every(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms);
  (Object(timer) as { unref?: () => void }).unref?.();
  return () => clearInterval(timer);
}
