import { type Data, given, int, isEmpty, isEqual, isSet, list } from "../rules/php.ts";
import { userRights } from "../rules/rights.ts";
import { addTemplate, deleteTemplate, editTemplates, findTemplate } from "../rules/templates.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, mailboxLog, reads, type Topic } from "../server/topic.ts";
import { type TemplateRow, templates } from "../tables.ts";

const MiB = 1024 ** 2;
const type = "mailbox";

/** Texts and flags with their defaults, which an edit does not know. */
const texts = {
  tagged_mail_handler: "none",
  quarantine_notification: "hourly",
  quarantine_category: "reject",
  rl_frame: "s",
  rl_value: "",
};
const flags = { force_pw_update: 0, force_tfa: 0, sogo_access: 1, active: 1, tls_enforce_in: 0, tls_enforce_out: 0 };
const protocols = ["imap", "pop3", "smtp", "sieve", "eas", "dav"];

/** Since when there are attributes; of an edit, `force_tfa` since 2026-07. */
const since: Readonly<Record<string, string>> = {
  tagged_mail_handler: "2025-09",
  eas_access: "2026-01",
  dav_access: "2026-01",
  force_tfa: "2026-03",
};

/** The attributes that this release knows. */
const known = (call: Call, attributes: Data): Data =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => call.since(since[name] ?? "")));

const has = (names: unknown, name: string): number => (list(names).some((each) => isEqual(each, name)) ? 1 : 0);

/** Flags that a list of names sets: those in it are 1, all others 0. */
const set = (names: unknown, all: readonly string[], key: (name: string) => string): Data =>
  Object.fromEntries(all.map((name) => [key(name), has(names, name)]));
const access = (name: string): string => `${name}_access`;
const right = (name: string): string => `acl_${name}`;

/** The attributes that are set one by one; what is not sent is `otherwise`. */
const single = (data: Data, tags: unknown, otherwise: (defaults: Data, name: string) => unknown): Data => ({
  quota: given(data, "quota", 0) * MiB,
  tags: data["tags"] ?? tags,
  ...Object.fromEntries(
    Object.keys(texts).map((name) => [name, isEmpty(data[name]) ? otherwise(texts, name) : data[name]]),
  ),
  ...Object.fromEntries(
    Object.keys(flags).map((name) => [name, isSet(data[name]) ? int(data[name]) : otherwise(flags, name)]),
  ),
});

const checked = (call: Call, attributes: Data): Data | string =>
  call.since("2026-03") &&
  ["add_header", "reject", "all"].every((name) => !isEqual(attributes["quarantine_category"], name))
    ? "quarantine_category_invalid"
    : attributes;

function added(call: Call, data: Data): Data | string {
  const { protocol_access, acl } = data;
  const attributes = single(data, [], (defaults, name) => defaults[name]);
  const granted = set(acl, isSet(acl) ? userRights : userRights.slice(0, -1), right);
  const open = set(protocol_access ?? protocols, protocols, access);
  return checked(call, known(call, { ...attributes, ...open, ...granted }));
}

/**
 * mailcow looks for the old values in the row instead of its attributes: what is not sent becomes `null`, and without
 * one of the two lists, the whole row ends up among the attributes.
 */
function edited(call: Call, data: Data, now: Readonly<TemplateRow>): Data | string {
  const { protocol_access, acl } = data;
  const attributes = single(data, null, () => null);
  if (!call.since("2026-07")) delete attributes["force_tfa"];
  const open = isSet(protocol_access) ? set(protocol_access, protocols, access) : { ...shown(call, now) };
  const granted = isSet(acl) ? set(acl, userRights, right) : { ...shown(call, now) };
  return checked(call, known(call, { ...attributes, ...open, ...granted }));
}

/** A row; the one that every server has lacks what came after this release, and protocols that came late. */
function shown(call: Call, row: Readonly<TemplateRow>): TemplateRow {
  if (row.template !== "Default" || row.modified !== null) return row;
  const { eas_access, dav_access, ...attributes } = known(call, row.attributes as Data);
  return { ...row, attributes: { ...attributes, ...(call.since("2026-07a") && { eas_access, dav_access }) } };
}

const all = (call: Call): unknown =>
  call.db
    .in(templates)
    .by("type", type)
    .map((row) => shown(call, row));

function deleteAll(call: Call): boolean {
  for (const id of call.items) deleteTemplate(call.db, type, id);
  call.success("template_removed");
  return true;
}

export const mailboxTemplates: Topic = {
  actions: {
    "add/mailbox/template": adds(mailboxLog("add", "mailbox_templates"), (call) =>
      addTemplate(call, type, (data) => added(call, data)),
    ),
    "edit/mailbox/template": changes("ids", mailboxLog("edit", "mailbox_templates"), (call) =>
      editTemplates(call, type, (data, now) => edited(call, data, now)),
    ),
    "delete/mailbox/template": changes("ids", mailboxLog("delete", "mailbox_templates"), deleteAll),
    "get/mailbox/template/all": reads(all),
    "get/mailbox/template/{template}": reads((call) => {
      const { template } = call.params;
      const row = findTemplate(call.db, type, template);
      return isSet(template) ? row && shown(call, row) : all(call);
    }),
  },
};
