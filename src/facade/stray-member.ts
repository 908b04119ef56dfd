/** Removes the member `0`, which mailcow adds to some rows that are read alone. It is always null. */
export function withoutStray<Row extends { "0": null }>(row: Row | null): Omit<Row, "0"> | null {
  if (!row) return null;
  const { "0": _, ...members } = row;
  return members;
}
