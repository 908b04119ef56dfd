import type * as types from "../../types.ts";
import type { ActionResult, RspamdMap } from "../../types.ts";
import type { Body, Calls, PostPath } from "../calls.ts";
import { oneByOne } from "../collection.ts";
import { refusal } from "../input.ts";
import { toAddress, toDomain, toNames } from "../names.ts";
import type { Outcome } from "../outcomes.ts";

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

/**
 * Settings that can be written but never read. **Every call replaces the whole setting: what is not given is cleared.**
 * Keep what you set.
 */
export interface Settings {
  /**
   * Sets which web pages of other origins may call this API from a browser. What is not given goes back to its default.
   *
   * @throws {@link MailcowRejectedError} `cors_invalid_origin` or `cors_invalid_method`: nothing was stored.
   * @example
   * await mcc.settings.setCors({ allowed_origins: ["https://app.example.com"], allowed_methods: ["GET"] });
   * @see POST /api/v1/edit/cors
   */
  setCors(cors: types.CorsSettings): Promise<ActionResult[]>;
  /**
   * Sets what is kept in quarantine, and who is told. `retention_size` (mails per mailbox) and `max_size` (MiB) must be
   * given: without them mailcow would keep nothing any more.
   *
   * @see POST /api/v1/edit/quarantine
   */
  setQuarantine(settings: types.QuarantineSettings): Promise<ActionResult[]>;
  /**
   * Sets the mail that warns of a full mailbox.
   *
   * @see POST /api/v1/edit/quota_notification
   */
  setQuotaNotification(notification: types.QuotaNotification): Promise<ActionResult[]>;
  /**
   * Sets who gets copies of the quota warnings of a domain, in the place of those before; none with an empty list.
   *
   * @param active - Whether the copies are sent; `true` by default.
   * @throws {@link MailcowRejectedError} `access_denied` (there is no such domain or alias domain), or `goto_invalid`:
   * an address was left out, the others are stored.
   * @see POST /api/v1/edit/quota_notification_bcc
   */
  setQuotaNotificationBcc(domain: string, to: string | readonly string[], active?: boolean): Promise<ActionResult[]>;
  /**
   * Sets the mail with which users reset their password. An empty `from` or `subject` switches that off.
   *
   * @see POST /api/v1/edit/reset-password-notification
   */
  setPasswordResetNotification(notification: types.PasswordResetNotification): Promise<ActionResult[]>;
  /**
   * Sets all links of the app menu. mailcow checks and escapes nothing.
   *
   * @see POST /api/v1/edit/app_links
   */
  setAppLinks(links: readonly AppLink[]): Promise<ActionResult[]>;
  /**
   * Sets all texts of the web interface. The three names are stored escaped for HTML, the others are HTML.
   *
   * @see POST /api/v1/edit/ui_texts
   */
  setUiTexts(texts: types.UiTexts): Promise<ActionResult[]>;
  /**
   * Sets whether the web interface looks up the server's public address.
   *
   * @see POST /api/v1/edit/ip_check
   */
  setIpCheck(isOn: boolean): Promise<ActionResult[]>;
  /**
   * Sets what the login pages show. `force_sso` must be given: without it mailcow would let passwords in again.
   *
   * @see POST /api/v1/edit/custom_login
   */
  setCustomLogin(switches: types.CustomLogin): Promise<ActionResult[]>;
  /**
   * Writes filter lists of rspamd, each with the same content, one entry per line; an empty text empties them. They are
   * sent one by one, about a second each.
   *
   * @throws {@link MailcowRejectedError} `global_map_write_error`: the file can't be written.
   * @see POST /api/v1/edit/rspamd-map
   */
  setRspamdMap(maps: RspamdMap | readonly RspamdMap[], content: string): Promise<Outcome<RspamdMap>[]>;
  /**
   * Lists ready-made texts that come with mailcow: settings maps of rspamd, or Sieve scripts.
   *
   * @see GET /api/v1/get/presets/rspamd, GET /api/v1/get/presets/sieve
   */
  presets(kind: "rspamd" | "sieve"): Promise<types.Preset[]>;
}

export function settings(calls: Calls): Settings {
  /** Sends all of a setting. What mailcow would clear with harm has to be there. */
  const put = async <T extends object>(method: string, path: PostPath, attr: T, ...demanded: (keyof T)[]) => {
    const missing = demanded.find((field) => attr[field] === undefined);
    if (missing) throw refusal(`settings.${method}`, String(missing), "given: mailcow clears what is left out");
    return calls.write(`settings.${method}`, path, { attr } as unknown as Body<typeof path>);
  };
  return {
    setCors: (attr) => put("setCors", "/api/v1/edit/cors", attr),
    setQuarantine: (attr) =>
      put("setQuarantine", "/api/v1/edit/quarantine", { ...attr, action: "settings" }, "retention_size", "max_size"),
    setQuotaNotification: (attr) => put("setQuotaNotification", "/api/v1/edit/quota_notification", attr),
    setQuotaNotificationBcc: async (domain, to, active = true) => {
      const at = "settings.setQuotaNotificationBcc";
      const list = to.length === 0 ? [] : toNames(at, "to", to).map((address) => toAddress(at, "to", address));
      // Doubles would leave gaps that mailcow's own mailer stumbles over.
      const attr = { domain: toDomain(at, "domain", domain), bcc_rcpt: [...new Set(list)].join("\n"), active };
      return put("setQuotaNotificationBcc", "/api/v1/edit/quota_notification_bcc", attr);
    },
    setPasswordResetNotification: (attr) =>
      put("setPasswordResetNotification", "/api/v1/edit/reset-password-notification", attr, "from", "subject"),
    // mailcow wants four lists of equal length, and would store nothing without a word where they are not.
    setAppLinks: (links) =>
      put("setAppLinks", "/api/v1/edit/app_links", {
        app: links.map(({ app }) => app),
        href: links.map(({ href }) => href),
        user_href: links.map(({ user_href = "" }) => user_href),
        hide: links.map(({ hide }) => (hide ? 1 : 0)),
      }),
    setUiTexts: (attr) => put("setUiTexts", "/api/v1/edit/ui_texts", attr),
    setIpCheck: (isOn) => put("setIpCheck", "/api/v1/edit/ip_check", { ip_check_opt_in: isOn }, "ip_check_opt_in"),
    setCustomLogin: (attr) => put("setCustomLogin", "/api/v1/edit/custom_login", attr, "force_sso"),
    setRspamdMap: (maps, content) =>
      oneByOne(calls, "settings.setRspamdMap", "/api/v1/edit/rspamd-map", (items: RspamdMap[]) => ({
        items,
        attr: { rspamd_map_data: content },
      }))(maps),
    presets: (kind) => calls.rows(`/api/v1/get/presets/${kind}` as const),
  };
}
