import { isMailcowError, type MailcowFailure, MailcowNetworkError } from "../errors.ts";
import { refusal } from "../refusal.ts";
import { tell } from "../transport/observe.ts";
import { type Batch, Groups, onceEach } from "./batch.ts";
import { copied } from "./lists.ts";
import type { CallOptions } from "./options.ts";

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
  const given = items.map((item) => ({ item, copy: copied(item) }));
  const queue = given.entries();
  const copies = given.map(({ copy }) => copy);
  const groups = new Groups();
  const once = onceEach();
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
      const hold = (group: string): Promise<void> => {
        count(false);
        return groups.join(group, end);
      };
      const end: Promise<void> = outcomeOf(item, () => add(copy, { items: copies, hold, once })).then((outcome) => {
        outcomes[index] = outcome;
        // mailcow counts calls with a wrong key, and bans the address after several.
        isTurnedAway ||= "error" in outcome && outcome.error.kind === "auth";
        count(outcome.status !== "added");
      });
    });
  const work = async (): Promise<void> => {
    for (const [index, { item, copy }] of queue) {
      if (signal?.aborted || isTurnedAway || (stopOnError && failed > 0)) return;
      await addOne(item, copy, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, outcomes.length) }, work));
  await groups.release(concurrency);
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
