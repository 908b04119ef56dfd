import type { ActionResult } from "../contract.ts";
import { isFailure, MailcowError, MailcowRejectedError } from "../errors.ts";
import { unescaped } from "../sentence.ts";
import { textOf } from "../transport/reply.ts";
import { toList } from "./lists.ts";

/** What became of one item of an edit or a delete. */
export interface Outcome<Id extends string | number = string> {
  readonly id: Id;
  /** What mailcow said of it. */
  readonly results: readonly ActionResult[];
}

/** Longer lists of items are sent in parts, so that no request outgrows what a server takes. */
const partSize = 100;

interface Parts<Id> {
  readonly size?: number | undefined;
  readonly groupOf?: (id: Id) => unknown;
}

/**
 * Sends the items in parts of `size` and returns what became of each. A refusal of one does not stop the others: it is
 * thrown when all are through, with everything that happened. Any other failure stops, and tells how far it came. Items
 * go into the same part only where `groupOf` them is the same.
 */
export async function perItem<Id extends string | number>(
  ids: Id | readonly Id[],
  send: (ids: Id[]) => Promise<ActionResult[]>,
  { size = partSize, groupOf = () => undefined }: Parts<Id> = {},
): Promise<Outcome<Id>[]> {
  const all = toList(ids);
  const parts = partsOf(all, size, groupOf);
  const answers: ActionResult[][] = [];
  let refusal: MailcowRejectedError | undefined;
  for (const [index, part] of parts.entries()) {
    try {
      answers.push(marked(part, await send(part)));
    } catch (error) {
      if (!(error instanceof MailcowRejectedError)) {
        const progress = { done: parts.slice(0, index).flat(), unknown: part, unsent: parts.slice(index + 1).flat() };
        throw error instanceof MailcowError && index > 0 ? Object.assign(error, { progress }) : error;
      }
      answers.push(marked(part, error.results));
      refusal = error;
    }
  }
  if (refusal) throw new MailcowRejectedError(answers.flat(), refusal);
  // What names nobody was said of all.
  const said = (id: Id, answer: readonly ActionResult[] = []) =>
    answer.filter((result) => result.id === undefined || result.id === id);
  const ofItems = new Map(parts.flatMap((part, index) => part.map((id) => [id, said(id, answers[index])] as const)));
  return all.map((id) => ({ id, results: ofItems.get(id) ?? [] }));
}

function partsOf<Id>(ids: readonly Id[], size: number, groupOf: (id: Id) => unknown): Id[][] {
  const groups = new Map<unknown, Id[]>();
  for (const id of ids) {
    const group = groups.get(groupOf(id)) ?? [];
    group.push(id);
    groups.set(groupOf(id), group);
  }
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / size) }, (_, index) => group.slice(index * size, (index + 1) * size)),
  );
}

/** Sends one call after the other, up to the first refusal, which then also holds what the calls before it did. */
export async function inTurn(sends: readonly (() => Promise<ActionResult[]>)[]): Promise<ActionResult[]> {
  const results: ActionResult[] = [];
  for (const send of sends) {
    try {
      results.push(...(await send()));
    } catch (error) {
      throw error instanceof MailcowRejectedError
        ? new MailcowRejectedError([...results, ...error.results], error)
        : error;
    }
  }
  return results;
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
  unescaped(textOf(part)).toLowerCase() === String(id).toLowerCase();
