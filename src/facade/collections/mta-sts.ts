import type { ActionResult } from "../../contract.ts";
import { Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/mta-sts.ts";
import type { DomainNames } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/mta-sts.ts";

export type * from "../../generated/types/mta-sts.ts";

/** MTA-STS policies of domains. mailcow has no route to read or delete one; it deletes the policy with its domain. */
export class MtaSts extends Collection {
  /**
   * Adds the policy of a domain or alias domain, active by default.
   *
   * @param policy - `mx`: the mail servers, as a list or separated by commas. `max_age`: seconds, at most 365 days.
   * @throws {MailcowRejectedError} `access_denied` (no such domain), `mx_invalid`, or a message of the database if
   * there is a policy already: use `edit`.
   * @example
   * await mcc.mtaSts.add({ domain: "example.com", mode: "testing", mx: ["mail.example.com"], max_age: 86400 });
   * @see POST /api/v1/add/mta-sts
   */
  async add(policy: types.NewMtaSts, options?: CallOptions): Promise<ActionResult[]> {
    return this.call(routes.addMtaSts, policy, options);
  }

  /**
   * Sets attributes on policies. Fields you leave out keep their value. An empty text for `mx` empties the list.
   *
   * @throws {MailcowRejectedError} `access_denied` (no such domain, or no policy) or `mx_invalid`.
   * @see POST /api/v1/edit/mta-sts
   */
  async edit(domains: DomainNames, changes: types.MtaStsChanges, options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editMtaSts, domains, changes, options);
  }
}
