import { MailcowAuthError, type MailcowError, MailcowHttpError, MailcowReplyError } from "../errors.ts";
import type { Call } from "./call.ts";
import { hideEchoes } from "./echo.ts";
import { parseJson } from "./json.ts";
import { isOk, isRedirect, Received } from "./received.ts";
import type { Body } from "./reception.ts";
import type { Head } from "./wires/wire.ts";

const excerptLength = 2_000;
/** A write of 10,000 items returns at most two entries for each. */
const mostEntries = 20_000;

/** A redirect is never followed: it would turn a write into a read, and could carry the key elsewhere. */
function redirect({ status, headers }: Head, { request, redactor, sender }: Call): MailcowHttpError {
  const location = headers.get("Location") ?? "";
  const target = redactor.excerpt(location || "another address", excerptLength);
  const says = `the server redirects to ${target}, which is not followed: ${adviceOn(location, sender.baseUrl)}`;
  return new MailcowHttpError(says, status, "", { request });
}

/** If another host became the baseUrl, it would get the key. */
function adviceOn(location: string, baseUrl: string): string {
  try {
    const [target, own] = [new URL(location, baseUrl), new URL(baseUrl)];
    const isSafe = target.protocol === "https:" || own.protocol === "http:";
    if (isSafe && target.hostname === own.hostname && target.origin !== own.origin)
      return `use ${target.origin} as baseUrl`;
  } catch {
    // Not an address.
  }
  return "something in front of mailcow answered, such as a login page; send the key to mailcow itself only";
}

/** Accepts only answers that the contract describes; everything else is an error. */
export function admit(head: Head, body: Body, call: Call): Received {
  if (isRedirect(head.status)) throw redirect(head, call);
  const answer = isOk(head.status) ? admitSuccess(head, body, call) : admitRefusal(head, body, call);
  // No timer can fire while a long answer is decoded.
  call.deadline.check();
  return answer;
}

function admitRefusal(head: Head, { text }: Body, call: Call): Received {
  const parsed = parseJson(text);
  if (parsed && "data" in parsed && isRefusal(parsed.data))
    return new Received(call, head, hideEchoes(parsed.data, call.redactor));
  throw new MailcowHttpError(
    `the server answered HTTP ${head.status} with ${parsed ? "JSON that is not mailcow's" : kindOf(text)}`,
    head.status,
    call.redactor.excerpt(text, excerptLength),
    { request: call.request },
  );
}

function admitSuccess(head: Head, { text }: Body, call: Call): Received {
  const { sent } = call;
  const { traits = {} } = sent;
  if (text.trim() === "") throw emptyAnswer(call);
  const refuse = (why: string) => new MailcowReplyError(`the server answered ${why}`, { request: call.request });
  const json = traits.glued && text.includes("}][{") ? text.slice(0, text.indexOf("}][{") + 2) : text;
  const parsed = parseJson(json, call.sender.maxReplyBytes);
  // A mail may have any number of brackets and commas.
  if (!parsed || (traits.text && "excess" in parsed)) {
    if (traits.text) return new Received(call, head, text);
    const page = isPage(text);
    throw refuse(`${kindOf(text)}${page ? "; is baseUrl the address of a mailcow server?" : ", or was cut off"}`);
  }
  if ("excess" in parsed) throw refuse(parsed.excess);
  const { data } = parsed;
  if ((typeof data !== "object" || data === null) && !traits.bare) {
    throw refuse(`a bare ${data === null ? "null" : typeof data}, which mailcow never does here`);
  }
  if (sent.method === "GET" && !isRefusal(data)) return new Received(call, head, data, parsed.text);
  if (Array.isArray(data) && data.length > mostEntries) throw refuse(`more than ${mostEntries} entries`);
  return new Received(call, head, hideEchoes(data, call.redactor));
}

function emptyAnswer({ sent, request }: Call): MailcowError {
  if (sent.traits?.text)
    return new MailcowReplyError("mailcow returned no text: Postfix is stopped, or no API key reached mailcow", {
      request,
    });
  if (sent.method === "GET")
    return new MailcowAuthError(
      "mailcow returned an empty answer, as it does when no API key reaches it: check that no proxy removes X-API-Key",
      "no-key",
      { request },
    );
  return new MailcowReplyError(
    "mailcow returned an empty answer, as it does when it fails internally; a part may be done, so read it back",
    { request, empty: true },
  );
}

const isPage = (text: string): boolean => text.trimStart().startsWith("<");

function kindOf(text: string): string {
  return isPage(text) ? "an HTML page" : "something that is not JSON";
}

/** mailcow refuses a whole call with an object that has `type` and `msg`. */
function isRefusal(data: unknown): boolean {
  return typeof (data as { type?: unknown } | null)?.type === "string" && "msg" in (data as object);
}
