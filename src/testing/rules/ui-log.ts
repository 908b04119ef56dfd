import { type Database, type Table, table } from "../state.ts";

/** What the web interface said, newest with the highest id. Calls of the API say it in their answers instead. */
export interface UiLogRow {
  readonly id: number;
  readonly task: string;
  readonly type: string | null;
  readonly msg: string | null;
  readonly call: string | null;
  readonly user: string;
  readonly role: string;
  readonly remote: string;
  readonly time: number;
}
export const uiLog: Table<UiLogRow> = table<UiLogRow>("ui_log", "id");

export function noteInUi(db: Database, msg: string, log: readonly unknown[]): void {
  db.in(uiLog).put({
    id: db.nextId(uiLog),
    task: db.random(6, "0123456789ABCDEF"),
    type: "success",
    msg: JSON.stringify(msg),
    call: JSON.stringify(log),
    user: "API",
    role: "admin",
    remote: "127.0.0.1",
    time: db.seconds(),
  });
}
