import { afterAll, expect, test } from "vitest";
import { MailcowApiClient, MailcowError } from "../../src/index.ts";
import { everyMethod } from "../support/methods.ts";
import { odd } from "../support/odd-answers.ts";

const items = ["ann@example.com", "example.com", "192.0.2.1", 7];
const inputs: readonly unknown[][] = [
  [],
  ...items.flatMap((id) => [[id], [id, { active: 1 }], [id, "wl"], [[id], { domain: "example.com" }]]),
  [{ domain: "example.com" }],
  [{ domain: "example.com", local_part: "ann", quota: 5, password: "secret-1" }],
  [{ address: "info@example.com", goto: "ann@example.com" }],
  [{ mailbox: "ann@example.com" }],
  [{ username: "ann@example.com", app_name: "phone", protocols: ["imap_access"] }],
];

let answer: unknown;
let requests = 0;
const fetch: typeof globalThis.fetch = async () => {
  requests += 1;
  return Response.json(answer);
};
const mcc = new MailcowApiClient("https://mail.example.com", "any-key", { fetch });

let cells = 0;
afterAll(() => console.log(`odd answers: ${cells} cells, each ended as it should`));

test.each(everyMethod(mcc).filter(([name]) => name !== "fromEnv"))(
  "%s ends, and rejects only with errors of this library, for any input and answer",
  async (_, method) => {
    for (answer of odd) {
      for (const input of inputs) {
        requests = 0;
        const outcome = method(...input) as Promise<unknown> | AsyncGenerator;
        const error = await ("next" in outcome ? outcome.next() : outcome).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (error !== undefined && !(error instanceof MailcowError)) throw error;
        cells += 1;
        expect(requests, JSON.stringify(answer).slice(0, 200)).toBeLessThan(30);
      }
    }
    expect(odd.length).toBeGreaterThanOrEqual(25);
  },
);
