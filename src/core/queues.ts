import { Turns } from "../transport/turns.ts";

interface Queue {
  readonly turns: Turns;
  /** How many wait or work. */
  size: number;
}

/** Queues by key: work of one key is done in order, and work of different keys at the same time. */
export class Queues {
  readonly #queues = new Map<string, Queue>();

  /** Does some work when all that came before it under the same key is done. */
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
