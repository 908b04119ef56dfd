import type { MailcowClient } from "../client.ts";
import { MailcowRejectedError } from "../errors.ts";
import { dataOf, resultsOf } from "../transport/reply.ts";
import type { ActionResult, AddMailbox, EditMailbox, EditMailboxAttributes, Mailbox } from "../types.ts";
import {
  type Check,
  checkFields,
  checkItems,
  count,
  type Fields,
  filled,
  flag,
  id,
  mebibytes,
  oneOf,
  someOf,
  tags,
  text,
  texts,
  toList,
} from "./checks.ts";
import { toAddress, toDomain } from "./names.ts";
import { passwordsFor, repeated } from "./passwords.ts";
import { rowOf, rowsOf } from "./rows.ts";

/** A mailbox to add: its domain is needed, everything else has a default. */
export interface MailboxInput extends Partial<AddMailbox> {
  domain: string;
}

/** A mailbox that was added. */
export interface MailboxAdded {
  /** The whole address, in lower case. */
  username: string;
  /** The one that was given, or the one that was made. */
  password: string;
  domain: string;
  name: string;
  local_part: string;
  /** MiB; 0 means unlimited. Absent where a template sets it. */
  quota?: number;
}

const localPart: Check = (value) =>
  typeof value === "string" && /^[^\s@/,;]{1,64}$/.test(value.trim())
    ? undefined
    : "the part of an address before the @, without blanks, slashes or commas";

const shared = {
  name: text(255),
  quota: mebibytes,
  active: oneOf(0, 1, 2, "0", "1", "2", true, false),
  authsource: oneOf("mailcow", "keycloak", "generic-oidc", "ldap"),
  password: text(),
  password2: text(),
  force_pw_update: flag,
  force_tfa: flag,
  sogo_access: flag,
  imap_access: flag,
  pop3_access: flag,
  smtp_access: flag,
  sieve_access: flag,
  eas_access: flag,
  dav_access: flag,
  protocol_access: someOf("imap", "pop3", "smtp", "sieve", "eas", "dav"),
  relayhost: id,
  attribute_hash: text(),
  tags: tags({ distinct: false }),
  tagged_mail_handler: oneOf("none", "subject", "subfolder"),
};

const addable: Fields<MailboxInput> = {
  ...shared,
  local_part: localPart,
  domain: filled,
  password: filled,
  password2: filled,
  template: id,
  tls_enforce_in: flag,
  tls_enforce_out: flag,
  quarantine_notification: oneOf("never", "hourly", "daily", "weekly"),
  quarantine_category: oneOf("add_header", "reject", "all"),
  acl: texts,
  rl_value: (value) => (value === "" ? undefined : count(value)),
  rl_frame: oneOf("s", "m", "h", "d"),
};

const editable: Fields<EditMailboxAttributes> = {
  ...shared,
  pw_recovery_email: text(),
  sender_acl: texts,
  extended_sender_acl: text(),
};

export async function getMailboxes(api: MailcowClient, id: string): Promise<Mailbox[]> {
  if (id === "all") return rowsOf(dataOf(await api.GET("/api/v1/get/mailbox/all")));
  const path = { mailbox: toAddress("getMailboxes", "id", id) };
  const row = rowOf(dataOf(await api.GET("/api/v1/get/mailbox/{mailbox}", { params: { path } })));
  // A resource has a row too, of nulls; and a list comes only where tags were asked for.
  return row && "username" in row && row.username !== null ? [row] : [];
}

export async function addMailbox(api: MailcowClient, input: MailboxInput): Promise<MailboxAdded> {
  checkFields<MailboxInput>("addMailbox", input, addable, "domain");
  const domain = toDomain("addMailbox", "domain", input.domain);
  const local_part = (input.local_part ?? "mail").trim().toLowerCase();
  const name = input.name ?? "John Doe";
  const passwords = await passwordsFor(api, "addMailbox", input);
  // A template fills in what is not given; defaults of ours would overrule it.
  const defaults = input.template === undefined ? ({ quota: 3072, active: 1 } as const) : {};
  const body: AddMailbox = { ...defaults, ...input, ...passwords, domain, local_part, name };
  resultsOf(await api.POST("/api/v1/add/mailbox", { body }));
  const added = { username: `${local_part}@${domain}`, password: passwords.password, domain, name, local_part };
  return body.quota === undefined ? added : { ...added, quota: Number(body.quota) };
}

export async function deleteMailbox(api: MailcowClient, mailboxes: string | readonly string[]): Promise<true> {
  const body = checkItems("deleteMailbox", "mailboxes", mailboxes).map((address) =>
    toAddress("deleteMailbox", "mailboxes", address),
  );
  resultsOf(await api.POST("/api/v1/delete/mailbox", { body }));
  return true;
}

export async function updateMailboxes(
  api: MailcowClient,
  updates: EditMailbox | readonly EditMailbox[],
): Promise<ActionResult[]> {
  const bodies = toList(updates).map(checkedUpdate);
  const results: ActionResult[] = [];
  for (const body of bodies) {
    try {
      results.push(...resultsOf(await api.POST("/api/v1/edit/mailbox", { body })));
    } catch (error) {
      throw error instanceof MailcowRejectedError ? error.after(results) : error;
    }
  }
  return results;
}

function checkedUpdate(update: EditMailbox): EditMailbox {
  checkFields<EditMailbox>("updateMailboxes", update, { items: texts, attr: () => undefined }, "items");
  const items = checkItems("updateMailboxes", "items", update.items).map((address) =>
    toAddress("updateMailboxes", "items", address),
  );
  checkFields<EditMailboxAttributes>("updateMailboxes", update.attr, editable);
  const { password, password2, ...attr } = update.attr;
  // An empty password means that the old one stays.
  return { items, attr: password || password2 ? { ...attr, ...repeated("updateMailboxes", update.attr) } : attr };
}
