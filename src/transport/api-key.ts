import { MailcowInputError } from "../errors.ts";

/** Refuses a key that can't be sent in a header. The message never repeats it. */
export function checkApiKey(input: unknown): string {
  if (typeof input !== "string" || input === "") {
    throw new MailcowInputError(
      "apiKey is missing: expected the key that mailcow shows under API in the admin's settings",
    );
  }
  if (!/^[\x21-\x7e]+$/.test(input)) {
    throw new MailcowInputError(
      "apiKey has characters that are not allowed there: expected ASCII letters, digits and hyphens, without blanks or line ends",
    );
  }
  return input;
}
