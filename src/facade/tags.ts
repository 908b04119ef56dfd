import type { ActionResult, Route } from "../contract.ts";
import { type Api, checked } from "../core/api.ts";
import { absent, inTurn } from "../core/each.ts";
import { toList } from "../core/lists.ts";
import { collationKey } from "../core/names.ts";
import { type CallOptions, callOptionsOf } from "../core/options.ts";
import { refusal } from "../refusal.ts";

/** A domain or a mailbox. */
interface Tagged<Row> {
  readonly edit: Route<{ items: readonly string[]; attr: { tags: readonly string[] } }, ActionResult[]>;
  readonly remove: (tags: readonly string[], call: CallOptions) => Promise<ActionResult[]>;
  readonly read: (id: string, call: CallOptions) => Promise<Row | null>;
  /** The fields that an edit must send again. */
  readonly kept?: (row: Row) => object;
}

/** Replaces the tags of an item; mailcow itself only adds tags. */
export async function setTags<Row extends { tags?: readonly string[] }>(
  api: Api,
  { edit, remove, read, kept = () => ({}) }: Tagged<Row>,
  id: string,
  wanted: readonly string[],
  options: CallOptions | undefined,
): Promise<ActionResult[]> {
  const call = callOptionsOf(options);
  if (!Array.isArray(wanted)) throw refusal("tags", "a list, which may be empty", edit.path);
  // Before anything is deleted.
  const { items, attr } = checked(edit, { items: [id], attr: { tags: wanted } });
  const row = await read(items[0] ?? id, call);
  if (!row) throw absent(edit, items[0] ?? id, "access_denied");
  const surplus = row.tags?.filter((tag) => !attr.tags.includes(tag)) ?? [];
  const missing = attr.tags.filter((tag) => !row.tags?.includes(tag));
  // Delete first: there is room for 26 tags, and a tag can't exist in two spellings.
  return inTurn([
    ...(surplus.length > 0 ? [() => remove(surplus, call)] : []),
    ...(missing.length > 0 ? [() => api.call(edit, { items, attr: { ...kept(row), tags: missing } }, call)] : []),
  ]);
}

/** The wanted tags that do not exist yet in any spelling. */
export function missingTags(wanted: readonly string[], there: readonly string[] = []): string[] {
  const keys = there.map(collationKey);
  return wanted.filter((tag) => !keys.includes(collationKey(tag)));
}

/** Removes tags from an item. */
export async function deleteTags<Id extends object>(
  api: Api,
  route: Route<Id & { body: readonly string[] }, ActionResult[]>,
  id: Id,
  tags: string | readonly string[],
  options: CallOptions | undefined,
): Promise<ActionResult[]> {
  const call = callOptionsOf(options);
  const body = toList(tags);
  // Checks the id even if there are no tags.
  checked(route, { ...id, body: body.length > 0 ? body : ["tag"] });
  return body.length > 0 ? api.call(route, { ...id, body }, call) : [];
}
