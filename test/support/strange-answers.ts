import { describe, expect, test } from "vitest";
import { MailcowReplyError } from "../../src/index.ts";
import { answering, type CallToTest, type Reply } from "./call-options.ts";
import { validator } from "./mock.ts";

/** What a proxy, or another service at this address, may return with HTTP 200. */
export const strange: readonly unknown[] = [
  { error: "busy" },
  [{ error: "busy" }],
  [null],
  [5],
  ["busy"],
  null,
  5,
  true,
  "busy",
];

/** Whether the contract has such an answer for a route. */
function isAnswer(route: string, body: unknown): boolean {
  const [method = "", path = ""] = route.split(" ");
  const place = ["paths", path, method.toLowerCase(), "responses", "200", "content", "application/json", "schema"];
  return validator.accepts(body, place);
}

/**
 * The strange answers to a request whose usual answer is known. A list is strange where a row is expected; where any
 * text is expected, no text is.
 */
function strangeFor({ route, body: usual }: Reply): unknown[] {
  const isRow = route.startsWith("GET ") && !Array.isArray(usual) && Object.keys(Object(usual)).length > 0;
  const bodies = [...strange, ...(isRow ? [[{ id: 1 }], [usual]] : [])];
  const isText = (body: unknown) => typeof body === "string";
  return bodies.filter((body) => !isAnswer(route, body) && !(isText(usual) && isText(body)));
}

/**
 * Tests that a method throws where any of its requests gets an answer that mailcow does not give, and sends no write
 * after it, and nothing at all once it has thrown. Of `addMany`, which never rejects for an item, that nothing counts as added.
 */
export function testStrangeAnswers(calls: readonly CallToTest[]): void {
  describe("an answer that mailcow does not send", () => {
    const cases = calls.map((call) => [call.title, call.isMany ? "counts as a failure" : "throws", call] as const);
    test.each(cases)("%s: %s", async (title, __, { run, record, isMany }) => {
      const replies = await record();
      for (const [at, reply] of replies.entries()) {
        // A proxy may hide it: the server is taken for the newest then.
        if (reply.route === "GET /api/v1/get/status/version" && title !== "version") continue;
        for (const body of strangeFor(reply)) {
          const { mcc, sent } = answering(replies, at, async () => Response.json(body));
          const outcome = await run(mcc).catch((error: unknown) => error);
          const said = `${JSON.stringify(body)} to ${reply.route}`;
          if (isMany) expect(outcome, said).toBeNull();
          else expect(outcome, said).toBeInstanceOf(MailcowReplyError);
          const isWrite = (url: string) => !/\/api\/v1\/(get|search)\//.test(url);
          expect(sent.slice(at + 1).filter(isWrite), said).toEqual([]);
          const count = sent.length;
          await new Promise(setImmediate);
          expect(sent.slice(count), `after it has thrown: ${said}`).toEqual([]);
        }
      }
    });
  });
}
