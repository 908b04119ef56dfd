import type { AddRelayhost, EditRelayhostAttributes, Relayhost } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, type AddMany, byId } from "../collection.ts";
import type { Outcome } from "../outcomes.ts";

/** Servers that outgoing mail of a domain or a mailbox is handed to. */
export interface RelayHosts {
  /**
   * Lists the relayhosts, with their passwords in clear.
   *
   * @see GET /api/v1/get/relayhost/all
   */
  list(): Promise<Relayhost[]>;
  /**
   * Reads one relayhost, or `null`.
   *
   * @see GET /api/v1/get/relayhost/{id}
   */
  get(id: number): Promise<Relayhost | null>;
  /**
   * Adds a relayhost. mailcow escapes each colon of `username` and `password`, the latter twice: set a password with
   * colons by `edit`.
   *
   * @throws {@link MailcowRejectedError} `invalid_host`: there is no `hostname`.
   * @example
   * const { id } = await mcc.relayHosts.add({ hostname: "[smtp.example.com]:587", username: "ann", password });
   * @see POST /api/v1/add/relayhost, GET /api/v1/get/relayhost/all
   */
  add: Add<AddRelayhost, Relayhost>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/relayhost, GET /api/v1/get/relayhost/all
   */
  addMany: AddMany<AddRelayhost, Relayhost>;
  /**
   * Sets attributes on relayhosts; what is not given keeps its value.
   *
   * @throws {@link MailcowRejectedError} `relayhost_invalid`: there is none of that id.
   * @see POST /api/v1/edit/relayhost
   */
  edit(ids: number | readonly number[], attr: EditRelayhostAttributes): Promise<Outcome<number>[]>;
  /**
   * Deletes relayhosts. mailcow also says success for one that is not there; mailboxes keep the id of one that was.
   *
   * @see POST /api/v1/delete/relayhost
   */
  delete(ids: number | readonly number[]): Promise<Outcome<number>[]>;
}

export function relayHosts(calls: Calls): RelayHosts {
  return byId(calls, "relayHosts", "relayhost", (row, { hostname }) => row.hostname === hostname.trim());
}
