import type { Calls } from "../calls/calls.ts";
import { refusal } from "../calls/input.ts";
import { MailcowHttpError } from "../errors.ts";
import type { IterateOptions } from "../types.ts";

// mailcow means fields by their number in a table of its own.
const mailboxColumns = {
  username: 2,
  quota: 3,
  last_mail_login: 4,
  passwd_update: 5,
  percent_in_use: 6,
  name: 7,
  messages: 20,
  active: 24,
} as const;
const domainColumns = {
  domain_name: 2,
  aliases_in_domain: 3,
  mboxes_in_domain: 4,
  quota_used_in_domain: 5,
  bytes_total: 6,
  def_quota_for_mbox: 7,
  max_quota_for_mbox: 8,
  backupmx: 10,
  active: 15,
} as const;
/** What mailboxes can be sorted by: fields of a row, and the last login by mail. */
export type MailboxOrder = keyof typeof mailboxColumns;
/** What domains can be sorted by: `quota_used_in_domain` is what its mailboxes may hold, `bytes_total` what they do. */
export type DomainOrder = keyof typeof domainColumns;
const tables = { mailbox: [mailboxColumns, [2, 7, 23]], domain: [domainColumns, [2, 14]] } as const;

/** So many ids are remembered to tell what was there before: more than move while a page is read. */
const remembered = 10_000;

/**
 * Goes through rows page by page. Each row comes once, although pages move when something is added or deleted
 * meanwhile. `names` are the texts of a row that are searched, the id first; `lists` reads them where the server can't
 * search.
 */
export async function* iterate<Row>(
  calls: Calls,
  word: "mailbox" | "domain",
  names: (row: Row) => readonly string[],
  lists: Iterable<() => Promise<readonly Row[]>> | AsyncIterable<() => Promise<readonly Row[]>>,
  { search = "", orderBy, descending = false, pageSize = 100 }: IterateOptions<string> = {},
): AsyncGenerator<Row, void, undefined> {
  if (!(pageSize >= 1)) throw refusal("pageSize", "a whole number from 1 on");
  const [columns, searched]: readonly [Readonly<Record<string, number>>, readonly number[]] = tables[word];
  const column = orderBy === undefined ? 2 : columns[orderBy];
  if (column === undefined) throw refusal("orderBy", `one of ${Object.keys(columns).join(", ")}`);
  const query = {
    length: pageSize,
    search: { value: String(search).replace(/[\\%_]/g, "\\$&") },
    columns: Array.from(Array(25), (_, data) => ({ data, searchable: searched.includes(data), orderable: true })),
    // Rows of the same rank would stand in another order on every page, were they not sorted by name too.
    order: [column, 2].map((by, index) => ({ column: by, dir: descending && index === 0 ? "desc" : "asc" }) as const),
  };
  const read = async (start: number) =>
    (await calls.ask(`/api/v1/search/${word}`, { ...query, start })) as { recordsFiltered: number; data: Row[] };
  let page = await read(0).catch((error: unknown) => {
    const cannot = error instanceof MailcowHttpError && [404, 405].includes(error.status);
    if (!cannot || orderBy !== undefined) throw error;
  });
  if (!page) {
    const fits = (text: string) => text.toLowerCase().includes(String(search).toLowerCase());
    for await (const list of lists) yield* (await list()).filter((row) => names(row).some(fits));
    return;
  }
  const seen = new Set<string>();
  for (let start = 0, total = 0; ; page = await read(start)) {
    const gone = Math.max(0, total - page.recordsFiltered);
    // Where some are gone, what followed them has moved up, maybe to before this page: it is read again from there.
    for (const row of gone > 0 ? [] : page.data) {
      const [id = ""] = names(row);
      if (!seen.has(id)) yield row;
      const [oldest = ""] = seen.add(id);
      if (seen.size > remembered) seen.delete(oldest);
    }
    total = page.recordsFiltered;
    start = gone > 0 ? Math.max(0, start - gone) : start + pageSize;
    if (start >= total) return;
  }
}
