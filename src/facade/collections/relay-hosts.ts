import { Addable, type AddOptions } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/relay-hosts.ts";
import type { Id, Ids } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/relay-hosts.ts";

export type * from "../../generated/types/relay-hosts.ts";

/** Servers through which a domain or a mailbox sends its outgoing mail. */
export class RelayHosts extends Addable<types.NewRelayHost, types.RelayHost> {
  /**
   * Lists the relayhosts, with their passwords in clear.
   *
   * @see GET /api/v1/get/relayhost/all
   */
  async list(options?: CallOptions): Promise<types.RelayHost[]> {
    return this.call(routes.getRelayhostAll, {}, options);
  }

  /**
   * Returns one relayhost, or `null`.
   *
   * @see GET /api/v1/get/relayhost/{id}
   */
  async get(id: Id, options?: CallOptions): Promise<types.RelayHost | null> {
    return this.call(routes.getRelayhost, { id }, options);
  }

  /** Adds a relayhost; with `read: false`, returns `null` and saves the request that reads it back. */
  add(host: types.NewRelayHost, options: AddOptions): Promise<types.RelayHost | null>;
  /**
   * Adds a relayhost. A password with colons is refused, because mailcow would escape them: set it with `edit`. Several
   * relayhosts may be equal.
   *
   * @returns The relayhost as mailcow stores it, with its id.
   * @throws {MailcowRejectedError} `invalid_host`: `hostname` is empty.
   * @throws {MailcowReplyError} It was added, but another program added an equal one at the same time. The message
   * names both ids.
   * @example
   * const { id } = await mcc.relayHosts.add({ hostname: "[smtp.example.com]:587", username: "ann", password });
   * @see POST /api/v1/add/relayhost, GET /api/v1/get/relayhost/all
   */
  add(host: types.NewRelayHost, options?: CallOptions): Promise<types.RelayHost>;
  async add(host: types.NewRelayHost, options?: Partial<AddOptions>): Promise<types.RelayHost | null> {
    const look = ({ hostname, username, password }: types.NewRelayHost) => [hostname, username?.trim(), password];
    return this.addingUnnamed(routes.addRelayhost, host, options, {
      list: (call: CallOptions) => this.list(call),
      sent: look,
      row: look,
    });
  }

  /**
   * Sets attributes on relayhosts. Fields you leave out keep their value.
   *
   * @throws {MailcowRejectedError} `relayhost_invalid`: unknown id.
   * @see POST /api/v1/edit/relayhost
   */
  async edit(ids: Ids, changes: types.RelayHostChanges, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.editing(routes.editRelayhost, ids, changes, options);
  }

  /**
   * Deletes relayhosts. mailcow also reports success for one that does not exist. Mailboxes keep the id of a deleted
   * one.
   *
   * @see POST /api/v1/delete/relayhost
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteRelayhost, ids, options);
  }
}
