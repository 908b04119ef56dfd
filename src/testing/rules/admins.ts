import type { Call } from "../server/call.ts";
import type { Database } from "../state.ts";
import { type AdminRow, admins } from "../tables.ts";
import { isAlnum } from "./names.ts";
import { type Data, die, int, isEmpty, text, tiny } from "./php.ts";

/** Whether a name can be the one of an admin. */
export const isAdminName = (value: unknown): boolean => isAlnum(value, /[_.-]/g);

/** What is the same in the rows of admins of all and of domains. Nobody has a second factor here. */
export const shownAdmin = (
  call: Call,
  row: Pick<AdminRow, "username" | "active" | "created">,
  attributes: AdminRow["attributes"] | undefined,
): Record<string, unknown> => ({
  username: row.username,
  tfa_active: 0,
  tfa_active_int: 0,
  active: row.active,
  active_int: row.active,
  created: row.created,
  ...(call.since("2026-03") && { attributes: attributes ?? forcedBy({}) }),
});

/** What an edit forces an admin to; both are reset by each edit that does not name them. */
const forcedBy = (data: Data): Record<string, string> => ({
  force_tfa: int(data["force_tfa"]) === 0 ? "0" : "1",
  force_pw_update: int(data["force_pw_update"]) === 0 ? "0" : "1",
});

/** Changes an account; a new name that another one has kills the call. */
export function changeAdmin(db: Database, row: AdminRow, username: string, data: Data): void {
  const other = db.in(admins).find(username);
  if (other && other !== row) die("the name is taken");
  const password = isEmpty(data["password"]) ? row.password : text(data["password"]);
  const changes = { username, password, active: tiny(int(data["active"])), attributes: forcedBy(data) };
  db.in(admins).remove(row.username);
  db.in(admins).put({ ...row, ...changes, modified: db.now() });
}
