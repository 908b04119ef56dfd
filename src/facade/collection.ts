import { MailcowReplyError } from "../errors.ts";
import type { ActionResult } from "../types.ts";
import type { Body, Calls, GetPath, OneOf, PostPath, RowOf } from "./calls.ts";
import { checkBody } from "./input.ts";
import { defined, toList } from "./names.ts";
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
  (input: Input, options?: AddOptions): Promise<Row>;
  (input: Input, options: SkipRead): Promise<null>;
}

/** Makes an `add`: sends the body and reads the row back by what mailcow answered. */
export function adder<Path extends PostPath, Input, Row>(
  calls: Calls,
  method: string,
  path: Path,
  toBody: (input: Input) => Body<Path> | Promise<Body<Path>>,
  find: (body: Body<Path>, results: readonly ActionResult[]) => Promise<Row | null | undefined>,
): Add<Input, Row> {
  async function add(input: Input, { read = true }: AddOptions = {}): Promise<Row | null> {
    const body = await toBody(defined(input));
    const results = await calls.write(method, path, body);
    if (!read) return null;
    const row = await find(body, results);
    if (!row) throw new MailcowReplyError(`${method}: mailcow says that it was added, but it can't be read back`);
    return row;
  }
  return add as Add<Input, Row>;
}

/** Makes an `edit` of a route that takes `{ items, attr }`: the same attributes for every item, `size` items a call. */
export function editor<Path extends PostPath, Id extends string | number, Attr>(
  calls: Calls,
  method: string,
  path: Path,
  toItem: (id: Id) => Id = (id) => id,
  toAttr: (attr: Attr) => object = (attr) => attr as object,
  size?: number,
): (ids: Id | readonly Id[], attr: Attr) => Promise<Outcome<Id>[]> {
  return async (ids, attr) => {
    const sent = toAttr(attr);
    const send = (items: Id[]) => calls.write(method, path, { items, attr: sent } as unknown as Body<Path>);
    return perItem(listed(ids, toItem), send, { size });
  };
}

/** Makes a `delete` of a route that takes a bare list, `size` items a call. */
export function deleter<Path extends PostPath, Id extends string | number>(
  calls: Calls,
  method: string,
  path: Path,
  toItem: (id: Id) => Id = (id) => id,
  size?: number,
): (ids: Id | readonly Id[]) => Promise<Outcome<Id>[]> {
  return async (ids) =>
    perItem(listed(ids, toItem), (items) => calls.write(method, path, items as unknown as Body<Path>), { size });
}

/**
 * Makes a method that sends items one at a time, where mailcow's answer to several does not tell which of them it speaks
 * of. All are checked before the first is sent.
 */
export function oneByOne<Path extends PostPath, Id extends string | number>(
  calls: Calls,
  method: string,
  path: Path,
  toBody: (items: Id[]) => Body<Path>,
): (ids: Id | readonly Id[]) => Promise<Outcome<Id>[]> {
  return async (ids) => {
    checkBody(method, path, toBody(toList(ids)));
    return perItem(ids, (items) => calls.write(method, path, toBody(items)), { size: 1 });
  };
}

const listed = <Id>(ids: Id | readonly Id[], toItem: (id: Id) => Id): Id[] =>
  (Array.isArray(ids) ? (ids as readonly Id[]) : [ids as Id]).map(toItem);

/** Of the rows that look like what was added, the newest: mailcow counts ids upwards. */
export function newest<Row extends { id: number }>(rows: readonly Row[], isIt: (row: Row) => boolean): Row | undefined {
  return rows.filter(isIt).reduce<Row | undefined>((last, row) => (last && last.id > row.id ? last : row), undefined);
}

/** The word of routes of which there are five: `get/…/all`, `get/…/{id}`, `add/…`, `edit/…` and `delete/…`. */
type Word = GetPath extends infer Path ? (Path extends `/api/v1/get/${infer Name}/{id}` ? Name : never) : never;
type All<Name extends string> = Extract<GetPath, `/api/v1/get/${Name}/all`>;
type One<Name extends string> = Extract<GetPath, `/api/v1/get/${Name}/{id}`>;
type AttrOf<Sent> = Sent extends { attr: infer Attr } ? Attr : never;
type Write<Verb extends string, Name extends string> = Extract<PostPath, `/api/v1/${Verb}/${Name}`>;

/** A collection whose rows have numbers, and whose five routes differ only in a word. */
export interface ById<Row, One, Input, Attr> {
  list(): Promise<Row[]>;
  get(id: number): Promise<One | null>;
  add: Add<Input, Row>;
  edit(ids: number | readonly number[], attr: Attr): Promise<Outcome<number>[]>;
  delete(ids: number | readonly number[]): Promise<Outcome<number>[]>;
}

/**
 * Makes such a collection. mailcow does not answer the id of what it added: it is the newest row that `isIt`. With
 * `defaults`, `add` sends what mailcow's own default would get wrong.
 */
export function byId<Name extends Word, Row extends { id: number } = RowOf<All<Name>> & { id: number }>(
  calls: Calls,
  name: string,
  word: Name,
  isIt: (row: Row, input: Body<Write<"add", Name>>) => boolean,
  defaults: Partial<Body<Write<"add", Name>>> = {},
): ById<RowOf<All<Name>>, OneOf<One<Name>>, Body<Write<"add", Name>>, AttrOf<Body<Write<"edit", Name>>>> {
  const all = `/api/v1/get/${word}/all` as All<Name>;
  const toBody = (input: Body<Write<"add", Name>>) =>
    ({ ...defaults, ...(input as object) }) as Body<Write<"add", Name>>;
  const find = async (body: Body<Write<"add", Name>>) =>
    newest((await calls.rows(all)) as unknown as Row[], (row) => isIt(row, body)) as RowOf<All<Name>> | undefined;
  return {
    list: () => calls.rows(all),
    get: (id) => calls.row(`/api/v1/get/${word}/{id}` as One<Name>, { path: { id } }),
    add: adder(calls, `${name}.add`, `/api/v1/add/${word}` as Write<"add", Name>, toBody, find),
    edit: editor(calls, `${name}.edit`, `/api/v1/edit/${word}` as Write<"edit", Name>),
    delete: deleter(calls, `${name}.delete`, `/api/v1/delete/${word}` as Write<"delete", Name>),
  };
}
