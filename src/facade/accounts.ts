import type { ActionResult, Route } from "../contract.ts";
import { type Api, checked } from "../core/api.ts";
import { checkedItems } from "../core/collection.ts";
import { type Outcome, perItem } from "../core/each.ts";
import { eachOnce, toList } from "../core/lists.ts";
import { type CallOptions, callOptionsOf } from "../core/options.ts";
import { withPasswords } from "../core/passwords.ts";
import { together } from "../core/together.ts";
import type { Admin } from "../generated/types/admins.ts";
import type { DomainAdmin, DomainAdminChanges } from "../generated/types/domain-admins.ts";
import { refusal } from "../refusal.ts";

/** The fields that admins and domain admins share. */
type Account = Pick<Admin | DomainAdmin, "username" | "attributes">;

type Read<Row> = Route<{ username: string }, Row | null>;

/** A kind of account that logs in to the web interface. */
interface Kind<Row extends Account> {
  readonly get: Read<Row>;
  readonly edit: Route<{ items: string | readonly string[]; attr: DomainAdminChanges }, ActionResult[]>;
  /** Reads an account of the other kind. */
  readonly getOther: Read<Account>;
  /** Refuses changes that would harm an account. */
  readonly check?: (row: Row) => void;
}

/**
 * Edits accounts. Sends one per call, under its name in the stored case, with the flags that mailcow would reset.
 * Refuses a new name that an account of the other kind has: mailcow mixes the two up.
 */
export async function editAccounts<Row extends Account>(
  api: Api,
  { get, edit, getOther, check }: Kind<Row>,
  usernames: string | readonly string[],
  changes: DomainAdminChanges,
  options: CallOptions | undefined,
): Promise<Outcome[]> {
  const call = callOptionsOf(options);
  const attr = withPasswords(changes);
  const { items } = checkedItems(edit, toList(usernames), (part) => ({ items: part, attr }), call);
  const inputs = items.map((username) => checked(get, { username }));
  const { username_new } = attr;
  if (username_new !== undefined) {
    if (items.length > 1) throw refusal("username_new", "for a single account", edit.path);
    // A name that can't be read is refused too.
    const other = checked(getOther, { username: username_new });
    if (items.length > 0 && (await api.call(getOther, other, call)))
      throw refusal("username_new", "a name that no other account has", edit.path);
  }
  const rows = await together(inputs, (input) => api.call(get, input, call));
  for (const row of rows) if (row) check?.(row);
  const attributes = new Map(rows.map((row) => [row?.username, row?.attributes]));
  const names = eachOnce(inputs.map(({ username }, index) => rows[index]?.username ?? username));
  return perItem(names, (username) => {
    const stored = attributes.get(username);
    // A mailcow that does not return them does not have them.
    const forced = stored && { force_tfa: flag(stored.force_tfa), force_pw_update: flag(stored.force_pw_update) };
    const sent = { items: [username], attr: { ...forced, ...attr } };
    return api.call(edit, checked(edit, sent, { ...call, asked: { attr } }), call);
  });
}

/** A flag is absent until an edit sets it. */
const flag = (stored?: "0" | "1"): "0" | "1" => (stored === "1" ? "1" : "0");
