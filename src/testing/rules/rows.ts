import type { Database, Rows, Table } from "../state.ts";
import { bound } from "./php.ts";

interface Dated {
  readonly modified: string | null;
}

/** Changes a row; `modified` is set only if a value really differs. */
export function update<Row extends Dated>(db: Database, table: Table<Row>, key: unknown, changes: Partial<Row>): void {
  const rows = db.in(table);
  const row = rows.find(key);
  if (!row) return;
  const changed = { ...row, ...changes };
  if (JSON.stringify(changed) !== JSON.stringify(row)) rows.set(key, { ...changes, modified: db.now() });
}

/** `created` and `modified` of a row that is new. */
export const created = (db: Database): { created: string; modified: null } => ({ created: db.now(), modified: null });

/** Parts of a list that is separated by commas, as `{domains}` and `tags` are. */
export const commas = (text: string): string[] => text.split(",");

/** The row that the database finds for an id; of a text, the number at its beginning counts. */
export const byId = <Row extends object>(rows: Rows<Row>, id: unknown): Readonly<Row> | undefined =>
  rows.find(Number.parseFloat(bound(id)));
