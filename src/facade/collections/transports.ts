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
 * Servers to which mail for certain destinations is delivered, instead of the servers in the DNS.
 *
 * Credentials belong to the next hop: the user name and password of a transport that you add or edit become those of
 * every transport with the same next hop.
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
   * Returns one transport, or `null`.
   *
   * @see GET /api/v1/get/transport/{id}
   */
  async get(id: Id, options?: CallOptions): Promise<types.Transport | null> {
    return this.call(routes.getTransport, { id }, options);
  }

  /** Adds a transport; with `read: false`, returns `null` and saves the request that reads it back. */
  add(transport: types.NewTransport, options: AddOptions): Promise<types.Transport | null>;
  /**
   * Adds a transport, active by default. A password with colons is refused, because mailcow would escape them: set it
   * with `edit`. mailcow does not check the destination of the first transport.
   *
   * @param transport - `destination`: a domain, `.domain` for its subdomains, an address or `*`; with `is_mx_based` a
   * regular expression for names of MX servers. `username` and `password` belong to the `nexthop`: they replace the
   * credentials of every transport to it, and are required if another transport to it has some.
   * @returns The transport as mailcow stores it, with its id.
   * @throws {MailcowRejectedError} For example `transport_dest_exists`, `invalid_destination`, `next_hop_interferes`
   * (another transport has the same server without its brackets) or `invalid_nexthop_authenticated` (another transport
   * has a different user name for it).
   * @throws {MailcowInputError} Other transports to the next hop have credentials, and none are given.
   * @example
   * const { id } = await mcc.transports.add({ destination: "example.net", nexthop: "[relay.example.com]:587" });
   * @see POST /api/v1/add/transport, GET /api/v1/get/transport/all
   */
  add(transport: types.NewTransport, options?: CallOptions): Promise<types.Transport>;
  async add(transport: types.NewTransport, options?: Partial<AddOptions>): Promise<types.Transport | null> {
    const { read, ...call } = optionsOf(options, { read: true });
    const given = checked(routes.addTransport, transport);
    // mailcow would split a text at separators into several transports, even if it is a pattern.
    if (/[\s,;]/.test(given.destination.trim()))
      throw refusal(
        "destination",
        "a single destination, without blanks, commas or semicolons",
        routes.addTransport.path,
      );
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
   * Sets attributes on transports. Fields you leave out keep their value. An empty `username` also empties the
   * password. All transports to a next hop share their credentials, so give them together with a new `nexthop`. A call
   * with a `destination` or a new `nexthop` reads the transports first.
   *
   * @param changes - `active` and `is_mx_based`: 0 for no; mailcow ignores `false`, which is refused here.
   * @throws {MailcowRejectedError} For example `relayhost_invalid` (unknown id), `transport_dest_exists` or
   * `next_hop_interferes`.
   * @throws {MailcowInputError} Transports to the new next hop have different credentials, and none are given.
   * @example
   * const [transport] = await mcc.transports.list();
   * const changes = { nexthop: "[relay.example.com]:587", username: "ann", password };
   * if (transport) await mcc.transports.edit(transport.id, changes);
   * @see POST /api/v1/edit/transport, GET /api/v1/get/transport/all
   */
  async edit(ids: Ids, changes: types.TransportChanges, options?: CallOptions): Promise<Outcome<Id>[]> {
    const call = callOptionsOf(options);
    const route = routes.editTransport;
    const { items, toBody } = checkedItems(route, toList(ids), (part) => ({ items: part, attr: changes }), call);
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
   * Deletes transports, one call each. mailcow also reports success for a transport that does not exist.
   *
   * @see POST /api/v1/delete/transport
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteTransport, ids, options);
  }
}

/** A destination as it is stored; a pattern for server names stays unchanged. */
const toDestination = (text: string, isPattern: boolean): string =>
  (isPattern ? undefined : stored("destination", text)) ?? text.trim();

/** Credentials belong to a next hop: a transport without any would clear the credentials of all others. */
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
    throw refusal(
      "username",
      "given, with the password, because other transports to this next hop have credentials",
      path,
    );
}

const toHop = (text: string): string =>
  String(text)
    .trim()
    .toLowerCase()
    .replace(/^\[([^\]]*)\]$/, "$1");
