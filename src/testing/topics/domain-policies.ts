import { hasDomain } from "../rules/access.ts";
import { domainOf, isDomain } from "../rules/names.ts";
import { addPolicy, deletePolicies, listed } from "../rules/policies.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, clearLogOf, reads, type Topic } from "../server/topic.ts";
import { fold } from "../state.ts";
import { type PolicyRow, policies } from "../tables.ts";

function add(call: Call): unknown {
  const { domain } = call.data;
  if (!isDomain(domain) || !hasDomain(call.db, domain)) return call.danger("access_denied");
  const object = domainOf(domain);
  if (addPolicy(call, object)) call.success(["domain_modified", object]);
  return true;
}

/** The lists of a domain hold the senders of its mailboxes, too. */
const list = (option: PolicyRow["option"]) =>
  reads(({ db, params }) => {
    if (!hasDomain(db, params["domain"])) return undefined;
    const domain = fold(domainOf(params["domain"]));
    return listed(db, option, (object) => fold(object) === domain || fold(object).endsWith(`@${domain}`));
  });

export const domainPolicies: Topic = {
  actions: {
    "add/domain-policy": adds(clearLogOf("policy", "add", "domain"), add),
    "delete/domain-policy": changes("prefid", clearLogOf("policy", "delete", "domain"), (call) =>
      deletePolicies(
        call,
        (object) => hasDomain(call.db, object),
        (item) => ["item_deleted", item],
      ),
    ),
    "get/policy_wl_domain/{domain}": list("whitelist_from"),
    "get/policy_bl_domain/{domain}": list("blacklist_from"),
  },
  on: { domainRemoved: (db, domain) => db.in(policies).removeBy("object", domain) },
};
