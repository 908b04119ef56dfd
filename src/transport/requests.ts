import type { MailcowRequest } from "../errors.ts";

const requests = new WeakMap<Response, MailcowRequest>();

/** Notes which call a response answers, so that an error found later can say so. */
export function rememberRequest(response: Response, request: MailcowRequest): Response {
  requests.set(response, request);
  return response;
}

export function requestOf(response: Response): MailcowRequest | undefined {
  return requests.get(response);
}
