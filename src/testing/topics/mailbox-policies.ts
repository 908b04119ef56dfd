import { hasMailbox } from "../rules/access.ts";
import { isEmail } from "../rules/names.ts";
import { bound, isEmpty } from "../rules/php.ts";
import { addPolicy, deletePolicies, listed } from "../rules/policies.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, clearLogOf, reads, type Topic } from "../server/topic.ts";
import { fold } from "../state.ts";
import { mailboxes, type PolicyRow, policies, resources } from "../tables.ts";

function add(call: Call): unknown {
  const { username } = call.data;
  if (isEmpty(username) || !hasMailbox(call.db, bound(username))) return call.danger("access_denied");
  // The name is stored as it was sent.
  if (addPolicy(call, bound(username))) call.success(["mailbox_modified", username]);
  return true;
}

/** The lists of a mailbox hold the senders of its domain, too. */
const list = (option: PolicyRow["option"]) =>
  reads(({ db, params }) => {
    const { mailbox } = params;
    const found = isEmail(mailbox) ? (db.in(mailboxes).find(mailbox) ?? db.in(resources).find(mailbox)) : undefined;
    if (!found || mailbox === undefined) return undefined;
    const names = [fold(mailbox), fold(found.domain)];
    return listed(db, option, (object) => names.includes(fold(object)));
  });

export const mailboxPolicies: Topic = {
  actions: {
    "add/mailbox-policy": adds(clearLogOf("policy", "add", "mailbox"), add),
    "delete/mailbox-policy": changes("prefid", clearLogOf("policy", "delete", "mailbox"), (call) =>
      deletePolicies(
        call,
        (object) => hasMailbox(call.db, object),
        () => ["items_deleted", call.items.map(bound).join(", ")],
      ),
    ),
    "get/policy_wl_mailbox/{mailbox}": list("whitelist_from"),
    "get/policy_bl_mailbox/{mailbox}": list("blacklist_from"),
  },
  on: { mailboxRemoved: (db, username) => db.in(policies).removeBy("object", username) },
};
