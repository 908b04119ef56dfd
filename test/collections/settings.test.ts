import { describe, expect, test } from "vitest";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import type { AppLink, MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectRefused, rejectionOf } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const notify = (name: string) => recorded("45-notify-settings", name);
const cors = (name: string) => recorded("47-cors", name);
const custom = (name: string) => recorded("49-customize-maps-presets", name);

testMethods("settings", {
  setCors: (mcc, options) => mcc.settings.setCors({ allowed_origins: ["https://app.example.com"] }, options),
  setQuarantine: (mcc, options) => mcc.settings.setQuarantine({ retention_size: 20, max_size: 10 }, options),
  setQuotaNotification: (mcc, options) => mcc.settings.setQuotaNotification({ sender: "quota@example.com" }, options),
  setQuotaNotificationBcc: (mcc, options) =>
    mcc.settings.setQuotaNotificationBcc("example.com", "ann@example.com", options),
  setPasswordResetNotification: (mcc, options) =>
    mcc.settings.setPasswordResetNotification({ from: "reset@example.com", subject: "New password" }, options),
  setAppLinks: (mcc, options) => mcc.settings.setAppLinks([{ app: "Webmail", href: "/SOGo/so/" }], options),
  setUiTexts: (mcc, options) => mcc.settings.setUiTexts({ title_name: "Example" }, options),
  setIpCheck: (mcc, options) => mcc.settings.setIpCheck(true, options),
  setCustomLogin: (mcc, options) => mcc.settings.setCustomLogin({ force_sso: false }, options),
  setRspamdMap: (mcc, options) => mcc.settings.setRspamdMap("bad_words.map", "/spam/i", options),
  presets: [
    (mcc, options) => mcc.settings.presets("rspamd", options),
    (mcc, options) => mcc.settings.presets("sieve", options),
  ],
});

type Setter = "setCors" | "setQuarantine" | "setQuotaNotification" | "setPasswordResetNotification" | "setUiTexts";

/** Sets what was recorded, and expects that just this is sent. */
async function expectSent(method: Setter | "setCustomLogin", exchange: Exchange, code: string): Promise<void> {
  const { attr } = exchange.request.body as { attr: { action?: string } };
  const { action: _, ...input } = attr;
  const { mcc, server } = await replay(exchange);
  const set = (mcc.settings[method] as (input: object) => Promise<{ code: string }[]>).bind(mcc.settings);
  expect((await set(input)).map((result) => result.code)).toEqual([code]);
  expect(bodiesOf(server)).toEqual([{ attr }]);
}

/** The method refuses settings of any shape, before anything is sent. */
const refuses = (method: Setter | "setCustomLogin", settings: object, words: RegExp) =>
  expectRefused(
    (mcc: MailcowApiClient) =>
      (mcc.settings[method] as (input: object) => Promise<unknown>).call(mcc.settings, settings),
    words,
  );

test.each(["setCors", "setQuarantine", "setQuotaNotification", "setUiTexts", "setCustomLogin"] as const)(
  "%s: refuses anything but an object, and unknown fields",
  async (method) => {
    for (const wrong of [undefined, null, "text", []])
      await refuses(method, wrong as never, /the input must be an object/);
    const demanded = { setQuarantine: { retention_size: 1, max_size: 1 }, setCustomLogin: { force_sso: 0 } };
    const rest = method in demanded ? demanded[method as keyof typeof demanded] : {};
    await refuses(method, { ...rest, nonsense: 1 }, /unknown field "nonsense"/);
  },
);

describe("setCors", () => {
  test("sends both lists", async () => {
    await expectSent("setCors", cors("several origins as a list: port, IPv4, IPv6"), "cors_headers_edited");
  });

  test("throws mailcow's code for an origin with an umlaut", async () => {
    const { mcc } = await replay(cors("an origin with an umlaut"));
    const call = mcc.settings.setCors({ allowed_origins: "https://müller.test" });
    expect((await rejectionOf(call)).codes).toEqual(["cors_invalid_origin"]);
  });
});

describe("setQuarantine", () => {
  test("sends every field, and the action without which mailcow stores nothing", async () => {
    await expectSent("setQuarantine", notify("quarantine settings: every field"), "saved_settings");
  });

  test("requires both sizes, without which mailcow would keep no mail [guard settings/cleared-when-left-out]", async () => {
    await refuses("setQuarantine", {}, /retention_size/);
    await refuses("setQuarantine", { retention_size: 20 }, /max_size must be given/);
  });

  test("refuses an unknown release format, with which nothing would be delivered", async () => {
    await refuses("setQuarantine", { retention_size: 1, max_size: 1, release_format: "zip" }, /release_format/);
  });

  test("sends domains and addresses as mailcow stores them", async () => {
    const { mcc, server } = await clientOf({ "edit/quarantine": success("saved_settings") });
    const sizes = { retention_size: 1, max_size: "1" } as const;
    await mcc.settings.setQuarantine({ ...sizes, exclude_domains: ["BÜCHER.example"], sender: " Q@Example.COM" });
    const sent = { exclude_domains: ["xn--bcher-kva.example"], sender: "Q@example.com" };
    expect(bodiesOf(server)).toEqual([{ attr: { ...sizes, ...sent, action: "settings" } }]);
  });

  test("refuses a size in bytes instead of MiB", async () => {
    await refuses("setQuarantine", { retention_size: 1, max_size: 10 * 1024 ** 2 }, /max_size must be/);
  });
});

describe("setQuotaNotification", () => {
  test("sends every field", async () => {
    await expectSent("setQuotaNotification", notify("quota notification: every field"), "saved_settings");
  });

  test("refuses an invalid sender, which mailcow would store as empty", async () => {
    await refuses("setQuotaNotification", { sender: "no address" }, /sender must be an address in ASCII, such as/);
  });
});

describe("setQuotaNotificationBcc", () => {
  test("sends each address once, and active: true by default", async () => {
    const { mcc, server } = await replay(notify("bcc: several, every separator, one twice"));
    await mcc.settings.setQuotaNotificationBcc("C1-Set.test", ["a@c1-set.test", "b@example.org", "a@c1-set.test"]);
    expect(bodiesOf(server)).toEqual([
      { attr: { domain: "c1-set.test", bcc_rcpt: "a@c1-set.test\nb@example.org", active: true } },
    ]);
  });

  test("sends active: false if it is given", async () => {
    const { mcc, server } = await clientOf({ "edit/quota_notification_bcc": success("saved_settings") });
    await mcc.settings.setQuotaNotificationBcc("BÜCHER.example", "a@x.test b@x.test", { active: false });
    const attr = { domain: "xn--bcher-kva.example", bcc_rcpt: "a@x.test\nb@x.test", active: false };
    expect(bodiesOf(server)).toEqual([{ attr }]);
  });

  test("requires the addresses, which mailcow would clear [guard settings/cleared-when-left-out]", async () => {
    const call = (to: unknown) => (mcc: MailcowApiClient) =>
      mcc.settings.setQuotaNotificationBcc("example.com", to as never);
    await expectRefused(call(undefined), /bcc_rcpt must be given/);
    await expectRefused(call([undefined]), /bcc_rcpt must be addresses in ASCII/);
    await expectRefused(call([""]), /bcc_rcpt must be addresses in ASCII/);
  });

  test.each([false, { active: 1 }, { activ: true }])("refuses the options %j", async (options) => {
    const call = (mcc: MailcowApiClient) => mcc.settings.setQuotaNotificationBcc("a.test", [], options as never);
    await expectRefused(call, /the options must be|active must be true or false|did you mean "active"/);
  });

  test("clears the addresses with an empty list", async () => {
    const { mcc, server } = await replay(notify("bcc: empty"));
    await mcc.settings.setQuotaNotificationBcc("c1-set.test", []);
    expect(bodiesOf(server)).toEqual([{ attr: { domain: "c1-set.test", bcc_rcpt: "", active: true } }]);
  });

  test("throws mailcow's code for an unknown domain", async () => {
    const { mcc } = await replay(notify("bcc: domain that is not there"));
    const call = mcc.settings.setQuotaNotificationBcc("c1-missing.test", "a@c1-set.test");
    expect((await rejectionOf(call)).codes).toEqual(["access_denied"]);
  });

  test("refuses an address with letters that mailcow would remove", async () => {
    await expectRefused((mcc) => mcc.settings.setQuotaNotificationBcc("example.com", "müller@example.com"), /bcc_rcpt/);
  });
});

describe("setPasswordResetNotification", () => {
  test("sends every field", async () => {
    await expectSent("setPasswordResetNotification", notify("password reset mail: every field"), "saved_settings");
  });

  test("requires the sender, without which users could not reset their passwords [guard settings/cleared-when-left-out]", async () => {
    await refuses("setPasswordResetNotification", { subject: "s" }, /from must be/);
  });
});

test.each([
  [{ app: "A", href: "/a", hidden: true }, /unknown field "hidden"; did you mean "hide"\?/],
  [{ app: "A", href: "/a", toString: "x" }, /unknown field "toString"/],
  [{ app: "A", href: "/a", hide: "false" }, /hide must be/],
  [{ app: "A", href: "/a", hide: null }, /hide must be/],
  [{ href: "/a" }, /app must be/],
  [{ app: "A", href: undefined }, /href must be/],
  ["/a", /the input must be an object/],
])("setAppLinks: refuses the link %j", async (link, words) => {
  await expectRefused((mcc) => mcc.settings.setAppLinks([{ app: "B", href: "/b" }, link as never]), words);
});

test.each([
  [true, 1],
  [false, 0],
  ["0", "0"],
  ["1", "1"],
  [undefined, 0],
] as const)("setAppLinks: sends `hide` given as %j [guard settings/app-links]", async (hide, sent) => {
  const { mcc, server } = await clientOf({ "edit/app_links": success("app_links") });
  const link = { app: "A", href: "/a", hide };
  await mcc.settings.setAppLinks([link as AppLink]);
  expect(bodiesOf(server)).toEqual([{ attr: { app: ["A"], href: ["/a"], user_href: [""], hide: [sent] } }]);
});

test("setAppLinks: sends four lists of equal length [guard settings/app-links]", async () => {
  const { mcc, server } = await replay(custom("app_links: two apps; hide '0' is shown, '1' hidden"));
  await mcc.settings.setAppLinks([
    { app: "SOGo", href: "/SOGo/so/", user_href: "/SOGo/so/%u" },
    { app: "Nextcloud", href: "https://cloud.c1.test", hide: true },
  ]);
  expect(bodiesOf(server)).toEqual([
    {
      attr: {
        app: ["SOGo", "Nextcloud"],
        href: ["/SOGo/so/", "https://cloud.c1.test"],
        user_href: ["/SOGo/so/%u", ""],
        hide: [0, 1],
      },
    },
  ]);
});

describe("setUiTexts", () => {
  test("sends every field", async () => {
    const exchange = custom("ui_texts: every field; the three names are HTML-escaped, the rest is not");
    await expectSent("setUiTexts", exchange, "ui_texts");
  });

  test("refuses the word false for a switch, which would be on", async () => {
    await refuses("setUiTexts", { ui_announcement_active: "false" }, /ui_announcement_active/);
  });
});

describe("setIpCheck", () => {
  test("sends the switch", async () => {
    const { mcc, server } = await replay(custom("ip_check: true"));
    expect((await mcc.settings.setIpCheck(true)).map(({ code }) => code)).toEqual(["ip_check_opt_in_modified"]);
    expect(bodiesOf(server)).toEqual([{ attr: { ip_check_opt_in: true } }]);
  });

  test("refuses undefined instead of a switch", async () => {
    await expectRefused((mcc) => mcc.settings.setIpCheck(undefined as never), /ip_check_opt_in/);
  });
});

describe("setCustomLogin", () => {
  test("sends every switch", async () => {
    await expectSent("setCustomLogin", custom("custom_login: every switch on"), "custom_login_modified");
  });

  test("requires force_sso, without which passwords would be accepted again [guard settings/cleared-when-left-out]", async () => {
    await refuses("setCustomLogin", {}, /force_sso/);
  });
});

describe("setRspamdMap", () => {
  test("sends one call per map", async () => {
    const { mcc, server } = await replay(
      custom("map: empty content"),
      custom("map: one; the content is trimmed and one line break added"),
    );
    const maps = ["global_mime_from_blacklist.map", "global_rcpt_whitelist.map"] as const;
    expect((await mcc.settings.setRspamdMap(maps, "")).map(({ id }) => id)).toEqual(maps);
    expect(bodiesOf(server)).toEqual(maps.map((map) => ({ items: [map], attr: { rspamd_map_data: "" } })));
  });

  test("sends nothing for an empty list of maps, but still checks the content [guard everywhere/no-items]", async () => {
    const { mcc, server } = await clientOf({});
    expect(await mcc.settings.setRspamdMap([], "x")).toEqual([]);
    expect(server.seen).toEqual([]);
    await expectRefused((mcc) => mcc.settings.setRspamdMap([], undefined as never), /rspamd_map_data must be given/);
  });

  test("refuses content that is missing or not a text, which would empty the map", async () => {
    for (const content of [undefined, null, ["a"], 5])
      await expectRefused(
        (mcc) => mcc.settings.setRspamdMap("bad_words.map", content as never),
        /rspamd_map_data must be/,
      );
  });

  test("refuses an unknown map", async () => {
    await expectRefused((mcc) => mcc.settings.setRspamdMap(["bad_words.map", "../x"] as never, ""), /items must be/);
  });
});

test.each(["Rspamd", "admin", "__proto__", "", undefined])("presets: refuses the kind %j", async (kind) => {
  await expectRefused((mcc) => mcc.settings.presets(kind as never), /the kind must be "rspamd" or "sieve"/);
});

test.each(["rspamd", "sieve"] as const)("presets: returns the presets for %s", async (kind) => {
  const { mcc } = await replay(custom(`presets: ${kind}`));
  expect(await mcc.settings.presets(kind)).toEqual(custom(`presets: ${kind}`).response.body);
});
