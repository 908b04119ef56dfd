import type { Calls } from "../calls/calls.ts";
import { checkBody, refusal } from "../calls/input.ts";
import { toList } from "../calls/names.ts";
import { inTurn } from "../calls/outcomes.ts";
import type { ActionResult } from "../types.ts";

/** A call for tags of a domain or a mailbox. */
export type ForTags = (id: string, tags: readonly string[]) => Promise<ActionResult[]>;

type TagPath = "/api/v1/delete/domain/tag/{domain}" | "/api/v1/delete/mailbox/tag/{mailbox}";

/** Makes what takes tags away and what replaces them; mailcow only adds. `kept` is what an edit has to resend. */
export function tagsOf<Row extends { tags?: readonly string[] }>(
  calls: Calls,
  word: "domain" | "mailbox",
  toId: (id: string) => string,
  read: (id: string) => Promise<Row | null>,
  kept: (row: Row) => object = () => ({}),
): { deleteTags: ForTags; setTags: ForTags } {
  const remove = async (id: string, tags: readonly string[]) =>
    calls.write(`/api/v1/delete/${word}/tag/{${word}}` as TagPath, toList(tags), { path: { [word]: toId(id) } });
  return {
    deleteTags: remove,
    setTags: async (id, tags) => {
      const path = `/api/v1/edit/${word}` as const;
      const bodyOf = (attr: object) => ({ items: [toId(id)], attr });
      // Before anything is deleted.
      checkBody(path, bodyOf({ tags }));
      const row = await read(id);
      if (!row) throw refusal(word, `a ${word} that there is`);
      const surplus = row.tags?.filter((tag) => !tags.includes(tag)) ?? [];
      const missing = tags.filter((tag) => !row.tags?.includes(tag));
      // What goes, goes first: there is room for 26, and a tag can't be there in two spellings.
      return inTurn([
        ...(surplus.length > 0 ? [() => remove(id, surplus)] : []),
        ...(missing.length > 0 ? [() => calls.write(path, bodyOf({ ...kept(row), tags: missing }))] : []),
      ]);
    },
  };
}
