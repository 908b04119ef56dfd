import type { components, paths } from "./generated/mailcow.ts";

type Of<Name extends keyof components["schemas"]> = components["schemas"][Name];

// Interfaces, so that an editor shows their names and not all their fields.

/** A domain as mailcow stores it. Sizes are in bytes. */
export interface Domain extends Of<"Domain"> {}
/** A domain to add. Sizes are in MiB. */
export interface AddDomain extends Of<"NewDomain"> {}
/** What can be set on a domain. Sizes are in MiB. */
export interface EditDomainAttributes extends Of<"DomainChanges"> {}
/** A mailbox as mailcow stores it. Sizes are in bytes. */
export interface Mailbox extends Of<"Mailbox"> {}
/** A mailbox to add. Sizes are in MiB. */
export interface AddMailbox extends Of<"NewMailbox"> {}
/** A mailbox to add. `quota` (MiB, 0 for unlimited) or `template` has to be given. Without a password, one is made. */
export interface NewMailbox extends AddMailbox {}
/** A mailbox that was added, with the password that it was given. */
export interface AddedMailbox extends Mailbox {
  readonly password: string;
}
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
/** Which mailboxes to edit, and what to set on them. */
export interface EditMailbox extends Of<"EditMailbox"> {}
/** What can be set on a mailbox. Sizes are in MiB. */
export interface EditMailboxAttributes extends Of<"MailboxChanges"> {}
/** Names with whatever JSON belongs to them. */
export type CustomAttributes = Readonly<Record<string, unknown>>;
/** A mailbox without the fields that cost mailcow extra look-ups. Sizes are in bytes. */
export interface ReducedMailbox extends Of<"ReducedMailbox"> {}
/** Which mailboxes to list. */
export interface MailboxFilter {
  /** Those of these domains. */
  domain?: string | readonly string[];
  /** Those that have one of these tags, or a part of one. */
  tags?: string | readonly string[];
}
/** The logins of a mailbox. */
export interface Logins extends Of<"Logins"> {}
/** The flags that make mail of a mailbox come and go encrypted. */
export interface EditTlsPolicyAttributes extends Of<"MailboxTlsPolicy"> {}
/** Something that the user of a mailbox may do there, such as `spam_alias`. */
export type UserRight = Of<"UserRight">;
/** What happens to mail to `name+tag@…`. */
export type TaggedMailHandler = Of<"DelimiterAction">["tagged_mail_handler"];
/** How often a mailbox is told of its quarantine. */
export type QuarantineNotification = Of<"QuarantineNotification">["quarantine_notification"];
/** Of which quarantined mail a mailbox is told. */
export type QuarantineCategory = Of<"QuarantineCategory">["quarantine_category"];
/** From which score on mail counts as spam. */
export interface SpamScore {
  /** Mail is marked as spam from here on. */
  readonly low: number;
  /** Mail is rejected from here on. */
  readonly high: number;
}
/** How a mailbox sends push messages by Pushover. */
export interface PushoverSettings extends Omit<Of<"PushoverSettings">, "delete"> {}
/** An alias as mailcow stores it. */
export interface Alias extends Of<"Alias"> {}
/** An alias, by its id or by its address. */
export type AliasId = number | string;
/** An alias to add. */
export interface AddAlias extends Of<"NewAlias"> {}
/** An alias to add: where mail comes in, and where it goes. */
export interface NewAlias extends Omit<AddAlias, "goto"> {
  /** One address, or several: in a list, or in one text with commas. */
  goto?: string | readonly string[];
}
/** What can be set on an alias. */
export interface EditAliasAttributes extends Of<"AliasChanges"> {}
/** What to set on an alias. */
export interface AliasAttributes extends Omit<EditAliasAttributes, "goto"> {
  /** The new addresses; they replace the old ones. */
  goto?: string | readonly string[];
}
/** The public side of a DKIM key. */
export interface DkimKey extends Of<"DkimKey"> {}
/** A TXT record for the DNS. */
export interface DkimDnsRecord {
  /** Where it stands, such as `dkim._domainkey.example.com`. */
  readonly name: string;
  readonly type: "TXT";
  /** The whole text. */
  readonly value: string;
  /** The text in parts of up to 255 characters, for zone files and services that want it so. */
  readonly chunks: readonly string[];
}
/** A DKIM key to make. */
export interface AddDkim extends Of<"NewDkimKey"> {}
/** A DKIM key to make. */
export interface NewDkimKey extends Pick<AddDkim, "dkim_selector"> {
  domain: string;
  /**
   * Bits of the key; 3072 and more take the server some seconds.
   *
   * @default 2048
   */
  key_size?: AddDkim["key_size"];
}
/** A DKIM key to make, for one domain or several. */
export interface DkimInput extends Omit<NewDkimKey, "domain"> {
  domain: string | readonly string[];
}
/** A DKIM key to bring along. */
export interface AddDkimImport extends Of<"DkimKeyImport"> {}
/** A domain admin as mailcow stores it. */
export interface DomainAdmin extends Of<"DomainAdmin"> {}
/** A domain admin to add. */
export interface AddDomainAdmin extends Of<"NewDomainAdmin"> {}
/** A domain admin to add. */
export interface NewDomainAdmin extends Partial<Omit<AddDomainAdmin, "domains">> {
  /** The domains that it may manage; none of them an alias domain. */
  domains: string | readonly string[];
}
/** A domain admin to ensure: it goes by its name. */
export interface EnsuredDomainAdmin extends NewDomainAdmin {
  username: string;
}
/** A domain admin that was added, with the password that it was given. */
export interface AddedDomainAdmin extends DomainAdmin {
  readonly password: string;
}
/** The credentials of a domain admin that was added. */
export interface DomainAdminCredentials {
  /** In lower case, as mailcow stores it. */
  username: string;
  /** The one that was given, or the one that was made. */
  password: string;
  domains: string[];
}
/** What can be set on a domain admin. */
export interface EditDomainAdminAttributes extends Of<"DomainAdminChanges"> {}

/** An alias domain as mailcow stores it. */
export interface AliasDomain extends Of<"AliasDomain"> {}
/** An alias domain to add. */
export interface AddAliasDomain extends Of<"NewAliasDomain"> {}
/** What can be set on an alias domain. */
export interface EditAliasDomainAttributes extends Of<"AliasDomainChanges"> {}
/** A template for domains as mailcow stores it. Sizes are in bytes. */
export interface DomainTemplate extends Of<"DomainTemplate"> {}
/** A template for domains to add. Sizes are in MiB. */
export interface AddDomainTemplate extends Of<"NewDomainTemplate"> {}
/** What can be set on a template for domains. Sizes are in MiB. */
export interface EditDomainTemplateAttributes extends Of<"DomainTemplateChanges"> {}
/** The whole footer of a domain's mails. */
export interface EditDomainFooterAttributes extends Of<"DomainFooter"> {}
/** The whole footer of a domain's mails. */
export interface DomainFooter extends EditDomainFooterAttributes {
  html: string;
  plain: string;
}
/** An MTA-STS policy to add. */
export interface AddMtaSts extends Of<"NewMtaSts"> {}
/** An MTA-STS policy to add. */
export interface NewMtaSts extends Omit<AddMtaSts, "version"> {}
/** What can be set on an MTA-STS policy. */
export interface EditMtaStsAttributes extends Of<"MtaStsChanges"> {}
/** What to set on an MTA-STS policy. */
export interface MtaStsAttributes extends Omit<EditMtaStsAttributes, "version"> {}
/** A template for mailboxes as mailcow stores it. Its quota is in bytes. */
export interface MailboxTemplate extends Of<"MailboxTemplate"> {}
/** A template for mailboxes to add. Its quota is in MiB. */
export interface AddMailboxTemplate extends Of<"NewMailboxTemplate"> {}
/** All that a template for mailboxes holds. Its quota is in MiB. */
export interface EditMailboxTemplateAttributes extends Of<"MailboxTemplateChanges"> {}
/** What to set on a template for mailboxes. Its quota is in MiB. */
export interface MailboxTemplateAttributes extends Partial<EditMailboxTemplateAttributes> {}
/** A throw-away address of a mailbox. */
export interface TimeLimitedAlias extends Of<"TimeLimitedAlias"> {}
/** Whose throw-away address to make up, and for how long. */
export interface AddTimeLimitedAlias extends Of<"NewTimeLimitedAlias"> {}
/** The new end of a throw-away address. */
export interface EditTimeLimitedAliasAttributes extends Of<"TimeLimitedAliasChanges"> {}
/** A room or thing that can be booked, as mailcow stores it. */
export interface Resource extends Of<"Resource"> {}
/** A resource to add. */
export interface AddResource extends Of<"NewResource"> {}
/** What can be set on a resource. */
export interface EditResourceAttributes extends Of<"ResourceChanges"> {}
/** A Sieve filter of a mailbox as mailcow stores it. */
export interface Filter extends Of<"Filter"> {}
/** A filter to add. */
export interface AddFilter extends Of<"NewFilter"> {}
/** What can be set on a filter. */
export interface EditFilterAttributes extends Of<"FilterChanges"> {}
/** The Sieve scripts that run before and after those of every mailbox. */
export interface GlobalFilterScripts extends Of<"GlobalFilters"> {}
/** What passwords have to be like. */
export interface PasswordPolicy extends Of<"PasswordPolicy"> {}
/** What can be set on the password policy. */
export interface EditPasswordPolicyAttributes extends Of<"PasswordPolicyChanges"> {}
/** A right that a domain admin may have. */
export type DomainAdminRight = Of<"DomainAdminRight">;
/** An admin of the whole server as mailcow stores it. */
export interface Admin extends Of<"Admin"> {}
/** An admin to add. */
export interface AddAdmin extends Of<"NewAdmin"> {}
/** An admin to add. Without a password, one is made. */
export interface NewAdmin extends Partial<AddAdmin> {
  username: string;
}
/** An admin that was added, with the password that it was given. */
export interface AddedAdmin extends Admin {
  readonly password: string;
}
/** What can be set on an admin. */
export interface EditAdminAttributes extends Of<"AdminChanges"> {}
/** An app password as mailcow stores it. */
export interface AppPassword extends Of<"AppPassword"> {}
/** What an app password may be good for. */
export type AppPasswordProtocol = Of<"AppPasswordProtocol">;
/** An app password to add. */
export interface AddAppPasswd extends Of<"NewAppPassword"> {}
/** An app password to add. Without `app_passwd`, one is made. */
export interface NewAppPassword extends Omit<AddAppPasswd, "app_passwd" | "app_passwd2" | "protocols"> {
  app_passwd?: string;
  /** What it is good for; at least one, or it would be good for nothing. */
  protocols: AppPasswordProtocol | readonly AppPasswordProtocol[];
}
/** An app password that was added, with its text; `password` is only the hash. */
export interface AddedAppPassword extends AppPassword {
  readonly app_passwd: string;
}
/** What can be set on an app password. */
export interface EditAppPasswdAttributes extends Of<"AppPasswordChanges"> {}
/** A host whose mail is taken as forwarded, as mailcow stores it. */
export interface ForwardingHost extends Of<"ForwardingHost"> {}
/** A forwarding host to add. */
export interface AddFwdhost extends Of<"NewForwardingHost"> {}
/** What can be set on a forwarding host. */
export interface EditFwdhostAttributes extends Of<"ForwardingHostChanges"> {}
/** A sender on an allow list or a deny list. */
export interface PolicyEntry extends Of<"PolicyEntry"> {}
/** The list of a sender: `wl` is always taken, `bl` never. */
export type PolicyList = Of<"PolicyList">;
/** A sender to put on a list of a domain. */
export interface AddDomainPolicy extends Of<"NewDomainPolicy"> {}
/** A sender to put on a list of a mailbox. */
export interface AddMailboxPolicy extends Of<"NewMailboxPolicy"> {}
/** How many messages may be sent in a span of time. */
export interface RateLimit extends Of<"RateLimit"> {}
/** The rate limit of a domain. */
export interface DomainRateLimit extends Of<"DomainRateLimit"> {}
/** The rate limit of a mailbox. */
export interface MailboxRateLimit extends Of<"MailboxRateLimit"> {}
/** A rate limit to set. */
export interface SetRateLimit extends Required<Of<"RateLimitChanges">> {}
/** A job that fetches mail from another server, as mailcow stores it. */
export interface SyncJob extends Of<"SyncJob"> {}
/** A sync job to add. */
export interface AddSyncjob extends Of<"NewSyncJob"> {}
/** A sync job to add. */
export interface NewSyncJob extends Omit<AddSyncjob, "exclude"> {
  /**
   * Folders to leave out, as a regular expression (PCRE) without delimiters.
   *
   * @default ""
   */
  exclude?: string;
}
/** What can be set on a sync job. */
export interface EditSyncjobAttributes extends Of<"SyncJobChanges"> {}

/** A server that outgoing mail is handed to, as mailcow stores it; its password in clear. */
export interface Relayhost extends Of<"RelayHost"> {}
/** A relayhost to add. */
export interface AddRelayhost extends Of<"NewRelayHost"> {}
/** What can be set on a relayhost. */
export interface EditRelayhostAttributes extends Of<"RelayHostChanges"> {}

/** A server that mail to one destination is handed to, as mailcow stores it; its password in clear. */
export interface Transport extends Of<"Transport"> {}
/** A transport to add. */
export interface AddTransport extends Of<"NewTransport"> {}
/** What can be set on a transport. */
export interface EditTransportAttributes extends Of<"TransportChanges"> {}
/** A piece of configuration of rspamd. */
export interface RspamdSetting extends Of<"RspamdSetting"> {}
/** A piece of configuration of rspamd to add. */
export interface AddRspamdSetting extends Of<"NewRspamdSetting"> {}
/** What can be set on a piece of configuration of rspamd. */
export interface EditRspamdSettingAttributes extends Of<"RspamdSettingChanges"> {}
/** An application whose users log in with their mailbox; its secret in clear. */
export interface Oauth2Client extends Of<"Oauth2Client"> {}
/** An OAuth2 client to add. */
export interface AddOauth2Client extends Of<"NewOauth2Client"> {}
/** What can be set on an OAuth2 client. */
export interface Oauth2ClientAttributes extends Required<Of<"NewOauth2Client">> {}
/** A map that copies the mail of a domain, a mailbox or an alias. */
export interface BccMap extends Of<"BccMap"> {}
/** A BCC map to add. */
export interface AddBccMap extends Of<"NewBccMap"> {}
/** What can be set on a BCC map. */
export interface EditBccMapAttributes extends Of<"BccMapChanges"> {}
/** What BCC maps can be made for. */
export interface BccDestinationOptions extends Required<Of<"BccDestinationOptions">> {}
/** A recipient and what replaces it. */
export interface RecipientMap extends Of<"RecipientMap"> {}
/** A recipient map to add. */
export interface AddRecipientMap extends Of<"NewRecipientMap"> {}
/** What can be set on a recipient map. */
export interface EditRecipientMapAttributes extends Of<"RecipientMapChanges"> {}
/** What TLS has to be like towards one destination. */
export interface TlsPolicyMap extends Of<"TlsPolicyMap"> {}
/** A TLS policy map to add. */
export interface AddTlsPolicyMap extends Of<"NewTlsPolicyMap"> {}
/** What can be set on a TLS policy map. */
export interface EditTlsPolicyMapAttributes extends Of<"TlsPolicyMapChanges"> {}
/** A mail in quarantine, without its text. */
export interface QuarantineItem extends Of<"QuarantineItem"> {}
/** A mail in quarantine, with its text. */
export interface QuarantineDetails extends Of<"QuarantineDetails"> {}
/** A mail in the queue. */
export interface QueuedMail extends Of<"QueuedMail"> {}

/** Which rows of a log: the newest, or those from one place to another. */
export interface LogRange {
  /**
   * How many rows.
   *
   * @default 1000
   */
  count?: number;
  /**
   * The first row, counted from the newest, which is 1.
   *
   * @default 1
   */
  from?: number;
  /** The last row, counted likewise; instead of `count`. */
  to?: number;
}
/** A row of the logs of Dovecot, Postfix and SOGo. */
export interface SyslogLine extends Of<"SyslogLine"> {}
/** A row of the log of the ban service. */
export interface NetfilterLogLine extends Of<"NetfilterLogLine"> {}
/** A row of the log of the import of users. */
export interface CronLogLine extends Of<"CronLogLine"> {}
/** A message of the watchdog. */
export interface WatchdogMessage extends Of<"WatchdogMessage"> {}
/** How healthy the watchdog found a service. */
export interface WatchdogHealth extends Of<"WatchdogHealth"> {}
/** A row of the log of the watchdog; only a message has `message`. */
export type WatchdogLogLine = WatchdogMessage | WatchdogHealth;
/** A row of the log of the certificate service. */
export interface AcmeLogLine extends Of<"AcmeLogLine"> {}
/** A call of a mail program for its settings. */
export interface AutodiscoverLogLine extends Of<"AutodiscoverLogLine"> {}
/** A mail that a rate limit held off. */
export interface RatelimitedLogLine extends Of<"RatelimitedLogLine"> {}
/** A call of the API. */
export interface ApiLogLine extends Of<"ApiLogLine"> {}
/** A message that the web interface gave. */
export interface UiLogLine extends Of<"UiLogLine"> {}
/** The last login of a mailbox to a service from an address. */
export interface SaslLogLine extends Of<"SaslLogLine"> {}
/** A mail that rspamd has checked. */
export interface RspamdHistoryLine extends Of<"RspamdHistoryLine"> {}
/** What rspamd has counted. */
export interface RspamdStats extends Of<"RspamdStats"> {}
/** An action of rspamd, and the number of mails that got it. */
export type RspamdActionCount = Of<"RspamdActionCount">;

/** A container of mailcow. */
export interface Container extends Of<"Container"> {}
/** What a container uses at a moment. */
export interface ContainerSample extends Of<"ContainerSample"> {}
/** The disk that mail is stored on. */
export interface MailStorage extends Of<"MailStorage"> {}
/** The load of the host. */
export interface Host extends Of<"Host"> {}
/** The public addresses of the server. */
export interface PublicAddresses extends Of<"PublicAddresses"> {}

/** Options, lists, patterns and bans of fail2ban. Times are in seconds. */
export interface Fail2banState extends Of<"Fail2ban"> {}
/** What there is of it before mailcow's ban service has ever started. */
export interface Fail2banWithoutOptions extends Of<"Fail2banWithoutOptions"> {}
/** What can be set on fail2ban. Times are in seconds. */
export interface Fail2banOptions extends Omit<Of<"Fail2banOptions">, "action"> {}

/** Which origins and methods browsers may use. */
export interface CorsSettings extends Of<"CorsSettings"> {}
/** All settings of the quarantine. */
export interface QuarantineSettings
  extends Omit<Of<"QuarantineSettings">, "action" | "retention_size" | "max_size">,
    Required<Pick<Of<"QuarantineSettings">, "retention_size" | "max_size">> {}
/** The mail that warns of a full mailbox. */
export interface QuotaNotification extends Of<"QuotaNotification"> {}
/** The mail with which users reset their password. */
export interface PasswordResetNotification
  extends Omit<Of<"PasswordResetNotification">, "from" | "subject">,
    Required<Pick<Of<"PasswordResetNotification">, "from" | "subject">> {}
/** All texts of the web interface. */
export interface UiTexts extends Of<"UiTexts"> {}
/** A link of the app menu. */
export interface AppLink {
  /** Its name. */
  app: string;
  /** Where it leads to before login. */
  href: string;
  /** Where it leads to after login, with `%u` for the user; by default as before. */
  user_href?: string;
  /**
   * Whether it is hidden.
   *
   * @default false
   */
  hide?: boolean;
}
/** What the login pages show. */
export interface CustomLogin
  extends Omit<Of<"CustomLogin">, "force_sso">,
    Required<Pick<Of<"CustomLogin">, "force_sso">> {}
/** File name of a filter list of rspamd that can be written. */
export type RspamdMap = Of<"RspamdMap">;
/** A ready-made text that comes with mailcow. */
export interface Preset extends Of<"Preset"> {}

/** A Keycloak server that users log in through. */
export interface KeycloakIdentityProvider extends Of<"KeycloakIdentityProvider"> {}
/** An OpenID Connect server that users log in through. */
export interface OidcIdentityProvider extends Of<"OidcIdentityProvider"> {}
/** An LDAP server that users log in through. */
export interface LdapIdentityProvider extends Of<"LdapIdentityProvider"> {}
/** The server that users log in through; `authsource` says of which kind. */
export type IdentityProviderRow = KeycloakIdentityProvider | OidcIdentityProvider | LdapIdentityProvider;
/** A Keycloak server to set. */
export interface NewKeycloakIdentityProvider extends Of<"NewKeycloakIdentityProvider"> {}
/** An OpenID Connect server to set. */
export interface NewOidcIdentityProvider extends Of<"NewOidcIdentityProvider"> {}
/** An LDAP server to set. */
export interface NewLdapIdentityProvider extends Of<"NewLdapIdentityProvider"> {}
/** A server to set, for users to log in through; `authsource` says of which kind. */
export type NewIdentityProvider = NewKeycloakIdentityProvider | NewOidcIdentityProvider | NewLdapIdentityProvider;

/** What to go through, and in which order. */
export interface IterateOptions<Order extends string> {
  /** Only what contains this text, in any case; no character of it is a wildcard. */
  search?: string;
  /** What to sort by; by name otherwise. */
  orderBy?: Order;
  /**
   * Sorts downwards.
   *
   * @default false
   */
  descending?: boolean;
  /**
   * How many rows to ask for at a time, and so to hold in memory.
   *
   * @default 100
   */
  pageSize?: number;
}

/** One entry of mailcow's answer to a write. */
export interface ActionResult {
  /** `success`, `warning` and `info` went well, everything else did not. */
  readonly type: string;
  /** As mailcow sent it: a code, a sentence, or a code with its arguments. */
  readonly msg: string | readonly unknown[];
  /** The item that it speaks of, as far as mailcow's answer tells. */
  readonly id?: string | number;
  /** The code alone, such as `domain_exists`; a sentence where mailcow has no code. */
  readonly code: string;
}

export type { components, paths };
