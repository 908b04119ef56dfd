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
  /** Where it is, and its types; `any` if the library does not look at it. */
  path: string;
  types: number;
  readonly names: string[];
  readonly members: Reads[];
}

/** The types of JSON Schema, and `undefined` for a field that is absent, as bits: they are compared for each row. */
const bits: Readonly<Record<string, number>> = {
  ...{ string: 1, integer: 2, number: 4, boolean: 8, null: 16, array: 32, object: 64, undefined: 128 },
};
const any = 255;

const known = new WeakMap<object, Reads>();

/**
 * The fields that the library reads of a row. Only the first, by which a row is known, has to be there: a newer mailcow
 * may leave others out.
 */
function readsOf(fields: Readonly<Record<string, readonly string[]>>): Reads {
  const before = known.get(fields);
  if (before) return before;
  const row = unread();
  for (const [index, [path, types]] of Object.entries(fields).entries()) {
    let at = row;
    for (const name of path.split(".")) {
      if (!at.names.includes(name)) at.members[at.names.push(name) - 1] = unread();
      at = at.members[at.names.indexOf(name)] ?? at;
    }
    at.path = path;
    at.types = [...types, ...(index === 0 ? [] : ["undefined"])].reduce((all, type) => all | (bits[type] ?? 0), 0);
  }
  known.set(fields, row);
  return row;
}

const unread = (): Reads => ({ path: "", types: any, names: [], members: [] });

/** Refuses rows whose fields, as far as the library reads them, are not as the contract has them. */
function checkReads(route: Route<never, unknown>, rows: readonly unknown[], answer: Answer<unknown>): void {
  const path = route.reads && misfitIn(rows, readsOf(route.reads));
  if (path !== undefined) throw strange(route, answer, path);
}

/** The path of the first field that has none of its types. */
function misfit(value: unknown, { path, types, names, members }: Reads): string | undefined {
  if ((types & bitOf(value)) === 0 && !isReadableAs(types, value)) return path;
  if (typeof value !== "object" || value === null) return undefined;
  // `for … of` takes twice as long.
  for (let at = 0; at < names.length; at += 1) {
    const [name, reads] = [names[at] as string, members[at] as Reads];
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

/** Whether a value can be read as one of these types: another release may send digits in the place of a number. */
const isReadableAs = (types: number, value: unknown): boolean =>
  typeof value === "string" ? (types & 2) > 0 && /^-?\d+$/.test(value) : (types & 1) > 0 && Number.isInteger(value);

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
  const type = typeof value;
  if (type === "number") return Number.isInteger(value) ? "integer" : type;
  if (type !== "object") return type;
  return value === null ? "null" : Array.isArray(value) ? "array" : type;
}

const bitOf = (value: unknown): number => bits[typeNameOf(value)] ?? 0;

function strange({ path }: Route<never, unknown>, answer: Answer<unknown>, field = ""): MailcowReplyError {
  const says = `${routeName(path)}: the server's answer does not fit this route`;
  return new MailcowReplyError(field ? `${says}: ${field} is not what it should be` : says, {
    request: requestOf(answer),
  });
}
