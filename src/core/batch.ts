import { together } from "./together.ts";

/** What the calls of one `addMany` share, so that their rows can be read together. */
export interface Batch {
  /** All items, as copies. */
  readonly items: readonly unknown[];
  /** Waits until all items are added. Then one group after the other goes on. */
  readonly hold: (group: string) => Promise<void>;
  /** Does something once for all, and again only if it failed. */
  readonly once: <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;
}

const batches = new WeakMap<object, Batch>();

/** Options for a call that is one of many. */
export function withBatch<Options extends object>(options: Options, batch: Batch): Options {
  const own = { ...options };
  batches.set(own, batch);
  return own;
}

/** What a call shares with others, if it is one of many. */
export const batchOf = (options: object | undefined): Batch | undefined => options && batches.get(options);

/** Work that is done once for all who ask. */
export function onceEach(): Batch["once"] {
  const shared = new Map<string, Promise<unknown>>();
  return <Result>(key: string, work: () => Promise<Result>) => {
    const result = shared.get(key) ?? work();
    shared.set(key, result);
    result.catch(() => shared.delete(key));
    return result as Promise<Result>;
  };
}

interface Group {
  readonly released: Promise<void>;
  readonly release: () => void;
  readonly ends: Promise<void>[];
}

/** Calls that wait for each other, in groups. */
export class Groups {
  readonly #groups = new Map<string, Group>();

  /** Waits until the group is released. `end` is when the call ends. */
  join(name: string, end: Promise<void>): Promise<void> {
    const group = this.#groups.get(name) ?? newGroup();
    this.#groups.set(name, group);
    group.ends.push(end);
    return group.released;
  }

  /** Releases the groups, so many at a time, and waits for the end of their calls. */
  async release(most: number): Promise<void> {
    await together(
      [...this.#groups.values()],
      ({ release, ends }) => {
        release();
        return Promise.all(ends);
      },
      most,
    );
  }
}

function newGroup(): Group {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { released, release, ends: [] };
}
