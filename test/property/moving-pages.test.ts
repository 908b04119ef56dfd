import fc from "fast-check";
import { expect, test } from "vitest";
import { pages as rowsOfPages } from "../../src/facade/pages.ts";
import { MailcowApiClient } from "../../src/index.ts";

/** What happens to the rows between two pages: names that come and names that go. */
interface Move {
  readonly added: readonly number[];
  readonly deleted: readonly number[];
}

const numbers = (least: number, most: number) => fc.uniqueArray(fc.nat(99), { minLength: least, maxLength: most });
const move: fc.Arbitrary<Move> = fc.record({ added: numbers(0, 20), deleted: numbers(0, 20) });
const nameOf = (number: number): string => `u${String(number).padStart(2, "0")}@example.com`;

/** A server that holds rows in order, and changes them before every page but the first. */
function serverOf(names: readonly number[], moves: readonly Move[], descending: boolean) {
  const rows = new Set(names);
  const ever = new Set(names);
  const always = new Set(names);
  let pages = 0;
  const fetch = async (_: unknown, init?: RequestInit) => {
    const { added, deleted } = (pages > 0 && moves[pages - 1]) || { added: [], deleted: [] };
    pages += 1;
    for (const name of deleted) rows.delete(name) && always.delete(name);
    for (const name of added) rows.add(name) && ever.add(name);
    const sorted = [...rows].sort((a, b) => (descending ? b - a : a - b)).map((name) => ({ username: nameOf(name) }));
    const { start, length } = JSON.parse(String(init?.body));
    return Response.json({ recordsFiltered: rows.size, data: sorted.slice(start, start + length) });
  };
  return { fetch: fetch as typeof globalThis.fetch, ever, always, pages: () => pages };
}

test("iterate misses no row that exists all the time, and yields none twice", async () => {
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(
      numbers(10, 70),
      fc.array(move, { minLength: 2, maxLength: 12 }),
      fc.integer({ min: 1, max: 12 }),
      fc.boolean(),
      async (names, moves, pageSize, descending) => {
        const { fetch, ever, always, pages } = serverOf(names, moves, descending);
        const mcc = new MailcowApiClient("https://mail.example.com", "any-key", { fetch });
        const seen: string[] = [];
        for await (const { username } of mcc.mailboxes.iterate({ pageSize, descending })) seen.push(username);
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((name) => ![...ever].some((number) => nameOf(number) === name))).toEqual([]);
        expect([...always].map(nameOf).filter((name) => !seen.includes(name))).toEqual([]);
        moved += Math.min(pages() - 1, moves.length);
      },
    ),
    { numRuns: 1_000 },
  );
  expect(moved).toBeGreaterThan(3_000);
});

test("pages that are read four at a time miss no row that exists all the time, and none comes twice", async () => {
  await fc.assert(
    fc.asyncProperty(
      numbers(10, 70),
      fc.array(move, { minLength: 2, maxLength: 12 }),
      fc.integer({ min: 1, max: 12 }),
      async (names, moves, size) => {
        const { fetch, ever, always } = serverOf(names, moves, false);
        const read = async (start: number, length: number) =>
          (await fetch("", { body: JSON.stringify({ start, length }) })).json();
        const idOf = ({ username }: { username: string }) => username;
        const seen: string[] = [];
        const rows = rowsOfPages<{ username: string }>(await read(0, size), { read, size, ahead: 4, idOf });
        for await (const { username } of rows) seen.push(username);
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((name) => ![...ever].some((number) => nameOf(number) === name))).toEqual([]);
        expect([...always].map(nameOf).filter((name) => !seen.includes(name))).toEqual([]);
      },
    ),
    { numRuns: 1_000 },
  );
});
