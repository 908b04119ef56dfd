import { MailcowReplyError } from "../errors.ts";
import type { ActionResult } from "../types.ts";
import type { Body, Calls, PostPath } from "./calls.ts";
import { checkBody, refusal } from "./input.ts";
import { addMany, type ManyOptions, type ManyOutcome } from "./many.ts";
import { fieldsOf, toList } from "./names.ts";
import { type Outcome, perItem } from "./outcomes.ts";

/** How to add. */
export interface AddOptions {
  /**
   * Whether to read the row back, which costs one more request; mailcow's answer alone does not hold it.
   *
   * @default true
   */
  read?: boolean;
}

/** Adds without reading the row back. */
export interface SkipRead extends AddOptions {
  read: false;
}

/** An `add` that answers the row, or `null` where reading it back was not wanted. */
export interface Add<Input, Row> {
  (input: Input, options: SkipRead): Promise<null>;
  (input: Input, options?: AddOptions): Promise<Row>;
}

/** An `add` of many, some at a time: answers what became of each, in order, and throws for none of them. */
export interface AddMany<Input, Row> {
  (items: readonly Input[], options: ManyOptions & SkipRead): Promise<ManyOutcome<Input, null>[]>;
  (items: readonly Input[], options?: ManyOptions & AddOptions): Promise<ManyOutcome<Input, Row>[]>;
}

/** An `edit`: sets the same attributes on one or more items, and answers what became of each. */
export type Edit<Id extends string | number, Attr> = (ids: Id | readonly Id[], attr: Attr) => Promise<Outcome<Id>[]>;

/** A call for one or more items, such as a `delete`: answers what became of each. */
export type ForEach<Id extends string | number> = (ids: Id | readonly Id[]) => Promise<Outcome<Id>[]>;

/** How items are sent. */
interface Sending<Id> {
  /** How an item is written as mailcow stores it. */
  item?: (id: Id) => Id;
  /** How many go into one call; one, where mailcow's answer to several does not tell which of them it speaks of. */
  size?: number | undefined;
}

/** How attributes are sent to items. */
interface Editing<Id, Attr> extends Sending<Id> {
  /** How attributes are written as mailcow wants them. */
  attr?: (attr: Attr) => unknown;
  /** A last look, when all is found right and before the first is sent. */
  before?: ((sent: unknown, ids: readonly Id[]) => Promise<void>) | undefined;
}

/** What a collection is made of. */
export abstract class Collection {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  protected get calls(): Calls {
    return this.#calls;
  }

  /** Makes an `add`: sends the body and reads the row back by what mailcow answered. */
  protected adder<Path extends PostPath, Input, Row>(
    path: Path,
    toBody: (input: Input) => Body<Path> | Promise<Body<Path>>,
    find: (body: Body<Path>, results: readonly ActionResult[]) => Promise<Row | null | undefined>,
  ): Add<Input, Row> {
    const add = async (input: Input, { read = true }: AddOptions = {}): Promise<Row | null> => {
      const body = await toBody(fieldsOf(input as object) as Input);
      const results = await this.calls.write(path, body);
      if (!read) return null;
      const row = await find(body, results);
      if (!row) throw new MailcowReplyError(`${path}: mailcow says that it was added, but it can't be read back`);
      return row;
    };
    return add as Add<Input, Row>;
  }

  /** Makes an `addMany` of an `add`, with `most` calls at once by default. */
  protected many<Input, Row>(add: Add<Input, Row>, most = 4): AddMany<Input, Row> {
    return (async (
      items: readonly Input[],
      { read = true, concurrency = most, ...options }: ManyOptions & AddOptions = {},
    ) => addMany(items, (item) => add(item, { read }), { concurrency, ...options })) as AddMany<Input, Row>;
  }

  /** Makes a call for items. Nothing is sent where one of them is wrong. */
  protected sender<Path extends PostPath, Id extends string | number>(
    path: Path,
    toBody: (items: Id[]) => Body<Path>,
    { item = (id) => id, size }: Sending<Id> = {},
    before?: (ids: readonly Id[]) => Promise<void>,
  ): ForEach<Id> {
    return async (ids) => {
      const items = toList(ids).map((id) => item(id));
      if (items.length === 0) checkBody(path, toBody([]));
      for (const id of items) checkBody(path, toBody([id]));
      await before?.(items);
      return perItem(items, (part) => this.calls.write(path, toBody(part)), { size });
    };
  }

  /** Makes an `edit` of a route that takes `{ items, attr }`. */
  protected editor<Path extends PostPath, Id extends string | number, Attr>(
    path: Path,
    { attr = (given) => given, before, ...sending }: Editing<Id, Attr> = {},
  ): Edit<Id, Attr> {
    return async (ids, given) => {
      if (given === undefined || given === null) throw refusal("the attributes", "given");
      const sent = attr(given);
      const toBody = (items: Id[]) => ({ items, attr: sent }) as unknown as Body<Path>;
      return this.sender(path, toBody, sending, async (items) => before?.(sent, items))(ids);
    };
  }

  /** Makes a `delete` of a route that takes a bare list. */
  protected deleter<Path extends PostPath, Id extends string | number>(path: Path, sending?: Sending<Id>): ForEach<Id> {
    return this.sender(path, (items) => items as unknown as Body<Path>, sending);
  }
}

/** Of the rows that look like what was added, the newest: mailcow counts ids upwards. */
export function newest<Row extends { id: number }>(rows: readonly Row[], isIt: (row: Row) => boolean): Row | undefined {
  return rows.filter(isIt).reduce<Row | undefined>((last, row) => (last && last.id > row.id ? last : row), undefined);
}
