import type { Route } from "../contract.ts";
import { type Api, checked } from "../core/api.ts";
import type { CallOptions } from "../core/options.ts";
import type { PolicyEntry, PolicyList } from "../generated/types/common.ts";
import { refusal } from "../refusal.ts";

/** The routes that read the two lists of a domain or a mailbox. */
export type PolicyLists<Owner> = Readonly<Record<PolicyList, Route<Owner, PolicyEntry[]>>>;

/** The checked input for reading a list; for an unknown list, mailcow would return no entries. */
export function checkedOwner<Owner>(lists: PolicyLists<Owner>, list: PolicyList, owner: Owner): Owner {
  if (list !== "wl" && list !== "bl") throw refusal("list", '"wl" or "bl"');
  return checked(lists[list], owner);
}

/** Returns the entries of one owner: mailcow mixes the entries of a domain with the entries of its mailboxes. */
export async function listPolicies<Owner extends Record<string, string>>(
  api: Api,
  lists: PolicyLists<Owner>,
  list: PolicyList,
  owner: Owner,
  options?: CallOptions,
): Promise<PolicyEntry[]> {
  const input = checkedOwner(lists, list, owner);
  const rows = await api.call(lists[list], input, options);
  return rows.filter(({ object }) => Object.values(input).includes(String(object).toLowerCase()));
}
