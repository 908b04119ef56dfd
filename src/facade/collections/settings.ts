import type { ActionResult, Route } from "../../contract.ts";
import { checked } from "../../core/api.ts";
import { Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import { fieldsOf, toList } from "../../core/lists.ts";
import { type CallOptions, callOptionsOf, optionsOf } from "../../core/options.ts";
import { isStill } from "../../core/releases.ts";
import { fieldsWith } from "../../core/walk.ts";
import * as routes from "../../generated/routes/settings.ts";
import type { Flag } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/settings.ts";
import { checkNames, refusal } from "../../refusal.ts";

export type * from "../../generated/types/settings.ts";

type Demanding<Settings, Field extends keyof Settings> = Omit<Settings, Field> & Required<Pick<Settings, Field>>;

/** All settings of the quarantine. Fields you leave out are cleared. */
export interface QuarantineSettings extends Demanding<types.QuarantineSettings, "retention_size" | "max_size"> {}

/** The whole mail with which users reset their password. Fields you leave out are cleared. */
export interface PasswordResetNotification extends Demanding<types.PasswordResetNotification, "from" | "subject"> {}

/** What the login pages show. A switch you leave out is off. */
export interface CustomLogin extends Demanding<types.CustomLogin, "force_sso"> {}

/** A link of the app menu. */
export interface AppLink {
  /** Its name. */
  readonly app: string;
  /** Where it leads before login. */
  readonly href: string;
  /**
   * Where it leads after login, with `%u` for the user.
   *
   * @default the same as before login
   */
  readonly user_href?: string;
  /**
   * Whether it is hidden.
   *
   * @default false
   */
  readonly hide?: Flag;
}

/** How to set the recipients of copies of quota warnings. */
export interface QuotaNotificationBccOptions extends CallOptions {
  /**
   * Whether to send the copies.
   *
   * @default true
   */
  readonly active?: boolean;
}

/**
 * Settings that can be written but never read. **Every call replaces the whole setting: fields you leave out are
 * cleared.** Keep a copy of what you set.
 */
export class Settings extends Collection {
  /**
   * Sets which web pages of other origins may call this API from a browser. Fields you leave out are reset to their
   * default. A mailcow up to 2026-07 takes host names: it is sent those of the origins.
   *
   * @throws {MailcowInputError} An origin has a port, and the server takes host names.
   * @throws {MailcowRejectedError} `cors_invalid_origin` or `cors_invalid_method`: nothing was stored.
   * @example
   * await mcc.settings.setCors({ allowed_origins: ["https://app.example.com"], allowed_methods: ["GET"] });
   * @see POST /api/v1/edit/cors, GET /api/v1/get/status/version
   */
  async setCors(cors: types.CorsSettings, options?: CallOptions): Promise<ActionResult[]> {
    const call = callOptionsOf(options);
    const { attr } = checked(routes.editCors, { attr: fieldsOf(cors) }, call);
    const { allowed_origins: origins } = attr;
    const given: readonly string[] = typeof origins === "string" ? origins.split("\n") : (origins ?? []);
    const changed = fieldsWith(routes.editCors.body, { attr }, "changed");
    const origin = changed.find(({ value }) => String(value).includes("://"));
    const release = origin ? await this.core.release(call) : null;
    // A server that does not tell its release refuses the form that it does not take.
    if (!origin || !isStill(origin.schema, release, false)) return this.#put(routes.editCors, attr, call);
    const allowed_origins = given.map((origin) => hostOf(origin.trim(), release)).join("\n");
    return this.#put(routes.editCors, { ...attr, allowed_origins }, call);
  }

  /**
   * Sets what the quarantine keeps, and who is notified. `retention_size` (mails per mailbox) and `max_size` (MiB) are
   * required: without them, mailcow would keep nothing.
   *
   * @example
   * await mcc.settings.setQuarantine({ retention_size: 20, max_size: 10, sender: "quarantine@example.com" });
   * @see POST /api/v1/edit/quarantine
   */
  async setQuarantine(settings: QuarantineSettings, options?: CallOptions): Promise<ActionResult[]> {
    return this.#put(routes.editQuarantine, settings, options, "retention_size", "max_size");
  }

  /**
   * Sets the mail that warns of a full mailbox. Fields you leave out are cleared.
   *
   * @see POST /api/v1/edit/quota_notification
   */
  async setQuotaNotification(notification: types.QuotaNotification, options?: CallOptions): Promise<ActionResult[]> {
    return this.#put(routes.editQuotaNotification, notification, options);
  }

  /**
   * Replaces the recipients of copies of a domain's quota warnings; an empty list removes all.
   *
   * @throws {MailcowRejectedError} `access_denied` (no such domain or alias domain), or `goto_invalid`: mailcow left
   * out an address and stored the others.
   * @example
   * await mcc.settings.setQuotaNotificationBcc("example.com", ["ann@example.com", "it@example.org"]);
   * @see POST /api/v1/edit/quota_notification_bcc
   */
  async setQuotaNotificationBcc(
    domain: string,
    to: string | readonly string[],
    options?: QuotaNotificationBccOptions,
  ): Promise<ActionResult[]> {
    const { active, ...call } = optionsOf(options, { active: true });
    return this.#put(routes.editQuotaNotificationBcc, { domain, bcc_rcpt: to, active }, call, "bcc_rcpt");
  }

  /**
   * Sets the mail with which users reset their password. An empty `from` or `subject` turns the feature off.
   *
   * @see POST /api/v1/edit/reset-password-notification
   */
  async setPasswordResetNotification(
    notification: PasswordResetNotification,
    options?: CallOptions,
  ): Promise<ActionResult[]> {
    return this.#put(routes.editResetPasswordNotification, notification, options, "from", "subject");
  }

  /**
   * Replaces all links of the app menu; an empty list removes all. mailcow checks and escapes nothing.
   *
   * @example
   * await mcc.settings.setAppLinks([{ app: "Webmail", href: "/SOGo/so/", user_href: "/SOGo/so/%u" }]);
   * @see POST /api/v1/edit/app_links
   */
  async setAppLinks(links: readonly AppLink[], options?: CallOptions): Promise<ActionResult[]> {
    const given = toList(links).map((link) => ({ ...plainLink, ...fieldsOf(link) }));
    for (const link of given) checkNames("field", link, Object.keys(plainLink), routes.editAppLinks.path);
    const attr = {
      app: given.map(({ app }) => app),
      href: given.map(({ href }) => href),
      user_href: given.map(({ user_href }) => user_href),
      hide: given.map(({ hide }) => (typeof hide === "boolean" ? toNumber(hide) : hide)),
    };
    return this.call(routes.editAppLinks, { attr }, options);
  }

  /**
   * Replaces all texts of the web interface. Fields you leave out are cleared. The three names are stored escaped for
   * HTML, the others are HTML.
   *
   * @see POST /api/v1/edit/ui_texts
   */
  async setUiTexts(texts: types.UiTexts, options?: CallOptions): Promise<ActionResult[]> {
    return this.#put(routes.editUiTexts, texts, options);
  }

  /**
   * Sets whether the web interface looks up the server's public address.
   *
   * @see POST /api/v1/edit/ip_check
   */
  async setIpCheck(isOn: Flag, options?: CallOptions): Promise<ActionResult[]> {
    return this.#put(routes.editIpCheck, { ip_check_opt_in: isOn }, options, "ip_check_opt_in");
  }

  /**
   * Sets what the login pages show. `force_sso` is required: without it, mailcow would allow passwords again.
   *
   * @see POST /api/v1/edit/custom_login
   */
  async setCustomLogin(switches: CustomLogin, options?: CallOptions): Promise<ActionResult[]> {
    return this.#put(routes.editCustomLogin, switches, options, "force_sso");
  }

  /**
   * Replaces filter lists of rspamd, each with the same content, one entry per line; an empty text empties them. Sends
   * one call per list, which takes about a second each.
   *
   * @throws {MailcowRejectedError} `global_map_write_error`: mailcow can't write the file.
   * @example
   * await mcc.settings.setRspamdMap("bad_words.map", "/lottery/i\n/casino/i");
   * @see POST /api/v1/edit/rspamd-map
   */
  async setRspamdMap(
    maps: types.RspamdMap | readonly types.RspamdMap[],
    content: string,
    options?: CallOptions,
  ): Promise<Outcome<types.RspamdMap>[]> {
    return this.editing(routes.editRspamdMap, maps, { rspamd_map_data: content }, options);
  }

  /**
   * Lists ready-made texts that come with mailcow: settings maps of rspamd, or Sieve scripts.
   *
   * @see GET /api/v1/get/presets/rspamd, GET /api/v1/get/presets/sieve
   */
  async presets(kind: "rspamd" | "sieve", options?: CallOptions): Promise<types.Preset[]> {
    if (kind !== "rspamd" && kind !== "sieve") throw refusal("the kind", '"rspamd" or "sieve"', "get/presets");
    return this.call(kind === "rspamd" ? routes.getPresetsRspamd : routes.getPresetsSieve, {}, options);
  }

  async #put<Attr extends object>(
    route: Route<{ attr: Attr }, ActionResult[]>,
    given: NoInfer<Attr>,
    options: CallOptions | undefined,
    ...demanded: readonly (keyof Attr & string)[]
  ): Promise<ActionResult[]> {
    const attr = fieldsOf(given);
    const missing = demanded.find((field) => attr[field] === undefined);
    if (missing !== undefined) throw refusal(missing, "given: mailcow clears fields that are left out", route.path);
    return this.call(route, { attr }, options);
  }
}

/** The fields of a link, with the defaults of the optional ones. */
const plainLink = { app: undefined, href: undefined, user_href: "", hide: 0 } as const;

/** mailcow takes only numbers for a link: `false` would hide it too. */
const toNumber = (isOn: boolean): 0 | 1 => (isOn ? 1 : 0);

/** The host name of an origin, which is all that an older mailcow takes. */
function hostOf(origin: string, release: string | null): string {
  const { host, port } = /^https?:\/\/(?<host>[^:/]+)(?::(?<port>\d+))?$/.exec(origin)?.groups ?? {};
  if (port)
    throw refusal("allowed_origins", `host names without a port: this server is ${release}`, routes.editCors.path);
  return host ?? origin;
}
