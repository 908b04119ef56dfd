import { describe, expect, test } from "vitest";
import { MailcowApiClient, MailcowError } from "../../src/index.ts";

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

/** Answers nothing to reads and searches, and success to writes. */
const answering: typeof fetch = async (input, init) => {
  if (String(input).includes("/search/")) return Response.json({ recordsTotal: 0, recordsFiltered: 0, data: [] });
  return Response.json(init?.method === "POST" ? [{ type: "success", log: [], msg: ["done"] }] : {});
};

const mcc = new MailcowApiClient("https://mail.example.com", "any-key", { fetch: answering });
const documented = Object.getOwnPropertyNames(MailcowApiClient.prototype)
  .filter((name) => name !== "constructor")
  .map((name) => [name, (mcc as Anything)[name].bind(mcc)]);
const collected = Object.entries(mcc).flatMap(([collection, members]) =>
  collection === "api" ? [] : Object.entries(members).map(([name, method]) => [`${collection}.${name}`, method]),
);

describe("whatever it is given, it answers or throws an error of ours, as a rejection", () => {
  // What is optional may be left out, but is not null.
  const takesOptions = /^logs\.|\.(list|listReduced|iterate)$/;
  test.each([...documented, ...collected] as [string, (...input: unknown[]) => unknown][])(
    "%s",
    async (name, method) => {
      for (const first of takesOptions.test(name) ? junk.filter((value) => value !== null) : junk)
        for (const second of others) {
          const answer = method(first, second) as Promise<unknown> | AsyncGenerator;
          const settled = "next" in answer ? answer.next() : answer;
          expect(settled).toBeInstanceOf(Promise);
          const error = await settled.then(
            () => undefined,
            (reason: unknown) => reason,
          );
          if (error !== undefined && !(error instanceof MailcowError)) throw error;
        }
    },
  );
});
