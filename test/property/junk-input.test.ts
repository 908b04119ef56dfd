import { expect, test } from "vitest";
import { MailcowApiClient, MailcowError, MailcowInputError } from "../../src/index.ts";
import { everyMethod } from "../support/methods.ts";

// biome-ignore lint/suspicious/noExplicitAny: what JavaScript callers may pass
type Anything = any;

const junk: Anything[] = [
  undefined,
  null,
  true,
  5,
  Number.NaN,
  "",
  "x",
  "a b@c,d",
  {},
  { id: 1, domain: 5, username: null, items: "x", tags: {} },
  [],
  [null],
  [undefined, 5],
  [{}],
  () => 1,
  new Date(0),
  10n,
];
const others: Anything[] = [undefined, {}, ["ann@example.com"], "ann@example.com", 1];

let writes = 0;
/** Answers nothing to reads and searches, and success to writes, which it counts. */
const answering: typeof fetch = async (input, init) => {
  if (String(input).includes("/search/")) return Response.json({ recordsTotal: 0, recordsFiltered: 0, data: [] });
  if (init?.method !== "POST") return Response.json({});
  writes += 1;
  return Response.json([{ type: "success", log: [], msg: ["done"] }]);
};

const mcc = new MailcowApiClient("https://mail.example.com", "any-key", { fetch: answering });

test.each(everyMethod(mcc))("%s: rejects only with errors of this library, for any input", async (_, method) => {
  for (const first of junk)
    for (const second of others) {
      writes = 0;
      const answer = method(first, second) as Promise<unknown> | AsyncGenerator;
      const settled = "next" in answer ? answer.next() : answer;
      expect(settled).toBeInstanceOf(Promise);
      const error = await settled.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error !== undefined && !(error instanceof MailcowError)) throw error;
      // "Nothing was sent" has to be true.
      if (error instanceof MailcowInputError) expect(writes, `writes before: ${error.message}`).toBe(0);
    }
});

test("finds methods to test", () => {
  expect(everyMethod(mcc).length).toBeGreaterThan(200);
});
