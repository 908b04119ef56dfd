import { isFailure, MailcowError, MailcowRejectedError } from "../errors.ts";
import type { ActionResult } from "../types.ts";
import { toList, unescaped } from "./names.ts";

/** What became of one item of an edit or a delete. */
export interface Outcome<Id extends string | number = string> {
  readonly id: Id;
  /** What mailcow said of it. */
  readonly results: readonly ActionResult[];
}

/** Longer lists of items are sent in parts, so that no request outgrows what a server takes. */
const partSize = 100;

/**
 * Sends the items in parts of `size` and answers what became of each. A refusal of one does not stop the others: it is
 * thrown when all are through, with everything that happened. Any other failure stops, and tells how far it came.
 */
export async function perItem<Id extends string | number>(
  ids: Id | readonly Id[],
  send: (ids: Id[]) => Promise<ActionResult[]>,
  size: number = partSize,
): Promise<Outcome<Id>[]> {
  const all = toList(ids);
  const results: ActionResult[] = [];
  let refusal: MailcowRejectedError | undefined;
  // A list of none is sent too: the check of the body refuses it.
  for (let start = 0; start === 0 || start < all.length; start += size) {
    const part = all.slice(start, start + size);
    try {
      results.push(...marked(part, await send(part)));
    } catch (error) {
      if (!(error instanceof MailcowRejectedError)) {
        const progress = { done: all.slice(0, start), unknown: part, unsent: all.slice(start + size) };
        throw error instanceof MailcowError && start > 0 ? Object.assign(error, { progress }) : error;
      }
      results.push(...marked(part, error.results));
      refusal = error;
    }
  }
  if (refusal) throw new MailcowRejectedError(results, refusal);
  return all.map((id) => ({ id, results: results.filter((result) => result.id === id) }));
}

/**
 * Says of each entry which item it speaks of. mailcow works through the items in order and mostly says one entry each.
 * Where it says more, an entry belongs to the item that it names, and a remark to the item that is named next; a
 * refusal that names nobody stays without an item.
 */
function marked(ids: readonly (string | number)[], results: readonly ActionResult[]): ActionResult[] {
  const named = results.map(({ msg }) =>
    ids.find((id) =>
      toList(msg)
        .slice(1)
        .some((part) => isName(part, id)),
    ),
  );
  return results.map((result, index) => {
    const next = isFailure(result) ? undefined : named.slice(index).find((id) => id !== undefined);
    const byOrder = results.length === ids.length ? ids[index] : undefined;
    const id = ids.length === 1 ? ids[0] : (byOrder ?? named[index] ?? next);
    return id === undefined ? result : { ...result, id };
  });
}

/** mailcow may answer a name in another case, or escaped for HTML. */
const isName = (part: unknown, id: string | number): boolean =>
  unescaped(String(part)).toLowerCase() === String(id).toLowerCase();
