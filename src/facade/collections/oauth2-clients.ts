import { Addable, type AddOptions } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/oauth2-clients.ts";
import type { Id, Ids } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/oauth2-clients.ts";

export type * from "../../generated/types/oauth2-clients.ts";

/** The fields that an edit sets; see `renewSecret` and `revokeTokens` for the rest. */
export type Oauth2ClientChanges = Extract<types.Oauth2ClientChanges, { redirect_uri: string }>;

/** Applications whose users log in with their mailbox. They are identified by the number `id`, not by `client_id`. */
export class Oauth2Clients extends Addable<types.NewOauth2Client, types.Oauth2Client> {
  /**
   * Lists the clients, with their secrets in clear.
   *
   * @see GET /api/v1/get/oauth2-client/all
   */
  async list(options?: CallOptions): Promise<types.Oauth2Client[]> {
    return this.call(routes.getOauth2ClientAll, {}, options);
  }

  /**
   * Returns one client with its secret in clear, or `null`.
   *
   * @see GET /api/v1/get/oauth2-client/{id}
   */
  async get(id: Id, options?: CallOptions): Promise<types.Oauth2Client | null> {
    return this.call(routes.getOauth2Client, { id }, options);
  }

  /** Adds a client; with `read: false`, returns `null` and saves the request that reads it back. */
  add(client: types.NewOauth2Client, options: AddOptions): Promise<types.Oauth2Client | null>;
  /**
   * Adds a client. mailcow makes up its `client_id` and `client_secret`, and does not check `redirect_uri`.
   *
   * @returns The client with its secret in clear. There may be several with the same address.
   * @throws {MailcowReplyError} It was added, but another program added an equal one at the same time. The message
   * names both ids.
   * @example
   * const { client_id, client_secret } = await mcc.oauth2Clients.add({ redirect_uri: "https://app.example.com/cb" });
   * @see POST /api/v1/add/oauth2-client, GET /api/v1/get/oauth2-client/all
   */
  add(client: types.NewOauth2Client, options?: CallOptions): Promise<types.Oauth2Client>;
  async add(client: types.NewOauth2Client, options?: Partial<AddOptions>): Promise<types.Oauth2Client | null> {
    const look = ({ redirect_uri }: { redirect_uri?: string | null }) => [redirect_uri];
    return this.addingUnnamed(routes.addOauth2Client, client, options, {
      list: (call: CallOptions) => this.list(call),
      sent: look,
      row: look,
    });
  }

  /**
   * Sets the address that users are sent to after login.
   *
   * @throws {MailcowRejectedError} `access_denied`: unknown id.
   * @see POST /api/v1/edit/oauth2-client
   */
  async edit(ids: Ids, changes: Oauth2ClientChanges, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.#edit(ids, changes, options);
  }

  /**
   * Makes new secrets, which `get` returns. The old ones stop working immediately.
   *
   * @throws {MailcowRejectedError} `access_denied`: unknown id.
   * @see POST /api/v1/edit/oauth2-client
   */
  async renewSecret(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.#edit(ids, { renew_secret: 1 }, options);
  }

  /**
   * Revokes all tokens that clients hold: their users have to log in again.
   *
   * @throws {MailcowRejectedError} `access_denied`: unknown id.
   * @see POST /api/v1/edit/oauth2-client
   */
  async revokeTokens(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.#edit(ids, { revoke_tokens: 1 }, options);
  }

  /**
   * Deletes clients, one call each. mailcow also reports success for a client that does not exist.
   *
   * @see POST /api/v1/delete/oauth2-client
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteOauth2Client, ids, options);
  }

  #edit(ids: Ids, changes: types.Oauth2ClientChanges, options: CallOptions | undefined): Promise<Outcome<Id>[]> {
    return this.editing(routes.editOauth2Client, ids, changes, options);
  }
}
