import type { AddOauth2Client, Oauth2Client, Oauth2ClientAttributes } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, type AddMany, byId } from "../collection.ts";
import type { Outcome } from "../outcomes.ts";

/** Applications whose users log in with their mailbox. They go by the number `id`, not by `client_id`. */
export interface Oauth2Clients {
  /**
   * Lists the clients, with their secrets in clear.
   *
   * @see GET /api/v1/get/oauth2-client/all
   */
  list(): Promise<Oauth2Client[]>;
  /**
   * Reads one client with its secret in clear, or `null`.
   *
   * @see GET /api/v1/get/oauth2-client/{id}
   */
  get(id: number): Promise<Oauth2Client | null>;
  /**
   * Adds a client. mailcow makes up its `client_id` and `client_secret`, and does not check `redirect_uri`.
   *
   * @example
   * const { client_id, client_secret } = await mcc.oauth2Clients.add({ redirect_uri: "https://app.example.com/cb" });
   * @see POST /api/v1/add/oauth2-client, GET /api/v1/get/oauth2-client/all
   */
  add: Add<AddOauth2Client, Oauth2Client>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/oauth2-client, GET /api/v1/get/oauth2-client/all
   */
  addMany: AddMany<AddOauth2Client, Oauth2Client>;
  /**
   * Sets the address that users are sent to after login.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is none of that id.
   * @see POST /api/v1/edit/oauth2-client
   */
  edit(ids: number | readonly number[], attr: Oauth2ClientAttributes): Promise<Outcome<number>[]>;
  /**
   * Makes new secrets, which `get` reads; the old ones are void at once.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is none of that id.
   * @see POST /api/v1/edit/oauth2-client
   */
  renewSecret(ids: number | readonly number[]): Promise<Outcome<number>[]>;
  /**
   * Revokes all tokens that clients hold: their users have to log in again.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is none of that id.
   * @see POST /api/v1/edit/oauth2-client
   */
  revokeTokens(ids: number | readonly number[]): Promise<Outcome<number>[]>;
  /**
   * Deletes clients, one call for each. mailcow also says success for one that is not there.
   *
   * @see POST /api/v1/delete/oauth2-client
   */
  delete(ids: number | readonly number[]): Promise<Outcome<number>[]>;
}

export function oauth2Clients(calls: Calls): Oauth2Clients {
  const isIt = (row: Oauth2Client, { redirect_uri = "" }: AddOauth2Client) => (row.redirect_uri ?? "") === redirect_uri;
  const clients = byId(calls, "oauth2Clients", "oauth2-client", isIt, {}, { single: true });
  return {
    ...clients,
    renewSecret: (ids) => clients.edit(ids, { renew_secret: 1 }),
    revokeTokens: (ids) => clients.edit(ids, { revoke_tokens: 1 }),
  };
}
