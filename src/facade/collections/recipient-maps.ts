import { Addable, type AddOptions } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/recipient-maps.ts";
import type { Id, Ids } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/recipient-maps.ts";
import { withoutStray } from "../stray-member.ts";

export type * from "../../generated/types/recipient-maps.ts";

/** Recipients that mailcow replaces before it looks up anything else; they need not be on this server. */
export class RecipientMaps extends Addable<types.NewRecipientMap, types.RecipientMap> {
  /**
   * Lists the maps, active or not, sorted by the recipient to replace.
   *
   * @see GET /api/v1/get/recipient_map/all
   */
  async list(options?: CallOptions): Promise<types.RecipientMap[]> {
    return this.call(routes.getRecipientMapAll, {}, options);
  }

  /**
   * Returns one map, or `null`.
   *
   * @see GET /api/v1/get/recipient_map/{id}
   */
  async get(id: Id, options?: CallOptions): Promise<types.RecipientMap | null> {
    return withoutStray(await this.call(routes.getRecipientMap, { id }, options));
  }

  /** Adds a map; with `read: false`, returns `null` and saves the request that reads it back. */
  add(map: types.NewRecipientMap, options: AddOptions): Promise<types.RecipientMap | null>;
  /**
   * Adds a map, active by default. mailcow does not detect loops.
   *
   * @param map - `recipient_map_old` is replaced by `recipient_map_new`. Each is an address or a domain, with or
   * without `@` before it, and is stored in lower case.
   * @returns The map as mailcow stores it, with its id; domains have `@` before them.
   * @throws {MailcowRejectedError} For example `recipient_map_entry_exists` or `invalid_recipient_map_old`.
   * @example
   * await mcc.recipientMaps.add({ recipient_map_old: "old.example.com", recipient_map_new: "example.com" });
   * @see POST /api/v1/add/recipient_map, GET /api/v1/get/recipient_map/all
   */
  add(map: types.NewRecipientMap, options?: CallOptions): Promise<types.RecipientMap>;
  async add(map: types.NewRecipientMap, options?: Partial<AddOptions>): Promise<types.RecipientMap | null> {
    const look = (it: Omit<types.NewRecipientMap, "active">) => [it.recipient_map_old, it.recipient_map_new];
    return this.addingUnnamed(routes.addRecipientMap, map, options, {
      list: (call: CallOptions) => this.list(call),
      sent: look,
      row: look,
      isUnique: true,
    });
  }

  /**
   * Sets attributes on maps, one by one. Fields you leave out keep their value.
   *
   * @throws {MailcowRejectedError} For example `access_denied` (unknown id) or `recipient_map_entry_exists`.
   * @see POST /api/v1/edit/recipient_map
   */
  async edit(ids: Ids, changes: types.RecipientMapChanges, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.editing(routes.editRecipientMap, ids, changes, options);
  }

  /**
   * Deletes maps, one by one. mailcow also reports success for a map that does not exist.
   *
   * @see POST /api/v1/delete/recipient_map
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteRecipientMap, ids, options);
  }
}
