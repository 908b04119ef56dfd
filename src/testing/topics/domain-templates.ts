import { type Data, escaped, given, int, isEmpty, isSet, text } from "../rules/php.ts";
import { addTemplate, deleteTemplate, editTemplates, findTemplate } from "../rules/templates.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, mailboxLog, reads, type Topic } from "../server/topic.ts";
import { templates } from "../tables.ts";

const MiB = 1024 ** 2;
const type = "domain";

/** The limits with their defaults, which an edit does not know: there, a limit that is not sent is 0. */
const counts = { max_num_aliases_for_domain: 400, max_num_mboxes_for_domain: 10 };
const quotas = { def_quota_for_mbox: 3072, max_quota_for_mbox: 10_240, max_quota_for_domain: 10_240 };

const attributesOf = (data: Data, limit: (name: string, otherwise: number) => number): Data => ({
  tags: data["tags"] ?? [],
  ...Object.fromEntries(Object.entries(counts).map(([name, otherwise]) => [name, limit(name, otherwise)])),
  ...Object.fromEntries(Object.entries(quotas).map(([name, otherwise]) => [name, limit(name, otherwise) * MiB])),
  rl_frame: isEmpty(data["rl_frame"]) ? "s" : data["rl_frame"],
  rl_value: isEmpty(data["rl_value"]) ? "" : data["rl_value"],
  active: given(data, "active", 1),
  gal: given(data, "gal", 1),
  backupmx: given(data, "backupmx", 0),
  relay_all_recipients: given(data, "relay_all_recipients", 0),
  relay_unknown_only: given(data, "relay_unknown_only", 0),
  dkim_selector: data["dkim_selector"] ?? "dkim",
  key_size: given(data, "key_size", 2048),
});

function deleteOne(call: Call): boolean {
  const [id] = call.items;
  if (call.items.length === 0) return true;
  deleteTemplate(call.db, type, id);
  call.success(["template_removed", escaped(text(id))]);
  return true;
}

export const domainTemplates: Topic = {
  actions: {
    "add/domain/template": adds(mailboxLog("add", "domain_templates"), (call) =>
      addTemplate(call, type, (data) =>
        attributesOf(data, (name, otherwise) => (isEmpty(data[name]) ? otherwise : int(data[name]))),
      ),
    ),
    "edit/domain/template": changes("ids", mailboxLog("edit", "domain_templates"), (call) =>
      editTemplates(call, type, (data) => attributesOf(data, (name) => given(data, name, 0))),
    ),
    // Of several ids, mailcow looks at the first one.
    "delete/domain/template": changes("ids", mailboxLog("delete", "domain_templates"), deleteOne),
    "get/domain/template/all": reads(({ db }) => db.in(templates).by("type", type)),
    "get/domain/template/{template}": reads(({ db, params: { template } }) =>
      isSet(template) ? findTemplate(db, type, template) : db.in(templates).by("type", type),
    ),
  },
};
