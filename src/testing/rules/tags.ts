import type { Call } from "../server/call.ts";
import { fold } from "../state.ts";
import { bound, isEmpty } from "./php.ts";

/** How many tags a domain or a mailbox takes in one call, counted from 0. */
const limit = 25;

const alike = (a: string, b: string): boolean => fold(a) === fold(b);

/** Tags as the database lists them. */
const inOrder = (tags: readonly string[]): string[] =>
  [...tags].sort((a, b) => (fold(a) < fold(b) ? -1 : fold(a) > fold(b) ? 1 : 0));

/**
 * Adds tags one by one. `refused` says what happens to a tag that is there already or too long; `save` is called after
 * each tag, because those before a failure stay.
 */
export function addTags(
  call: Call,
  before: readonly string[],
  given: unknown,
  save: (tags: string[]) => void,
  refused: () => void,
): void {
  const entries = typeof given === "object" && given !== null ? Object.entries(given) : [];
  let tags = [...before];
  for (const [index, value] of entries) {
    if (isEmpty(value)) continue;
    // A name of a field counts as more than every number.
    if (!(Number(index) <= limit)) {
      call.warning(["tag_limit_exceeded", `limit ${limit}`]);
      return;
    }
    const tag = bound(value);
    if (tag.length > 255 || tags.some((other) => alike(other, tag))) refused();
    else {
      tags = inOrder([...tags, tag]);
      save(tags);
    }
  }
}

/** The tags without those that are given. */
export const withoutTags = (tags: readonly string[], given: readonly unknown[]): string[] =>
  tags.filter((tag) => !given.some((other) => alike(bound(other), tag)));

/** `tags` as a row shows them: the key is absent without any. */
export const shownTags = (tags: readonly string[]): { tags?: readonly string[] } => (tags.length > 0 ? { tags } : {});
