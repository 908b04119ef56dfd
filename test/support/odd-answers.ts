import { describe, expect, test } from "vitest";
import { MailcowError } from "../../src/index.ts";
import { answering, type CallToTest, type Reply } from "./call-options.ts";
import { strange } from "./strange-answers.ts";

const row = {
  ...{ id: 1, username: "ann@example.com", mailbox: "ann@example.com", domain_name: "example.com", host: "192.0.2.1" },
  ...{ attributes: null, tags: null, goto: null, name: null, quota: null, active: "yes", policy: 5, networks: {} },
};

/** What a broken server may say with HTTP 200, some of it of the right outer shape. */
export const odd: readonly unknown[] = [
  ...[{}, [], [{}], [{}, {}], [[]], [null], null, 5, "busy", true, { error: "busy" }, [{ id: null, username: null }]],
  ...[row, [row], [{ ...row, id: {}, username: [], mailbox: 5 }], { ...row, attributes: [], tags: 5, quota: "x" }],
  ...[
    { data: [] },
    { data: [row], recordsFiltered: -1 },
    { data: [{}], recordsFiltered: 1e15 },
    { recordsFiltered: 3 },
  ],
  [{ type: "danger", msg: ["access_denied"] }],
  ...[[{ type: "success", msg: "x" }], [{ type: "success" }], [{ type: "success", msg: [] }]],
  ...[[{ type: "success", msg: [null, {}, []] }], [{ type: 5, msg: "x" }], [{ type: "success", msg: {} }]],
  [{ ...row, username: "a".repeat(70_000), policy: "x".repeat(70_000) }],
];

/** The usual answer, each time with one field of its rows that is read of another kind. */
function* oddFieldsOf({ route, body }: Reply, reads: ReadonlySet<string>): Generator<[field: string, odd: unknown]> {
  const first: unknown = [body].flat()[0];
  if (typeof first !== "object" || first === null || "msg" in first) return;
  for (const [field, usual] of Object.entries(first)) {
    if (!reads.has(`${route}: ${field}`)) continue;
    const row = { ...first, [field]: typeof usual === "object" && usual !== null ? "x" : {} };
    yield [field, Array.isArray(body) ? [row] : row];
  }
}

/** Those that no other test sends in this place. */
const others = odd.filter((body) => !strange.some((other) => JSON.stringify(other) === JSON.stringify(body)));

/** More requests than any method makes in vain. */
const most = 30;

/**
 * Tests that a method with its own valid input ends, and rejects only with errors of this library that say what is wrong
 * with the answer, whatever one of its requests is answered.
 */
export function testOddAnswers(calls: readonly CallToTest[]): void {
  describe("an odd answer", () => {
    test.each(calls.map((call) => [call.title, call] as const))(
      "%s ends",
      async (title, { run, record, reads, isMany }) => {
        const [replies, read] = [await record(), await reads()];
        const isFirst = ({ route }: Reply, at: number) => replies.findIndex((reply) => reply.route === route) === at;
        for (const [at, reply] of replies.entries()) {
          if (!isFirst(reply, at)) continue;
          for (const body of others) await endOf(run, replies, at, body);
          // What becomes of an item of many is in its outcome, and a release that the server does not tell is the newest.
          const isTold = !isMany && (title === "version" || !reply.route.endsWith("/status/version"));
          for (const [field, body] of oddFieldsOf(reply, read)) {
            const error = await endOf(run, replies, at, body);
            if (isTold)
              expect(String(error), `${field} of ${reply.route}`).toContain(`: ${field} is not what it should be`);
          }
        }
      },
    );
  });
}

/** How a call ends whose request of this number is answered so. */
async function endOf(run: CallToTest["run"], replies: readonly Reply[], at: number, body: unknown): Promise<unknown> {
  const { mcc, sent } = answering(replies, at, async () => Response.json(body));
  const error: unknown = await run(mcc).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const said = `${JSON.stringify(body)?.slice(0, 300)} to ${replies[at]?.route}`;
  if (error !== undefined) expect(error, said).toBeInstanceOf(MailcowError);
  // That would be the last resort, which names no field.
  expect(String(error), said).not.toMatch(/: the (input|server's answer) can't be read$/);
  expect(sent.length, said).toBeLessThan(replies.length + most);
  return error;
}
