import { isMailcowError, type MailcowFailure, MailcowNetworkError } from "../errors.ts";
import { refusal } from "../refusal.ts";
import { tell } from "../transport/observe.ts";
import { copied } from "./lists.ts";
import type { CallOptions } from "./options.ts";
import { together } from "./together.ts";

/** How to add many. */
export interface ManyOptions extends CallOptions {
  /**
   * How many calls may be under way at the same time.
   *
   * @default 4
   */
  readonly concurrency?: number;
  /** Called after each item, and again if its row can't be read back later. Errors that it throws are ignored. */
  readonly onProgress?: ((progress: { done: number; total: number; failed: number }) => unknown) | undefined;
  /** Stops sending; calls under way are completed. */
  readonly signal?: AbortSignal;
  /**
   * Stops sending after the first failure.
   *
   * @default false
   */
  readonly stopOnError?: boolean;
}

/**
 * The outcome for one of many items:
 *
 * - `added`: it was added, as `row` (`null` if it was not read back)
 * - `failed`: it was not added, or only in part; `error` says why
 * - `unknown`: it was sent and there is no answer; `error` says why. Other errors, such as errors of your own `fetch`,
 *   are the `cause` of a `MailcowNetworkError`.
 * - `unsent`: it was never sent
 */
export type ManyOutcome<Item, Row> =
  | { readonly item: Item; readonly status: "added"; readonly row: Row }
  | { readonly item: Item; readonly status: "failed" | "unknown"; readonly error: MailcowFailure }
  | { readonly item: Item; readonly status: "unsent" };

/** What the calls of one `addMany` share, so that their rows can be read together. */
export interface Batch {
  /** All items, as copies. */
  readonly items: readonly unknown[];
  /** Waits until all items are added. Then one group after the other goes on. */
  readonly hold: (group: string) => Promise<void>;
  /** Does something once for all. */
  readonly once: <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;
}

interface Group {
  readonly released: Promise<void>;
  readonly release: () => void;
  readonly ends: Promise<void>[];
}

function newGroup(): Group {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { released, release, ends: [] };
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

/** Adds each item, some at a time, and returns an outcome for each, in order. Never throws for an item. */
export async function addMany<Item, Row>(
  items: readonly Item[],
  add: (item: Item, batch: Batch) => Promise<Row>,
  { concurrency = 4, onProgress, signal, stopOnError = false }: ManyOptions,
): Promise<ManyOutcome<Item, Row>[]> {
  if (!Array.isArray(items)) throw refusal("items", "a list");
  const isCount = Number.isSafeInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY;
  if (!isCount || concurrency < 1) throw refusal("concurrency", "a whole number of at least 1, or Infinity");
  if (onProgress !== undefined && typeof onProgress !== "function") throw refusal("onProgress", "a function");
  const outcomes: ManyOutcome<Item, Row>[] = items.map((item) => ({ item, status: "unsent" }));
  // Copies, so that changes by the caller meanwhile have no effect.
  const copies: Item[] = items.map((item) => copied(item));
  const queue = copies.entries();
  const groups = new Map<string, Group>();
  const shared = new Map<string, Promise<unknown>>();
  const once = <Result>(key: string, work: () => Promise<Result>) => {
    const result = shared.get(key) ?? work();
    shared.set(key, result);
    return result as Promise<Result>;
  };
  let done = 0;
  let failed = 0;
  let isTurnedAway = false;
  /** Ends when the item is added, even if its row is not read yet. */
  const addOne = (item: Item, copy: Item, index: number) =>
    new Promise<void>((resolve) => {
      let isCounted = false;
      const count = (isFailure: boolean): void => {
        if (isCounted && !isFailure) return;
        if (!isCounted) done++;
        if (isFailure) failed++;
        isCounted = true;
        tell(onProgress, () => ({ done, total: outcomes.length, failed }));
        resolve();
      };
      const hold = (name: string) => {
        const group = groups.get(name) ?? newGroup();
        groups.set(name, group);
        group.ends.push(end);
        count(false);
        return group.released;
      };
      const end = outcomeOf(item, () => add(copy, { items: copies, hold, once })).then((outcome) => {
        outcomes[index] = outcome;
        // mailcow counts calls with a wrong key, and bans the address after several.
        isTurnedAway ||= "error" in outcome && outcome.error.kind === "auth";
        count(outcome.status !== "added");
      });
    });
  const work = async (): Promise<void> => {
    for (const [index, copy] of queue) {
      if (signal?.aborted || isTurnedAway || (stopOnError && failed > 0)) return;
      await addOne(outcomes[index]?.item as Item, copy, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, outcomes.length) }, work));
  const finish = async ({ release, ends }: Group) => {
    release();
    await Promise.all(ends);
  };
  await together([...groups.values()], finish, concurrency);
  return outcomes;
}

async function outcomeOf<Item, Row>(item: Item, add: () => Promise<Row>): Promise<ManyOutcome<Item, Row>> {
  try {
    return { item, status: "added", row: await add() };
  } catch (cause) {
    const error = isMailcowError(cause) ? cause : new MailcowNetworkError("the call broke off: see cause", { cause });
    const isKnown = ["input", "auth", "rejected"].includes(error.kind);
    return { item, status: isKnown ? "failed" : "unknown", error };
  }
}
