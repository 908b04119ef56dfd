import type { ActionResult, Route } from "../contract.ts";
import { MailcowHttpError, MailcowReplyError } from "../errors.ts";
import { routeName } from "../refusal.ts";
import { type Answer, dataOf, requestOf, resultsOf } from "../transport/reply.ts";

/** Returns mailcow's answer if it has the outer shape of its route; throws otherwise. */
export function answerOf<A>(route: Route<never, A>, answer: Answer<unknown>): A {
  const { since, path } = route;
  if (since && answer.response.status === 404)
    throw new MailcowHttpError(
      `${routeName(path)} needs mailcow ${since} or later: this server does not have it`,
      404,
      JSON.stringify(answer.error),
      { request: requestOf(answer) },
    );
  return ofShape(route, answer) as A;
}

function ofShape(route: Route<never, unknown>, answer: Answer<unknown>): unknown {
  if (route.answers === "entries") return resultsOf(answer, route);
  const data = dataOf(answer, route);
  // Instead of data, mailcow may send failed entries.
  if (route.method === "POST" && [data].flat().some(isEntry)) resultsOf(answer, route);
  if (route.answers === "rows") return rowsOf(route, data, answer);
  const isNone = Array.isArray(data) ? data.length === 0 : isEmpty(data);
  if (route.answers === "row" && isNone) return null;
  if (!isKnown(route, data)) throw strange(route, answer);
  return data;
}

/** The rows of a list; mailcow sends `{}` for an empty list. */
function rowsOf(route: Route<never, unknown>, data: unknown, answer: Answer<unknown>): unknown[] {
  if (isEmpty(data)) return [];
  // Entries instead of rows are passed on unchanged.
  if (Array.isArray(data) && data.every((row) => isKnown(route, row) || isEmpty(row) || isEntry(row))) return data;
  throw strange(route, answer);
}

/** Whether this can be an answer of the route, or a row of its list. */
function isKnown({ const: only, types = ["object"], fields }: Route<never, unknown>, data: unknown): boolean {
  if (only !== undefined && data !== only) return false;
  if (!types.includes(typeNameOf(data))) return false;
  return typeof data !== "object" || data === null || !fields || fields.some((field) => Object.hasOwn(data, field));
}

const isEmpty = (data: unknown): boolean => typeNameOf(data) === "object" && Object.keys(data as object).length === 0;

const isEntry = (entry: unknown): boolean => typeof (entry as Partial<ActionResult> | null)?.type === "string";

/** The type of a value in JSON Schema. */
function typeNameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

function strange({ path }: Route<never, unknown>, answer: Answer<unknown>): MailcowReplyError {
  return new MailcowReplyError(`${routeName(path)}: the server's answer does not fit this route`, {
    request: requestOf(answer),
  });
}
