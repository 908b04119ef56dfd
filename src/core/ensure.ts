import type { Route } from "../contract.ts";
import { MailcowRejectedError, MailcowReplyError } from "../errors.ts";
import { isSecretField } from "../transport/secrets.ts";
import { fieldsOf, toList } from "./lists.ts";
import { type CallOptions, optionsOf } from "./options.ts";
import { spelled } from "./prepare.ts";

/** How to ensure. */
export interface EnsureOptions extends CallOptions {
  /**
   * Whether to send the password to what is there already. It can't be compared, so each such call is an edit.
   *
   * @default false
   */
  readonly sendSecrets?: boolean;
}

/** What a field was and what was set, in the units of the input; neither for a secret. */
export interface Change {
  readonly from?: unknown;
  readonly to?: unknown;
}

/** What was done: `row` is how it stands now, `changes` what was edited, by field. */
export type Ensured<Row, Added extends Row = Row> =
  | { readonly action: "added"; readonly row: Added; readonly changes: Readonly<Record<string, Change>> }
  | {
      readonly action: "edited" | "unchanged";
      readonly row: Row;
      readonly changes: Readonly<Record<string, Change>>;
      /**
       * What was given in vain: it counts only in an `add` or can't be read, or mailcow said success and kept what
       * there was. Absent for none.
       */
      readonly ignored?: readonly string[];
    };

interface Kind<Desired, Row, Added extends Row, Attr> {
  /** The route that adds. */
  route: Route<never, unknown>;
  /** The route that edits, where it takes fields that adding does not. A field that neither takes is refused. */
  editRoute?: Route<never, unknown>;
  find: (desired: Desired, call: CallOptions) => Promise<Row | null>;
  add: (desired: Desired, call: CallOptions) => Promise<Added>;
  /** What is wanted as mailcow would store it, beyond its spelling. */
  tidy?: (desired: Desired) => Desired;
  /** What there is, in the names and units of the input, with what it is known by. Other fields count only in `add`. */
  now: (row: Row, desired: Desired) => Readonly<Record<string, unknown>>;
  edit: (row: Row, attr: Attr, call: CallOptions) => Promise<unknown>;
  /** Replaces tags; edits only add them. */
  setTags?: (row: Row, tags: string[], call: CallOptions) => Promise<unknown>;
}

/** Adds what is not there, and of what is there edits the fields that differ. */
export async function ensure<Desired extends object, Row, Added extends Row, Attr>(
  kind: Kind<Desired, Row, Added, Attr>,
  given: Desired,
  options?: EnsureOptions,
): Promise<Ensured<Row, Added>> {
  const { find, add, tidy = (desired) => desired } = kind;
  const { sendSecrets, ...call } = optionsOf(options, { sendSecrets: false });
  const desired = tidy(spelled(kind.route, fieldsOf(given), kind.editRoute));
  const row = await find(desired, call);
  if (row) return align(kind, desired, row, sendSecrets, call);
  const { first, later } = inSteps(kind.route, desired);
  let added: Added;
  try {
    added = await add(first, call);
  } catch (error) {
    const other = isLost(error) ? await find(desired, call) : null;
    if (!other) throw error;
    return align(kind, desired, other, sendSecrets, call);
  }
  if (Object.keys(later).length === 0) return { action: "added", row: added, changes: {} };
  const again = { ...kind, find: () => find(desired, call) };
  const { row: whole } = await align(again, later, added, sendSecrets, call);
  return { action: "added", row: { ...added, ...whole }, changes: {} };
}

/** The fields that can be given when something is added, and those that only an edit can set afterwards. */
function inSteps<Desired extends object>({ body }: Route<never, unknown>, desired: Desired) {
  const isFirst = (field: string) => Object.hasOwn(body?.properties ?? {}, field);
  const of = (is: boolean) =>
    Object.fromEntries(Object.entries(desired).filter(([field]) => isFirst(field) === is)) as Desired;
  return { first: of(true), later: of(false) };
}

/** Whether another program may have added it meanwhile: mailcow refuses the second, or fails without an answer. */
const isLost = (error: unknown): boolean =>
  (error instanceof MailcowRejectedError && error.succeeded.length === 0) ||
  (error instanceof MailcowReplyError && error.empty);

/** Edits the fields of a row that differ, and looks whether mailcow took them. */
async function align<Desired extends object, Row, Attr>(
  { find, now, edit, setTags }: Omit<Kind<Desired, Row, Row, Attr>, "add" | "route">,
  desired: Desired,
  row: Row,
  sendSecrets: boolean,
  call: CallOptions,
): Promise<Exclude<Ensured<Row>, { action: "added" }>> {
  const is = now(row, desired);
  const [wanted, left] = [new Map<string, unknown>(), new Set<string>()];
  for (const [field, to] of Object.entries(desired)) {
    if (isSecretField(field) ? !sendSecrets : !(field in is)) left.add(field);
    else if (isSecretField(field) ? to : to !== undefined && !isSame(is[field], to)) wanted.set(field, to);
  }
  if (wanted.size === 0) return { action: "unchanged", row, changes: {}, ...ignoring(left) };
  const { tags, ...attr } = Object.fromEntries(wanted);
  if (Object.keys(attr).length > 0) await edit(row, attr as Attr, call);
  if (tags !== undefined) await setTags?.(row, toList(tags).map(String), call);
  const edited = await find(desired, call);
  if (!edited) throw new MailcowReplyError("mailcow says that it was edited, but it can't be read back");
  const result = now(edited, desired);
  const changes: Record<string, Change> = {};
  for (const [field, to] of wanted) {
    if (isSecretField(field)) changes[field] = {};
    else if (isSame(result[field], to)) changes[field] = { from: is[field], to };
    else left.add(field);
  }
  return { action: Object.keys(changes).length > 0 ? "edited" : "unchanged", row: edited, changes, ...ignoring(left) };
}

const ignoring = (fields: ReadonlySet<string>): { ignored?: string[] } =>
  fields.size > 0 ? { ignored: [...fields] } : {};

/** A flag or a number says the same in digits; `null` is an empty text. */
const inText = (value: unknown): string => String(typeof value === "boolean" ? Number(value) : (value ?? "")).trim();

/** Lists are the same where neither has an entry that the other has not, in whatever case and order. */
function isSame(is: unknown, to: unknown): boolean {
  if (!Array.isArray(is) && !Array.isArray(to)) return inText(is) === inText(to);
  const [found, wanted] = [is, to].map((list) => new Set(toList(list).map((entry) => inText(entry).toLowerCase())));
  return found?.size === wanted?.size && [...(found ?? [])].every((entry) => wanted?.has(entry));
}
