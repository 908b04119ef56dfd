import { MailcowReplyError } from "../errors.ts";

/** A page of a table, as a search returns it. */
export interface Page<Row> {
  readonly recordsFiltered: number;
  readonly data: readonly Row[];
}

/** How to read pages. */
export interface Paging<Row> {
  readonly read: (start: number, length: number) => Promise<Page<Row>>;
  readonly size: number;
  /** How many pages to read before they are needed. */
  readonly ahead: number;
  readonly idOf: (row: Row) => string;
  readonly signal?: AbortSignal | null | undefined;
}

/**
 * Returns the rows of all pages, each once. Every page should overlap the one before. If it does not, rows have moved,
 * and it is read again from farther back.
 *
 * The next pages are read ahead, as if no rows moved, but only after the first row is taken: a caller who wants no more
 * costs a single request. If a page was read ahead in vain, its answer and its error are dropped.
 */
export async function* pages<Row>(
  first: Page<Row>,
  { read, size, ahead, idOf, signal }: Paging<Row>,
): AsyncGenerator<Row, void, undefined> {
  const overlap = Math.ceil(size / 20);
  const passed = new Set<string>();
  const coming: { readonly end: number; readonly page: Promise<Page<Row>> }[] = [];
  const startOf = (end: number) => Math.max(0, end - size - overlap);
  const pageTo = (end: number) => read(startOf(end), end - startOf(end));
  let [page, end, back, idle] = [first, size, size, 0];
  const readOn = (): void => {
    for (;;) {
      const last = coming.at(-1)?.end ?? end;
      if (coming.length >= ahead || last >= page.recordsFiltered) return;
      const next = pageTo(last + size);
      next.catch(() => {});
      coming.push({ end: last + size, page: next });
    }
  };
  for (;;) {
    const isJoined = startOf(end) === 0 || page.data.some((row) => passed.has(idOf(row)));
    const before = passed.size;
    if (isJoined && before > 0) readOn();
    for (const row of isJoined ? page.data : []) {
      if (passed.has(idOf(row))) continue;
      passed.add(idOf(row));
      yield row;
      readOn();
    }
    if (isJoined && end >= page.recordsFiltered) return;
    idle = passed.size > before ? 0 : idle + 1;
    // Even going back repeatedly never takes more pages than this.
    if (idle > 20 + (2 * passed.size) / size)
      throw new MailcowReplyError("mailcow keeps sending pages without a new row, and there is no end");
    end = isJoined ? end + size : Math.max(size, end - back);
    back = isJoined ? size : back * 2;
    signal?.throwIfAborted();
    const next = coming.shift();
    if (next?.end !== end) coming.length = 0;
    page = await (next?.end === end ? next.page : pageTo(end));
  }
}
