import { expect, test } from "vitest";
import { MailcowApiClient, MailcowError } from "../../src/index.ts";
import { everyMethod } from "../support/methods.ts";

/** Lists that pass for lists: rows without their fields, and entries in the place of rows. */
const odd = [[{}], [{}, {}], [{ type: "danger", msg: ["access_denied"] }], [{ type: "success", msg: "x" }]];
const inputs = ["ann@example.com", "example.com", 7, { domain: "example.com" }, { mailbox: "ann@example.com" }];

let answer: object[] = [];
const fetch: typeof globalThis.fetch = async () => Response.json(answer);
const mcc = new MailcowApiClient("https://mail.example.com", "any-key", { fetch });

test.each(everyMethod(mcc))(
  "%s rejects with an error of ours, or not at all, whatever the rows of a list are",
  async (_, method) => {
    for (const rows of odd)
      for (const input of inputs) {
        answer = rows;
        const outcome = method(input, { active: 1 }) as Promise<unknown> | AsyncGenerator;
        const error = await ("next" in outcome ? outcome.next() : outcome).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (error !== undefined && !(error instanceof MailcowError)) throw error;
      }
    expect(odd.length).toBeGreaterThan(0);
  },
);
