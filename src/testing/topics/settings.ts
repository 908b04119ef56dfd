import { hasDomain } from "../rules/access.ts";
import { answerOf } from "../rules/answers.ts";
import { isEmail } from "../rules/names.ts";
import { array, bound, type Data, die, escaped, int, isEmpty, isEqual, isSet, parts, text } from "../rules/php.ts";
import type { Call } from "../server/call.ts";
import { changes, clearLogOf, type Handler, reads, type Topic, writes } from "../server/topic.ts";
import { setting } from "../state.ts";

/** Settings that are written only: no route tells them. Each call replaces all of its values. */
const written = (name: string, toStore: (data: Data) => unknown, says: string): Handler => {
  const stored = setting<unknown>(name, null);
  return (call) => {
    const value = toStore(call.data);
    if (value !== undefined) call.db.set(stored, value);
    call.success(says);
    return true;
  };
};
const customized = (name: string, stored: string, toStore: (data: Data) => unknown, says = name) =>
  writes(clearLogOf("customize", "edit", name), written(stored, toStore, says));

const isOn = (value: unknown): number => (isSet(value) && isEqual(value, "1") ? 1 : 0);
const ascii = (value: unknown): string => (typeof value === "object" ? "" : text(value).replace(/[^ -\x7f]/g, ""));
const address = (value: unknown): string => (isEmail(ascii(value)) ? ascii(value) : "");
const orEmpty = (value: unknown): string => (isEmpty(value) ? "" : bound(value));

const uiTexts = (data: Data): Data => ({
  ...Object.fromEntries(["title_name", "main_name", "apps_name"].map((name) => [name, escaped(text(data[name]))])),
  help_text: bound(data["help_text"]),
  ui_footer: bound(data["ui_footer"]),
  ui_announcement_text: bound(data["ui_announcement_text"]),
  ui_announcement_type: ["info", "warning", "danger"].find((type) => type === data["ui_announcement_type"]) ?? "",
  ui_announcement_active: isEmpty(data["ui_announcement_active"]) ? 0 : 1,
});

/** Links by name. Lists of unlike lengths are passed over. */
function appLinks(data: Data): unknown {
  const [apps, links, userLinks, hidden] = ["app", "href", "user_href", "hide"].map((name) => {
    const values: Data = { ...array(data[name]) };
    return { size: Object.keys(values).length, at: (index: number) => values[index] ?? null };
  });
  if (!apps || !links || !userLinks || !hidden) return undefined;
  if ([links, userLinks, hidden].some(({ size }) => size !== apps.size)) return undefined;
  return Array.from({ length: apps.size }, (_, index) => {
    const app = apps.at(index);
    if (typeof app === "object" && app !== null) die("a list where a name is expected");
    const hide = hidden.at(index) !== "0" && hidden.at(index) !== 0;
    return { [text(app)]: { link: links.at(index), user_link: userLinks.at(index), hide } };
  });
}

const customLogin = (data: Data): Data =>
  Object.fromEntries(
    ["hide_user_quicklink", "hide_domainadmin_quicklink", "hide_admin_quicklink", "force_sso"].map((name) => [
      name,
      isOn(data[name]),
    ]),
  );

const quotaCopies = setting<Readonly<Record<string, unknown>>>("QW_BCC", {});

/** Who else is told that a mailbox of a domain is nearly full. */
function editCopies(call: Call): boolean {
  const { db, data } = call;
  const { domain } = data;
  if (!hasDomain(db, domain)) return call.danger("access_denied");
  const found = parts(data["bcc_rcpt"]).map((part) => ascii(part));
  for (const part of found) if (!isEmpty(part) && !isEmail(part)) call.danger(["goto_invalid", escaped(part)]);
  const bcc_rcpts = [...new Set(found.filter(isEmail))];
  const active = bcc_rcpts.length > 0 ? int(data["active"]) : 0;
  db.set(quotaCopies, { ...db.get(quotaCopies), [text(domain)]: { bcc_rcpts, active } });
  call.success("saved_settings");
  return true;
}

const maps: readonly string[] = [
  ...["mime_from", "smtp_from", "rcpt"].flatMap((of) => [`global_${of}_blacklist.map`, `global_${of}_whitelist.map`]),
  ...["fishy_tlds", "bad_words", "bad_words_de", "bad_languages", "bulk_header", "bad_header", "monitoring_nolog"].map(
    (name) => `${name}.map`,
  ),
];
const mapTexts = setting<Readonly<Record<string, string>>>("rspamd_custom_maps", {});

/** Gives all named maps the same content. */
function editMaps(call: Call): void {
  const { db, data } = call;
  const known = call.items.filter((map): map is string => typeof map === "string" && maps.includes(map));
  for (const map of call.items) if (!known.some((name) => name === map)) call.danger(["global_map_invalid", map]);
  for (const map of known) {
    db.set(mapTexts, { ...db.get(mapTexts), [map]: `${text(data["rspamd_map_data"]).trim()}\n` });
    call.success(["object_modified", map]);
  }
}

export const settings: Topic = {
  actions: {
    "edit/ui_texts": customized("ui_texts", "UI_TEXTS", uiTexts),
    "edit/app_links": customized("app_links", "APP_LINKS", appLinks),
    "edit/ip_check": customized(
      "ip_check",
      "IP_CHECK",
      (data) => isOn(data["ip_check_opt_in"]),
      "ip_check_opt_in_modified",
    ),
    "edit/custom_login": customized("custom_login", "CUSTOM_LOGIN", customLogin, "custom_login_modified"),
    "edit/quota_notification": writes(
      clearLogOf("quota_notification", "edit"),
      written(
        "QW_SETTINGS",
        (data) => ({
          sender: address(data["sender"]),
          subject: bound(data["subject"]),
          html_tmpl: bound(data["html_tmpl"]),
        }),
        "saved_settings",
      ),
    ),
    "edit/quota_notification_bcc": writes(clearLogOf("quota_notification_bcc", "edit"), editCopies),
    "edit/reset-password-notification": writes(
      clearLogOf("reset_password", "edit_notification"),
      written(
        "PW_RESET_SETTINGS",
        (data) => ({
          from: address(data["from"]),
          subject: orEmpty(data["subject"]),
          text_tmpl: orEmpty(data["text_tmpl"]),
          html_tmpl: orEmpty(data["html_tmpl"]),
        }),
        "saved_settings",
      ),
    ),
    "edit/rspamd-map": changes("map", () => ["rspamd_maps", "edit", "-"], editMaps),
    "get/presets/rspamd": reads(({ db }) => answerOf(db, "get/presets/rspamd")),
    "get/presets/sieve": reads(({ db }) => answerOf(db, "get/presets/sieve")),
  },
};
