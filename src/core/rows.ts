import type { ActionResult, Route } from "../contract.ts";
import { MailcowInputError, MailcowReplyError } from "../errors.ts";
import { editAdmin, getAdmin } from "../generated/routes/admins.ts";
import { editAlias, getAlias } from "../generated/routes/aliases.ts";
import { editDomainAdmin, getDomainAdmin } from "../generated/routes/domain-admins.ts";
import { editMailboxTemplate, getMailboxTemplate } from "../generated/routes/mailbox-templates.ts";
import { editMailbox, getMailbox } from "../generated/routes/mailboxes.ts";
import { routeName } from "../refusal.ts";
import type { Api } from "./api.ts";
import { toList } from "./lists.ts";
import type { CallOptions } from "./options.ts";
import { together } from "./together.ts";

/** How to read what an edit has written, for the edits with fields that not every release knows. */
const reads = new Map<object, (api: Api, item: string, call: CallOptions) => Promise<object | null>>([
  [editAdmin, (api, username, call) => api.call(getAdmin, { username }, call)],
  [editAlias, (api, id, call) => api.call(getAlias, { id }, call)],
  [editDomainAdmin, (api, username, call) => api.call(getDomainAdmin, { username }, call)],
  [editMailbox, (api, mailbox, call) => api.call(getMailbox, { mailbox }, call)],
  [editMailboxTemplate, (api, template, call) => api.call(getMailboxTemplate, { template: Number(template) }, call)],
]);

/** A body of an edit. */
interface Edit {
  readonly items?: string | readonly string[];
  readonly attr?: { readonly username_new?: string };
}

/** The rows that show what a write has stored; one that is `undefined` if mailcow said that it had nothing to do. */
export async function rowsAfter(
  api: Api,
  route: Route<never, unknown>,
  body: unknown,
  results: unknown,
  call: CallOptions,
): Promise<(object | undefined)[]> {
  if ((results as ActionResult[]).every(({ code }) => code === "Task completed")) return [undefined];
  const read = reads.get(route);
  if (!read) return [];
  const { items = [], attr } = body as Edit;
  // An account that was renamed has its new name.
  const names = toList(attr?.username_new ?? items);
  return together(names, (item) => readBack(route, () => read(api, item, call)));
}

/** Reads a row back that was written. The input was checked before, so an error here is an error of the answer. */
export async function readBack<Row>(
  { path }: Route<never, unknown>,
  find: () => Promise<Row | null | undefined>,
): Promise<Row> {
  const route = routeName(path);
  const row = await find().catch((error: unknown) => {
    if (!(error instanceof MailcowInputError)) throw error;
    throw new MailcowReplyError(`${route}: mailcow reports success, but its answer names an id that can't be read`, {
      cause: error,
    });
  });
  if (!row) throw new MailcowReplyError(`${route}: mailcow reports success, but the row can't be read back`);
  return row;
}
