import type { Database, Table } from "../state.ts";

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

/** Lets rows follow a mailbox that gets another name, which stands in one of these fields. */
export const following =
  <Row extends Dated & { readonly id: number }>(table: Table<Row>, ...fields: readonly (keyof Row & string)[]) =>
  (db: Database, before: string, after: string): void => {
    for (const field of fields)
      for (const { id } of db.in(table).by(field, before)) update(db, table, id, { [field]: after } as Partial<Row>);
  };
