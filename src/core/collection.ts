import type { ActionResult, Route } from "../contract.ts";
import { MailcowReplyError } from "../errors.ts";
import { routeName } from "../refusal.ts";
import { type Api, checked } from "./api.ts";
import { withBatch } from "./batch.ts";
import { type Outcome, perPart } from "./each.ts";
import { giveEdge } from "./edge.ts";
import { eachOnce, inText, toList } from "./lists.ts";
import { addMany, type ManyOptions, type ManyOutcome } from "./many.ts";
import { type CallOptions, callOptionsOf, optionsOf } from "./options.ts";
import { fitted } from "./prepare.ts";
import { Queues } from "./queues.ts";
import { checkShown } from "./releases.ts";
import { readBack } from "./rows.ts";

/** How to add. */
export interface AddOptions extends CallOptions {
  /** Whether to read the row back, which costs one more request. If not, `add` returns `null`. */
  readonly read: boolean;
}

/** How items are sent. */
interface Sending<Id> {
  /** A last check, after all items are checked and before the first is sent. */
  readonly before?: (items: readonly Id[]) => Promise<void>;
}

/** How to find a new row that mailcow's answer does not name. */
interface Finding<I, Row> {
  /** The list that will have the row. */
  readonly list: (call: CallOptions, sent: I) => Promise<readonly Row[]>;
  /** The values by which to recognize the row; they must not change by themselves. */
  readonly sent: (sent: I) => readonly unknown[];
  /** The same values of a row. */
  readonly row: (row: Row) => readonly unknown[];
  /** Whether mailcow refuses a second row with the same values; if not, the list is also read before. */
  readonly isUnique?: boolean;
}

/** The base of all collections. */
export abstract class Collection {
  readonly #core: Api;
  readonly #queues = new Queues();

  constructor(core: Api) {
    this.#core = core;
    giveEdge(this, core, Collection.prototype);
  }

  /** Calls routes. */
  protected get core(): Api {
    return this.#core;
  }

  /** Calls a route. */
  protected call<I, A>(route: Route<I, A>, input: NoInfer<I>, options?: CallOptions): Promise<A> {
    return this.#core.call(route, input, options);
  }

  /**
   * Adds something and finds it by what was sent and what mailcow answered. `id` checks the id by which it will be
   * read: a row that can't be read is not added. Without `read`, reads it only if the server may have ignored something.
   */
  protected async adding<I, Row>(
    route: Route<I, ActionResult[]>,
    input: NoInfer<I>,
    options: Partial<AddOptions> | undefined,
    find: (sent: I, call: CallOptions, results: readonly ActionResult[]) => Promise<Row | null | undefined>,
    id?: (sent: I) => unknown,
  ): Promise<Row | null> {
    const { read, ...call } = optionsOf(options, { read: true });
    const sent = checked(route, input, call);
    id?.(sent);
    const results = await this.call(route, sent, call);
    const mayIgnore = await this.#core.mayIgnore(route, sent, call);
    if (!read && !mayIgnore) return null;
    const row = await readBack(route, () => find(sent, call, results));
    if (mayIgnore) checkShown(route, sent, Object(row));
    return read ? row : null;
  }

  /**
   * Adds something that mailcow's answer does not name, and finds it as the only new row with the sent values. Rows
   * that would look the same are added one after the other, all others at the same time.
   */
  protected async addingUnnamed<I, Row extends Numbered>(
    route: Route<I, ActionResult[]>,
    input: NoInfer<I>,
    options: Partial<AddOptions> | undefined,
    { list, sent: lookOf, row: lookOfRow, isUnique = false }: Finding<NoInfer<I>, Row>,
  ): Promise<Row | null> {
    const { read, ...call } = optionsOf(options, { read: true });
    const sent = checked(route, input, call);
    const wanted = lookOf(sent);
    return this.#queues.inOrder(JSON.stringify(wanted.map(inText)), call.signal, async () => {
      const isRead = read || (await this.#core.mayIgnore(route, sent, call));
      // What is unique today may not be so on the newer mailcow for which a caller allows unknown fields.
      const isListed = isRead && !(isUnique && !call.allowUnknown);
      const before = new Set(isListed ? (await list(call, sent)).map(idOf) : []);
      return this.adding(route, sent, { ...call, read }, async () => {
        // Rows of a newer mailcow may no longer have a value.
        const isSame = (value: unknown, at: number) =>
          (value === undefined && call.allowUnknown) || inText(value) === inText(wanted[at]);
        const isIt = (row: Row) => !before.has(idOf(row)) && lookOfRow(row).every(isSame);
        const found = (await list(call, sent)).filter(isIt);
        if (found.length < 2) return found[0];
        const ids = found.map(idOf).join(" or ");
        throw new MailcowReplyError(
          `${routeName(route.path)}: it was added, but so was an equal one by another program; its id is ${ids}`,
        );
      });
    });
  }

  /** Does something with each item, through a route that takes only a list of items. */
  protected each<Id extends string | number>(
    route: Route<readonly Id[], ActionResult[]>,
    ids: Id | readonly Id[],
    options?: CallOptions,
    sending?: Sending<Id>,
  ): Promise<Outcome<Id>[]> {
    return this.#send(route, ids, (items) => items, options, sending);
  }

  /** Sets the same attributes on each item. */
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
    const given = checkedItems(route, ordered(route, toList(ids)), toBody, call);
    if (given.items.length === 0) return [];
    await before?.(given.items);
    return perPart(given.items, (part) => this.call(route, given.toBody(part), call), route.batch);
  }
}

/** A collection with `addMany`. */
export abstract class Addable<New, Row> extends Collection {
  abstract add(item: New, options: AddOptions): Promise<Row | null>;
  abstract add(item: New, options?: CallOptions): Promise<Row>;

  /** Adds many; with `read: false`, saves the requests that read them back: each `row` is `null`. */
  addMany(items: readonly New[], options: ManyOptions & AddOptions): Promise<ManyOutcome<New, Row | null>[]>;
  /**
   * Adds many items, some at a time, and returns an outcome for each, in order. A failure does not stop the others
   * unless `stopOnError` is set. A signal stops sending; calls under way are completed.
   *
   * @returns An outcome per item, whose `status` is `added` (with its `row`), `failed` or `unknown` (with the `error`),
   * or `unsent`. A failed item never rejects the promise.
   * @throws {MailcowInputError} The items are not a list, or an option is wrong: nothing was sent.
   * @example
   * const aliases = ["sales", "info"].map((name) => ({ address: `${name}@example.com`, goto: "ann@example.com" }));
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
    // The signal stops sending, but not the calls under way.
    const many = { concurrency, onProgress, stopOnError, ...(signal && { signal }) } as ManyOptions;
    return addMany(items, (item, batch) => this.add(item, withBatch(call, batch)), many);
  }
}

/**
 * Returns the items of a body as they are sent, and a function that makes the body for some of them. Checks them in
 * batches of the size of a call; without items, it checks the rest of the body.
 */
export function checkedItems<Id, I>(
  route: Route<I, ActionResult[]>,
  ids: readonly Id[],
  toBody: (items: readonly Id[]) => I,
  options: CallOptions = {},
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
    bodies.push(checked(route, toBody(ids.slice(start, start + batch)), options));
  const [body] = bodies;
  const spelled = bodies.flatMap((part) => (Array.isArray(part) ? part : (part as { items: Id[] }).items));
  // If an item is named twice, mailcow would do the first and refuse the second.
  const items = eachOnce(spelled);
  // As it was checked, so that it is not checked again.
  const whole = bodies.length === 1 && items.length === spelled.length ? body : undefined;
  const bodyOf = (part: readonly Id[]) => (Array.isArray(body) ? toBody(part) : ({ ...body, items: part } as I));
  return { items, toBody: (part) => (whole && part.length === items.length ? whole : bodyOf(part)) };
}

/** The items in the order in which they are sent: where those at which a call breaks off come last, all others are done. */
const ordered = <Id>({ last }: Route<never, unknown>, ids: Id[]): Id[] =>
  last === undefined ? ids : ids.sort((a, b) => Number(String(a).includes(last)) - Number(String(b).includes(last)));

/** A row with a number or an address as its id. */
interface Numbered {
  readonly id?: unknown;
  readonly address?: unknown;
}

const idOf = ({ id, address }: Numbered): unknown => id ?? address;
