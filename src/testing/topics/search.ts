import { contains } from "../rules/names.ts";
import { bound, die, int, isSet, list } from "../rules/php.ts";
import type { Call } from "../server/call.ts";
import { reads, type Topic } from "../server/topic.ts";
import { fold } from "../state.ts";
import { type DomainRow, domains, logins, type MailboxRow, mailboxes } from "../tables.ts";
import { aliasCountOf, domainDetails } from "./domains.ts";
import { mailboxDetails } from "./mailboxes.ts";

/** A column of the table that the web interface shows. Without `text` nothing is found in it; without `order` it sorts nothing. */
interface Column<Row> {
  readonly text?: (row: Row) => unknown;
  readonly order?: (row: Row, call: Call) => string | number;
  readonly tags?: (row: Row) => readonly string[];
}
/** By number; every other number stands for the name, which is column 2. */
type Columns<Row> = Readonly<Record<number, Column<Row>>>;

const plain = <Row>(value: (row: Row) => string | number): Column<Row> => ({
  text: value,
  order: (row) => (typeof value(row) === "string" ? fold(String(value(row))) : value(row)),
});

const ofDomains: Columns<DomainRow> = {
  2: plain((row) => row.domain),
  3: { text: (row) => row.aliases, order: (row, { db }) => aliasCountOf(db, row.domain) },
  4: { text: (row) => row.mailboxes, order: (row, { db }) => db.in(mailboxes).count("domain", row.domain) },
  5: { text: (row) => row.quota, order: (row, { db }) => db.in(mailboxes).sum("domain", row.domain, "quota") },
  6: { order: (row, { db }) => db.in(mailboxes).sum("domain", row.domain, "bytes") },
  7: plain((row) => row.defquota),
  8: plain((row) => row.maxquota),
  10: plain((row) => row.backupmx),
  14: { tags: (row) => row.tags },
  15: plain((row) => row.active),
};

const ofMailboxes: Columns<MailboxRow> = {
  2: plain((row) => row.username),
  3: plain((row) => row.quota),
  4: {
    order: ({ username }, { db }) => {
      const found = db.in(logins).by("username", username);
      return (
        found
          .filter(({ service }) => service !== "SSO")
          .map((row) => row.datetime)
          .sort()
          .at(-1) ?? ""
      );
    },
  },
  5: { order: (row) => row.attributes["passwd_update"] ?? "" },
  6: { order: (row) => (row.quota === 0 ? -1 : row.bytes / row.quota) },
  7: plain((row) => row.name),
  20: { order: (row) => row.messages },
  23: { tags: (row) => row.tags },
  24: plain((row) => row.active),
};

type Member = Readonly<Record<string, unknown>>;
const member = (value: unknown): Member => (typeof value === "object" && value !== null ? { ...value } : {});
const isTrue = (value: unknown): boolean => value === true || value === "true";
const isNothing = (value: unknown): boolean => !isSet(value) || value === "";

/** How a row of the request is asked for: the text of a search, and the flags of the columns. */
class Search<Row> {
  readonly #call: Call;
  readonly #columns: Columns<Row>;
  readonly #request: Member;
  readonly #asked: Member;

  constructor(call: Call, columns: Columns<Row>, request: Member) {
    this.#call = call;
    this.#columns = columns;
    this.#request = request;
    this.#asked = member(request["columns"]);
  }

  found(rows: readonly Row[]): readonly Row[] {
    const { search } = this.#request;
    if (typeof search === "string") die("a text has no value");
    const { value } = member(search);
    const any = isNothing(value) ? [] : this.#inAnyColumn(value);
    const all = this.#inItsColumn();
    return rows.filter((row) => (any.length === 0 || any.some((fits) => fits(row))) && all.every((fits) => fits(row)));
  }

  #inAnyColumn(value: unknown): ((row: Row) => boolean)[] {
    if (typeof this.#request["columns"] !== "object") die("a search without columns");
    const fits = contains(bound(value));
    return this.#each().flatMap(([index, asked]) => {
      if (!isTrue(asked["searchable"])) return [];
      const { text, tags } = this.#column(index);
      if (tags) return [(row: Row) => tags(row).some(fits)];
      return [(row: Row) => fits(bound((text ?? unknownColumn)(row)))];
    });
  }

  #inItsColumn(): ((row: Row) => boolean)[] {
    return this.#each().flatMap(([, asked]) => {
      const { value } = member(asked["search"]);
      if (!isTrue(asked["searchable"]) || isNothing(value)) return [];
      const { text = unknownColumn } = this.#column(asked["data"]);
      const fits = contains(bound(value));
      return [(row: Row) => fits(bound(text(row)))];
    });
  }

  /** The columns of the request by their numbers, as far as PHP counts them. */
  #each(): [number, Member][] {
    return Object.keys(this.#asked).map((_, index) => [index, member(this.#asked[index])]);
  }

  sorted(rows: readonly Row[]): readonly Row[] {
    const { order } = this.#request;
    if (isSet(order) && typeof order !== "object") die("order is no list");
    const keys = list(order).flatMap((item) => {
      const { column, dir } = member(item);
      if (!isTrue(member(this.#asked[int(column)])["orderable"])) return [];
      const { order: by = unknownColumn } = this.#column(int(column));
      return [{ values: rows.map((row) => by(row, this.#call)), sign: dir === "asc" ? 1 : -1 }];
    });
    // Numbers in place of rows: an object for each row would take longer than the sorting.
    const sorted = rows.map((_, at) => at);
    sorted.sort((a, b) => {
      for (const { values, sign } of keys) {
        const [left, right] = [values[a] ?? "", values[b] ?? ""];
        if (left !== right) return left < right ? -sign : sign;
      }
      return 0;
    });
    return sorted.map((at) => rows[at] as Row);
  }

  page(rows: readonly Row[]): readonly Row[] {
    const { start, length } = this.#request;
    if (!isSet(start) || Number(length ?? 0) === -1) return rows;
    const [first, count] = [int(start), int(length)];
    if (first < 0 || count < 0) die("a negative limit");
    return rows.slice(first, first + count);
  }

  #column(index: unknown): Column<Row> {
    const number = typeof index === "number" || typeof index === "string" ? Number(index) : Number.NaN;
    return this.#columns[number] ?? this.#columns[2] ?? {};
  }
}

/** The database does not know the columns that the web interface makes up. */
const unknownColumn = (): never => die("there is no such column in the database");

function search<Row>(
  call: Call,
  columns: Columns<Row>,
  request: Member,
  rows: readonly Row[],
  details: (row: Row) => unknown,
) {
  const asked = new Search(call, columns, request);
  const found = asked.found(rows);
  const page = asked.page(asked.sorted(found));
  return { draw: int(request["draw"]), found: found.length, data: page.map(details) };
}

function searchDomain(call: Call): unknown {
  const { json } = call.data;
  const request = isSet(json) ? member(JSON.parse(bound(json))) : call.data;
  const rows = call.db.in(domains).all();
  const details = (row: DomainRow) => domainDetails(call.db, row.domain);
  const { draw, found, data } = search(call, ofDomains, request, rows, details);
  return { draw, recordsTotal: rows.length, recordsFiltered: found, data };
}

function searchMailbox(call: Call): unknown {
  const rows = call.db.in(mailboxes).all();
  const details = (row: MailboxRow) => mailboxDetails(call, row.username);
  const { draw, found, data } = search(call, ofMailboxes, call.data, rows, details);
  return { draw, recordsTotal: found, recordsFiltered: found, data };
}

export const searches: Topic = {
  actions: { "search/domain": reads(searchDomain), "search/mailbox": reads(searchMailbox) },
};
