import { Addable, type AddOptions } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/bcc-maps.ts";
import type * as types from "../../generated/types/bcc-maps.ts";
import type { Id, Ids } from "../../generated/types/common.ts";
import { withoutStray } from "../stray-member.ts";

export type * from "../../generated/types/bcc-maps.ts";

/** The possible values for `local_dest` of a BCC map. */
export interface BccDestinationOptions extends Required<types.BccDestinationOptions> {}

/** Copies of the mail that a domain, a mailbox or an alias sends or receives, to one more address. */
export class BccMaps extends Addable<types.NewBccMap, types.BccMap> {
  /**
   * Lists the maps, active or not. Maps of a deleted domain are hidden until the domain is added again.
   *
   * @see GET /api/v1/get/bcc/all
   */
  async list(options?: CallOptions): Promise<types.BccMap[]> {
    return this.call(routes.getBccAll, {}, options);
  }

  /**
   * Returns one map, or `null`.
   *
   * @see GET /api/v1/get/bcc/{id}
   */
  async get(id: Id, options?: CallOptions): Promise<types.BccMap | null> {
    return withoutStray(await this.call(routes.getBcc, { id }, options));
  }

  /** Adds a map; with `read: false`, returns `null` and saves the request that reads it back. */
  add(map: types.NewBccMap, options: AddOptions): Promise<types.BccMap | null>;
  /**
   * Adds a map, active by default. Each `local_dest` can have one map per `type`.
   *
   * @param map - `local_dest`: whose mail to copy: a domain or alias domain (with or without `@` before it), a mailbox
   * or the address of an alias. `bcc_dest`: the one address that gets the copies. `type`: `sender` for sent mail,
   * `rcpt` for received mail.
   * @returns The map as mailcow stores it, with its id; a domain has `@` before it.
   * @throws {MailcowRejectedError} For example `access_denied` (`local_dest` is not on this server), `bcc_exists` or
   * `bcc_must_be_email`.
   * @example
   * await mcc.bccMaps.add({ local_dest: "ann@example.com", bcc_dest: "archive@example.net", type: "rcpt" });
   * @see POST /api/v1/add/bcc, GET /api/v1/get/bcc/all
   */
  add(map: types.NewBccMap, options?: CallOptions): Promise<types.BccMap>;
  async add(map: types.NewBccMap, options?: Partial<AddOptions>): Promise<types.BccMap | null> {
    // A domain is stored with an `@` before it.
    const look = ({ local_dest, type, bcc_dest }: Omit<types.NewBccMap, "active">) => [
      String(local_dest).replace(/^@/, ""),
      type,
      bcc_dest,
    ];
    return this.addingUnnamed(routes.addBcc, map, options, {
      list: (call: CallOptions) => this.list(call),
      sent: look,
      row: look,
      isUnique: true,
    });
  }

  /**
   * Sets attributes on maps. Fields you leave out keep their value. `local_dest` can't be changed: delete the map and
   * add another.
   *
   * @throws {MailcowRejectedError} For example `access_denied` (unknown id), `bcc_exists` or `bcc_must_be_email`.
   * @see POST /api/v1/edit/bcc
   */
  async edit(ids: Ids, changes: types.BccMapChanges, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.editing(routes.editBcc, ids, changes, options);
  }

  /**
   * Deletes maps.
   *
   * @throws {MailcowRejectedError} `access_denied`: unknown id, or its domain is gone.
   * @see POST /api/v1/delete/bcc
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteBcc, ids, options);
  }

  /**
   * Returns what maps can be made for: domains, alias domains, and mailboxes with their addresses. Includes inactive
   * ones, but no catch-alls.
   *
   * @see GET /api/v1/get/bcc-destination-options
   */
  async destinationOptions(options?: CallOptions): Promise<BccDestinationOptions> {
    const found = await this.call(routes.getBccDestinationOptions, {}, options);
    return { domains: [], mailboxes: {}, alias_domains: [], ...found };
  }
}
