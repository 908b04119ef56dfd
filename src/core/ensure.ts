import type { Route } from "../contract.ts";
import { MailcowRejectedError, MailcowReplyError } from "../errors.ts";
import { isSecretField } from "../transport/secrets.ts";
import { fieldsOf, isSame, toList } from "./lists.ts";
import { type CallOptions, optionsOf } from "./options.ts";
import { spelled } from "./prepare.ts";

/** How to ensure. */
export interface EnsureOptions extends CallOptions {
  /**
   * Whether to send the password if the row already exists. It can't be compared, so each such call is an edit.
   *
   * @default false
   */
  readonly sendSecrets?: boolean;
}

/** The old and the new value of a field, in the units of the input; neither for a secret. */
export interface Change {
  readonly from?: unknown;
  readonly to?: unknown;
}

/** What was done. `row` is the current row, `changes` the edited fields. */
export type Ensured<Row, Added extends Row = Row> =
  | { readonly action: "added"; readonly row: Added; readonly changes: Readonly<Record<string, Change>> }
  | {
      readonly action: "edited" | "unchanged";
      readonly row: Row;
      readonly changes: Readonly<Record<string, Change>>;
      /**
       * Fields without effect: they count only for `add`, can't be read, or mailcow reported success and kept the old
       * value. Absent if there are none.
       */
      readonly ignored?: readonly string[];
    };

interface Kind<Desired, Row, Added extends Row, Attr> {
  /** The route that adds. */
  route: Route<never, unknown>;
  /** The route that edits, if it takes more fields than the one that adds. A field that neither takes is refused. */
  editRoute?: Route<never, unknown>;
  find: (desired: Desired, call: CallOptions) => Promise<Row | null>;
  add: (desired: Desired, call: CallOptions) => Promise<Added>;
  /** The wanted values as mailcow would store them, beyond their spelling. */
  tidy?: (desired: Desired) => Desired;
  /** The current values and the id, in the names and units of the input. Other fields count only for `add`. */
  now: (row: Row, desired: Desired) => Readonly<Record<string, unknown>>;
  edit: (row: Row, attr: Attr, call: CallOptions) => Promise<unknown>;
  /** Replaces tags; an edit only adds them. */
  setTags?: (row: Row, tags: string[], call: CallOptions) => Promise<unknown>;
}

/** Adds a row, or edits the fields that differ in an existing one. */
export async function ensure<Desired extends object, Row, Added extends Row, Attr>(
  kind: Kind<Desired, Row, Added, Attr>,
  given: Desired,
  options?: EnsureOptions,
): Promise<Ensured<Row, Added>> {
  const { find, add, tidy = (desired) => desired } = kind;
  const { sendSecrets, ...call } = optionsOf(options, { sendSecrets: false });
  const desired = tidy(spelled(kind.route, fieldsOf(given), kind.editRoute, call.allowUnknown));
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

/** The fields that the route that adds takes, and the fields that only a later edit can set. */
function inSteps<Desired extends object>({ body }: Route<never, unknown>, desired: Desired) {
  const isFirst = (field: string) => Object.hasOwn(body?.properties ?? {}, field);
  const of = (is: boolean) =>
    Object.fromEntries(Object.entries(desired).filter(([field]) => isFirst(field) === is)) as Desired;
  return { first: of(true), later: of(false) };
}

/** Whether another program may have added it meanwhile: mailcow then refuses the second, or sends no answer. */
const isLost = (error: unknown): boolean =>
  (error instanceof MailcowRejectedError && error.succeeded.length === 0) ||
  (error instanceof MailcowReplyError && error.empty);

/** Edits the fields of a row that differ, and checks whether mailcow stored them. */
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
  if (!edited) throw new MailcowReplyError("mailcow reports success, but the row can't be read back");
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
