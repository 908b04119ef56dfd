import { type AddOptions, Collection, checkedItems } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import { toList } from "../../core/lists.ts";
import { stored } from "../../core/names.ts";
import { type CallOptions, callOptionsOf } from "../../core/options.ts";
import { fitted } from "../../core/prepare.ts";
import * as routes from "../../generated/routes/forwarding-hosts.ts";
import type * as types from "../../generated/types/forwarding-hosts.ts";
import { textOf } from "../../sentence.ts";

export type * from "../../generated/types/forwarding-hosts.ts";

/**
 * Hosts that forward mail to this server and are not blamed for it. They are identified by address or network, in any
 * spelling.
 */
export class ForwardingHosts extends Collection {
  /**
   * Lists the forwarding hosts.
   *
   * @see GET /api/v1/get/fwdhost/all
   */
  async list(options?: CallOptions): Promise<types.ForwardingHost[]> {
    const rows = await this.call(routes.getFwdhostAll, {}, options);
    // mailcow sends a host of digits only as a number.
    return rows.map((row) => ({ ...row, host: String(row.host) }));
  }

  /**
   * Returns one forwarding host by its address or network, or `null`. It is looked up in the list, because mailcow's
   * own route finds neither a network nor an address in another spelling.
   *
   * @see GET /api/v1/get/fwdhost/all
   */
  async get(host: string, options?: CallOptions): Promise<types.ForwardingHost | null> {
    const call = callOptionsOf(options);
    checkHost(host, routes.getFwdhost.path);
    return find(await this.list(call), host) ?? null;
  }

  /** Adds hosts; with `read: false`, returns `null` and saves the request that reads them back. */
  add(host: types.NewForwardingHost, options: AddOptions): Promise<types.ForwardingHost[] | null>;
  /**
   * Adds an address, a network, or all hosts that a name has in the DNS (from SPF, else MX, else its addresses).
   * Overwrites existing ones. Addresses are stored in lower case, IPv6 in its shortest form. mailcow accepts any text
   * of hexadecimal digits, such as `cafe` or `12345`, as an address.
   *
   * @param host - `filter_spam`: whether to filter their spam; off by default.
   * @returns The hosts as mailcow stores them; a name can have several.
   * @throws {MailcowRejectedError} `invalid_host`: the name has no host.
   * @example
   * const hosts = await mcc.forwardingHosts.add({ hostname: "example.com", filter_spam: 1 });
   * @see POST /api/v1/add/fwdhost, GET /api/v1/get/fwdhost/all
   */
  add(host: types.NewForwardingHost, options?: CallOptions): Promise<types.ForwardingHost[]>;
  async add(host: types.NewForwardingHost, options?: Partial<AddOptions>): Promise<types.ForwardingHost[] | null> {
    return this.adding(routes.addFwdhost, host, options, async (_, call, results) => {
      const added = results.flatMap(({ msg }) => textOf(msg[1]).split(", "));
      const hosts = (await this.list(call)).filter((row) => added.includes(row.host));
      return hosts.length > 0 ? hosts : null;
    });
  }

  /**
   * Sets whether to keep spam from hosts. `keep_spam` is required, as a flag: mailcow reads everything else, also the
   * word that `get` returns, as no.
   *
   * @returns The outcome of each, by its stored address or network.
   * @throws {MailcowRejectedError} `access_denied`: the host does not exist. A name is not found, only its addresses.
   * @example
   * await mcc.forwardingHosts.edit("2001:db8::1", { keep_spam: 0 });
   * @see POST /api/v1/edit/fwdhost, GET /api/v1/get/fwdhost/all
   */
  async edit(
    hosts: string | readonly string[],
    changes: types.ForwardingHostChanges,
    options?: CallOptions,
  ): Promise<Outcome[]> {
    const call = callOptionsOf(options);
    const body = checkedItems(routes.editFwdhost, toList(hosts), (part) => ({ items: part, attr: changes }), call);
    for (const host of body.items) checkHost(host, routes.editFwdhost.path);
    const { attr } = body.toBody(body.items);
    return this.editing(routes.editFwdhost, await this.#stored(body.items, call), attr, call);
  }

  /**
   * Deletes hosts by address or network. mailcow also reports success for a host that does not exist, or for a name:
   * find the hosts of a name in the list, by their `source`.
   *
   * @returns The outcome of each, by its stored address or network.
   * @see POST /api/v1/delete/fwdhost, GET /api/v1/get/fwdhost/all
   */
  async delete(hosts: string | readonly string[], options?: CallOptions): Promise<Outcome[]> {
    const call = callOptionsOf(options);
    const { items } = checkedItems(routes.deleteFwdhost, toList(hosts), (part) => part);
    for (const host of items) checkHost(host, routes.deleteFwdhost.path);
    return this.each(routes.deleteFwdhost, await this.#stored(items, call), call);
  }

  /** The stored spelling of each host: mailcow compares the text. */
  async #stored(hosts: readonly string[], call: CallOptions): Promise<string[]> {
    const rows = hosts.length > 0 ? await this.list(call) : [];
    return hosts.map((host) => find(rows, host)?.host ?? toKey(host));
  }
}

function checkHost(host: string, path: string): void {
  fitted({ type: "string", pattern: "^\\s*[^\\s,;@]+\\s*$", means: "an address or a network" }, host, path, "host");
}

function find(rows: readonly types.ForwardingHost[], host: string): types.ForwardingHost | undefined {
  return rows.find((row) => row.host === host) ?? rows.find((row) => toKey(row.host) === toKey(host));
}

/** A spelling by which hosts can be compared. */
const toKey = (host: string): string => stored("host-or-network", host) ?? host.trim().toLowerCase();
