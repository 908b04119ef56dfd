import type { ActionResult } from "../../contract.ts";
import { Collection } from "../../core/collection.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/password-policy.ts";
import type * as types from "../../generated/types/password-policy.ts";

export type * from "../../generated/types/password-policy.ts";

/** The rules for passwords of this server's mailboxes and admins. */
export class ServerPasswordPolicy extends Collection {
  /**
   * Returns the policy: numbers and flags, all as digits. A rule is enforced only if its flag is `"1"`.
   *
   * @see GET /api/v1/get/passwordpolicy
   */
  async get(options?: CallOptions): Promise<types.PasswordPolicy> {
    return this.call(routes.getPasswordpolicy, {}, options);
  }

  /**
   * Returns the policy as HTML in the server's language, to show to users.
   *
   * @see GET /api/v1/get/passwordpolicy/html
   */
  async getHtml(options?: CallOptions): Promise<string> {
    return this.call(routes.getPasswordpolicyHtml, {}, options);
  }

  /**
   * Sets rules. Fields you leave out keep their value. Existing passwords stay as they are.
   *
   * @param changes - `length`: bytes, 3 or more.
   * @example
   * await mcc.passwordPolicy.edit({ length: 12, numbers: 1 });
   * @see POST /api/v1/edit/passwordpolicy
   */
  async edit(changes: types.PasswordPolicyChanges, options?: CallOptions): Promise<ActionResult[]> {
    return this.call(routes.editPasswordpolicy, { attr: changes }, options);
  }
}
