import { describe, expect, test } from "vitest";
import { MailcowReplyError } from "../../src/index.ts";
import { answering } from "./call-options.ts";
import { callsOf, type MethodCalls, runOnMock } from "./methods.ts";

/** What a proxy, or another service on this address, may answer with HTTP 200. */
const strange: unknown[] = [{ error: "busy" }, [{ error: "busy" }], [null], null, 5, "busy"];

/** mailcow says `{}` for an empty list too. */
const isList = (body: unknown): boolean => Array.isArray(body) || Object.keys(Object(body)).length === 0;

/**
 * Tests that a method takes no such answer for one of mailcow's, to whichever of its requests. Of `addMany`, which never
 * rejects for an item, that nothing counts as added. Routes that may answer anything are left out by their path.
 */
export function testOddAnswers(calls: MethodCalls, ...except: string[]): void {
  describe("an answer that is none of mailcow's", () => {
    test.each(Object.keys(calls))("%s throws", async (name) => {
      for (const call of callsOf(calls[name])) {
        const { replies } = await runOnMock(call);
        for (const [at, { route, body: told }] of replies.entries()) {
          const isRow = route.startsWith("GET ") && !isList(told);
          for (const body of except.includes(route) ? [] : [...strange, ...(isRow ? [[{ id: 1 }]] : [])]) {
            const { mcc } = answering(replies, at, async () => Response.json(body));
            const outcome = await call.run(mcc).catch((error: unknown) => error);
            const said = `${JSON.stringify(body)} to ${route}`;
            if (name === "addMany") expect(outcome, said).toBeNull();
            else expect(outcome, said).toBeInstanceOf(MailcowReplyError);
          }
        }
      }
    });
  });
}
