import type { Call } from "../server/call.ts";
import { type Database, fold } from "../state.ts";
import { type TemplateRow, templates } from "../tables.ts";
import { idOf } from "./ids.ts";
import { bound, column, type Data, die, int, isEmpty, isNumeric, isSet } from "./php.ts";
import { created, update } from "./rows.ts";

type Kind = TemplateRow["type"];

/** The attributes of a template; those of the first one of its kind where there is no such template. */
export function templateAttributes(db: Database, type: Kind, id: unknown): Data {
  const all = db.in(templates).by("type", type);
  const found = isEmpty(id) ? undefined : all.find((row) => row.id === Number.parseInt(String(id), 10));
  const { attributes = {} } = found ?? all[0] ?? {};
  return attributes as Data;
}

export function findTemplate(db: Database, type: Kind, id: unknown): Readonly<TemplateRow> | undefined {
  const row = db.in(templates).find(int(id));
  return row?.type === type ? row : undefined;
}

/** Adds a template; `attributesOf` returns its attributes, or the code of a refusal. */
export function addTemplate(call: Call, type: Kind, attributesOf: (data: Data) => Data | string): boolean {
  const { db, data } = call;
  const { template } = data;
  if (isEmpty(template)) return call.danger("template_name_invalid");
  const name = bound(template);
  if (
    db
      .in(templates)
      .all()
      .some((row) => row.type === type && fold(row.template) === fold(name))
  )
    return call.danger(["template_exists", template]);
  const attributes = attributesOf(data);
  if (typeof attributes === "string") return call.danger(attributes);
  db.in(templates).put({ id: db.nextId(templates), type, template: column(name), attributes, ...created(db) });
  call.success(["template_added", template]);
  return true;
}

/** Replaces all attributes of templates. A name that is not sent is the one of the first template, for all of them. */
export function editTemplates(
  call: Call,
  type: Kind,
  attributesOf: (data: Data, now: Readonly<TemplateRow>) => Data | string,
): boolean {
  const { db, data } = call;
  let name = data["template"];
  for (const id of call.items) {
    const now = findTemplate(db, type, id);
    if (!now) {
      call.danger("template_id_invalid");
      continue;
    }
    if (now.template === "Default" || !isSet(name)) name = now.template;
    const attributes = attributesOf(data, now);
    if (typeof attributes === "string") {
      call.danger(attributes);
      continue;
    }
    if (!isNumeric(id)) die("the database compares an id with a text");
    update(db, templates, now.id, { template: column(bound(name)), attributes });
  }
  call.success(["template_modified", name ?? null]);
  return true;
}

/** Deletes a template, unless it is the one that every server has. */
export function deleteTemplate(db: Database, type: Kind, id: unknown): void {
  const row = db.in(templates).find(idOf(id));
  if (row?.type === type && fold(row.template) !== "DEFAULT") db.in(templates).remove(row.id);
}
