import type { ActionResult, AddMtaSts, EditMtaStsAttributes } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { editor } from "../collection.ts";
import { toDomain } from "../names.ts";
import type { Outcome } from "../outcomes.ts";

/** An MTA-STS policy to add. */
export interface NewMtaSts extends Omit<AddMtaSts, "version"> {}

/** What to set on an MTA-STS policy. */
export interface MtaStsAttributes extends Omit<EditMtaStsAttributes, "version"> {}

/** MTA-STS policies of domains. No call of mailcow reads or deletes one; it goes with its domain. */
export interface MtaSts {
  /**
   * Adds the policy of a domain or alias domain, given out unless `active` says otherwise.
   *
   * @param policy - `mx`: the mail servers, joined by commas. `max_age`: seconds, at most 365 days.
   * @throws {@link MailcowRejectedError} `access_denied` (no such domain), `mx_invalid`, or a message of the
   * database where there is a policy already: then `edit` it.
   * @example
   * await mcc.mtaSts.add({ domain: "example.com", mode: "testing", mx: "mail.example.com", max_age: 86400 });
   * @see POST /api/v1/add/mta-sts
   */
  add(policy: NewMtaSts): Promise<ActionResult[]>;
  /**
   * Sets attributes on policies; what is not given keeps its value. An empty `mx` empties the list.
   *
   * @throws {@link MailcowRejectedError} `access_denied` (no such domain, or none with a policy) or `mx_invalid`.
   * @see POST /api/v1/edit/mta-sts
   */
  edit(domains: string | readonly string[], attr: MtaStsAttributes): Promise<Outcome[]>;
}

// There is one version, and mailcow wants to be told it with every edit.
const version = "STSv1";

export function mtaSts(calls: Calls): MtaSts {
  const name = (method: string) => (domain: string) => toDomain(`mtaSts.${method}`, "domain", domain);
  return {
    add: async ({ domain, ...policy }) =>
      calls.write("mtaSts.add", "/api/v1/add/mta-sts", { active: 1, ...policy, version, domain: name("add")(domain) }),
    edit: editor(calls, "mtaSts.edit", "/api/v1/edit/mta-sts", name("edit"), (attr) => ({ ...attr, version })),
  };
}
