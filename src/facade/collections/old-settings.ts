import type { Body, PostPath } from "../../calls/calls.ts";
import { Collection, type Edit } from "../../calls/collection.ts";
import { refusal } from "../../calls/input.ts";
import { fieldsOf, toAddress, toDomain, toList, toNames } from "../../calls/names.ts";
import type * as types from "../../types.ts";

/**
 * Settings that can be written but never read. **Every call replaces the whole setting: what is not given is cleared.**
 * Keep what you set.
 */
export class Settings extends Collection {
  /**
   * Sets which web pages of other origins may call this API from a browser. What is not given goes back to its default.
   *
   * @throws {@link MailcowRejectedError} `cors_invalid_origin` or `cors_invalid_method`: nothing was stored.
   * @example
   * await mcc.settings.setCors({ allowed_origins: ["https://app.example.com"], allowed_methods: ["GET"] });
   * @see POST /api/v1/edit/cors
   */
  readonly setCors = (cors: types.CorsSettings): Promise<types.ActionResult[]> => this.#put("/api/v1/edit/cors", cors);
  /**
   * Sets what is kept in quarantine, and who is told. `retention_size` (mails per mailbox) and `max_size` (MiB) must be
   * given: without them mailcow would keep nothing any more.
   *
   * @see POST /api/v1/edit/quarantine
   */
  readonly setQuarantine = (settings: types.QuarantineSettings): Promise<types.ActionResult[]> =>
    this.#put("/api/v1/edit/quarantine", { ...settings, action: "settings" }, "retention_size", "max_size");
  /**
   * Sets the mail that warns of a full mailbox.
   *
   * @see POST /api/v1/edit/quota_notification
   */
  readonly setQuotaNotification = (notification: types.QuotaNotification): Promise<types.ActionResult[]> =>
    this.#put("/api/v1/edit/quota_notification", notification);
  /**
   * Sets who gets copies of the quota warnings of a domain, in the place of those before; none with an empty list.
   *
   * @param active - Whether the copies are sent; `true` by default.
   * @throws {@link MailcowRejectedError} `access_denied` (there is no such domain or alias domain), or `goto_invalid`:
   * an address was left out, the others are stored.
   * @see POST /api/v1/edit/quota_notification_bcc
   */
  readonly setQuotaNotificationBcc = async (
    domain: string,
    to: string | readonly string[],
    active = true,
  ): Promise<types.ActionResult[]> => {
    const list = toList(to).length === 0 ? [] : toNames(to, "to").map((address) => toAddress(address, "to"));
    const attr = { domain: toDomain(domain), bcc_rcpt: [...new Set(list)].join("\n"), active };
    return this.#put("/api/v1/edit/quota_notification_bcc", attr);
  };
  /**
   * Sets the mail with which users reset their password. An empty `from` or `subject` switches that off.
   *
   * @see POST /api/v1/edit/reset-password-notification
   */
  readonly setPasswordResetNotification = (
    notification: types.PasswordResetNotification,
  ): Promise<types.ActionResult[]> =>
    this.#put("/api/v1/edit/reset-password-notification", notification, "from", "subject");
  /**
   * Sets all links of the app menu. mailcow checks and escapes nothing.
   *
   * @see POST /api/v1/edit/app_links
   */
  readonly setAppLinks = async (links: readonly types.AppLink[]): Promise<types.ActionResult[]> => {
    const given = toList(links).map(fieldsOf);
    return this.#put("/api/v1/edit/app_links", {
      app: given.map(({ app }) => app),
      href: given.map(({ href }) => href),
      user_href: given.map(({ user_href = "" }) => user_href),
      hide: given.map(({ hide }) => (hide ? 1 : 0)),
    });
  };
  /**
   * Sets all texts of the web interface. The three names are stored escaped for HTML, the others are HTML.
   *
   * @see POST /api/v1/edit/ui_texts
   */
  readonly setUiTexts = (texts: types.UiTexts): Promise<types.ActionResult[]> =>
    this.#put("/api/v1/edit/ui_texts", texts);
  /**
   * Sets whether the web interface looks up the server's public address.
   *
   * @see POST /api/v1/edit/ip_check
   */
  readonly setIpCheck = (isOn: boolean): Promise<types.ActionResult[]> =>
    this.#put("/api/v1/edit/ip_check", { ip_check_opt_in: isOn }, "ip_check_opt_in");
  /**
   * Sets what the login pages show. `force_sso` must be given: without it mailcow would let passwords in again.
   *
   * @see POST /api/v1/edit/custom_login
   */
  readonly setCustomLogin = (switches: types.CustomLogin): Promise<types.ActionResult[]> =>
    this.#put("/api/v1/edit/custom_login", switches, "force_sso");
  /**
   * Writes filter lists of rspamd, each with the same content, one entry per line; an empty text empties them. They are
   * sent one by one, about a second each.
   *
   * @throws {@link MailcowRejectedError} `global_map_write_error`: the file can't be written.
   * @see POST /api/v1/edit/rspamd-map
   */
  readonly setRspamdMap: Edit<types.RspamdMap, string> = this.editor("/api/v1/edit/rspamd-map", {
    attr: (rspamd_map_data) => ({ rspamd_map_data }),
    size: 1,
  });
  /**
   * Lists ready-made texts that come with mailcow: settings maps of rspamd, or Sieve scripts.
   *
   * @see GET /api/v1/get/presets/rspamd, GET /api/v1/get/presets/sieve
   */
  readonly presets = (kind: "rspamd" | "sieve"): Promise<types.Preset[]> =>
    this.calls.rows(`/api/v1/get/presets/${kind}` as const);

  async #put<T extends object>(path: PostPath, given: T, ...demanded: (keyof T)[]): Promise<types.ActionResult[]> {
    const attr = fieldsOf(given);
    const missing = demanded.find((field) => attr[field] === undefined);
    if (missing) throw refusal(String(missing), "given: mailcow clears what is left out");
    return this.calls.write(path, { attr } as unknown as Body<typeof path>);
  }
}

/** What the passwords of this server's mailboxes and admins have to be like. */
export class ServerPasswordPolicy extends Collection {
  /**
   * Reads the policy: numbers and flags, all in digits. A flag other than `"1"` is not enforced.
   *
   * @see GET /api/v1/get/passwordpolicy
   */
  readonly get = (): Promise<types.PasswordPolicy> => this.calls.data("/api/v1/get/passwordpolicy");
  /**
   * Reads the policy as HTML in the server's language, for people.
   *
   * @see GET /api/v1/get/passwordpolicy/html
   */
  readonly getHtml = (): Promise<string> => this.calls.data("/api/v1/get/passwordpolicy/html");
  /**
   * Sets rules; what is not given keeps its value. Passwords that there are stay as they are.
   *
   * @param attr - `length`: bytes, 3 or more.
   * @see POST /api/v1/edit/passwordpolicy
   */
  readonly edit = async (attr: types.EditPasswordPolicyAttributes): Promise<types.ActionResult[]> =>
    this.calls.write("/api/v1/edit/passwordpolicy", { attr });
}
