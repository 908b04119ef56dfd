import fc from "fast-check";
import { expect, test } from "vitest";
import { createMailcowClient } from "../../src/client.ts";
import { MailcowInputError } from "../../src/errors.ts";
import { asMailcowReads } from "../support/as-mailcow-reads.ts";

const numRuns = 10_000;
const sent: string[] = [];
const api = createMailcowClient({
  baseUrl: "https://mail.example.com",
  apiKey: "5EC2E7-KEY000-000000-000000-000000",
  fetch: async (input) => {
    sent.push(String(input));
    return Response.json([]);
  },
});

const tricks = [
  ...[
    "..",
    ".",
    "/",
    "//",
    "\\",
    "%2e",
    "%2E%2e",
    "%252E",
    "%2f",
    "%252F",
    "%5c",
    "&",
    "%26",
    "%2526",
    "query=",
    "?",
    "#",
  ],
  ...[
    "%",
    "%25",
    "%zz",
    "%2580",
    "+",
    " ",
    "\n",
    "\0",
    "%00",
    ";",
    "ü",
    "\ud800",
    "{id}",
    "@",
    ",",
    ":",
    "~",
    "delete",
    "get",
    "all",
  ],
];
const piece = fc.oneof(fc.constantFrom(...tricks), fc.stringMatching(/^[a-z0-9._-]{1,4}$/));
const paths = fc
  .tuple(fc.constantFrom("/api/v1/get/", "/api/v1/", "/", ""), fc.array(piece, { minLength: 1, maxLength: 6 }))
  .map(([start, pieces]) => start + pieces.join(""));

test("any path is refused, or is read by mailcow as it is written", async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(paths, async (path) => {
      sent.length = 0;
      const error = await api.GET(path as "/api/v1/get/domain/all").then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error !== undefined) {
        refused += 1;
        if (!(error instanceof MailcowInputError) || sent.length > 0) throw error;
        return;
      }
      const url = new URL(sent[0] ?? "");
      const [, ...segments] = path.split("/").map((segment) => decodeURIComponent(decodeURIComponent(segment)));
      expect(url.href).toBe(`https://mail.example.com${path}`);
      const read = asMailcowReads(url.pathname);
      // Outside of the API, mailcow has no routes.
      if (read) expect(read).toEqual({ route: segments.slice(2), others: [] });
    }),
    { numRuns, examples: tricks.map((trick): [string] => [`/api/v1/get/mailbox/${trick}`]) },
  );
  expect(Math.min(refused, numRuns - refused)).toBeGreaterThan(numRuns / 20);
});
