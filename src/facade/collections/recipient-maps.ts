import type { AddRecipientMap, EditRecipientMapAttributes, RecipientMap } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, type AddMany, byId } from "../collection.ts";
import { toRecipient } from "../names.ts";
import type { Outcome } from "../outcomes.ts";

/** Recipients that are replaced by others, before anything else is looked up; they need not be of this server. */
export interface RecipientMaps {
  /**
   * Lists the maps, active or not, sorted by the recipient to replace.
   *
   * @see GET /api/v1/get/recipient_map/all
   */
  list(): Promise<RecipientMap[]>;
  /**
   * Reads one map, or `null`.
   *
   * @see GET /api/v1/get/recipient_map/{id}
   */
  get(id: number): Promise<RecipientMap | null>;
  /**
   * Adds a map, active unless `active` says otherwise. mailcow does not notice maps that lead in a circle.
   *
   * @param map - `recipient_map_old` is replaced by `recipient_map_new`; each an address or a domain, with or without
   * `@` before it, and stored in lower case.
   * @throws {@link MailcowRejectedError} For example `recipient_map_entry_exists` or `invalid_recipient_map_old`.
   * @example
   * await mcc.recipientMaps.add({ recipient_map_old: "old.example.com", recipient_map_new: "example.com" });
   * @see POST /api/v1/add/recipient_map, GET /api/v1/get/recipient_map/all
   */
  add: Add<AddRecipientMap, RecipientMap>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/recipient_map, GET /api/v1/get/recipient_map/all
   */
  addMany: AddMany<AddRecipientMap, RecipientMap>;
  /**
   * Sets attributes on maps; what is not given keeps its value.
   *
   * @throws {@link MailcowRejectedError} For example `access_denied` (there is none of that id) or
   * `recipient_map_entry_exists`.
   * @see POST /api/v1/edit/recipient_map
   */
  edit(ids: number | readonly number[], attr: EditRecipientMapAttributes): Promise<Outcome<number>[]>;
  /**
   * Deletes maps. mailcow also says success for one that is not there.
   *
   * @see POST /api/v1/delete/recipient_map
   */
  delete(ids: number | readonly number[]): Promise<Outcome<number>[]>;
}

export function recipientMaps(calls: Calls): RecipientMaps {
  const isIt = (row: RecipientMap, body: AddRecipientMap) => row.recipient_map_old === body.recipient_map_old;
  const fields = { recipient_map_old: toRecipient, recipient_map_new: toRecipient };
  return byId(calls, "recipientMaps", "recipient_map", isIt, { active: 1 }, { fields, single: true });
}
