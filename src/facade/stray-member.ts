/** A row without the member `0`, which some rows have where they are read alone: always null, it says nothing. */
export function withoutStray<Row extends { "0": null }>(row: Row | null): Omit<Row, "0"> | null {
  if (!row) return null;
  const { "0": _, ...members } = row;
  return members;
}
