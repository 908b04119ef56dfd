import type { AddDomainPolicy, AddMailboxPolicy, PolicyEntry, PolicyList } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, adder, deleter } from "../collection.ts";
import { refusal } from "../input.ts";
import { toDomain, toMailbox } from "../names.ts";
import type { Outcome } from "../outcomes.ts";

/** Senders whose mail a domain always takes (`wl`), or never (`bl`). */
export interface DomainPolicies {
  /**
   * Lists the senders on a list of a domain, without those of its mailboxes. A domain that is not there has none
   * either.
   *
   * @see GET /api/v1/get/policy_wl_domain/{domain}, GET /api/v1/get/policy_bl_domain/{domain}
   */
  list(domain: string, list: PolicyList): Promise<PolicyEntry[]>;
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
  add: Add<AddDomainPolicy, PolicyEntry>;
  /**
   * Deletes entries of domains by their `prefid`.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such entry, or it is one of a mailbox.
   * @see POST /api/v1/delete/domain-policy
   */
  delete(prefids: number | readonly number[]): Promise<Outcome<number>[]>;
}

/** Senders whose mail a mailbox always takes (`wl`), or never (`bl`). */
export interface MailboxPolicies {
  /**
   * Lists the senders on a list of a mailbox, without those of its domain. A mailbox that is not there has none either.
   *
   * @see GET /api/v1/get/policy_wl_mailbox/{mailbox}, GET /api/v1/get/policy_bl_mailbox/{mailbox}
   */
  list(mailbox: string, list: PolicyList): Promise<PolicyEntry[]>;
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
  add: Add<AddMailboxPolicy, PolicyEntry>;
  /**
   * Deletes entries of mailboxes by their `prefid`.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such entry, or it is one of a domain.
   * @see POST /api/v1/delete/mailbox-policy
   */
  delete(prefids: number | readonly number[]): Promise<Outcome<number>[]>;
}

export function domainPolicies(calls: Calls): DomainPolicies {
  return policies(calls, "domain", "domain", toDomain);
}

export function mailboxPolicies(calls: Calls): MailboxPolicies {
  return policies(calls, "mailbox", "username", toMailbox) as unknown as MailboxPolicies;
}

/** Both kinds differ only in words; the types of a domain's stand for both. */
function policies(calls: Calls, kind: string, key: string, toOwner: typeof toDomain): DomainPolicies {
  const [name, word, field] = [`${kind}Policies`, kind as "domain", key as "domain"];
  const list: DomainPolicies["list"] = async (input, list) => {
    const owner = toOwner(`${name}.list`, word, input);
    // Another word would read as a list without entries.
    if (list !== "wl" && list !== "bl") throw refusal(`${name}.list`, "list", '"wl" or "bl"');
    const rows = await calls.rows(`/api/v1/get/policy_${list}_${word}/{${word}}`, { path: { [word]: owner } });
    // mailcow mixes the entries of a domain with those of its mailboxes.
    return rows.filter(({ object }) => object.toLowerCase() === owner);
  };
  return {
    list,
    add: adder(
      calls,
      `${name}.add`,
      `/api/v1/add/${word}-policy`,
      (input: AddDomainPolicy) => ({ ...input, [field]: toOwner(`${name}.add`, field, input[field]) }),
      async ({ [field]: owner, object_list, object_from }) =>
        (await list(owner, object_list)).find(({ value }) => value === object_from.trim().toLowerCase()),
    ),
    delete: deleter(calls, `${name}.delete`, `/api/v1/delete/${word}-policy`),
  };
}
