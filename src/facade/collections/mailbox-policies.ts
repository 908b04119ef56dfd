import { type AddOptions, Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/mailbox-policies.ts";
import type { Id, PolicyEntry, PolicyList } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/mailbox-policies.ts";
import { checkedOwner, listPolicies } from "../policies.ts";

export type * from "../../generated/types/mailbox-policies.ts";

const lists = { wl: routes.getPolicyWlMailbox, bl: routes.getPolicyBlMailbox };

/** Senders whose mail a mailbox always accepts (`wl`) or always refuses (`bl`). */
export class MailboxPolicies extends Collection {
  /**
   * Lists the senders on a list of a mailbox, without the senders of its domain; `[]` if the mailbox does not exist.
   *
   * @see GET /api/v1/get/policy_wl_mailbox/{mailbox}, GET /api/v1/get/policy_bl_mailbox/{mailbox}
   */
  async list(mailbox: string, list: PolicyList, options?: CallOptions): Promise<PolicyEntry[]> {
    return listPolicies(this.core, lists, list, { mailbox }, options);
  }

  /** Puts a sender on a list; with `read: false`, returns `null` and saves the request that reads it back. */
  add(policy: types.NewMailboxPolicy, options: AddOptions): Promise<PolicyEntry | null>;
  /**
   * Puts a sender on a list of a mailbox.
   *
   * @param policy - `username`: the address of the mailbox. `object_from`: an address, or a part of one with `*` for
   * any text. It can't contain a plus sign.
   * @throws {MailcowRejectedError} `access_denied` (no such mailbox), `policy_list_from_invalid` or
   * `policy_list_from_exists`: the sender is on one of the two lists of the mailbox.
   * @example
   * await mcc.mailboxPolicies.add({ username: "ann@example.com", object_list: "wl", object_from: "*@example.org" });
   * @see POST /api/v1/add/mailbox-policy, GET /api/v1/get/policy_wl_mailbox/{mailbox},
   * GET /api/v1/get/policy_bl_mailbox/{mailbox}
   */
  add(policy: types.NewMailboxPolicy, options?: CallOptions): Promise<PolicyEntry>;
  async add(policy: types.NewMailboxPolicy, options?: Partial<AddOptions>): Promise<PolicyEntry | null> {
    return this.adding(
      routes.addMailboxPolicy,
      policy,
      options,
      async ({ username, object_list, object_from }, call) =>
        (await this.list(username, object_list, call)).find(({ value }) => value === object_from),
      ({ username, object_list }) => checkedOwner(lists, object_list, { mailbox: username }),
    );
  }

  /**
   * Deletes entries of mailboxes by their `prefid`.
   *
   * @throws {MailcowRejectedError} `access_denied`: the entry does not exist, or it belongs to a domain.
   * @see POST /api/v1/delete/mailbox-policy
   */
  async delete(prefids: Id | readonly Id[], options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteMailboxPolicy, prefids, options);
  }
}
