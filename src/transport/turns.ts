/** Lets only so many calls run at once; the others wait for their turn, first come, first served. */
export class Turns {
  readonly #most: number;
  #running = 0;
  // A Set keeps the order of arrival and lets go of a call that gave up in the middle, without a search.
  readonly #waiting = new Set<() => void>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Waits for a turn; a caller who aborts meanwhile leaves the queue with their own reason. Then owes one `done`. */
  async take(caller: AbortSignal | null | undefined): Promise<void> {
    caller?.throwIfAborted();
    if (this.#running < this.#most) {
      this.#running += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(start);
        reject(caller?.reason);
      };
      const start = (): void => {
        caller?.removeEventListener("abort", leave);
        resolve();
      };
      this.#waiting.add(start);
      caller?.addEventListener("abort", leave, { once: true });
    });
  }

  /** Gives the turn to the next in line, or back. */
  done(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#running -= 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
