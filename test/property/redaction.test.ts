import fc from "fast-check";
import { expect, test } from "vitest";
import { leaksIn, writings } from "../support/leaks.ts";
import { places, saidOf } from "../support/repeating.ts";

/** In letters that make no word of an error, so that what is found is the secret. */
const secret = fc
  .tuple(
    fc.constantFrom("Zq7", "ZQ#9", "zq_€"),
    fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: "grapheme" })),
  )
  .map(([start, rest]) => start + rest.replace(/[a-z]/gi, (letter) => "qzXjJ"[letter.charCodeAt(0) % 5] ?? ""));
const ways = Object.keys(writings).filter((way) => way !== "in capitals");
const cases = fc.record({
  secret,
  place: fc.constantFrom(...Object.keys(places)),
  ways: fc.array(fc.constantFrom(...ways), { maxLength: 2 }),
  before: fc.string({ maxLength: 8 }),
});

test("no secret comes back, in any place, under any two layers of encoding", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ secret, place, ways, before }) => {
      // A short one with a line end in it is not there as a whole.
      fc.pre(secret.length > 7 || !ways.includes("over lines"));
      const written = ways.reduce((text, way) => writings[way]?.(text) ?? text, secret);
      const thing = await saidOf(place, `${before} ${written} `, secret);
      const leaks = leaksIn(thing, [secret]);
      if (leaks.length > 0) expect(leaks).toEqual([]);
    }),
    { numRuns: 600 },
  );
});
