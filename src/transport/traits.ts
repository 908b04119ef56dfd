import type { Traits } from "../contract.ts";
import { reads, writes } from "../generated/traits.ts";

/** A route of the contract. */
export interface Known {
  readonly traits: Traits;
  readonly pieces: readonly string[];
}

/** The pieces of a path: each second one is the name of an id. */
export const piecesOf = (path: string): string[] => path.split(/\{([^{}]+)\}/);

interface Table {
  /** By method, then by path: joining the two takes longer than finding a route. */
  readonly routes: Readonly<Record<string, ReadonlyMap<string, Known>>>;
  /** The beginnings of paths to read, up to each of their words. */
  readonly words: ReadonlySet<string>;
}
let table: Table | undefined;

/** What the transport knows about a route of the contract, such as `/api/v1/get/domain/all`. */
export function knownRoute(method: string, path: string): Known | undefined {
  table ??= read();
  return table.routes[method]?.get(path);
}

/** Whether another route to read has this word there: `get/mailbox/all` lists every mailbox. */
export function isWordOfRoute(before: string, word: string): boolean {
  table ??= read();
  return table.words.has(before + word);
}

function read(): Table {
  const [GET, POST] = [routesIn(reads), routesIn(writes)];
  const words = new Set<string>();
  // Each word of a path, with the part before it; parameters are left out.
  for (const path of GET.keys())
    for (const { index } of path.matchAll(/\w(?=\/|$)/g)) words.add(path.slice(0, index + 1));
  return { routes: { GET, POST }, words };
}

function routesIn(text: string): Map<string, Known> {
  const routes = new Map<string, Known>();
  for (const line of text.trim().split("\n")) {
    const [address = "", ...marks] = line.split(" ");
    const [path, ...query] = address.split("?");
    const route = `/api/v1/${path}`;
    const traits = { query, ...Object.fromEntries(marks.map((mark) => [mark, true])) };
    routes.set(route, { traits, pieces: piecesOf(route) });
  }
  return routes;
}
