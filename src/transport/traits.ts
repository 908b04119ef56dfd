import type { Traits } from "../contract.ts";
import { reads, writes } from "../generated/traits.ts";

interface Known {
  readonly traits: ReadonlyMap<string, Traits>;
  /** What paths to read begin with, up to each of their words. */
  readonly words: ReadonlySet<string>;
}
let known: Known | undefined;

/** What the transport knows of a route, such as `GET /api/v1/get/domain/all`; nothing of a read that the contract does not have. */
export function traitsOf(route: string): Traits | undefined {
  known ??= read();
  return known.traits.get(route);
}

/** Whether this word stands there in another route to read: `get/mailbox/all` lists every mailbox. */
export function isWordOfRoute(before: string, word: string): boolean {
  known ??= read();
  return known.words.has(before + word);
}

function read(): Known {
  const traits = new Map<string, Traits>();
  const words = new Set<string>();
  for (const [method, text] of [["GET", reads] as const, ["POST", writes] as const]) {
    for (const line of text.trim().split("\n")) {
      const [address = "", ...marks] = line.split(" ");
      const [path, ...query] = address.split("?");
      const route = `/api/v1/${path}`;
      traits.set(`${method} ${route}`, { query, ...Object.fromEntries(marks.map((mark) => [mark, true])) });
      // Each of its words, with what stands before it; a parameter is none.
      if (method === "GET") for (const { index } of route.matchAll(/\w(?=\/|$)/g)) words.add(route.slice(0, index + 1));
    }
  }
  return { traits, words };
}
