import type { ActionResult } from "../../contract.ts";
import { Collection } from "../../core/collection.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/password-policy.ts";
import type * as types from "../../generated/types/password-policy.ts";

export type * from "../../generated/types/password-policy.ts";

/** What the passwords of this server's mailboxes and admins have to be like. */
export class ServerPasswordPolicy extends Collection {
  /**
   * Reads the policy: numbers and flags, all in digits. A flag other than `"1"` is not enforced.
   *
   * @see GET /api/v1/get/passwordpolicy
   */
  async get(options?: CallOptions): Promise<types.PasswordPolicy> {
    return this.call(routes.getPasswordpolicy, {}, options);
  }

  /**
   * Reads the policy as HTML in the server's language, for people.
   *
   * @see GET /api/v1/get/passwordpolicy/html
   */
  async getHtml(options?: CallOptions): Promise<string> {
    return this.call(routes.getPasswordpolicyHtml, {}, options);
  }

  /**
   * Sets rules; what is not given keeps its value. Existing passwords stay as they are.
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
