import type { Database } from "../state.ts";
import { type TemplateRow, templates } from "../tables.ts";
import { type Data, isEmpty } from "./php.ts";

/** The attributes of a template; those of the first one of its kind where there is no such template. */
export function templateAttributes(db: Database, type: TemplateRow["type"], id: unknown): Data {
  const all = db.in(templates).by("type", type);
  const found = isEmpty(id) ? undefined : all.find((row) => row.id === Number.parseInt(String(id), 10));
  const { attributes = {} } = found ?? all[0] ?? {};
  return attributes as Data;
}
