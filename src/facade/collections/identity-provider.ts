import type { ActionResult } from "../../contract.ts";
import { checked } from "../../core/api.ts";
import { Collection } from "../../core/collection.ts";
import { toList } from "../../core/lists.ts";
import { collationKey } from "../../core/names.ts";
import { type CallOptions, optionsOf } from "../../core/options.ts";
import { MailcowRejectedError } from "../../errors.ts";
import * as routes from "../../generated/routes/identity-provider.ts";
import { getMailboxTemplateAll } from "../../generated/routes/mailbox-templates.ts";
import type * as types from "../../generated/types/identity-provider.ts";
import { refusal } from "../../refusal.ts";

export type * from "../../generated/types/identity-provider.ts";

/** A provider as mailcow stores it, by kind (`authsource`). */
export type IdentityProviderRow = Exclude<types.IdentityProvider, types.NoIdentityProvider>;

/** How to set the provider. */
export interface SetProviderOptions extends CallOptions {
  /**
   * Whether to test the provider first and store it only if mailcow reaches it.
   *
   * @default true for LDAP, false for the others
   */
  readonly test?: boolean;
}

/** The one provider that users may log in through: Keycloak, OpenID Connect or LDAP. */
export class IdentityProvider extends Collection {
  /**
   * Returns the provider, **with its secrets in clear**, or `null`. It keeps the fields of an earlier provider of
   * another kind until `delete`: check `authsource` first.
   *
   * @see GET /api/v1/get/identity-provider
   */
  async get(options?: CallOptions): Promise<IdentityProviderRow | null> {
    const row = await this.call(routes.getIdentityProvider, {}, options);
    return "authsource" in row ? row : null;
  }

  /**
   * Replaces the whole provider: switches you leave out are off.
   *
   * **An LDAP server that accepts connections and stays silent stalls every request to mailcow**, including its web
   * interface. So LDAP is tested first, and stored only if the server answers.
   *
   * @param options - `test`: whether to test it first; on by default for LDAP only.
   * @throws {MailcowInputError} A mailbox template in `default_template` or `templates` does not exist.
   * @throws {MailcowRejectedError} `authsource_in_use` (mailboxes log in through a provider of another kind), or
   * `Cannot edit item`: the test failed, and nothing was stored.
   * @throws {MailcowTimeoutError} The test had no answer, and nothing was stored.
   * @example
   * await mcc.identityProvider.set({
   *   authsource: "ldap",
   *   host: "ldap.example.com",
   *   basedn: "ou=people,dc=example,dc=com",
   *   binddn: "cn=mailcow,dc=example,dc=com",
   *   bindpass: password,
   * });
   * @see POST /api/v1/edit/identity-provider, POST /api/v1/edit/identity-provider-test,
   * GET /api/v1/get/mailbox/template/all
   */
  async set(provider: types.NewIdentityProvider, options?: SetProviderOptions): Promise<ActionResult[]> {
    const input = checked(routes.editIdentityProvider, { attr: provider });
    const { authsource, mappers = [], templates = [], default_template = "" } = input.attr;
    const { test, ...call } = optionsOf(options, { test: authsource === "ldap" });
    if (toList(mappers).length !== toList(templates).length)
      throw refusal(
        "templates",
        "as many as mappers: otherwise mailcow silently keeps the old ones",
        routes.editIdentityProvider.path,
      );
    await this.#checkTemplates([default_template, ...toList(templates)], call);
    if (test) await this.call(routes.editIdentityProviderTest, input, call);
    return this.call(routes.editIdentityProvider, input, call);
  }

  /**
   * Deletes the provider with all its fields. mailcow also reports success if there is none.
   *
   * @throws {MailcowRejectedError} `authsource_in_use`: mailboxes log in through it.
   * @see POST /api/v1/delete/identity-provider
   */
  async delete(options?: CallOptions): Promise<ActionResult[]> {
    return this.call(routes.deleteIdentityProvider, [], options);
  }

  /**
   * Tests whether mailcow reaches a provider, and stores nothing. Many OpenID Connect servers work but fail this test:
   * it requires HTTP 200 for an OPTIONS request to `token_url`.
   *
   * @returns Whether mailcow reaches it; mailcow does not say why not.
   * @example
   * const provider = {
   *   authsource: "ldap",
   *   host: "ldap.example.com",
   *   basedn: "ou=people,dc=example,dc=com",
   *   binddn: "cn=mailcow,dc=example,dc=com",
   *   bindpass: password,
   * } as const;
   * if (await mcc.identityProvider.test(provider)) await mcc.identityProvider.set(provider);
   * @see POST /api/v1/edit/identity-provider-test
   */
  async test(provider: types.NewIdentityProvider, options?: CallOptions): Promise<boolean> {
    try {
      await this.call(routes.editIdentityProviderTest, { attr: provider }, options);
      return true;
    } catch (error) {
      if (error instanceof MailcowRejectedError) return false;
      throw error;
    }
  }
  /** Without its template, new users can't log in; mailcow does not check the names. */
  async #checkTemplates(names: readonly string[], call: CallOptions): Promise<void> {
    const named = names.filter((name) => name !== "");
    const rows = named.length > 0 ? await this.call(getMailboxTemplateAll, {}, call) : [];
    const known = rows.map(({ template }) => collationKey(template));
    const unknown = named.find((name) => !known.includes(collationKey(name)));
    if (unknown !== undefined)
      throw refusal(
        "default_template and templates",
        `names of mailbox templates that exist; ${unknown} does not exist`,
        routes.editIdentityProvider.path,
      );
  }
}
