import { Addable, type AddOptions } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/tls-policy-maps.ts";
import type { Id, Ids } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/tls-policy-maps.ts";
import { withoutStray } from "../stray-member.ts";

export type * from "../../generated/types/tls-policy-maps.ts";

/** The TLS requirements for delivery to destinations. */
export class TlsPolicyMaps extends Addable<types.NewTlsPolicyMap, types.TlsPolicyMap> {
  /**
   * Lists the maps, active or not, sorted by destination.
   *
   * @see GET /api/v1/get/tls-policy-map/all
   */
  async list(options?: CallOptions): Promise<types.TlsPolicyMap[]> {
    return this.call(routes.getTlsPolicyMapAll, {}, options);
  }

  /**
   * Returns one map, or `null`.
   *
   * @see GET /api/v1/get/tls-policy-map/{id}
   */
  async get(id: Id, options?: CallOptions): Promise<types.TlsPolicyMap | null> {
    return withoutStray(await this.call(routes.getTlsPolicyMap, { id }, options));
  }

  /** Adds a map; with `read: false`, returns `null` and saves the request that reads it back. */
  add(map: types.NewTlsPolicyMap, options: AddOptions): Promise<types.TlsPolicyMap | null>;
  /**
   * Adds a map, active by default. Each destination can have one map.
   *
   * @param map - `dest`: a domain or a server, such as `example.com` or `[mx.example.com]:25`, stored in lower case and
   * as punycode. `policy`: a word of Postfix. `parameters`: `name=value`, separated by single blanks.
   * @returns The map as mailcow stores it, with its id.
   * @throws {MailcowRejectedError} For example `tls_policy_map_entry_exists` or `tls_policy_map_dest_invalid`.
   * @example
   * await mcc.tlsPolicyMaps.add({ dest: "example.com", policy: "secure", parameters: "match=.example.com" });
   * @see POST /api/v1/add/tls-policy-map, GET /api/v1/get/tls-policy-map/all
   */
  add(map: types.NewTlsPolicyMap, options?: CallOptions): Promise<types.TlsPolicyMap>;
  async add(map: types.NewTlsPolicyMap, options?: Partial<AddOptions>): Promise<types.TlsPolicyMap | null> {
    const look = ({ dest }: Pick<types.TlsPolicyMap, "dest">) => [dest];
    return this.addingUnnamed(routes.addTlsPolicyMap, map, options, {
      list: (call: CallOptions) => this.list(call),
      sent: look,
      row: look,
      isUnique: true,
    });
  }

  /**
   * Sets attributes on maps, one by one. Fields you leave out keep their value. Empty `parameters` remove the old ones.
   *
   * @throws {MailcowRejectedError} For example `access_denied` (unknown id), or `recipient_map_entry_exists`, which
   * here means that the destination already has a TLS policy map.
   * @see POST /api/v1/edit/tls-policy-map
   */
  async edit(ids: Ids, changes: types.TlsPolicyMapChanges, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.editing(routes.editTlsPolicyMap, ids, changes, options);
  }

  /**
   * Deletes maps, one by one. mailcow also reports success for a map that does not exist.
   *
   * @see POST /api/v1/delete/tls-policy-map
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteTlsPolicyMap, ids, options);
  }
}
