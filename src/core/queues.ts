import { Turns } from "../transport/turns.ts";

interface Queue {
  readonly turns: Turns;
  /** How many are waiting or running. */
  size: number;
}

/** Queues by key: work with the same key runs in order, work with different keys at the same time. */
export class Queues {
  readonly #queues = new Map<string, Queue>();

  /** Runs work after all earlier work with the same key. */
  async inOrder<Result>(key: string, signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result> {
    const queue = this.#queues.get(key) ?? { turns: new Turns(1), size: 0 };
    this.#queues.set(key, queue);
    queue.size++;
    try {
      const turn = await queue.turns.take(signal);
      try {
        return await work();
      } finally {
        queue.turns.done(turn);
      }
    } finally {
      queue.size--;
      if (queue.size === 0) this.#queues.delete(key);
    }
  }
}
