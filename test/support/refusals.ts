import { expect } from "vitest";
import { type MailcowApiClient, MailcowInputError, MailcowRejectedError } from "../../src/index.ts";
import { bodiesOf, clientOf } from "./client.ts";

/**
 * Expects that a call is refused, with words that match, before anything is sent. With the answers of reads it may read
 * first, and only writes nothing.
 */
export async function expectRefused(
  call: (mcc: MailcowApiClient) => Promise<unknown>,
  words: RegExp,
  reads?: Record<string, unknown>,
): Promise<void> {
  const { mcc, server } = await clientOf(reads ?? {});
  const error = await Promise.resolve()
    .then(() => call(mcc))
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MailcowInputError);
  expect((error as Error).message).toMatch(words);
  expect(reads ? bodiesOf(server) : server.seen).toEqual([]);
}

/** Expects that a call asks for nothing, and so returns none without sending anything. */
export async function expectNone(call: (mcc: MailcowApiClient) => Promise<unknown>): Promise<void> {
  const { mcc, server } = await clientOf({});
  expect(await call(mcc)).toEqual([]);
  expect(server.seen).toEqual([]);
}

/** What a call throws that mailcow rejects. */
export async function rejectionOf(call: Promise<unknown>): Promise<MailcowRejectedError> {
  const error = await call.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MailcowRejectedError);
  return error as MailcowRejectedError;
}
