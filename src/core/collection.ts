import type { ActionResult, Route } from "../contract.ts";
import { MailcowInputError, MailcowReplyError } from "../errors.ts";
import { routeName } from "../refusal.ts";
import { type Api, checked } from "./api.ts";
import { type Outcome, perPart } from "./each.ts";
import { giveEdge } from "./edge.ts";
import { eachOnce, toList } from "./lists.ts";
import { addMany, type ManyOptions, type ManyOutcome } from "./many.ts";
import { type CallOptions, callOptionsOf, optionsOf } from "./options.ts";
import { fitted } from "./prepare.ts";
import { Queues } from "./queues.ts";

/** How to add. */
export interface AddOptions extends CallOptions {
  /** Whether to read the row back, which costs one more request. Without it, `add` returns `null`. */
  readonly read: boolean;
}

/** How items are sent. */
interface Sending<Id> {
  /** A last look, when all is found right and before the first is sent. */
  readonly before?: (items: readonly Id[]) => Promise<void>;
}

/** How a row is found again that mailcow's answer does not name. */
interface Finding<I, Row> {
  /** Where the row will be. */
  readonly list: (call: CallOptions, sent: I) => Promise<readonly Row[]>;
  /** What the row will look like, in values that do not change by themselves. */
  readonly sent: (sent: I) => readonly unknown[];
  /** The same values of a row. */
  readonly row: (row: Row) => readonly unknown[];
  /** Whether mailcow refuses a second row that looks so; without it, the list is also read before. */
  readonly isUnique?: boolean;
}

/** What the collections are made of. */
export abstract class Collection {
  readonly #core: Api;
  readonly #queues = new Queues();

  constructor(core: Api) {
    this.#core = core;
    giveEdge(this, core, Collection.prototype);
  }

  /** What calls routes. */
  protected get core(): Api {
    return this.#core;
  }

  /** Calls a route. */
  protected call<I, A>(route: Route<I, A>, input: NoInfer<I>, options?: CallOptions): Promise<A> {
    return this.#core.call(route, input, options);
  }

  /**
   * Adds something and finds it again by what was sent and what mailcow answered. `id` is what it will be read by:
   * what can't be read can't be added either.
   */
  protected async adding<I, Row>(
    route: Route<I, ActionResult[]>,
    input: NoInfer<I>,
    options: Partial<AddOptions> | undefined,
    find: (sent: I, call: CallOptions, results: readonly ActionResult[]) => Promise<Row | null | undefined>,
    id?: (sent: I) => unknown,
  ): Promise<Row | null> {
    const { read, ...call } = optionsOf(options, { read: true });
    const sent = checked(route, input);
    id?.(sent);
    const results = await this.call(route, sent, call);
    return read ? readBack(route, () => find(sent, call, results)) : null;
  }

  /**
   * Adds something that mailcow's answer does not name, and finds it again: as the one row that was not there before and
   * looks like what was sent. What would look alike is added one after the other, everything else at the same time.
   */
  protected async addingUnnamed<I, Row extends Numbered>(
    route: Route<I, ActionResult[]>,
    input: NoInfer<I>,
    options: Partial<AddOptions> | undefined,
    { list, sent: lookOf, row: lookOfRow, isUnique = false }: Finding<NoInfer<I>, Row>,
  ): Promise<Row | null> {
    const { read, ...call } = optionsOf(options, { read: true });
    const sent = checked(route, input);
    const look = inText(lookOf(sent));
    return this.#queues.inOrder(look, call.signal, async () => {
      const before = new Set(read && !isUnique ? (await list(call, sent)).map(idOf) : []);
      return this.adding(route, sent, { ...call, read }, async () => {
        const isIt = (row: Row) => !before.has(idOf(row)) && inText(lookOfRow(row)) === look;
        const found = (await list(call, sent)).filter(isIt);
        if (found.length < 2) return found[0];
        const ids = found.map(idOf).join(" or ");
        throw new MailcowReplyError(
          `${routeName(route.path)}: it was added, and so was another that looks the same: whether it is ${ids} can't be told`,
        );
      });
    });
  }

  /** Does something with each of some items, by a route that takes a list of them and nothing else. */
  protected each<Id extends string | number>(
    route: Route<readonly Id[], ActionResult[]>,
    ids: Id | readonly Id[],
    options?: CallOptions,
    sending?: Sending<Id>,
  ): Promise<Outcome<Id>[]> {
    return this.#send(route, ids, (items) => items, options, sending);
  }

  /** Sets the same attributes on each of some items. */
  protected editing<Id extends string | number, Attr>(
    route: Route<{ items: readonly Id[]; attr: Attr }, ActionResult[]>,
    ids: Id | readonly Id[],
    attr: NoInfer<Attr>,
    options?: CallOptions,
    sending?: Sending<Id>,
  ): Promise<Outcome<Id>[]> {
    return this.#send(route, ids, (items) => ({ items, attr }), options, sending);
  }

  async #send<Id extends string | number, I>(
    route: Route<I, ActionResult[]>,
    ids: Id | readonly Id[],
    toBody: (items: readonly Id[]) => I,
    options: CallOptions | undefined,
    { before }: Sending<Id> = {},
  ): Promise<Outcome<Id>[]> {
    const call = callOptionsOf(options);
    const given = checkedItems(route, toList(ids), toBody);
    if (given.items.length === 0) return [];
    await before?.(given.items);
    return perPart(given.items, (part) => this.call(route, given.toBody(part), call), route.batch);
  }
}

/** A collection to which many can be added at once. */
export abstract class Addable<New, Row> extends Collection {
  abstract add(item: New, options: AddOptions): Promise<Row | null>;
  abstract add(item: New, options?: CallOptions): Promise<Row>;

  /** Adds many; with `read: false`, saves the requests that read them back, and each `row` is `null`. */
  addMany(items: readonly New[], options: ManyOptions & AddOptions): Promise<ManyOutcome<New, Row | null>[]>;
  /**
   * Adds many, some at a time, and returns what became of each, in order. A refusal of one does not stop the others,
   * unless `stopOnError` is set. A signal stops the sending; calls under way are waited for.
   *
   * @returns An outcome per item, whose `status` is `added` (with its `row`), `failed` or `unknown` (with the `error`), or
   * `unsent`. It never rejects for an item.
   * @throws {MailcowInputError} The items are no list, or an option is wrong: nothing was sent.
   * @example
   * const outcomes = await mcc.aliases.addMany(aliases, { concurrency: 8 });
   * const failed = outcomes.filter(({ status }) => status !== "added");
   */
  addMany(items: readonly New[], options?: ManyOptions): Promise<ManyOutcome<New, Row>[]>;
  async addMany(
    items: readonly New[],
    options?: ManyOptions & Partial<AddOptions>,
  ): Promise<ManyOutcome<New, Row | null>[]> {
    const defaults = { read: true, concurrency: 4, onProgress: undefined, stopOnError: false };
    const { concurrency, onProgress, stopOnError, signal, ...call } = optionsOf<AddOptions & ManyOptions>(
      options,
      defaults,
    );
    // The signal stops the sending; calls under way are waited for.
    const many = { concurrency, onProgress, stopOnError, ...(signal && { signal }) } as ManyOptions;
    return addMany(items, (item) => this.add(item, call), many);
  }
}

/**
 * The items of a body as they are sent, and how to make bodies for a part of them; checked in parts as large as a call
 * may be. Of none, the rest is checked.
 */
export function checkedItems<Id, I>(
  route: Route<I, ActionResult[]>,
  ids: readonly Id[],
  toBody: (items: readonly Id[]) => I,
): { items: Id[]; toBody: (part: readonly Id[]) => I } {
  if (ids.length === 0) {
    const { items: _, ...rest } = toBody([]) as { items?: unknown };
    for (const [name, value] of Object.entries(rest))
      fitted(route.body?.properties?.[name] ?? {}, value, route.path, name);
    return { items: [], toBody };
  }
  const { batch = ids.length } = route;
  const bodies: I[] = [];
  for (let start = 0; start < ids.length; start += batch)
    bodies.push(checked(route, toBody(ids.slice(start, start + batch))));
  const [body] = bodies;
  const spelled = bodies.flatMap((part) => (Array.isArray(part) ? part : (part as { items: Id[] }).items));
  // Of an item that is named twice, mailcow would do the first and refuse the second.
  const items = eachOnce(spelled);
  if (Array.isArray(body)) return { items, toBody };
  return { items, toBody: (part) => ({ ...body, items: part }) as I };
}

/** What is known by a number, or by an address. */
interface Numbered {
  readonly id?: unknown;
  readonly address?: unknown;
}

const idOf = ({ id, address }: Numbered): unknown => id ?? address;

/** A flag or a number says the same in digits; `null` is an empty text. */
const inText = (look: readonly unknown[]): string =>
  JSON.stringify(look.map((value) => String(typeof value === "boolean" ? Number(value) : (value ?? ""))));

/** Reads what was added. What the input says was checked before: whatever is wrong now, is wrong with the answer. */
async function readBack<Row>(
  { path }: Route<never, unknown>,
  find: () => Promise<Row | null | undefined>,
): Promise<Row> {
  const route = routeName(path);
  const row = await find().catch((error: unknown) => {
    if (!(error instanceof MailcowInputError)) throw error;
    throw new MailcowReplyError(`${route}: mailcow says that it was done, but what it names can't be read`, {
      cause: error,
    });
  });
  if (!row) throw new MailcowReplyError(`${route}: mailcow says that it was done, but it can't be read back`);
  return row;
}
