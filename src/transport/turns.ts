/** Longer than it takes to go on, once it is one's turn. */
const graceMs = 1_000;

/** A turn that was given out: until when it has to be back. */
interface Turn {
  until: number;
}

/**
 * Lets only so many calls run at once; the others wait for their turn, first come, first served.
 *
 * Where a runtime drops a call in the middle, as workerd does with all that belongs to a request that is over, nothing
 * gives its turn back. So a turn is lent, and who waits looks now and then whether one has been out for too long; which
 * also keeps workerd from taking the wait for a program that hangs.
 */
export class Turns {
  readonly #most: number;
  readonly #now: () => number;
  readonly #lent = new Set<Turn>();
  // A Set keeps the order of arrival and lets go of a call that gave up in the middle, without a search.
  readonly #waiting = new Set<(turn: Turn) => void>();

  constructor(most: number, now: () => number = () => performance.now()) {
    this.#most = most;
    this.#now = now;
  }

  /**
   * Waits for a turn, which takes no longer than so many milliseconds; a caller who aborts meanwhile leaves the queue with
   * their own reason. What it returns is owed to `done`.
   */
  async take(caller: AbortSignal | null | undefined, longestMs: number = Infinity): Promise<Turn> {
    caller?.throwIfAborted();
    const turn = this.#lent.size < this.#most ? this.#lend() : await this.#wait(caller);
    // Whoever gets here goes on, and has all of the time.
    turn.until = this.#now() + longestMs + graceMs;
    this.#lent.add(turn);
    return turn;
  }

  #lend(): Turn {
    const turn = { until: this.#now() + graceMs };
    this.#lent.add(turn);
    return turn;
  }

  async #wait(caller: AbortSignal | null | undefined): Promise<Turn> {
    let [start, leave] = [(_: Turn): void => {}, (): void => {}];
    const called = new Promise<Turn>((resolve, reject) => {
      [start, leave] = [resolve, () => reject(caller?.reason)];
    });
    // One that was lost is for who noticed: others who wait may be lost as well.
    const watch = setInterval(() => this.#takeBackLost() && start(this.#lend()), graceMs);
    this.#waiting.add(start);
    caller?.addEventListener("abort", leave, { once: true });
    try {
      return await called;
    } finally {
      clearInterval(watch);
      this.#waiting.delete(start);
      caller?.removeEventListener("abort", leave);
    }
  }

  #takeBackLost(): boolean {
    const now = this.#now();
    for (const turn of this.#lent) if (turn.until < now) return this.#lent.delete(turn);
    return false;
  }

  /** Gives the turn to the next in line, or back. */
  done(turn: Turn): void {
    // One that was taken for lost is somebody else's by now.
    if (!this.#lent.delete(turn) || this.#lent.size >= this.#most) return;
    const [next] = this.#waiting;
    if (!next) return;
    this.#waiting.delete(next);
    next(this.#lend());
  }
}
