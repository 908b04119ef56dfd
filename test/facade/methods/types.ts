import type { MailcowApiClient } from "../../../src/index.ts";

/** A call of a method, with input that fits the examples of the contract. */
export interface MethodCall {
  run: (mcc: MailcowApiClient) => Promise<unknown>;
  /**
   * What is answered in the place of the mock, by route, where a method asks some routes only in certain cases. Each
   * answer is given once, in order; then the mock answers.
   */
  answers?: Readonly<Record<string, readonly { status?: number; body: unknown }[]>>;
}

/** More mailboxes than are read one by one. */
export const many: string[] = Array.from({ length: 12 }, (_, index) => `user${index}@example.com`);

/** No rows. */
export const none = { body: {} };

/** The calls of each method, which together ask all routes that it may ask. */
export type MethodCalls = Record<string, Call | readonly Call[]>;

type Call = MethodCall["run"] | MethodCall;

/** Outcomes of many, or `null`, which fails the test, where one of them was not added. */
export const allAdded = (outcomes: readonly { status: string }[]): object | null =>
  outcomes.every(({ status }) => status === "added") ? outcomes : null;
