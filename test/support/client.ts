import { MailcowApiClient, type MailcowApiOptions } from "../../src/index.ts";
import { type Answer, fetchFrom, json, type LocalServer, type Seen, serve } from "./server.ts";

export const apiKey = "5EC2E7-KEY000-000000-000000-000000";

/**
 * A client of a local server that answers as told: by paths, or whatever a function sends. The client is answered in this
 * process; whoever asks the server by its `url` goes over a connection.
 */
export async function clientOf(
  answers: Record<string, unknown> | ((response: Answer, request: Seen) => void | Promise<void>),
  options: MailcowApiOptions = {},
): Promise<{ mcc: MailcowApiClient; server: LocalServer }> {
  const answer = (response: Answer, request: Seen) => {
    if (typeof answers === "function") return answers(response, request);
    const path = request.path.replace("/api/v1/", "");
    if (path in answers) return json(response, answers[path]);
    json(response, { type: "error", msg: "route not found" }, 404);
  };
  const server = await serve(answer);
  const fetch = fetchFrom(answer, server.seen);
  return { mcc: new MailcowApiClient(server.url, apiKey, { fetch, ...options }), server };
}

/** The bodies that a server was sent, decoded. */
export const bodiesOf = ({ seen }: LocalServer): unknown[] =>
  seen.filter(({ method }) => method === "POST").map(({ body }) => JSON.parse(body));

export const success = (...msg: string[]): object[] => [{ type: "success", log: ["mailbox"], msg }];
export const policy = { length: "6", chars: "0", special_chars: "0", lowerupper: "0", numbers: "0" };
