/** So many calls of one method are under way at once: enough to hide the way to the server, and gentle on it. */
const atOnce = 8;

/**
 * Does some work for each item, some at a time, and returns the results in order. After the first failure nothing more is
 * started; it is thrown when what was under way is over.
 */
export async function together<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
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
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, run));
  if (failure) throw failure.error;
  return results;
}
