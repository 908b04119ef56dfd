import type { ActionResult } from "../types.ts";
import type { Calls } from "./calls.ts";
import { checkBody, refusal } from "./input.ts";
import { inTurn } from "./outcomes.ts";

interface Tags {
  deleteTags(id: string, tags: readonly string[]): Promise<ActionResult[]>;
  setTags(id: string, tags: readonly string[]): Promise<ActionResult[]>;
}

type TagPath = "/api/v1/delete/domain/tag/{domain}" | "/api/v1/delete/mailbox/tag/{mailbox}";

/** Makes what takes tags away and what replaces them; mailcow only adds. `kept` is what an edit has to resend. */
export function tagsOf<Row extends { tags?: readonly string[] }>(
  calls: Calls,
  collection: string,
  word: "domain" | "mailbox",
  toId: (method: string) => (id: string) => string,
  read: (id: string) => Promise<Row | null>,
  kept: (row: Row) => object = () => ({}),
): Tags {
  const remove = (method: string, id: string, tags: readonly string[]) =>
    calls.write(`${collection}.${method}`, `/api/v1/delete/${word}/tag/{${word}}` as TagPath, [...tags], {
      path: { [word]: id },
    });
  return {
    deleteTags: async (id, tags) => remove("deleteTags", toId("deleteTags")(id), tags),
    setTags: async (given, tags) => {
      const [method, path, id] = [`${collection}.setTags`, `/api/v1/edit/${word}`, toId("setTags")(given)] as const;
      const bodyOf = (attr: object) => ({ items: [id], attr });
      // Before anything is deleted.
      checkBody(method, path, bodyOf({ tags }));
      const row = await read(id);
      if (!row) throw refusal(method, word, `a ${word} that there is`);
      const surplus = row.tags?.filter((tag) => !tags.includes(tag)) ?? [];
      const missing = tags.filter((tag) => !row.tags?.includes(tag));
      // What goes, goes first: there is room for 26, and a tag can't be there in two spellings.
      return inTurn([
        ...(surplus.length > 0 ? [() => remove("setTags", id, surplus)] : []),
        ...(missing.length > 0 ? [() => calls.write(method, path, bodyOf({ ...kept(row), tags: missing }))] : []),
      ]);
    },
  };
}
