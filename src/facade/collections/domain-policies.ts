import { type AddOptions, Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/domain-policies.ts";
import type { Id, PolicyEntry, PolicyList } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/domain-policies.ts";
import { checkedOwner, listPolicies } from "../policies.ts";

export type * from "../../generated/types/domain-policies.ts";

const lists = { wl: routes.getPolicyWlDomain, bl: routes.getPolicyBlDomain };

/** Senders whose mail a domain always accepts (`wl`) or always refuses (`bl`). */
export class DomainPolicies extends Collection {
  /**
   * Lists the senders on a list of a domain, without the senders of its mailboxes; `[]` if the domain does not exist.
   *
   * @see GET /api/v1/get/policy_wl_domain/{domain}, GET /api/v1/get/policy_bl_domain/{domain}
   */
  async list(domain: string, list: PolicyList, options?: CallOptions): Promise<PolicyEntry[]> {
    return listPolicies(this.core, lists, list, { domain }, options);
  }

  /** Puts a sender on a list; with `read: false`, returns `null` and saves the request that reads it back. */
  add(policy: types.NewDomainPolicy, options: AddOptions): Promise<PolicyEntry | null>;
  /**
   * Puts a sender on a list of a domain or an alias domain.
   *
   * @param policy - `object_from`: an address, or a part of one with `*` for any text. It can't contain a plus sign.
   * @throws {MailcowRejectedError} `access_denied` (no such domain), `policy_list_from_invalid` or
   * `policy_list_from_exists`: the sender is on one of the two lists of the domain.
   * @example
   * await mcc.domainPolicies.add({ domain: "example.com", object_list: "bl", object_from: "*@bad.example" });
   * @see POST /api/v1/add/domain-policy, GET /api/v1/get/policy_wl_domain/{domain},
   * GET /api/v1/get/policy_bl_domain/{domain}
   */
  add(policy: types.NewDomainPolicy, options?: CallOptions): Promise<PolicyEntry>;
  async add(policy: types.NewDomainPolicy, options?: Partial<AddOptions>): Promise<PolicyEntry | null> {
    return this.adding(
      routes.addDomainPolicy,
      policy,
      options,
      async ({ domain, object_list, object_from }, call) =>
        (await this.list(domain, object_list, call)).find(({ value }) => value === object_from),
      ({ domain, object_list }) => checkedOwner(lists, object_list, { domain }),
    );
  }

  /**
   * Deletes entries of domains by their `prefid`.
   *
   * @throws {MailcowRejectedError} `access_denied`: the entry does not exist, or it belongs to a mailbox.
   * @see POST /api/v1/delete/domain-policy
   */
  async delete(prefids: Id | readonly Id[], options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteDomainPolicy, prefids, options);
  }
}
