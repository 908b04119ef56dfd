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
  checkReads(route, [data], answer);
  return data;
}

/** The rows of a list; mailcow sends `{}` for an empty list. */
function rowsOf(route: Route<never, unknown>, data: unknown, answer: Answer<unknown>): unknown[] {
  if (isEmpty(data)) return [];
  if (!Array.isArray(data)) throw strange(route, answer);
  // Where no row is read, entries instead of rows are passed on unchanged, as is `{}`.
  const isRow = (row: unknown) => isKnown(route, row) || (!route.reads && (isEmpty(row) || isEntry(row)));
  if (!data.every(isRow)) throw strange(route, answer, Object.keys(route.reads ?? {})[0]);
  checkReads(route, data, answer);
  return data;
}

/** What the library reads of a value, and of its members by their names; `*` stands for each entry of a list. */
interface Reads {
  field?: { readonly path: string; readonly types: readonly string[] };
  readonly members: Map<string, Reads>;
}

const known = new WeakMap<object, Reads>();

/**
 * The fields that the library reads of a row. Only the first, by which a row is known, has to be there: a newer mailcow
 * may leave others out.
 */
function readsOf(fields: Readonly<Record<string, readonly string[]>>): Reads {
  const before = known.get(fields);
  if (before) return before;
  const row: Reads = { members: new Map() };
  for (const [index, [path, types]] of Object.entries(fields).entries()) {
    let at = row;
    for (const name of path.split(".")) {
      const member = at.members.get(name) ?? { members: new Map() };
      at.members.set(name, member);
      at = member;
    }
    at.field = { path, types: index === 0 ? types : [...types, "undefined"] };
  }
  known.set(fields, row);
  return row;
}

/** Refuses rows whose fields, as far as the library reads them, are not as the contract has them. */
function checkReads(route: Route<never, unknown>, rows: readonly unknown[], answer: Answer<unknown>): void {
  const path = route.reads && misfitIn(rows, readsOf(route.reads));
  if (path !== undefined) throw strange(route, answer, path);
}

/** The path of the first field that has none of its types. */
function misfit(value: unknown, { field, members }: Reads): string | undefined {
  if (field && !isOneOf(field.types, value)) return field.path;
  if (members.size === 0 || typeof value !== "object" || value === null) return undefined;
  for (const [name, reads] of members) {
    const found =
      name === "*"
        ? misfitIn(Array.isArray(value) ? value : [], reads)
        : misfit((value as Readonly<Record<string, unknown>>)[name], reads);
    if (found !== undefined) return found;
  }
  return undefined;
}

function misfitIn(list: readonly unknown[], reads: Reads): string | undefined {
  for (const entry of list) {
    const found = misfit(entry, reads);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a value has one of these types, or can be read so: another release may send digits in the place of a number. */
function isOneOf(types: readonly string[], value: unknown): boolean {
  const is = typeNameOf(value);
  if (types.includes(is)) return true;
  if (typeof value === "string") return types.includes("integer") && /^-?\d+$/.test(value);
  return is === "integer" && types.includes("string");
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

function strange({ path }: Route<never, unknown>, answer: Answer<unknown>, field = ""): MailcowReplyError {
  const says = `${routeName(path)}: the server's answer does not fit this route`;
  return new MailcowReplyError(field ? `${says}: ${field} is not what it should be` : says, {
    request: requestOf(answer),
  });
}
