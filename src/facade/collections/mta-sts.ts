import type { ActionResult } from "../../contract.ts";
import { Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/mta-sts.ts";
import type { DomainNames } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/mta-sts.ts";

export type * from "../../generated/types/mta-sts.ts";

/** MTA-STS policies of domains. mailcow can neither read nor delete one; it is deleted with its domain. */
export class MtaSts extends Collection {
  /**
   * Adds the policy of a domain or alias domain, active unless `active` says otherwise.
   *
   * @param policy - `mx`: the mail servers, in a list or joined by commas. `max_age`: seconds, at most 365 days.
   * @throws {MailcowRejectedError} `access_denied` (no such domain), `mx_invalid`, or a message of the database
   * where there is a policy already: then `edit` it.
   * @example
   * await mcc.mtaSts.add({ domain: "example.com", mode: "testing", mx: ["mail.example.com"], max_age: 86400 });
   * @see POST /api/v1/add/mta-sts
   */
  async add(policy: types.NewMtaSts, options?: CallOptions): Promise<ActionResult[]> {
    return this.call(routes.addMtaSts, policy, options);
  }

  /**
   * Sets attributes on policies; what is not given keeps its value. An empty text for `mx` empties the list.
   *
   * @throws {MailcowRejectedError} `access_denied` (no such domain, or it has no policy) or `mx_invalid`.
   * @see POST /api/v1/edit/mta-sts
   */
  async edit(domains: DomainNames, changes: types.MtaStsChanges, options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editMtaSts, domains, changes, options);
  }
}
