import type { MailcowApiClient } from "../../../src/index.ts";

/** A call of each method, with input that fits the examples of the contract. */
export type MethodCalls = Record<string, (mcc: MailcowApiClient) => Promise<unknown>>;

/** Outcomes of many, or `null`, which fails the test, where one of them was not added. */
export const allAdded = (outcomes: readonly { status: string }[]): object | null =>
  outcomes.every(({ status }) => status === "added") ? outcomes : null;
