import type { Route } from "../contract.ts";
import type { Api } from "../core/api.ts";
import { searchable } from "../core/names.ts";
import { type CallOptions, optionsOf } from "../core/options.ts";
import { MailcowHttpError } from "../errors.ts";
import type { SearchMailbox } from "../generated/types/mailboxes.ts";
import { refusal } from "../refusal.ts";

/** What to go through, and in which order. */
export interface IterateOptions<Order extends string> extends CallOptions {
  /** Only what contains this text, in any case; no character of it is a wildcard. */
  readonly search?: string;
  /** What to sort by; by name otherwise. */
  readonly orderBy?: Order;
  /**
   * Sorts downwards.
   *
   * @default false
   */
  readonly descending?: boolean;
  /**
   * How many rows to ask for at a time, and so to hold in memory.
   *
   * @default 100
   */
  readonly pageSize?: number;
}

interface Page<Row> {
  readonly recordsFiltered: number;
  readonly data: readonly Row[];
}

/** A table of mailcow's that can be searched. */
export interface Table<Row, Order extends string> {
  readonly route: Route<SearchMailbox, Page<Row>>;
  /** mailcow means fields by their number in a table of its own. */
  readonly columns: Readonly<Record<Order, number>>;
  /** The numbers of the fields that are searched. */
  readonly searched: readonly number[];
  /** The texts of a row that are searched, the id first. */
  readonly texts: (row: Row) => readonly string[];
  /** Reads the rows where the server can't search. */
  readonly lists: (call: CallOptions) => AsyncIterable<readonly Row[]>;
}

/** So many ids are remembered to tell what was there before: more than move while a page is read. */
const remembered = 10_000;

/**
 * Goes through rows page by page. Each row comes once, although pages move when something is added or deleted
 * meanwhile.
 */
export async function* iterate<Row, Order extends string>(
  api: Api,
  table: Table<Row, Order>,
  given: IterateOptions<Order> | undefined,
): AsyncGenerator<Row, void, undefined> {
  const defaults = { search: "", orderBy: undefined, descending: false, pageSize: 100 };
  const { search, orderBy, descending, pageSize, ...call } = optionsOf<
    Required<Pick<IterateOptions<Order>, "search" | "descending" | "pageSize">> & { orderBy: Order | undefined }
  >(given, defaults);
  const { columns, route, texts } = table;
  if (!(Number.isSafeInteger(pageSize) && pageSize >= 1)) throw refusal("pageSize", "a whole number from 1 on");
  // Without a text, everything is meant: not by mistake.
  if (typeof search !== "string" || (given && "search" in given && given.search === undefined))
    throw refusal("search", "a text");
  if (orderBy !== undefined && !Object.hasOwn(columns, orderBy))
    throw refusal("orderBy", `one of ${Object.keys(columns).join(", ")}`);
  const column = orderBy === undefined ? 2 : columns[orderBy];
  const query = {
    length: pageSize,
    columns: Array.from(Array(25), (_, data) => ({ data, searchable: table.searched.includes(data), orderable: true })),
    // Rows of the same rank would stand in another order on every page, were they not sorted by name too.
    order: [column, 2].map((by, index) => ({ column: by, dir: descending && index === 0 ? "desc" : "asc" }) as const),
  };
  const seen = new Set<string>();
  // Names stand in the table as punycode, other texts do not: what is not ASCII is looked for in both spellings.
  for (const value of new Set([search, searchable(search)])) {
    const read = (start: number) => api.call(route, { ...query, search: { value }, start }, call);
    const first = await read(0).catch((error: unknown) => {
      const cannot = error instanceof MailcowHttpError && [404, 405].includes(error.status);
      if (!cannot || orderBy !== undefined) throw error;
    });
    if (!first) return yield* listed(table, search, call);
    yield* pages(read, first, pageSize, (row) => texts(row)[0] ?? "", seen);
  }
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

async function* pages<Row>(
  read: (start: number) => Promise<Page<Row>>,
  first: Page<Row>,
  size: number,
  idOf: (row: Row) => string,
  seen: Set<string>,
): AsyncGenerator<Row, void, undefined> {
  let page = first;
  for (let start = 0, total = 0; ; page = await read(start)) {
    const gone = Math.max(0, total - page.recordsFiltered);
    // Where some are gone, what followed them has moved up, maybe to before this page: it is read again from there.
    for (const row of gone > 0 ? [] : page.data) {
      const id = idOf(row);
      if (!seen.has(id)) yield row;
      const [oldest = ""] = seen.add(id);
      if (seen.size > remembered) seen.delete(oldest);
    }
    total = page.recordsFiltered;
    start = gone > 0 ? Math.max(0, start - gone) : start + size;
    if (start >= total) return;
  }
}
