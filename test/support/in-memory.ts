import { MailcowApiClient } from "../../src/index.ts";
import { createMailcow, type Mailcow } from "../../src/testing/index.ts";

/** A mailcow in memory, with a client that talks to it, and `post` for what no client would send. */
export function inMemory(options?: Parameters<typeof createMailcow>[0]): {
  mailcow: Mailcow;
  mcc: MailcowApiClient;
  post: (route: string, body: unknown) => Promise<unknown>;
} {
  const mailcow = createMailcow(options);
  const url = "https://mail.example.com";
  const post = async (route: string, body: unknown): Promise<unknown> => {
    const response = await mailcow.fetch(`${url}/api/v1/${route}`, {
      method: "POST",
      headers: { "x-api-key": mailcow.apiKey, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return text === "" ? "" : JSON.parse(text);
  };
  return { mailcow, mcc: new MailcowApiClient(url, mailcow.apiKey, { fetch: mailcow.fetch }), post };
}

/** The codes of an answer, with what they name. */
export const codesIn = (said: unknown): unknown[] => (said as { msg: unknown }[]).map(({ msg }) => msg);
