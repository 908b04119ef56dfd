import { Collection } from "../../calls/collection.ts";
import { refusal } from "../../calls/input.ts";
import { fieldsOf, toList } from "../../calls/names.ts";
import { MailcowRejectedError } from "../../errors.ts";
import type { ActionResult, IdentityProviderRow, NewIdentityProvider } from "../../types.ts";

/** The one provider that users may log in through: Keycloak, OpenID Connect or LDAP. */
export class IdentityProvider extends Collection {
  /**
   * Reads the provider, **with its secrets in clear**, or `null`. Fields of an earlier provider of another kind stay in
   * it until `delete`: look at `authsource` first.
   *
   * @see GET /api/v1/get/identity-provider
   */
  readonly get = async (): Promise<IdentityProviderRow | null> => {
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
  readonly set = async (provider: NewIdentityProvider, options: { test?: boolean } = {}): Promise<ActionResult[]> => {
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
  readonly delete = (): Promise<ActionResult[]> => this.calls.write("/api/v1/delete/identity-provider", []);
  /**
   * Tries whether mailcow reaches a provider, and stores nothing. Many OpenID Connect servers work and fail this test:
   * it wants HTTP 200 for an OPTIONS call of `token_url`.
   *
   * @returns Whether it does; mailcow does not say why not.
   * @see POST /api/v1/edit/identity-provider-test
   */
  readonly test = async (provider: NewIdentityProvider): Promise<boolean> => {
    try {
      await this.calls.write("/api/v1/edit/identity-provider-test", { attr: whole(fieldsOf(provider)) });
      return true;
    } catch (error) {
      if (error instanceof MailcowRejectedError) return false;
      throw error;
    }
  };
}

/** The test knows no default of the port. */
const whole = (provider: NewIdentityProvider): NewIdentityProvider =>
  provider.authsource === "ldap" ? { ...provider, port: Number(provider.port) || 389 } : provider;
