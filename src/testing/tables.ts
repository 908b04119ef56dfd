/** The tables that several topics read. What only one topic reads stands in its file. */

import type { QueuedMail } from "../generated/types/mail-queue.ts";
import type { QuarantineDetails } from "../generated/types/quarantine.ts";
import { type Table, table } from "./state.ts";

/** A domain. Sizes are in MiB. */
export interface DomainRow {
  readonly domain: string;
  readonly description: string;
  readonly aliases: number;
  readonly mailboxes: number;
  readonly defquota: number;
  readonly maxquota: number;
  readonly quota: number;
  readonly relayhost: string;
  readonly backupmx: number;
  readonly gal: number;
  readonly relay_all_recipients: number;
  readonly relay_unknown_only: number;
  readonly active: number;
  readonly tags: readonly string[];
  readonly created: string;
  readonly modified: string | null;
}
export const domains: Table<DomainRow> = table<DomainRow>("domain", "domain");

export interface AliasDomainRow {
  readonly alias_domain: string;
  readonly target_domain: string;
  readonly active: number;
  readonly created: string;
  readonly modified: string | null;
}
export const aliasDomains: Table<AliasDomainRow> = table<AliasDomainRow>("alias_domain", "alias_domain");

/** A mailbox. Sizes are in bytes. */
export interface MailboxRow {
  readonly username: string;
  readonly local_part: string;
  readonly domain: string;
  readonly password: string;
  readonly name: string;
  readonly quota: number;
  readonly bytes: number;
  readonly messages: number;
  readonly attributes: Readonly<Record<string, string | null>>;
  readonly custom_attributes: unknown;
  readonly authsource: string;
  readonly active: number;
  readonly tags: readonly string[];
  /** The names of the rights that the owner has. */
  readonly acl: readonly string[];
  readonly created: string;
  readonly modified: string | null;
}
export const mailboxes: Table<MailboxRow> = table<MailboxRow>("mailbox", "username");

/** A resource, such as a room, with its address as its name. */
export interface ResourceRow {
  readonly name: string;
  readonly local_part: string;
  readonly domain: string;
  readonly description: string;
  readonly kind: string;
  readonly multiple_bookings: number;
  readonly active: number;
}
export const resources: Table<ResourceRow> = table<ResourceRow>("resource", "name");

/** An alias; each mailbox has one of its own name, too. */
export interface AliasRow {
  readonly id: number;
  readonly address: string;
  readonly goto: string;
  readonly domain: string;
  readonly public_comment: string | null;
  readonly private_comment: string | null;
  readonly sogo_visible: number;
  readonly internal: number;
  readonly sender_allowed: number;
  readonly active: number;
  readonly created: string;
  readonly modified: string | null;
}
export const aliases: Table<AliasRow> = table<AliasRow>("alias", "id");

/** A time-limited alias; `validity` is in seconds since 1970. */
export interface SpamAliasRow {
  readonly address: string;
  readonly goto: string;
  readonly description: string;
  readonly validity: number;
  readonly permanent: number;
  readonly created: string;
  readonly modified: string | null;
}
export const spamAliases: Table<SpamAliasRow> = table<SpamAliasRow>("spamalias", "address");

/** What a mailbox may send as. */
export interface SenderRow {
  readonly id: number;
  readonly logged_in_as: string;
  readonly send_as: string;
  readonly external: number;
}
export const senders: Table<SenderRow> = table<SenderRow>("sender_acl", "id");

/** Which domain admin looks after which domain; `domain` as it was sent. */
export interface DomainAdminLink {
  readonly id: number;
  readonly username: string;
  readonly domain: string;
  readonly created: string;
  readonly active: number;
}
export const domainAdminLinks: Table<DomainAdminLink> = table<DomainAdminLink>("domain_admins", "id");

export interface PushoverRow {
  readonly username: string;
  readonly active: number;
  readonly [field: string]: unknown;
}
export const pushover: Table<PushoverRow> = table<PushoverRow>("pushover", "username");

/** A login over IMAP, SMTP, …; `datetime` as the database writes it. */
export interface LoginRow {
  readonly id: number;
  readonly username: string;
  readonly service: string;
  readonly real_rip: string;
  readonly datetime: string;
  readonly app_password: number | null;
  readonly app_password_name: string | null;
  /** The country of a public address, where it is known. */
  readonly location: string | false;
}
export const logins: Table<LoginRow> = table<LoginRow>("sasl_log", "id");

/** The login to the web interface before the last one; `time` in seconds since 1970. */
export interface WebLoginRow {
  readonly username: string;
  readonly remote: string;
  readonly time: number;
}
export const webLogins: Table<WebLoginRow> = table<WebLoginRow>("logs", "username");

/** A rate limit of a mailbox or a domain. */
export interface RateLimitRow {
  readonly object: string;
  readonly value: string;
  readonly frame: string;
}
export const rateLimits: Table<RateLimitRow> = table<RateLimitRow>("RL_VALUE", "object", { exact: true });

/** How tagged mail of a mailbox is filed: `subject` or `subfolder`. */
export interface TaggedMailRow {
  readonly username: string;
  readonly handler: string;
}
export const taggedMail: Table<TaggedMailRow> = table<TaggedMailRow>("RCPT_WANTS_TAG", "username", { exact: true });

export interface DkimRow {
  readonly domain: string;
  readonly selector: string;
  readonly pubkey: string;
  readonly privkey: string;
}
export const dkimKeys: Table<DkimRow> = table<DkimRow>("DKIM", "domain", { exact: true });

/** A template of domains or mailboxes. */
export interface TemplateRow {
  readonly id: number;
  readonly type: "domain" | "mailbox";
  readonly template: string;
  readonly attributes: unknown;
  readonly created: string;
  readonly modified: string | null;
}
const MiB = 1024 ** 2;
export const templates: Table<TemplateRow> = table<TemplateRow>("templates", "id", {
  initial: (created) => [
    {
      id: 1,
      type: "domain",
      template: "Default",
      attributes: {
        tags: [],
        max_num_aliases_for_domain: 400,
        max_num_mboxes_for_domain: 10,
        def_quota_for_mbox: 3072 * MiB,
        max_quota_for_mbox: 10240 * MiB,
        max_quota_for_domain: 10240 * MiB,
        rl_frame: "s",
        rl_value: "",
        active: 1,
        gal: 1,
        backupmx: 0,
        relay_all_recipients: 0,
        relay_unknown_only: 0,
        dkim_selector: "dkim",
        key_size: 2048,
      },
      created,
      modified: null,
    },
    {
      id: 2,
      type: "mailbox",
      template: "Default",
      attributes: {
        tags: [],
        quota: 0,
        quarantine_notification: "hourly",
        quarantine_category: "reject",
        rl_frame: "s",
        rl_value: "",
        force_pw_update: 0,
        force_tfa: 0,
        sogo_access: 1,
        active: 1,
        tls_enforce_in: 0,
        tls_enforce_out: 0,
        imap_access: 1,
        pop3_access: 1,
        smtp_access: 1,
        sieve_access: 1,
        eas_access: 1,
        dav_access: 1,
        acl_spam_alias: 1,
        acl_tls_policy: 1,
        acl_spam_score: 1,
        acl_spam_policy: 1,
        acl_delimiter_action: 1,
        acl_syncjobs: 0,
        acl_eas_reset: 1,
        acl_sogo_profile_reset: 0,
        acl_pushover: 1,
        acl_quarantine: 1,
        acl_quarantine_attachments: 1,
        acl_quarantine_notification: 1,
        acl_quarantine_category: 1,
        acl_app_passwds: 1,
      },
      created,
      modified: null,
    },
  ],
});

/** Who may log in to the web interface as an admin: of all, or of domains. */
export interface AdminRow {
  readonly username: string;
  readonly password: string;
  readonly superadmin: 0 | 1;
  readonly active: number;
  /** `null` until the first edit. */
  readonly attributes: Readonly<Record<string, string>> | null;
  readonly created: string;
  readonly modified: string | null;
}
export const admins: Table<AdminRow> = table<AdminRow>("admin", "username", {
  initial: (created) => [
    {
      username: "admin",
      password: "moohoo",
      superadmin: 1,
      active: 1,
      attributes: null,
      created,
      modified: null,
    },
  ],
});

/** A sender that a domain or a mailbox always accepts (`whitelist_from`) or never. */
export interface PolicyRow {
  readonly prefid: number;
  /** A domain, or the address of a mailbox. */
  readonly object: string;
  readonly option: "whitelist_from" | "blacklist_from";
  readonly value: string;
}
export const policies: Table<PolicyRow> = table<PolicyRow>("filterconf", "prefid");

/** An app password of a mailbox. */
export interface AppPasswordRow {
  readonly id: number;
  readonly name: string;
  readonly mailbox: string;
  readonly domain: string;
  readonly password: string;
  readonly imap_access: number;
  readonly smtp_access: number;
  readonly dav_access: number;
  readonly eas_access: number;
  readonly pop3_access: number;
  readonly sieve_access: number;
  readonly active: number;
  readonly created: string;
  readonly modified: string | null;
}
export const appPasswords: Table<AppPasswordRow> = table<AppPasswordRow>("app_passwd", "id");

/** A Sieve script of a mailbox. */
export interface FilterRow {
  readonly id: number;
  readonly active: number;
  readonly username: string;
  readonly filter_type: string;
  readonly script_data: string;
  readonly script_desc: string;
  readonly created: string;
  readonly modified: string | null;
}
export const filters: Table<FilterRow> = table<FilterRow>("sieve_filters", "id");

/** A mail in the queue of Postfix. */
export const queue: Table<QueuedMail> = table<QueuedMail>("postqueue", "queue_id", { exact: true });

/** A mail in quarantine. */
export interface QuarantineRow extends QuarantineDetails {
  readonly id: number;
}
export const quarantine: Table<QuarantineRow> = table<QuarantineRow>("quarantine", "id");
