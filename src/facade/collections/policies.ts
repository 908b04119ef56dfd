import type { Calls } from "../../calls/calls.ts";
import { type Add, Collection, type ForEach } from "../../calls/collection.ts";
import { refusal } from "../../calls/input.ts";
import { toDomain, toMailbox } from "../../calls/names.ts";
import type { AddDomainPolicy, AddMailboxPolicy, PolicyEntry, PolicyList } from "../../types.ts";

/** Both kinds differ only in words; the types of a domain's stand for both. */
abstract class Policies extends Collection {
  readonly list: (owner: string, list: PolicyList) => Promise<PolicyEntry[]>;
  readonly add: Add<never, PolicyEntry>;
  readonly delete: ForEach<number>;

  protected constructor(calls: Calls, kind: "domain" | "mailbox", key: string, toOwner: typeof toDomain) {
    super(calls);
    const [word, field] = [kind as "domain", key as "domain"];
    this.list = async (input, list) => {
      const owner = toOwner(input, word);
      // Another word would read as a list without entries.
      if (list !== "wl" && list !== "bl") throw refusal("list", '"wl" or "bl"');
      const rows = await calls.rows(`/api/v1/get/policy_${list}_${word}/{${word}}`, { path: { [word]: owner } });
      // mailcow mixes the entries of a domain with those of its mailboxes.
      return rows.filter(({ object }) => object.toLowerCase() === owner);
    };
    this.add = this.adder(
      `/api/v1/add/${word}-policy`,
      (input: AddDomainPolicy) => ({ ...input, [field]: toOwner(input[field], field) }),
      async ({ [field]: owner, object_list, object_from }) =>
        (await this.list(owner, object_list)).find(({ value }) => value === object_from.trim().toLowerCase()),
    );
    this.delete = this.deleter(`/api/v1/delete/${word}-policy`);
  }
}

/** Senders whose mail a domain always takes (`wl`), or never (`bl`). */
export class DomainPolicies extends Policies {
  /**
   * Lists the senders on a list of a domain, without those of its mailboxes. A domain that is not there has none
   * either.
   *
   * @see GET /api/v1/get/policy_wl_domain/{domain}, GET /api/v1/get/policy_bl_domain/{domain}
   */
  declare readonly list: (domain: string, list: PolicyList) => Promise<PolicyEntry[]>;
  /**
   * Puts a sender on a list of a domain or an alias domain.
   *
   * @param policy - `object_from`: an address, or a part of one with `*` for any text; without a plus sign.
   * @throws {@link MailcowRejectedError} `access_denied` (no such domain), `policy_list_from_invalid` or
   * `policy_list_from_exists`: the sender is on one of the two lists of the domain.
   * @example
   * await mcc.domainPolicies.add({ domain: "example.com", object_list: "bl", object_from: "*@bad.example" });
   * @see POST /api/v1/add/domain-policy, GET /api/v1/get/policy_wl_domain/{domain},
   * GET /api/v1/get/policy_bl_domain/{domain}
   */
  declare readonly add: Add<AddDomainPolicy, PolicyEntry>;
  /**
   * Deletes entries of domains by their `prefid`.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such entry, or it is one of a mailbox.
   * @see POST /api/v1/delete/domain-policy
   */
  declare readonly delete: ForEach<number>;

  constructor(calls: Calls) {
    super(calls, "domain", "domain", toDomain);
  }
}

/** Senders whose mail a mailbox always takes (`wl`), or never (`bl`). */
export class MailboxPolicies extends Policies {
  /**
   * Lists the senders on a list of a mailbox, without those of its domain. A mailbox that is not there has none either.
   *
   * @see GET /api/v1/get/policy_wl_mailbox/{mailbox}, GET /api/v1/get/policy_bl_mailbox/{mailbox}
   */
  declare readonly list: (mailbox: string, list: PolicyList) => Promise<PolicyEntry[]>;
  /**
   * Puts a sender on a list of a mailbox.
   *
   * @param policy - `username`: the address of the mailbox. `object_from`: an address, or a part of one with `*` for
   * any text; without a plus sign.
   * @throws {@link MailcowRejectedError} `access_denied` (no such mailbox), `policy_list_from_invalid` or
   * `policy_list_from_exists`: the sender is on one of the two lists of the mailbox.
   * @see POST /api/v1/add/mailbox-policy, GET /api/v1/get/policy_wl_mailbox/{mailbox},
   * GET /api/v1/get/policy_bl_mailbox/{mailbox}
   */
  declare readonly add: Add<AddMailboxPolicy, PolicyEntry>;
  /**
   * Deletes entries of mailboxes by their `prefid`.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such entry, or it is one of a domain.
   * @see POST /api/v1/delete/mailbox-policy
   */
  declare readonly delete: ForEach<number>;

  constructor(calls: Calls) {
    super(calls, "mailbox", "username", toMailbox);
  }
}
