import type { ActionResult, Route } from "../contract.ts";
import { type Api, checked } from "../core/api.ts";
import { absent, type Outcome, perItem } from "../core/each.ts";
import { eachOnce, fieldsOf, isOn, toList, toMebibytes } from "../core/lists.ts";
import { type CallOptions, callOptionsOf } from "../core/options.ts";
import { fitted, spelled } from "../core/prepare.ts";
import type { Id, TemplateTags } from "../generated/types/common.ts";
import { refusal } from "../refusal.ts";

/** How to edit templates of one kind. */
interface Kind<Attributes, Attr> {
  readonly list: Route<Record<never, never>, { id: number; attributes: Attributes }[]>;
  readonly edit: Route<{ items: Id | readonly Id[]; attr: Attr }, ActionResult[]>;
  /** The values of a template under the field names of the edit; may have more. Sizes are in bytes. */
  readonly held: (attributes: Attributes) => Readonly<Record<string, unknown>>;
}

/**
 * Sets attributes on templates. mailcow loses fields that are not sent again, and gives all templates of a call the
 * same name. So this reads the templates and sends each one whole, in a separate call.
 */
export async function editTemplates<Attributes, Attr extends object>(
  api: Api,
  { list, edit, held }: Kind<Attributes, Attr>,
  ids: Id | readonly Id[],
  changes: Partial<Attr>,
  options: CallOptions | undefined,
): Promise<Outcome<Id>[]> {
  const call = callOptionsOf(options);
  const { attr: body = {}, items: field = {} } = edit.body?.properties ?? {};
  const given = spelled({ path: edit.path, body }, fieldsOf(changes), undefined, call.allowUnknown);
  if (Object.keys(given).length === 0) throw refusal("the changes", "given: at least one field", edit.path);
  const items = eachOnce(toList(ids));
  for (const id of items) fitted(field, [id], edit.path, "items");
  if (items.length === 0) return [];
  const rows = new Map((await api.call(list, {}, call)).map((row) => [row.id, row]));
  const { template: _, ...names } = body.properties ?? {};
  const bodyOf = (id: Id) => {
    const row = rows.get(Number(id));
    if (!row) return undefined;
    const kept = Object.entries(held(row.attributes))
      .filter(([name, value]) => Object.hasOwn(names, name) && value !== null && value !== undefined)
      .map(([name, value]) => [name, name.includes("quota") ? toMebibytes(Number(value)) : value]);
    // Of what the server returned, it may only lose what is on.
    const on = kept.filter(([name, value]) => typeof names[String(name)]?.since === "string" && isOn(value));
    const asked = { attr: { ...Object.fromEntries(on), ...given } };
    return checked(edit, { items: [id], attr: { ...Object.fromEntries(kept), ...given } }, { ...call, asked });
  };
  // Check all before sending the first.
  const bodies = new Map(items.map((id) => [id, bodyOf(id)]));
  return perItem(items, async (id) => {
    const sent = bodies.get(id);
    if (!sent) throw absent(edit, id, "template_id_invalid");
    return api.call(edit, sent, call);
  });
}

/** The tags of a template as a list; mailcow keeps them in the form in which they were sent. */
export const tagsOf = (tags: TemplateTags | null): string[] =>
  (typeof tags === "object" ? Object.values(tags ?? []) : [tags]).map(String);
