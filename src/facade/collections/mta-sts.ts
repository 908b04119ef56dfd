import { Collection, type Edit } from "../../calls/collection.ts";
import { fieldsOf, toDomain } from "../../calls/names.ts";
import type { ActionResult, MtaStsAttributes, NewMtaSts } from "../../types.ts";

const version = "STSv1";

/** MTA-STS policies of domains. No call of mailcow reads or deletes one; it goes with its domain. */
export class MtaSts extends Collection {
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
  readonly add = async (policy: NewMtaSts): Promise<ActionResult[]> => {
    const { domain, ...rest } = fieldsOf(policy);
    return this.calls.write("/api/v1/add/mta-sts", { active: 1, ...rest, version, domain: toDomain(domain) });
  };
  /**
   * Sets attributes on policies; what is not given keeps its value. An empty `mx` empties the list.
   *
   * @throws {@link MailcowRejectedError} `access_denied` (no such domain, or none with a policy) or `mx_invalid`.
   * @see POST /api/v1/edit/mta-sts
   */
  readonly edit: Edit<string, MtaStsAttributes> = this.editor("/api/v1/edit/mta-sts", {
    item: toDomain,
    attr: (attr) => ({ ...attr, version }),
  });
}
