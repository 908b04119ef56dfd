/** What the mailcow in memory stores: tables of plain rows, as in the database of a real one. */

/** A table: its name in mailcow's database, the field that identifies a row, and the rows of a fresh installation. */
export interface Table<Row extends object> {
  readonly name: string;
  readonly key: keyof Row & string;
  /** Whether keys differ by case, as they do in Redis. The database ignores case and accents. */
  readonly exact: boolean;
  readonly initial: (now: string) => readonly Row[];
}

export function table<Row extends object>(
  name: string,
  key: keyof Row & string,
  { exact = false, initial = () => [] }: Partial<Pick<Table<Row>, "exact" | "initial">> = {},
): Table<Row> {
  return { name, key, exact, initial };
}

/** A setting of the whole server: one value with a name. */
export interface Setting<Value> {
  readonly name: string;
  readonly initial: Value;
}

export const setting = <Value>(name: string, initial: Value): Setting<Value> => ({ name, initial });

/** All that is stored, as plain JSON. */
export interface State {
  readonly tables: Record<string, object[]>;
  readonly settings: Record<string, unknown>;
  /** The last id that each table gave away. */
  readonly ids: Record<string, number>;
  /** How many random values were drawn. */
  readonly drawn: number;
}

/** Text as the database compares it: without case, accents and blanks at the end. */
export function fold(text: string): string {
  // Most names are ASCII, and normalizing takes longer than everything else here.
  const plain = /^[\x20-\x7e]*$/.test(text) ? text : text.normalize("NFD").replace(/\p{M}/gu, "");
  return plain.trimEnd().toUpperCase();
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** The rows that have one value in one field. */
interface Group<Row> {
  readonly rows: Set<Row>;
  readonly sums: Map<string, number>;
}

/** The rows of a table. What is asked for by a field is found without looking at all rows. */
export class Rows<Row extends object> {
  readonly #table: Table<Row>;
  readonly #byKey = new Map<string, Row>();
  readonly #groups = new Map<keyof Row & string, Map<string, Group<Row>>>();
  #sorted: readonly Row[] | undefined;

  constructor(table: Table<Row>, rows: readonly Row[]) {
    this.#table = table;
    for (const row of rows) this.#byKey.set(this.#keyOf(row), row);
  }

  get size(): number {
    return this.#byKey.size;
  }

  find(key: unknown): Readonly<Row> | undefined {
    return this.#byKey.get(this.#fold(key));
  }

  /** All rows by their keys, as the database lists them. */
  all(): readonly Readonly<Row>[] {
    // Keys are folded already, unless they are numbers.
    this.#sorted ??= Array.from(this.#byKey, ([key, row]) => ({ row, key: this.#orderOf(row, key) }))
      .sort((a, b) => compare(a.key, b.key))
      .map(({ row }) => row);
    return this.#sorted;
  }

  /** The rows with this value in a field, by their keys. */
  by(field: keyof Row & string, value: unknown): readonly Readonly<Row>[] {
    return this.#sort(this.#group(field, value)?.rows ?? []);
  }

  /** How many rows have this value in a field. */
  count(field: keyof Row & string, value: unknown): number {
    return this.#group(field, value)?.rows.size ?? 0;
  }

  /** The sum of a number over the rows with this value in a field. */
  sum(field: keyof Row & string, value: unknown, of: keyof Row & string): number {
    const group = this.#group(field, value);
    if (!group) return 0;
    let sum = group.sums.get(of);
    if (sum === undefined) {
      sum = 0;
      for (const row of group.rows) sum += Number(row[of]);
      group.sums.set(of, sum);
    }
    return sum;
  }

  /** Adds a row, or replaces the one with its key. */
  put(row: Row): void {
    this.remove(row[this.#table.key]);
    this.#byKey.set(this.#keyOf(row), row);
    this.#sorted = undefined;
    for (const [field, groups] of this.#groups) this.#enter(groups, field, row);
  }

  /** Changes fields of a row, if there is such a row. */
  set(key: unknown, changes: Partial<Row>): void {
    const row = this.find(key);
    if (row) {
      this.remove(key);
      this.put({ ...row, ...changes });
    }
  }

  remove(key: unknown): void {
    const folded = this.#fold(key);
    const row = this.#byKey.get(folded);
    if (!row) return;
    this.#byKey.delete(folded);
    this.#sorted = undefined;
    for (const [field, groups] of this.#groups) {
      const group = groups.get(this.#fold(row[field]));
      group?.rows.delete(row);
      for (const [of, sum] of group?.sums ?? []) group?.sums.set(of, sum - Number(row[of as keyof Row]));
    }
  }

  /** Removes the rows that have this value in a field. */
  removeBy(field: keyof Row & string, value: unknown): void {
    for (const row of this.by(field, value)) this.remove(row[this.#table.key]);
  }

  #group(field: keyof Row & string, value: unknown): Group<Row> | undefined {
    let groups = this.#groups.get(field);
    if (!groups) {
      groups = new Map();
      this.#groups.set(field, groups);
      for (const row of this.#byKey.values()) this.#enter(groups, field, row);
    }
    return groups.get(this.#fold(value));
  }

  #enter(groups: Map<string, Group<Row>>, field: keyof Row & string, row: Row): void {
    const value = this.#fold(row[field]);
    let group = groups.get(value);
    if (!group) {
      group = { rows: new Set(), sums: new Map() };
      groups.set(value, group);
    }
    group.rows.add(row);
    for (const [of, sum] of group.sums) group.sums.set(of, sum + Number(row[of as keyof Row]));
  }

  #sort(rows: Iterable<Row>): readonly Row[] {
    const keyed = Array.from(rows, (row) => ({ row, key: this.#orderOf(row, this.#keyOf(row)) }));
    return keyed.sort((a, b) => compare(a.key, b.key)).map(({ row }) => row);
  }

  #orderOf(row: Row, folded: string): string | number {
    const key = row[this.#table.key];
    return typeof key === "number" ? key : folded;
  }

  #keyOf(row: Row): string {
    return this.#fold(row[this.#table.key]);
  }

  #fold(value: unknown): string {
    return this.#table.exact ? String(value) : fold(String(value));
  }
}

/** All tables and settings of one mailcow in memory. */
export class Database {
  readonly #clock: () => Date;
  readonly #tables = new Map<string, object>();
  #state: State;

  constructor(clock: () => Date, state: State = { tables: {}, settings: {}, ids: {}, drawn: 0 }) {
    this.#clock = clock;
    this.#state = structuredClone(state);
  }

  /** The rows of a table. */
  in<Row extends object>(table: Table<Row>): Rows<Row> {
    let rows = this.#tables.get(table.name) as Rows<Row> | undefined;
    if (!rows) {
      const stored = this.#state.tables[table.name] as Row[] | undefined;
      rows = new Rows(table, stored ?? table.initial(this.now()));
      this.#tables.set(table.name, rows);
    }
    return rows;
  }

  get<Value>({ name, initial }: Setting<Value>): Value {
    return (Object.hasOwn(this.#state.settings, name) ? this.#state.settings[name] : initial) as Value;
  }

  set<Value>({ name }: Setting<Value>, value: Value): void {
    this.#state.settings[name] = value;
  }

  /** The next id of a table; ids start at 1, and none is given twice. */
  nextId<Row extends object>(table: Table<Row>): number {
    const id = (this.#state.ids[table.name] ?? this.in(table).size) + 1;
    this.#state.ids[table.name] = id;
    return id;
  }

  /** The time as mailcow stores it, such as `2026-07-30 12:00:00`. */
  now(): string {
    return this.#clock().toISOString().slice(0, 19).replace("T", " ");
  }

  /** The time in seconds since 1970. */
  seconds(): number {
    return Math.floor(this.#clock().getTime() / 1000);
  }

  /** Text that looks random and is the same in each run. */
  random(length: number, alphabet = "0123456789abcdef"): string {
    let [text, drawn] = ["", this.#state.drawn];
    for (; text.length < length; drawn += 1) {
      // A hash of the counter: nothing here has to be hard to guess.
      let mixed = Math.imul(drawn + 1, 0x9e3779b1);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
      text += alphabet[((mixed ^ (mixed >>> 13)) >>> 0) % alphabet.length];
    }
    this.#state = { ...this.#state, drawn };
    return text;
  }

  /** A copy of all that is stored. */
  dump(): State {
    const tables = { ...this.#state.tables };
    for (const [name, rows] of this.#tables) if (rows instanceof Rows) tables[name] = [...rows.all()];
    return structuredClone({ ...this.#state, tables });
  }
}
