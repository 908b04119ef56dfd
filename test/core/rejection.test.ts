import { readdirSync, readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAbout, meaningsIn, meaningsOf, refusalsOf } from "../../scripts/lib/codes.ts";
import { type Exchange, readRecordings, routeOf } from "../../scripts/lib/conformance/recordings.ts";
import type { Document } from "../../scripts/lib/facts.ts";
import { files } from "../../scripts/lib/files.ts";
import { topicsOf } from "../../scripts/lib/topics.ts";
import type { ActionResult, Meanings, Route } from "../../src/contract.ts";
import { perPart } from "../../src/core/each.ts";
import { isMailcowError, MailcowInputError, MailcowRejectedError } from "../../src/errors.ts";
import { explained } from "../../src/meaning.ts";
import { filled } from "../../src/sentence.ts";
import { resultsOf } from "../../src/transport/reply.ts";
import { rejectionOf } from "../support/refusals.ts";

const contract: Document = JSON.parse(readFileSync(files.contract, "utf8"));
const topics = topicsOf(contract);
const operations = [...topics.operations.values()].flat();
const names = readdirSync("src/generated/routes");
const tables: Record<string, Route<never, unknown>>[] = await Promise.all(
  names.map((name) => import(`../../src/generated/routes/${name}`)),
);
const routes = new Map(
  tables.flatMap((table) => Object.values(table)).map((route) => [`${route.method} ${route.path}`, route]),
);
const recordings = (await readRecordings(files.recordings)).filter(
  ({ request, response }) => request.method === "POST" && response.status === 200 && response.body,
);

/** What a call with this answer does. */
async function answered(exchange: Exchange): Promise<unknown> {
  const { request, response } = exchange;
  const answer = { data: response.body, response: Response.json(response.body) };
  const results = async () => resultsOf(answer, routes.get(routeOf(exchange)));
  const { items = request.body } = (request.body ?? {}) as { items?: unknown };
  return Array.isArray(items) && items.length > 0 ? perPart(items as string[], results, items.length) : results();
}

describe("the message of a refusal", () => {
  const table = readFileSync("test/core/rejections.txt", "utf8")
    .trim()
    .split(/\n(?! )/);
  const recorded = new Map(recordings.map((exchange) => [`${exchange.file}: ${exchange.name}`, exchange]));

  test.each(table.map((entry) => entry.split("\n  ") as [string, string]))("%s", async (name, message) => {
    expect((await rejectionOf(answered(recorded.get(name) as Exchange))).message).toBe(message);
  });

  test("explains every recorded refusal, on one line", async () => {
    let count = 0;
    for (const exchange of recordings) {
      const error = await answered(exchange).catch((reason: unknown) => reason);
      if (!(error instanceof MailcowRejectedError)) continue;
      count++;
      for (const { category, cause, cure } of error.failures) {
        expect(category, exchange.name).not.toBe("unknown");
        expect(`${cause} ${cure}`, exchange.name).not.toMatch(/\{\d\}|undefined|\bnull\b(?!@)|object Object/);
      }
      expect(error.message, exchange.name).toMatch(/^[\w/{}-]+ refused[^\n]+$/);
    }
    expect(count).toBeGreaterThan(500);
  });

  const failed = (id: string | number | undefined, code = "access_denied", ...args: unknown[]): ActionResult => ({
    ...explained({ type: "danger", msg: [code, ...args], code }),
    ...(id !== undefined && { id }),
  });
  const done = (id?: string): ActionResult => ({ type: "success", msg: "done", code: "done", ...(id && { id }) });

  test("names a few items, and how many more there are", () => {
    const results = Array.from({ length: 102 }, (_, id) => failed(id));
    const { message } = new MailcowRejectedError([...results, ...results.map(({ id }) => done(`x${id}`))]);
    expect(message).toMatch(/^mailcow refused for 0, 1, 2, 3, 4 and 97 more: the key .*; done for x0, .* and 97 more$/);
  });

  test("says a code and its cure once, and each cause with its items", () => {
    const results = [
      failed("a", "is_alias", "x@b.c"),
      failed("b", "is_alias", "y@b.c"),
      failed("c", "is_alias", "x@b.c"),
    ];
    expect(new MailcowRejectedError(results, { route: "add/mailbox" }).message).toBe(
      "add/mailbox refused for a, c: x@b.c is an alias; for b: y@b.c is an alias (is_alias): delete the alias first, or choose another address",
    );
  });

  test("mentions what was done to a refused item, without calling the item done", () => {
    const { message } = new MailcowRejectedError([failed("a"), done("a"), done("b")]);
    expect(message).toMatch(/; done for b; mailcow also says done$/);
  });

  test("shows a name in an argument without HTML escaping", () => {
    expect(failed(undefined, "is_alias", "o&#039;brien@example.com")).toMatchObject({
      cause: "o'brien@example.com is an alias",
    });
  });

  test("does not show the arguments of an unknown code", () => {
    const error = new MailcowRejectedError([failed("a", "brand_new", "hunter2")], { route: "add/mailbox" });
    expect(error).toMatchObject({ category: "unknown", codes: ["brand_new"], failures: [{ category: "unknown" }] });
    expect(error.message).toBe(
      "add/mailbox refused for a: mailcow gives a reason that this library does not know (brand_new): look at msg in failures",
    );
  });

  test("is never longer than 2,000 characters, on one line", () => {
    const long = fc.string({ unit: "binary", maxLength: 3_000 });
    const msg = fc.tuple(fc.oneof(fc.constantFrom(...Object.keys(meaningsOf(contract))), long), long, long);
    const entry = fc.record({
      type: fc.constantFrom("danger", "success"),
      msg,
      id: fc.option(long, { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 60 }), (entries) => {
        const results = entries.map(({ type, msg, id }) =>
          explained({ type, msg, code: msg[0], ...(id !== undefined && { id }) }),
        );
        const { message } = new MailcowRejectedError(results, { route: "delete/mailbox/tag/{mailbox}" });
        expect(message.length).toBeLessThanOrEqual(2_000);
        expect(message).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 300 },
    );
  });
});

describe("sentences", () => {
  test.each([
    [["500"], "at most 500 MiB"],
    [[500], "at most 500 MiB"],
    [[0], "at most 0 MiB"],
    [[], "less than that"],
    [[""], "less than that"],
    [[null], "less than that"],
    [[{ errorInfo: ["22001", 1406, "too long"] }], "at most too long MiB"],
    [["{1} [a|b]"], "at most {1} [a|b] MiB"],
  ])("are complete with the arguments %j", (args, text) => {
    expect(filled("[at most {1} MiB|less than that]", args)).toBe(text);
  });

  test("exist for every code with which mailcow refuses, and for no other", () => {
    const general = meaningsOf(contract);
    const used = new Set<string>();
    const missing: string[] = [];
    const strange: string[] = [];
    for (const described of operations) {
      const { topic, own } = meaningsIn(described, contract);
      const refusals = refusalsOf(described, topics);
      const about = (table: Meanings, says: string) => Object.keys(table).filter((key) => isAbout(key, says));
      for (const { says, isWarning } of refusals) {
        const keys = [own, topic, general].flatMap((table) => about(table, says));
        if (keys.length === 0 && !isWarning) missing.push(`${described.id}: ${says}`);
        for (const key of about(general, says)) used.add(key);
      }
      for (const key of Object.keys(own))
        if (!refusals.some(({ says }) => isAbout(key, says))) strange.push(`${described.id}: ${key}`);
    }
    expect(missing).toEqual([]);
    expect([...strange, ...Object.keys(general).filter((key) => !used.has(key))]).toEqual([]);
  });

  test("of a topic explain only codes of that topic", () => {
    for (const described of topics.operations.values()) {
      const says = described.flatMap((each) => refusalsOf(each, topics));
      for (const key of Object.keys(described[0] ? meaningsIn(described[0], contract).topic : {}))
        expect(
          says.some((refusal) => isAbout(key, refusal.says)),
          `${described[0]?.route}: ${key}`,
        ).toBe(true);
    }
  });

  test("name only fields that exist", () => {
    const text = JSON.stringify(contract["components"]);
    const tables = [meaningsOf(contract), ...operations.flatMap((each) => Object.values(meaningsIn(each, contract)))];
    const words = tables.flatMap((table) =>
      Object.values(table).flatMap(
        ({ cause, cure }) => `${cause} ${cure}`.match(/\b[a-z]+(_[a-z0-9]+)+\b(?!\.map)/g) ?? [],
      ),
    );
    expect(words.length).toBeGreaterThan(50);
    expect(words.filter((word) => !text.includes(`"${word}"`))).toEqual([]);
  });
});

describe("isMailcowError", () => {
  test("recognizes the errors of this library, of another copy of it, and of another realm", async () => {
    const copy: typeof import("../../src/errors.ts") = await import(`../../src/errors.ts?${"copy"}`);
    const other = new copy.MailcowInputError("x");
    expect(other).not.toBeInstanceOf(MailcowInputError);
    const foreign = runInNewContext(
      'Object.defineProperty(new TypeError("x"), Symbol.for("mailcow-client.error"), { value: true })',
    );
    for (const error of [new MailcowInputError("x"), other, foreign]) expect(isMailcowError(error)).toBe(true);
  });

  test.each([[new Error("x")], [{ kind: "input", name: "MailcowInputError" }], [null], [undefined], ["x"], [() => {}]])(
    "is false for %j",
    (value) => {
      expect(isMailcowError(value)).toBe(false);
    },
  );
});
