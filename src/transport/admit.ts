import type { Traits } from "../contract.ts";
import {
  MailcowAuthError,
  type MailcowError,
  MailcowHttpError,
  MailcowReplyError,
  type MailcowRequest,
} from "../errors.ts";
import { answerOf } from "./answer.ts";
import type { Body } from "./body.ts";
import type { Deadline } from "./deadline.ts";
import { hideEchoes } from "./echo.ts";
import { parseJson } from "./json.ts";
import type { Redactor } from "./secrets.ts";

const excerptLength = 2_000;
/** A write of 10,000 items has two entries for each at most. */
const mostEntries = 20_000;

/** What an answer is judged by. */
interface Admission {
  readonly request: MailcowRequest;
  readonly redactor: Redactor;
  /** Of the route, as far as it is known. */
  readonly traits: Traits | undefined;
  readonly maxReplyBytes: number;
  readonly deadline: Deadline;
}

/** A redirect is never followed: it would turn a write into a read, and could carry the key elsewhere. */
export function refuseRedirect(response: Response, request: MailcowRequest, redactor: Redactor, baseUrl: string): void {
  if (response.type !== "opaqueredirect" && (response.status < 300 || response.status > 399)) return;
  const location = response.headers.get("Location") ?? "";
  const target = redactor.excerpt(location || "another address", excerptLength);
  void response.body?.cancel().catch(() => {});
  throw new MailcowHttpError(
    `the server redirects to ${target}, which is not followed: ${adviceOn(location, baseUrl)}`,
    response.status,
    "",
    { request },
  );
}

/** Another host would get the key, were it to become the baseUrl. */
function adviceOn(location: string, baseUrl: string): string {
  try {
    const [target, own] = [new URL(location, baseUrl), new URL(baseUrl)];
    const isSafe = target.protocol === "https:" || own.protocol === "http:";
    if (isSafe && target.hostname === own.hostname && target.origin !== own.origin)
      return `use ${target.origin} as baseUrl`;
  } catch {
    // No address at all.
  }
  return "something in front of mailcow answered, such as a login page; send the key to mailcow itself only";
}

/** Lets only such answers through as the contract describes; all else is an error. */
export function admit(response: Response, body: Body, of: Admission): Response {
  const answer = response.ok ? admitSuccess(response, body, of) : admitRefusal(response, body, of);
  // While a long answer was decoded, no timer could go off.
  of.deadline.check();
  return answer;
}

function admitRefusal(response: Response, { text }: Body, { request, redactor }: Admission): Response {
  const parsed = parseJson(text);
  if (parsed && "data" in parsed && isRefusal(parsed.data)) {
    const data = hideEchoes(parsed.data, redactor);
    return answerOf(response, data, JSON.stringify(data));
  }
  const excerpt = redactor.excerpt(text, excerptLength);
  throw new MailcowHttpError(
    `the server answered HTTP ${response.status} with ${parsed ? "JSON that is not mailcow's" : kindOf(text)}`,
    response.status,
    excerpt,
    { request },
  );
}

function admitSuccess(
  response: Response,
  { text, bytes }: Body,
  { request, redactor, traits = {}, maxReplyBytes }: Admission,
): Response {
  if (text.trim() === "") throw emptyAnswer(request, traits);
  const refuse = (why: string) => new MailcowReplyError(`the server answered ${why}`, { request });
  const json = traits.glued && text.includes("}][{") ? text.slice(0, text.indexOf("}][{") + 2) : text;
  const parsed = parseJson(json, maxReplyBytes);
  // A mail may hold as many brackets and commas as it likes.
  if (!parsed || (traits.text && "excess" in parsed)) {
    if (traits.text) return answerOf(response, text, JSON.stringify(text));
    const page = isPage(text);
    throw refuse(`${kindOf(text)}${page ? "; is baseUrl the address of a mailcow server?" : ", or was cut off"}`);
  }
  if ("excess" in parsed) throw refuse(parsed.excess);
  const { data } = parsed;
  if ((typeof data !== "object" || data === null) && !traits.bare) {
    throw refuse(`a bare ${data === null ? "null" : typeof data}, which mailcow never does here`);
  }
  if (request.method === "GET" && !isRefusal(data)) return answerOf(response, data, text, bytes);
  if (Array.isArray(data) && data.length > mostEntries) throw refuse(`more than ${mostEntries} entries`);
  const safe = hideEchoes(data, redactor);
  return answerOf(response, safe, JSON.stringify(safe));
}

function emptyAnswer(request: MailcowRequest, traits: Traits): MailcowError {
  if (traits.text) {
    return new MailcowReplyError("mailcow returned no text: Postfix is stopped, or no API key reached mailcow", {
      request,
    });
  }
  if (request.method === "GET") {
    return new MailcowAuthError(
      "mailcow returned an empty answer, as it does when no API key reaches it: check that no proxy removes X-API-Key",
      "no-key",
      { request },
    );
  }
  return new MailcowReplyError(
    "mailcow returned an empty answer, as it does when it fails internally; a part may be done, so read it back",
    { request, empty: true },
  );
}

const isPage = (text: string): boolean => text.trimStart().startsWith("<");

function kindOf(text: string): string {
  return isPage(text) ? "an HTML page" : "something that is not JSON";
}

/** Where mailcow says no to a whole call, it is with an object of `type` and `msg`. */
function isRefusal(data: unknown): boolean {
  return typeof (data as { type?: unknown } | null)?.type === "string" && "msg" in (data as object);
}
