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
 * A runtime may drop a call in the middle, as workerd does when the request that it belongs to is over. Then nothing
 * returns its turn. So a turn is only lent, and calls that come or wait check whether one is overdue. These checks also
 * show workerd that the program does not hang.
 */
export class Turns {
  readonly #most: number;
  readonly #now: () => number;
  readonly #lent = new Set<Turn>();
  // A Set keeps the order of arrival, and removes a call from the middle without a search.
  readonly #waiting: Waiting = new Set();
  /** Calls that had a turn before, and so came before the others. */
  readonly #again: Waiting = new Set();

  constructor(most: number, now: () => number = () => performance.now()) {
    this.#most = most;
    this.#now = now;
  }

  /**
   * Waits for a turn, which ends after `longestMs` unless it is renewed. A caller who aborts leaves the queue with
   * their own reason. The returned turn must be passed to `done`.
   */
  async take(caller: AbortSignal | null | undefined, longestMs: number, isAgain = false): Promise<Turn> {
    caller?.throwIfAborted();
    const isFree = this.#lent.size < this.#most || this.#takeBackLost();
    if (isFree) return this.#lend(longestMs);
    const turn = await this.#wait(caller, isAgain ? this.#again : this.#waiting);
    // The call has its turn.
    this.renew(turn, longestMs);
    return turn;
  }

  /** Extends a turn by this many milliseconds from now. */
  renew(turn: Turn, longestMs: number): void {
    turn.until = this.#now() + longestMs + graceMs;
    this.#lent.add(turn);
  }

  #lend(longestMs = 0): Turn {
    const turn = { until: this.#now() + longestMs + graceMs };
    this.#lent.add(turn);
    return turn;
  }

  async #wait(caller: AbortSignal | null | undefined, queue: Waiting): Promise<Turn> {
    // A call that starts or leaves is removed from the queue immediately, so that no turn goes to a call that has left.
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

/** Repeats some work until it is stopped. Does not keep Node running. */
export function every(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms);
  (Object(timer) as { unref?: () => void }).unref?.();
  return () => clearInterval(timer);
}
