import type { ActionResult, EditPasswordPolicyAttributes, PasswordPolicy } from "../../types.ts";
import type { Calls } from "../calls.ts";

/** What the passwords of this server's mailboxes and admins have to be like. */
export interface ServerPasswordPolicy {
  /**
   * Reads the policy: numbers and flags, all in digits. A flag other than `"1"` is not enforced.
   *
   * @see GET /api/v1/get/passwordpolicy
   */
  get(): Promise<PasswordPolicy>;
  /**
   * Reads the policy as HTML in the server's language, for people.
   *
   * @see GET /api/v1/get/passwordpolicy/html
   */
  getHtml(): Promise<string>;
  /**
   * Sets rules; what is not given keeps its value. Passwords that there are stay as they are.
   *
   * @param attr - `length`: bytes, 3 or more.
   * @see POST /api/v1/edit/passwordpolicy
   */
  edit(attr: EditPasswordPolicyAttributes): Promise<ActionResult[]>;
}

export function passwordPolicy(calls: Calls): ServerPasswordPolicy {
  return {
    get: () => calls.data("/api/v1/get/passwordpolicy"),
    getHtml: () => calls.data("/api/v1/get/passwordpolicy/html"),
    edit: async (attr) => calls.write("passwordPolicy.edit", "/api/v1/edit/passwordpolicy", { attr }),
  };
}
