import type { Call } from "../server/call.ts";
import { type Action, reads } from "../server/topic.ts";
import type { Table } from "../state.ts";
import { idOf } from "./ids.ts";
import { escaped, int, isEqual, isNumeric, text } from "./php.ts";

/** Works on what is found for each item, and refuses the others. `false` from the work ends the call. */
export const eachFound =
  <Row>(
    find: (call: Call, item: unknown) => Row | undefined,
    work: (call: Call, row: Row, item: unknown) => unknown,
    refusal: (item: unknown) => unknown = () => "access_denied",
  ) =>
  (call: Call): boolean => {
    for (const item of call.items) {
      const row = find(call, item);
      if (row === undefined) call.danger(refusal(item));
      else if (work(call, row, item) === false) return false;
    }
    return true;
  };

/** Deletes maps by their ids, known or not, up to the first item that is no number. */
export const deleteMaps =
  <Row extends object>(table: Table<Row>, code: string) =>
  (call: Call): boolean => {
    for (const item of call.items) {
      if (!isNumeric(item)) return false;
      call.db.in(table).remove(idOf(item));
      call.success([code, escaped(text(item))]);
    }
    return true;
  };

/** Reads a map; mailcow appends a variable that it never sets. */
export const readsMap = <Row extends object>(find: (call: Call, id: unknown) => Row | undefined): Action =>
  reads((call) => {
    const row = find(call, call.params["id"]);
    return row && { ...row, 0: null };
  });

/** How maps are found by the id of a read or an edit, which may have letters behind. */
export const mapIn =
  <Row extends object>(table: Table<Row>) =>
  ({ db }: Pick<Call, "db">, id: unknown): Readonly<Row> | undefined =>
    db.in(table).find(int(id));

/** Whether another map has a value already, with its case. */
export const isTaken = <Row extends { readonly id: number }>(
  rows: readonly Row[],
  field: keyof Row,
  value: unknown,
  own?: unknown,
): boolean => rows.some((row) => (own === undefined || !isEqual(row.id, own)) && isEqual(row[field], value));
