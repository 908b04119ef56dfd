import type { AddTransport, EditTransportAttributes, Transport } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, type AddMany, byId } from "../collection.ts";
import { refusal } from "../input.ts";
import type { Outcome } from "../outcomes.ts";

/**
 * Servers that mail to certain destinations is handed to, in the place of those that the DNS names.
 *
 * Credentials belong to the next hop: whatever `add` and `edit` send, or leave as it is, becomes the user name and the
 * password of every transport with the same next hop.
 */
export interface Transports {
  /**
   * Lists the transports, with their passwords in clear.
   *
   * @see GET /api/v1/get/transport/all
   */
  list(): Promise<Transport[]>;
  /**
   * Reads one transport, or `null`.
   *
   * @see GET /api/v1/get/transport/{id}
   */
  get(id: number): Promise<Transport | null>;
  /**
   * Adds a transport, active unless `active` says otherwise. mailcow puts a backslash before each colon of `username`
   * and `password`, as it does not in `edit`, and checks no destination while there is no transport at all.
   *
   * @param transport - `destination`: a domain, `.domain` for its subdomains, an address or `*`; with `is_mx_based` a
   * regular expression for names of MX servers. `nexthop`: with its credentials, even empty ones, those of every
   * transport to the same server are overwritten.
   * @throws {@link MailcowRejectedError} For example `transport_dest_exists`, `invalid_destination`,
   * `next_hop_interferes` (the server stands in another one without its brackets) or `invalid_nexthop_authenticated`
   * (another one has another user name for it).
   * @example
   * const { id } = await mcc.transports.add({ destination: "example.net", nexthop: "[relay.example.com]:587" });
   * @see POST /api/v1/add/transport, GET /api/v1/get/transport/all
   */
  add: Add<AddTransport, Transport>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/transport, GET /api/v1/get/transport/all
   */
  addMany: AddMany<AddTransport, Transport>;
  /**
   * Sets attributes on transports; what is not given keeps its value. An empty `username` empties the password too. A
   * transport that moves to the next hop of others brings its own credentials to all of them.
   *
   * @param attr - `active` and `is_mx_based`: 0 for no; mailcow ignores `false`, which is refused here.
   * @throws {@link MailcowRejectedError} For example `relayhost_invalid` (there is none of that id),
   * `transport_dest_exists` or `next_hop_interferes`.
   * @see POST /api/v1/edit/transport
   */
  edit(ids: number | readonly number[], attr: EditTransportAttributes): Promise<Outcome<number>[]>;
  /**
   * Deletes transports. mailcow also says success for one that is not there.
   *
   * @see POST /api/v1/delete/transport
   */
  delete(ids: number | readonly number[]): Promise<Outcome<number>[]>;
}

export function transports(calls: Calls): Transports {
  const isIt = (row: Transport, { destination }: AddTransport) => row.destination === destination;
  const rules = { fields: { destination: toDestination }, single: true };
  return byId(calls, "transports", "transport", isIt, { active: 1 }, rules);
}

/** mailcow would make several transports out of a text with separators, even where they stand in a pattern. */
function toDestination(method: string, field: string, value: string): string {
  if (method === "transports.edit" || !/[\s,;]/.test(value.trim())) return value.trim();
  throw refusal(method, field, "a single one, without blanks, commas and semicolons");
}
