import type { Route } from "../contract.ts";
import type { Api } from "../core/api.ts";
import { searchable } from "../core/names.ts";
import { type CallOptions, callOptionsOf, optionsOf } from "../core/options.ts";
import { isMailcowError, MailcowHttpError, MailcowReplyError } from "../errors.ts";
import { isOfFields } from "../fields.ts";
import type { SearchMailbox } from "../generated/types/mailboxes.ts";
import { refusal } from "../refusal.ts";
import { type Page, pages } from "./pages.ts";

/** Which rows to return, and in which order. */
export interface IterateOptions<Order extends string> extends CallOptions {
  /** Returns only rows that contain this text, in any case. There are no wildcards. */
  readonly search?: string;
  /** The field to sort by; the name by default. */
  readonly orderBy?: Order;
  /**
   * Sorts in descending order.
   *
   * @default false
   */
  readonly descending?: boolean;
  /**
   * How many rows to request at a time. Up to twice as many are in memory: the next page is read meanwhile.
   *
   * @default 100
   */
  readonly pageSize?: number;
}

/** A mailcow table that can be searched. */
export interface Table<Row, Order extends string> {
  readonly route: Route<SearchMailbox, Page<Row>>;
  /** mailcow identifies fields by their column number. */
  readonly columns: Readonly<Record<Order, number>>;
  /** The numbers of the fields that are searched. */
  readonly searched: readonly number[];
  /** The searched texts of a row, the id first. */
  readonly texts: (row: Row) => readonly string[];
  /** How mailcow's own list is sorted, if not by the id. */
  readonly inList?: (a: Row, b: Row) => number;
  /** Lists the rows if the server can't search. */
  readonly lists: (call: CallOptions) => AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;
}

/**
 * Returns rows page by page. Each row comes once, although pages shift while rows are added or deleted. Meanwhile,
 * reads `ahead` pages.
 */
export async function* iterate<Row, Order extends string>(
  api: Api,
  table: Table<Row, Order>,
  given: IterateOptions<Order> | undefined,
  ahead = 1,
): AsyncGenerator<Row, void, undefined> {
  const defaults = { search: "", orderBy: undefined, descending: false, pageSize: 100 };
  const { search, orderBy, descending, pageSize, ...call } = optionsOf<
    Required<Pick<IterateOptions<Order>, "search" | "descending" | "pageSize">> & { orderBy: Order | undefined }
  >(given, defaults);
  const { columns, route, texts } = table;
  if (!(Number.isSafeInteger(pageSize) && pageSize >= 1)) throw refusal("pageSize", "a whole number of at least 1");
  // An empty search means everything, so `undefined` is refused as a likely mistake.
  if (typeof search !== "string" || (given && "search" in given && given.search === undefined))
    throw refusal("search", "a text");
  if (orderBy !== undefined && !Object.hasOwn(columns, orderBy))
    throw refusal("orderBy", `one of ${Object.keys(columns).join(", ")}`);
  const column = orderBy === undefined ? 2 : columns[orderBy];
  const query = {
    columns: Array.from(Array(25), (_, data) => ({ data, searchable: table.searched.includes(data), orderable: true })),
    // Without the name as a second key, rows that compare equal would change places from page to page.
    order: [column, 2].map((by, index) => ({ column: by, dir: descending && index === 0 ? "desc" : "asc" }) as const),
  };
  const seen = new Set<string>();
  const idOf = (row: Row) => texts(row)[0] ?? "";
  // The table stores names as punycode and other texts as Unicode, so a search beyond ASCII runs in both spellings.
  for (const value of new Set([search, searchable(search)])) {
    const read = async (start: number, length: number) =>
      checkedPage(await api.call(route, { ...query, search: { value }, start, length }, call));
    const first = await read(0, pageSize).catch((error: unknown) => {
      const cannot = error instanceof MailcowHttpError && [404, 405].includes(error.status);
      if (!cannot || orderBy !== undefined) throw error;
    });
    if (!first) return yield* listed(table, search, call);
    for await (const row of pages(first, { read, size: pageSize, ahead, idOf, signal: call.signal })) {
      if (seen.has(idOf(row))) continue;
      seen.add(idOf(row));
      yield row;
    }
  }
}

/** How many pages of a list are read at a time: mailcow keeps some workers for its other callers. */
const atOnce = 4;

/** The clients whose server can't search: mailcow before 2026-03, or behind a proxy. */
const unsearchable = new WeakSet<Api>();

/**
 * Lists a whole table, several pages at a time; a small table is a single page. If the server can't search, or a page
 * fails, this requests the whole list at once: unlike a search, it is retried on a bad network.
 */
export async function listInPages<Row, Order extends string>(
  api: Api,
  table: Table<Row, Order>,
  whole: (call: CallOptions) => Promise<Row[]>,
  options: CallOptions | undefined,
): Promise<Row[]> {
  const call = callOptionsOf(options);
  const lists = () => {
    unsearchable.add(api);
    return [];
  };
  const rows: Row[] = [];
  try {
    if (!unsearchable.has(api)) for await (const row of iterate(api, { ...table, lists }, call, atOnce)) rows.push(row);
    if (!unsearchable.has(api)) return table.inList ? rows.sort(table.inList) : rows;
  } catch (error) {
    if (!isMailcowError(error) || !["http", "network"].includes(error.kind)) throw error;
  }
  return whole(call);
}

function checkedPage<Row>(page: Page<Row>): Page<Row> {
  const { data, recordsFiltered } = page;
  if (Array.isArray(data) && data.every(isOfFields) && Number.isSafeInteger(recordsFiltered)) return page;
  throw new MailcowReplyError("the server's answer to the search is not a page of rows");
}

async function* listed<Row, Order extends string>(
  { lists, texts }: Table<Row, Order>,
  search: string,
  call: CallOptions,
): AsyncGenerator<Row, void, undefined> {
  const wanted = [search, searchable(search)].map((text) => text.toLowerCase());
  const fits = (text: string) => wanted.some((part) => text.toLowerCase().includes(part));
  for await (const rows of lists(call)) yield* rows.filter((row) => texts(row).some(fits));
}
