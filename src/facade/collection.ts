import { MailcowReplyError } from "../errors.ts";
import type { ActionResult } from "../types.ts";
import type { Body, Calls, GetPath, OneOf, PostPath, RowOf } from "./calls.ts";
import { checkBody, refusal } from "./input.ts";
import { addMany, type ManyOptions, type ManyOutcome } from "./many.ts";
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
  (input: Input, options: SkipRead): Promise<null>;
  (input: Input, options?: AddOptions): Promise<Row>;
}

/** An `add` of many, some at a time: answers what became of each, in order, and throws for none of them. */
export interface AddMany<Input, Row> {
  (items: readonly Input[], options: ManyOptions & SkipRead): Promise<ManyOutcome<Input, null>[]>;
  (items: readonly Input[], options?: ManyOptions & AddOptions): Promise<ManyOutcome<Input, Row>[]>;
}

/** Makes such an `addMany` of an `add`. */
export const manyOf = <Input, Row>(add: Add<Input, Row>, concurrency = 4): AddMany<Input, Row> =>
  ((items: readonly Input[], { read = true, ...options }: ManyOptions & AddOptions = {}) =>
    addMany(items, (item) => add(item, { read }), { concurrency, ...options })) as AddMany<Input, Row>;

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
    const body = (items: Id[]) => ({ items, attr: sent }) as unknown as Body<Path>;
    return inParts(calls, method, path, toList(ids).map(toItem), body, size);
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
  const body = (items: Id[]) => items as unknown as Body<Path>;
  return async (ids) => inParts(calls, method, path, toList(ids).map(toItem), body, size);
}

/**
 * Makes a method that sends items one at a time, where mailcow's answer to several does not tell which of them it
 * speaks of.
 */
export function oneByOne<Path extends PostPath, Id extends string | number>(
  calls: Calls,
  method: string,
  path: Path,
  toBody: (items: Id[]) => Body<Path>,
): (ids: Id | readonly Id[]) => Promise<Outcome<Id>[]> {
  return async (ids) => inParts(calls, method, path, toList(ids), toBody, 1);
}

/** Nothing is sent where one of the items is wrong. */
function inParts<Path extends PostPath, Id extends string | number>(
  calls: Calls,
  method: string,
  path: Path,
  ids: readonly Id[],
  body: (items: Id[]) => Body<Path>,
  size?: number,
): Promise<Outcome<Id>[]> {
  for (const id of ids) checkBody(method, path, body([id]));
  return perItem(ids, (items) => calls.write(method, path, body(items)), { size });
}

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
  addMany: AddMany<Input, Row>;
  edit(ids: number | readonly number[], attr: Attr): Promise<Outcome<number>[]>;
  delete(ids: number | readonly number[]): Promise<Outcome<number>[]>;
}

/** What is irregular about such a collection. */
interface Rules {
  /** How fields are written as mailcow stores them, where mailcow itself would not, or not in an edit. */
  fields?: Readonly<Record<string, (method: string, field: string, value: string) => string>>;
  /** One call for each item, where mailcow stops at the first that it refuses, or tells of the last alone. */
  single?: boolean;
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
  { fields = {}, single = false }: Rules = {},
): ById<RowOf<All<Name>>, OneOf<One<Name>>, Body<Write<"add", Name>>, AttrOf<Body<Write<"edit", Name>>>> {
  type Input = Body<Write<"add", Name>>;
  type Attr = AttrOf<Body<Write<"edit", Name>>>;
  const all = `/api/v1/get/${word}/all` as All<Name>;
  const size = single ? 1 : undefined;
  const written = (method: string) => (sent: unknown) =>
    Object.fromEntries(
      Object.entries(Object(sent)).map(([field, value]) => [
        field,
        typeof value === "string" ? (fields[field]?.(method, field, value) ?? value) : value,
      ]),
    );
  const toBody = (input: Input) => written(`${name}.add`)({ ...defaults, ...(input as object) }) as Input;
  const toAttr: (attr: Attr) => object = written(`${name}.edit`);
  const find = async (body: Input) =>
    newest((await calls.rows(all)) as unknown as Row[], (row) => isIt(row, body)) as RowOf<All<Name>> | undefined;
  const add = adder(calls, `${name}.add`, `/api/v1/add/${word}` as Write<"add", Name>, toBody, find);
  return {
    list: () => calls.rows(all),
    get: async (id) => {
      if (!/^\d+$/.test(String(id))) throw refusal(`${name}.get`, "id", "a whole number");
      const row = await calls.row(`/api/v1/get/${word}/{id}` as One<Name>, { path: { id } });
      // Some rows that are read alone have a member `0`, always null, that says nothing.
      if (row) Reflect.deleteProperty(row, "0");
      return row;
    },
    add,
    // One at a time: which of two like rows is the newest could not be told.
    addMany: manyOf(add, 1),
    edit: editor(calls, `${name}.edit`, `/api/v1/edit/${word}` as Write<"edit", Name>, undefined, toAttr, size),
    delete: deleter(calls, `${name}.delete`, `/api/v1/delete/${word}` as Write<"delete", Name>, undefined, size),
  };
}
