import type { ActionResult, Route } from "../contract.ts";
import { MailcowHttpError, MailcowReplyError } from "../errors.ts";
import { routeName } from "../refusal.ts";
import { remembered } from "../remembered.ts";
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
  if (!knownBy(route)(data)) throw strange(route, answer);
  checkReads(route, [data], answer);
  return data;
}

/** The rows of a list; mailcow sends `{}` for an empty list. */
function rowsOf(route: Route<never, unknown>, data: unknown, answer: Answer<unknown>): unknown[] {
  if (isEmpty(data)) return [];
  if (!Array.isArray(data)) throw strange(route, answer);
  // Where no row is read, entries instead of rows are passed on unchanged, as is `{}`.
  const isKnown = knownBy(route);
  const isRow = (row: unknown) => isKnown(row) || (!route.reads && (isEmpty(row) || isEntry(row)));
  if (!data.every(isRow)) throw strange(route, answer, Object.keys(route.reads ?? {})[0]);
  checkReads(route, data, answer);
  return data;
}

/** A field that the library reads, and the fields in it; `*` stands for each entry of a list. */
interface Read {
  readonly name: string;
  path: string;
  /** `any` if the library only reads what is in it. */
  types: number;
  readonly members: Read[];
}

/** The types of JSON Schema, and `undefined` for a field that is absent; each is a bit, because rows are many. */
const bits = { string: 1, integer: 2, number: 4, boolean: 8, null: 16, array: 32, object: 64, undefined: 128 };
const bitsOf = (types: readonly string[]): number =>
  types.reduce((all, type) => all | bits[type as keyof typeof bits], 0);
const any = 255;

/**
 * The fields that the library reads of a row. Only the first, by which a row is known, has to be there: a newer mailcow
 * may leave others out.
 */
const readsOf = remembered((fields: Readonly<Record<string, readonly string[]>>): Read => {
  const row: Read = { name: "", path: "", types: any, members: [] };
  for (const [index, [path, types]] of Object.entries(fields).entries()) {
    let at = row;
    for (const name of path.split(".")) {
      const member = at.members.find((one) => one.name === name) ?? { name, path: "", types: any, members: [] };
      if (!at.members.includes(member)) at.members.push(member);
      at = member;
    }
    at.path = path;
    at.types = bitsOf(index === 0 ? types : [...types, "undefined"]);
  }
  return row;
});

/** Refuses rows whose fields, as far as the library reads them, are not as the contract has them. */
function checkReads(route: Route<never, unknown>, rows: readonly unknown[], answer: Answer<unknown>): void {
  if (!route.reads) return;
  const { members } = readsOf(route.reads);
  for (const row of rows) {
    const path = misfitIn(row, members);
    if (path !== undefined) throw strange(route, answer, path);
  }
}

/** The path of the first field in a value that has none of its types. */
function misfitIn(value: unknown, members: readonly Read[]): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  // `for … of` takes longer, and there may be thousands of rows.
  for (let at = 0; at < members.length; at += 1) {
    const read = members[at] as Read;
    if (read.name === "*") {
      for (const entry of Array.isArray(value) ? value : []) {
        const found = misfitOf(entry, read);
        if (found !== undefined) return found;
      }
    } else {
      const found = misfitOf((value as Readonly<Record<string, unknown>>)[read.name], read);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

const misfitOf = (value: unknown, { path, types, members }: Read): string | undefined =>
  (types & bitOf(value)) === 0 && !isReadableAs(types, value)
    ? path
    : members.length > 0
      ? misfitIn(value, members)
      : undefined;

/** Whether a value can be read as one of these types: another release may send digits in the place of a number. */
const isReadableAs = (types: number, value: unknown): boolean =>
  typeof value === "string"
    ? (types & bits.integer) > 0 && /^-?\d+$/.test(value)
    : (types & bits.string) > 0 && Number.isInteger(value);

/** Tells whether something can be an answer of a route, or a row of its list. */
function knownBy({ const: only, types = ["object"], fields }: Route<never, unknown>): (data: unknown) => boolean {
  const allowed = bitsOf(types);
  return (data) => {
    if ((allowed & bitOf(data)) === 0 || (only !== undefined && data !== only)) return false;
    return typeof data !== "object" || data === null || !fields || fields.some((field) => Object.hasOwn(data, field));
  };
}

const isEmpty = (data: unknown): boolean => bitOf(data) === bits.object && Object.keys(data as object).length === 0;

const isEntry = (entry: unknown): boolean => typeof (entry as Partial<ActionResult> | null)?.type === "string";

/** The type of a value, as a bit. */
function bitOf(value: unknown): number {
  switch (typeof value) {
    case "string":
      return bits.string;
    case "number":
      return Number.isInteger(value) ? bits.integer : bits.number;
    case "boolean":
      return bits.boolean;
    case "undefined":
      return bits.undefined;
    default:
      return value === null ? bits.null : Array.isArray(value) ? bits.array : bits.object;
  }
}

function strange({ path }: Route<never, unknown>, answer: Answer<unknown>, field = ""): MailcowReplyError {
  const says = `${routeName(path)}: the server's answer does not fit this route`;
  return new MailcowReplyError(field ? `${says}: ${field} is not what it should be` : says, {
    request: requestOf(answer),
  });
}
