import { expect } from "vitest";
import { type MailcowApiClient, MailcowInputError } from "../../src/index.ts";
import { clientOf } from "./client.ts";

/** Expects that a call is refused with these words before anything is sent. */
export async function expectRefusedInput(
  call: (mcc: MailcowApiClient) => Promise<unknown>,
  words: RegExp,
): Promise<void> {
  const { mcc, server } = await clientOf({});
  const error = await call(mcc).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MailcowInputError);
  expect((error as Error).message).toMatch(words);
  expect(server.seen).toEqual([]);
}
