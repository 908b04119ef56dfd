import type { ActionResult, Route } from "../contract.ts";
import { isFailure, MailcowError, MailcowRejectedError, type Progress } from "../errors.ts";
import type { MailcowCode } from "../generated/codes.ts";
import { explained } from "../meaning.ts";
import { routeName } from "../refusal.ts";

/** The outcome for one item of an edit or a delete. */
export interface Outcome<Id extends string | number = string> {
  readonly id: Id;
  /** mailcow's entries about it. */
  readonly results: readonly ActionResult[];
}

/** Longer lists of items are sent in batches, so that no request is too large for a server. */
const partSize = 100;

/** Makes one call per item; see `perPart`. */
export const perItem = <Id extends string | number>(
  ids: readonly Id[],
  send: (id: Id) => Promise<readonly ActionResult[]>,
): Promise<Outcome<Id>[]> => perPart(ids, async (part) => (await Promise.all(part.map(send))).flat(), 1);

/** Makes one call per `size` items and returns the outcome for each item, in the given order; see `callEach`. */
export async function perPart<Id extends string | number>(
  ids: readonly Id[],
  send: (part: readonly Id[]) => Promise<readonly ActionResult[]>,
  size: number = partSize,
): Promise<Outcome<Id>[]> {
  const count = Math.ceil(ids.length / size);
  const parts = Array.from({ length: count }, (_, index) => ids.slice(index * size, (index + 1) * size));
  const answers = await callEach(parts.map((part) => ({ ids: part, send: () => send(part) })));
  const said = (id: Id, answer: readonly ActionResult[] = []) =>
    answer.filter((result) => result.id === undefined || result.id === id);
  return parts.flatMap((part, index) => part.map((id) => ({ id, results: said(id, answers[index]) })));
}

/** A call, and the items that it is about. */
interface Call {
  readonly ids: readonly (string | number)[];
  readonly send: () => Promise<readonly ActionResult[]>;
}

/**
 * Makes one call after the other and returns mailcow's entries for each. A refusal does not stop the others: it is
 * thrown after the last call, with all entries. Any other error stops the calls; its `progress` tells how far they got.
 */
export async function callEach(calls: readonly Call[]): Promise<ActionResult[][]> {
  const answers: ActionResult[][] = [];
  let refusal: MailcowRejectedError | undefined;
  for (const [index, { ids, send }] of calls.entries()) {
    try {
      answers.push(marked(ids, await send()));
    } catch (error) {
      if (!(error instanceof MailcowRejectedError)) {
        if (error instanceof MailcowError) error.progress = progressOf(error, calls, index, answers.flat());
        throw error;
      }
      answers.push(marked(ids, error.results));
      refusal = error;
    }
  }
  if (refusal) throw new MailcowRejectedError(answers.flat(), refusal);
  return answers;
}

/** How far the calls got, when the call at `index` failed. */
function progressOf(
  error: MailcowError,
  calls: readonly Call[],
  index: number,
  said: readonly ActionResult[],
): Progress {
  const idsOf = (some: readonly Call[]) => some.flatMap(({ ids }) => ids);
  const failed = new Set(said.filter(isFailure).map(({ id }) => id));
  const before = idsOf(calls.slice(0, index));
  const { done, refused, unknown, unsent } = error.progress ?? {
    ...{ done: [], refused: [], unsent: [] },
    unknown: calls[index]?.ids ?? [],
  };
  return {
    done: [...before.filter((id) => !failed.has(id)), ...done],
    refused: [...before.filter((id) => failed.has(id)), ...refused],
    unknown,
    unsent: [...unsent, ...idsOf(calls.slice(index + 1))],
  };
}

/** The refusal of an item that does not exist, with mailcow's code. mailcow itself would act on something else. */
export function absent(
  { path, codes }: Route<never, unknown>,
  id: string | number,
  code: MailcowCode,
): MailcowRejectedError {
  const entry = explained({ id, type: "danger", msg: [code, id], code }, codes);
  return new MailcowRejectedError([entry], { route: routeName(path) });
}

/** Sends one call after the other, up to the first refusal. Its error also has the results of the calls before it. */
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
 * Adds to each entry the item that it is about. For several items, mailcow sends one entry each, in their order, or one
 * for all. Routes that send more entries per item take one item per call (`x-mailcow-batch`). Other entries get no
 * item, because a name in them may belong to another item.
 */
function marked(part: readonly (string | number)[], results: readonly ActionResult[]): ActionResult[] {
  const [first, ...others] = results;
  if (first && others.length === 0) return part.map((id) => ({ id, ...first }));
  const ids = part.length === 1 ? results.map(() => part[0]) : part.length === results.length ? part : [];
  return results.map((result, index) => ({ ...(ids[index] !== undefined && { id: ids[index] }), ...result }));
}
