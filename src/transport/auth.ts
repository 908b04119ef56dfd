import { MailcowAuthError, type MailcowRequest } from "../errors.ts";
import { textOf } from "../sentence.ts";

/** Why mailcow refuses the key, if it does. */
export function authErrorOf(
  status: number,
  error: unknown,
  request: MailcowRequest | undefined,
): MailcowAuthError | undefined {
  const msg = msgOf(error);
  const auth = (message: string, reason: MailcowAuthError["reason"]) =>
    new MailcowAuthError(message, reason, { request });
  if (status === 401 && msg.startsWith("api access denied for ip")) {
    return auth(
      `mailcow does not accept this key from here (${msg}): add the address to the API's allow list`,
      "ip-not-allowed",
    );
  }
  if (status === 401)
    return auth(
      "mailcow does not know this API key, or its API is switched off: check the key in the admin's settings",
      "invalid-key",
    );
  if (status === 403 && msg === "API read/write access denied") {
    return auth("this API key may only read: use the read-write key", "read-only-key");
  }
  if (status === 403)
    return auth(`no API key reached mailcow (${msg}): check that no proxy removes X-API-Key`, "no-key");
  return undefined;
}

/** The message that mailcow sends with an HTTP status. */
export const msgOf = (error: unknown): string => textOf((error as { msg?: unknown } | undefined)?.msg);
