import { ById } from "../../calls/by-id.ts";
import type { Calls } from "../../calls/calls.ts";
import type { Add, AddMany, Edit, ForEach } from "../../calls/collection.ts";
import type { AddOauth2Client, Oauth2Client, Oauth2ClientAttributes } from "../../types.ts";

/** Applications whose users log in with their mailbox. They go by the number `id`, not by `client_id`. */
export class Oauth2Clients extends ById<"oauth2-client", Oauth2ClientAttributes> {
  /**
   * Lists the clients, with their secrets in clear.
   *
   * @see GET /api/v1/get/oauth2-client/all
   */
  declare readonly list: () => Promise<Oauth2Client[]>;
  /**
   * Reads one client with its secret in clear, or `null`.
   *
   * @see GET /api/v1/get/oauth2-client/{id}
   */
  declare readonly get: (id: number) => Promise<Oauth2Client | null>;
  /**
   * Adds a client. mailcow makes up its `client_id` and `client_secret`, and does not check `redirect_uri`.
   *
   * @example
   * const { client_id, client_secret } = await mcc.oauth2Clients.add({ redirect_uri: "https://app.example.com/cb" });
   * @see POST /api/v1/add/oauth2-client, GET /api/v1/get/oauth2-client/all
   */
  declare readonly add: Add<AddOauth2Client, Oauth2Client>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/oauth2-client, GET /api/v1/get/oauth2-client/all
   */
  declare readonly addMany: AddMany<AddOauth2Client, Oauth2Client>;
  /**
   * Sets the address that users are sent to after login.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is none of that id.
   * @see POST /api/v1/edit/oauth2-client
   */
  declare readonly edit: Edit<number, Oauth2ClientAttributes>;
  /**
   * Makes new secrets, which `get` reads; the old ones are void at once.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is none of that id.
   * @see POST /api/v1/edit/oauth2-client
   */
  readonly renewSecret: ForEach<number> = (ids) => this.#act(ids, { renew_secret: 1 });
  /**
   * Revokes all tokens that clients hold: their users have to log in again.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is none of that id.
   * @see POST /api/v1/edit/oauth2-client
   */
  readonly revokeTokens: ForEach<number> = (ids) => this.#act(ids, { revoke_tokens: 1 });
  /**
   * Deletes clients, one call for each. mailcow also says success for one that is not there.
   *
   * @see POST /api/v1/delete/oauth2-client
   */
  declare readonly delete: ForEach<number>;
  readonly #act = this.editor<"/api/v1/edit/oauth2-client", number, object>("/api/v1/edit/oauth2-client", { size: 1 });

  constructor(calls: Calls) {
    const isIt = (row: Oauth2Client, { redirect_uri = "" }: AddOauth2Client) =>
      (row.redirect_uri ?? "") === redirect_uri;
    super(calls, "oauth2-client", { isIt, size: 1 });
  }
}
