import type { AddBccMap, BccDestinationOptions, BccMap, EditBccMapAttributes } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, type AddMany, byId } from "../collection.ts";
import { toAddress, toRecipient } from "../names.ts";
import type { Outcome } from "../outcomes.ts";

/** Copies of the mail that a domain, a mailbox or an alias sends or receives, to one more address. */
export interface BccMaps {
  /**
   * Lists the maps, active or not. Those of a domain that was deleted are hidden until it is added again.
   *
   * @see GET /api/v1/get/bcc/all
   */
  list(): Promise<BccMap[]>;
  /**
   * Reads one map, or `null`.
   *
   * @see GET /api/v1/get/bcc/{id}
   */
  get(id: number): Promise<BccMap | null>;
  /**
   * Adds a map, active unless `active` says otherwise; one for each `local_dest` and `type`.
   *
   * @param map - `local_dest`: whose mail to copy, a domain or alias domain (with or without `@` before it), a mailbox
   * or the address of an alias. `bcc_dest`: the one address that gets the copies. `type`: `sender` for mail that is
   * sent, `rcpt` for mail that is received.
   * @throws {@link MailcowRejectedError} For example `access_denied` (`local_dest` is not of this server), `bcc_exists`
   * or `bcc_must_be_email`.
   * @example
   * await mcc.bccMaps.add({ local_dest: "ann@example.com", bcc_dest: "archive@example.net", type: "rcpt" });
   * @see POST /api/v1/add/bcc, GET /api/v1/get/bcc/all
   */
  add: Add<AddBccMap, BccMap>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/bcc, GET /api/v1/get/bcc/all
   */
  addMany: AddMany<AddBccMap, BccMap>;
  /**
   * Sets attributes on maps; what is not given keeps its value. Whose mail is copied can't be changed: delete the map
   * and add another.
   *
   * @throws {@link MailcowRejectedError} For example `access_denied` (there is none of that id), `bcc_exists` or
   * `bcc_must_be_email`.
   * @see POST /api/v1/edit/bcc
   */
  edit(ids: number | readonly number[], attr: EditBccMapAttributes): Promise<Outcome<number>[]>;
  /**
   * Deletes maps.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is none of that id, or its domain is gone.
   * @see POST /api/v1/delete/bcc
   */
  delete(ids: number | readonly number[]): Promise<Outcome<number>[]>;
  /**
   * What maps can be made for: domains, alias domains, and mailboxes, each with its addresses; inactive ones too, but
   * no catch-alls.
   *
   * @see GET /api/v1/get/bcc-destination-options
   */
  destinationOptions(): Promise<BccDestinationOptions>;
}

export function bccMaps(calls: Calls): BccMaps {
  const isIt = (row: BccMap, { local_dest, type }: AddBccMap) =>
    row.type === type && [local_dest, `@${local_dest}`].includes(row.local_dest);
  // mailcow takes a domain only without the `@` that it stores before it.
  const toLocalDest: typeof toRecipient = (...given) => toRecipient(...given).replace(/^@/, "");
  const fields = { local_dest: toLocalDest, bcc_dest: toAddress };
  return {
    ...byId(calls, "bccMaps", "bcc", isIt, { active: 1 }, { fields }),
    destinationOptions: async () => ({
      ...{ domains: [], mailboxes: {}, alias_domains: [] },
      ...(await calls.row("/api/v1/get/bcc-destination-options")),
    }),
  };
}
