type Nothing = Record<string, never>;

/** Rows of a list: mailcow says `{}` for none. */
export function rowsOf<Row>(data: readonly Row[] | Nothing): Row[] {
  return Array.isArray(data) ? [...data] : [];
}

/** A single row: mailcow says `{}` for none. */
export function rowOf<Data extends object>(data: Data): Exclude<Data, Nothing> | null {
  return Object.keys(data).length > 0 ? (data as Exclude<Data, Nothing>) : null;
}
