import { ById } from "../../calls/by-id.ts";
import type { Calls } from "../../calls/calls.ts";
import { type Add, type AddMany, Collection, type Edit, type ForEach } from "../../calls/collection.ts";
import { refusal } from "../../calls/input.ts";
import { fieldsOf, toList } from "../../calls/names.ts";
import { MailcowRejectedError } from "../../errors.ts";
import type * as types from "../../types.ts";

/** Applications whose users log in with their mailbox. They go by the number `id`, not by `client_id`. */
export class Oauth2Clients extends ById<"oauth2-client", types.Oauth2ClientAttributes> {
  /**
   * Lists the clients, with their secrets in clear.
   *
   * @see GET /api/v1/get/oauth2-client/all
   */
  declare readonly list: () => Promise<types.Oauth2Client[]>;
  /**
   * Reads one client with its secret in clear, or `null`.
   *
   * @see GET /api/v1/get/oauth2-client/{id}
   */
  declare readonly get: (id: number) => Promise<types.Oauth2Client | null>;
  /**
   * Adds a client. mailcow makes up its `client_id` and `client_secret`, and does not check `redirect_uri`.
   *
   * @example
   * const { client_id, client_secret } = await mcc.oauth2Clients.add({ redirect_uri: "https://app.example.com/cb" });
   * @see POST /api/v1/add/oauth2-client, GET /api/v1/get/oauth2-client/all
   */
  declare readonly add: Add<types.AddOauth2Client, types.Oauth2Client>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/oauth2-client, GET /api/v1/get/oauth2-client/all
   */
  declare readonly addMany: AddMany<types.AddOauth2Client, types.Oauth2Client>;
  /**
   * Sets the address that users are sent to after login.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is none of that id.
   * @see POST /api/v1/edit/oauth2-client
   */
  declare readonly edit: Edit<number, types.Oauth2ClientAttributes>;
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
    const isIt = (row: types.Oauth2Client, { redirect_uri = "" }: types.AddOauth2Client) =>
      (row.redirect_uri ?? "") === redirect_uri;
    super(calls, "oauth2-client", { isIt, size: 1 });
  }
}

/** The one provider that users may log in through: Keycloak, OpenID Connect or LDAP. */
export class IdentityProvider extends Collection {
  /**
   * Reads the provider, **with its secrets in clear**, or `null`. Fields of an earlier provider of another kind stay in
   * it until `delete`: look at `authsource` first.
   *
   * @see GET /api/v1/get/identity-provider
   */
  readonly get = async (): Promise<types.IdentityProviderRow | null> => {
    const row = await this.calls.data("/api/v1/get/identity-provider");
    return "authsource" in row ? row : null;
  };
  /**
   * Sets the provider, the whole of it: switches that are not given go off.
   *
   * **An LDAP server that takes connections and stays silent stalls every request of mailcow**, its web interface
   * included. So one is tested first, and only stored when it answers.
   *
   * @param options - `test`: whether to test it first; by default only LDAP is.
   * @throws {@link MailcowRejectedError} `authsource_in_use` (mailboxes log in through one of another kind), or
   * `Cannot edit item`: the test failed, and nothing was stored.
   * @throws {@link MailcowTimeoutError} The test had no answer, and nothing was stored.
   * @example
   * await mcc.identityProvider.set({ authsource: "ldap", host: "ldap.example.com", basedn, binddn, bindpass });
   * @see POST /api/v1/edit/identity-provider, POST /api/v1/edit/identity-provider-test
   */
  readonly set = async (
    provider: types.NewIdentityProvider,
    options: { test?: boolean } = {},
  ): Promise<types.ActionResult[]> => {
    const attr = whole(fieldsOf(provider));
    if (toList(attr.mappers ?? []).length !== toList(attr.templates ?? []).length)
      throw refusal("templates", "as many as mappers, or mailcow keeps the old ones in silence");
    if (options.test ?? attr.authsource === "ldap")
      await this.calls.write("/api/v1/edit/identity-provider-test", { attr });
    return this.calls.write("/api/v1/edit/identity-provider", { attr });
  };
  /**
   * Deletes the provider with all its fields. mailcow also says success where there is none.
   *
   * @throws {@link MailcowRejectedError} `authsource_in_use`: mailboxes log in through it.
   * @see POST /api/v1/delete/identity-provider
   */
  readonly delete = (): Promise<types.ActionResult[]> => this.calls.write("/api/v1/delete/identity-provider", []);
  /**
   * Tries whether mailcow reaches a provider, and stores nothing. Many OpenID Connect servers work and fail this test:
   * it wants HTTP 200 for an OPTIONS call of `token_url`.
   *
   * @returns Whether it does; mailcow does not say why not.
   * @see POST /api/v1/edit/identity-provider-test
   */
  readonly test = async (provider: types.NewIdentityProvider): Promise<boolean> => {
    const attr = whole(fieldsOf(provider));
    return this.calls.write("/api/v1/edit/identity-provider-test", { attr }).then(() => true, ifRefused);
  };
}

function ifRefused(error: unknown): false {
  if (error instanceof MailcowRejectedError) return false;
  throw error;
}

/** The test knows no default of the port. */
const whole = (provider: types.NewIdentityProvider): types.NewIdentityProvider =>
  provider.authsource === "ldap" ? { ...provider, port: Number(provider.port) || 389 } : provider;
