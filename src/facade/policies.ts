import type { Route } from "../contract.ts";
import { type Api, checked } from "../core/api.ts";
import type { CallOptions } from "../core/options.ts";
import type { PolicyEntry, PolicyList } from "../generated/types/common.ts";
import { refusal } from "../refusal.ts";

/** The routes of both lists of a domain or a mailbox. */
export type PolicyLists<Owner> = Readonly<Record<PolicyList, Route<Owner, PolicyEntry[]>>>;

/** The input of a read of a list; another word would read as a list without entries. */
export function checkedOwner<Owner>(lists: PolicyLists<Owner>, list: PolicyList, owner: Owner): Owner {
  if (list !== "wl" && list !== "bl") throw refusal("list", '"wl" or "bl"');
  return checked(lists[list], owner);
}

/** The entries of one owner: mailcow mixes those of a domain with those of its mailboxes. */
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
