import { expect } from "vitest";
import { MailcowRejectedError } from "../../src/index.ts";

/** The refusal of mailcow's that a call throws. */
export async function rejectionOf(call: Promise<unknown>): Promise<MailcowRejectedError> {
  const error = await call.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MailcowRejectedError);
  return error as MailcowRejectedError;
}
