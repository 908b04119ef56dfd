import { every, Turns } from "../transport/turns.ts";

interface Queue {
  readonly turns: Turns;
  /** How many are waiting or running. */
  size: number;
}

/** How often work says that it is still under way, and how long it may be silent: it has no end that is known before. */
const [beatMs, silentMs] = [1_000, 4_000];

/** Queues by key: work with the same key runs in order, work with different keys at the same time. */
export class Queues {
  readonly #queues = new Map<string, Queue>();

  /** Runs work after all earlier work with the same key, or when that was dropped. */
  async inOrder<Result>(key: string, signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result> {
    const queue = this.#queues.get(key) ?? { turns: new Turns(1), size: 0 };
    this.#queues.set(key, queue);
    queue.size++;
    try {
      const turn = await queue.turns.take(signal, silentMs);
      const stopBeat = every(beatMs, () => queue.turns.renew(turn, silentMs));
      try {
        return await work();
      } finally {
        stopBeat();
        queue.turns.done(turn);
      }
    } finally {
      queue.size--;
      if (queue.size === 0) this.#queues.delete(key);
    }
  }
}
