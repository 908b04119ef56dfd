import { describe, expect, test } from "vitest";
import { type MailcowApiClient, MailcowReplyError } from "../../src/index.ts";
import { clientOf } from "./client.ts";
import { json } from "./server.ts";

/** What a server of another kind may answer, with HTTP 200. */
export const strange: readonly unknown[] = [{ error: "busy" }, [{ error: "busy" }], [null], [5], null, 5, true, "busy"];

/** Tests that methods throw where the server's answer is none of mailcow's. */
export function testStrangeAnswers(
  calls: Readonly<Record<string, (mcc: MailcowApiClient) => Promise<unknown>>>,
  answers: readonly unknown[] = strange,
): void {
  describe("an answer that mailcow does not give", () => {
    test.each(Object.keys(calls))("%s throws", async (name) => {
      for (const answer of answers) {
        const { mcc, server } = await clientOf((response) => json(response, answer), { retries: 0 });
        const error = await calls[name]?.(mcc).catch((reason: unknown) => reason);
        expect(error, JSON.stringify(answer)).toBeInstanceOf(MailcowReplyError);
        expect(server.seen).toHaveLength(1);
      }
    });
  });
}
