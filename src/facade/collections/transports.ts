import { checked } from "../../core/api.ts";
import { Addable, type AddOptions, checkedItems } from "../../core/collection.ts";
import { type Outcome, perItem } from "../../core/each.ts";
import { isOn, toList } from "../../core/lists.ts";
import { stored } from "../../core/names.ts";
import { type CallOptions, callOptionsOf, optionsOf } from "../../core/options.ts";
import * as routes from "../../generated/routes/transports.ts";
import type { Id, Ids } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/transports.ts";
import { refusal } from "../../refusal.ts";

export type * from "../../generated/types/transports.ts";

/**
 * Servers that mail to certain destinations is handed to, in the place of those that the DNS names.
 *
 * Credentials belong to the next hop: whatever `add` and `edit` send, or leave as it is, becomes the user name and the
 * password of every transport with the same next hop.
 */
export class Transports extends Addable<types.NewTransport, types.Transport> {
  /**
   * Lists the transports, with their passwords in clear.
   *
   * @see GET /api/v1/get/transport/all
   */
  async list(options?: CallOptions): Promise<types.Transport[]> {
    return this.call(routes.getTransportAll, {}, options);
  }

  /**
   * Reads one transport, or `null`.
   *
   * @see GET /api/v1/get/transport/{id}
   */
  async get(id: Id, options?: CallOptions): Promise<types.Transport | null> {
    return this.call(routes.getTransport, { id }, options);
  }

  /** Adds a transport; with `read: false`, returns `null` and saves the request that reads it back. */
  add(transport: types.NewTransport, options: AddOptions): Promise<types.Transport | null>;
  /**
   * Adds a transport, active unless `active` says otherwise. A password with colons is refused, as mailcow would escape
   * them: set it by `edit`. mailcow checks no destination while there is no transport at all.
   *
   * @param transport - `destination`: a domain, `.domain` for its subdomains, an address or `*`; with `is_mx_based` a
   * regular expression for names of MX servers. `username` and `password` belong to the `nexthop`: they replace those
   * of every transport to it, and have to be given where there are some.
   * @returns The transport as mailcow stores it, with its id.
   * @throws {MailcowRejectedError} For example `transport_dest_exists`, `invalid_destination`,
   * `next_hop_interferes` (the server stands in another one without its brackets) or `invalid_nexthop_authenticated`
   * (another one has another user name for it).
   * @throws {MailcowInputError} Other transports to the next hop have credentials, and none are given.
   * @example
   * const { id } = await mcc.transports.add({ destination: "example.net", nexthop: "[relay.example.com]:587" });
   * @see POST /api/v1/add/transport, GET /api/v1/get/transport/all
   */
  add(transport: types.NewTransport, options?: CallOptions): Promise<types.Transport>;
  async add(transport: types.NewTransport, options?: Partial<AddOptions>): Promise<types.Transport | null> {
    const { read, ...call } = optionsOf(options, { read: true });
    const given = checked(routes.addTransport, transport);
    // mailcow would make several transports out of a text with separators, even where they stand in a pattern.
    if (/[\s,;]/.test(given.destination.trim()))
      throw refusal("destination", "a single one, without blanks, commas and semicolons", routes.addTransport.path);
    const destination = toDestination(given.destination, isOn(given.is_mx_based));
    const sent = checked(routes.addTransport, { ...given, destination });
    if (sent.username === undefined) checkCredentials(await this.list(call), [], sent, routes.addTransport.path);
    const list = () => this.list(call);
    const look = (it: Pick<types.NewTransport, "destination" | "nexthop">) => [it.destination, toHop(it.nexthop)];
    return this.addingUnnamed(
      routes.addTransport,
      sent,
      { ...call, read },
      { list, sent: look, row: look, isUnique: true },
    );
  }

  /**
   * Sets attributes on transports; what is not given keeps its value. An empty `username` empties the password too.
   * Credentials are those of all transports to the same next hop; a transport that moves to one needs them given. The
   * transports are read first where a `destination` or a new `nexthop` is set.
   *
   * @param changes - `active` and `is_mx_based`: 0 for no; mailcow ignores `false`, which is refused here.
   * @throws {MailcowRejectedError} For example `relayhost_invalid` (none has that id),
   * `transport_dest_exists` or `next_hop_interferes`.
   * @throws {MailcowInputError} Transports to the new next hop have different credentials, and none are given.
   * @example
   * await mcc.transports.edit(4, { nexthop: "[relay.example.com]:587", username: "ann", password });
   * @see POST /api/v1/edit/transport, GET /api/v1/get/transport/all
   */
  async edit(ids: Ids, changes: types.TransportChanges, options?: CallOptions): Promise<Outcome<Id>[]> {
    const call = callOptionsOf(options);
    const route = routes.editTransport;
    const { items, toBody } = checkedItems(route, toList(ids), (part) => ({ items: part, attr: changes }));
    if (items.length === 0) return [];
    const { attr } = toBody(items);
    const { destination, nexthop, username, is_mx_based } = attr;
    const spelled = destination === undefined ? attr : { ...attr, destination: toDestination(destination, false) };
    checked(route, { items, attr: spelled });
    const isMoved = nexthop !== undefined && username === undefined;
    const mayBePattern = is_mx_based === undefined && spelled.destination !== destination;
    const rows = isMoved || mayBePattern ? await this.list(call) : [];
    if (isMoved) checkCredentials(rows, items.map(Number), { ...attr, nexthop }, route.path);
    const patterns = rows.filter((row) => row.is_mx_based > 0).map(({ id }) => id);
    const isPattern = (id: Id) => (is_mx_based === undefined ? patterns.includes(Number(id)) : isOn(is_mx_based));
    return perItem(items, (id) => this.call(route, { items: [id], attr: isPattern(id) ? attr : spelled }, call));
  }

  /**
   * Deletes transports, one call for each. mailcow also says success for one that is not there.
   *
   * @see POST /api/v1/delete/transport
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteTransport, ids, options);
  }
}

/** As it is stored: a pattern for names of servers is left alone. */
const toDestination = (text: string, isPattern: boolean): string =>
  (isPattern ? undefined : stored("destination", text)) ?? text.trim();

/** Credentials belong to a next hop: what comes there without any would take those of all others away. */
function checkCredentials(
  rows: readonly types.Transport[],
  ids: readonly number[],
  { nexthop, password }: Pick<types.NewTransport, "nexthop" | "password">,
  path: string,
): void {
  const there = rows.filter((row) => ids.includes(row.id) || toHop(row.nexthop) === toHop(nexthop));
  const added = ids.length === 0 ? [{ username: "", password: "" }] : [];
  const credentials = [...there, ...added].map((row) => JSON.stringify([row.username, password ?? row.password]));
  if (new Set(credentials).size > 1)
    throw refusal("username", "given, with the password, as other transports to this next hop have them", path);
}

const toHop = (text: string): string =>
  String(text)
    .trim()
    .toLowerCase()
    .replace(/^\[([^\]]*)\]$/, "$1");
