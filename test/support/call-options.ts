import { afterEach, describe, expect, test, vi } from "vitest";
import type { CallOptions } from "../../src/core/options.ts";
import { MailcowApiClient, MailcowInputError, MailcowTimeoutError } from "../../src/index.ts";

/** A call of a method that hands on the options that it is given. */
export type OptionsCall = (mcc: MailcowApiClient, options?: CallOptions) => Promise<unknown>;

/** Whether a call takes options. It has to name the parameter without a default, which functions do not count. */
export const takesOptions = (call: (...input: never[]) => unknown): boolean => call.length > 1;

/** What a request was answered. */
export interface Reply {
  readonly route: string;
  readonly status: number;
  readonly body: unknown;
}

/** A call of a method, and how it goes. */
export interface CallToTest {
  readonly title: string;
  readonly run: OptionsCall;
  /** Calls the method without options, and returns what each of its requests was answered, in order. */
  readonly record: () => Promise<readonly Reply[]>;
  /** The same, and returns which fields of the answers it read. */
  readonly reads: () => Promise<ReadonlySet<string>>;
  /** Whether it says of each item what became of it, and so never rejects once something is sent. */
  readonly isMany: boolean;
}

/** Tests that a method hands its options to each of its requests, and refuses those that it does not know. */
export function testCallOptions(calls: readonly CallToTest[]): void {
  if (calls.length === 0) return;
  describe("the options of each method", () => {
    const reason = new Error("the caller's own reason");

    test.each(titled(calls))("%s sends nothing if the signal is already aborted", async (_, { run, isMany }) => {
      const { mcc, sent } = answering([]);
      const { error } = await outcomeOf(run, mcc, { signal: AbortSignal.abort(reason) });
      expectSame(error, isMany ? undefined : reason);
      expect(sent).toEqual([]);
    });

    const single = calls.filter(({ isMany }) => !isMany);
    if (single.length > 0)
      test.each(titled(single))("%s can be aborted during each of its requests", async (_, { run, record }) => {
        const replies = await record();
        expect(replies).not.toEqual([]);
        for (const at of replies.keys()) {
          const controller = new AbortController();
          const { mcc, sent } = answering(replies, at, () => {
            controller.abort(reason);
            return never();
          });
          const { error } = await outcomeOf(run, mcc, { signal: controller.signal });
          expectSame(error, reason);
          expect(sent).toHaveLength(at + 1);
        }
      });

    describe("timeoutMs", () => {
      afterEach(() => void vi.useRealTimers());

      test.each(titled(calls))(
        "%s waits at most timeoutMs for each of its requests",
        async (_, { run, record, isMany }) => {
          const replies = await record();
          expect(replies).not.toEqual([]);
          vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
          for (const at of replies.keys()) {
            const { mcc, sent } = answering(replies, at, () => {
              queueMicrotask(() => vi.advanceTimersByTime(40_000));
              return never();
            });
            const { error } = await outcomeOf(run, mcc, { timeoutMs: 40_000 });
            if (!isMany) expect(error).toBeInstanceOf(MailcowTimeoutError);
            expect(sent.length).toBeGreaterThan(at);
          }
        },
        // A call that forgets its options never ends.
        10_000,
      );
    });

    const wrong: [options: object, says: RegExp][] = [
      [{ timeoutMs: 0 }, /^timeoutMs must be/],
      [{ timeoutMs: Number.NaN }, /^timeoutMs must be/],
      [{ timeoutMs: "1000" }, /^timeoutMs must be/],
      [{ signal: "abort" }, /^signal must be/],
      [{ dryRun: true }, /unknown option "dryRun"/],
      [{ timeout: 1000 }, /unknown option "timeout"; did you mean "timeoutMs"\?/],
    ];
    test.each(titled(calls))(
      "%s refuses wrong options before anything is sent [guard everywhere/options]",
      async (_, { run }) => {
        for (const [options, says] of wrong) {
          const { mcc, sent } = answering([]);
          const { error } = await outcomeOf(run, mcc, options);
          expect(error, JSON.stringify(options)).toBeInstanceOf(MailcowInputError);
          expect((error as Error).message).toMatch(says);
          expect(sent).toEqual([]);
        }
      },
    );
  });
}

const titled = (calls: readonly CallToTest[]) => calls.map((call) => [call.title, call] as const);

/** Expects the very same error, not one like it. */
function expectSame(error: unknown, expected: unknown): void {
  expect(Object.is(error, expected), `${error} is ${expected}`).toBe(true);
}

/** What a call returns or throws. */
async function outcomeOf(
  run: OptionsCall,
  mcc: MailcowApiClient,
  options: CallOptions,
): Promise<{ value?: unknown; error?: unknown }> {
  try {
    return { value: await run(mcc, options) };
  } catch (error) {
    return { error };
  }
}

/** A client whose server answers as it did before, but for the request of this number. */
export function answering(
  replies: readonly Reply[],
  at = -1,
  instead?: () => Promise<Response>,
): { mcc: MailcowApiClient; sent: string[] } {
  const sent: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    const reply = replies[sent.length];
    sent.push(String(input));
    if (instead && sent.length - 1 === at) return instead();
    return Response.json(reply?.body, { status: reply?.status ?? 200 });
  };
  const mcc = new MailcowApiClient("https://mail.example.com", "any-key", { fetch, retries: 0 });
  return { mcc, sent };
}

const never = (): Promise<Response> => new Promise(() => {});
