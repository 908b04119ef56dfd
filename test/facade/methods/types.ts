import type { MailcowApiClient } from "../../../src/index.ts";

/** A call of each method, with input that fits the examples of the contract. */
export type MethodCalls = Record<string, (mcc: MailcowApiClient) => Promise<unknown>>;
