import { expect, test } from "vitest";
import { MailcowApiClient, MailcowError } from "../../src/index.ts";
import { everyMethod } from "../support/methods.ts";

/** Lists that pass for lists: rows without their fields, and entries in the place of rows. */
const odd = [[{}], [{}, {}], [{ type: "danger", msg: ["access_denied"] }], [{ type: "success", msg: "x" }]];
const inputs = ["ann@example.com", "example.com", 7, { domain: "example.com" }, { mailbox: "ann@example.com" }];

test.each(everyMethod(new MailcowApiClient("https://mail.example.com", "any-key")))(
  "%s rejects with an error of ours, or not at all, whatever the rows of a list are",
  async (name) => {
    for (const rows of odd)
      for (const input of inputs) {
        const fetch: typeof globalThis.fetch = async () => Response.json(rows);
        const mcc = new MailcowApiClient("https://mail.example.com", "any-key", { fetch });
        const [, method] = everyMethod(mcc).find(([other]) => other === name) ?? [];
        const answer = method?.(input, { active: 1 }) as Promise<unknown> | AsyncGenerator;
        const error = await ("next" in answer ? answer.next() : answer).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (error !== undefined && !(error instanceof MailcowError)) throw error;
      }
    expect(odd.length).toBeGreaterThan(0);
  },
);
