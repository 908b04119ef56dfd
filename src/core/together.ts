/** How many calls of one method run at the same time: enough to hide the latency, without straining the server. */
const atOnce = 8;

/**
 * Does some work for each item, several at a time, and returns the results in order. After the first failure it starts
 * no more work; it throws the error when the work under way has ended.
 */
export async function together<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  most: number = atOnce,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  let failure: { readonly error: unknown } | undefined;
  const run = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failure) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, run));
  if (failure) throw failure.error;
  return results;
}
