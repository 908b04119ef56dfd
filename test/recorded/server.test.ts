import { describe, expect, test } from "vitest";
import { MailcowRejectedError } from "../../src/index.ts";
import { bodiesOf } from "../support/client.ts";
import { recorded, replay } from "../support/replay.ts";

const quarantine = (name: string) => recorded("44-quarantine", name);
const queue = (name: string) => recorded("43-mailq", name);
const log = (name: string) => recorded("40-logs", name);
const sqlLog = (name: string) => recorded("41-logs-sql-rspamd", name);
const state = (name: string) => recorded("42-status", name);
const notify = (name: string) => recorded("45-notify-settings", name);
const bans = (name: string) => recorded("46-fail2ban", name);
const provider = (name: string) => recorded("48-identity-provider", name);
const custom = (name: string) => recorded("49-customize-maps-presets", name);

const refused = async (call: Promise<unknown>): Promise<MailcowRejectedError> => {
  const error = await call.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MailcowRejectedError);
  return error as MailcowRejectedError;
};

describe("quarantine", () => {
  test("list answers the mails, and an empty list for none", async () => {
    const some = quarantine("four items: virus_flag is a position, not a boolean; nulls; notified");
    const { mcc } = await replay(some, quarantine("empty quarantine (on a fresh server)"));
    expect(await mcc.quarantine.list()).toEqual(some.response.body);
    expect(await mcc.quarantine.list()).toEqual([]);
  });

  test("get answers the mail with its text, and null for one that is not there", async () => {
    const one = quarantine("details: every column, symbols and fuzzy_hashes as JSON text");
    const { mcc } = await replay(one, quarantine("no such id: empty list"));
    expect(await mcc.quarantine.get(1)).toEqual(one.response.body);
    expect(await mcc.quarantine.get(999999)).toBeNull();
  });

  test.each([
    ["release", "release", "release one: released, deleted AND learned as ham", 1, ["item_released", "learned_ham"]],
    ["learnSpam", "learnspam", "learnspam: learned and deleted", 6, ["qlearn_spam"]],
  ] as const)("%s answers what was done with the mail", async (method, action, name, id, codes) => {
    const { mcc, server } = await replay(quarantine(name));
    const [outcome] = await mcc.quarantine[method](id);
    expect([outcome?.id, outcome?.results.map(({ code }) => code)]).toEqual([id, codes]);
    expect(bodiesOf(server)).toEqual([{ items: [id], attr: { action } }]);
  });

  test("release sends mails one by one, and says which of them is not there", async () => {
    const { mcc, server } = await replay(
      quarantine("release what is gone"),
      quarantine("release one: released, deleted AND learned as ham"),
    );
    const error = await refused(mcc.quarantine.release([7, 1]));
    expect(error.failures).toEqual([{ type: "danger", msg: "access_denied", code: "access_denied", id: 7 }]);
    expect(error.succeeded.map(({ code, id }) => [code, id])).toEqual([
      ["item_released", 1],
      ["learned_ham", 1],
    ]);
    expect(bodiesOf(server)).toHaveLength(2);
  });

  test.each([
    ["release, postfix not reachable: warning, the item stays", /Cannot connect to Postfix/],
    ["release, postfix refuses the recipient: warning with the SMTP line", /Postfix returned SMTP code 550/],
  ])("%s: a refusal", async (name, words) => {
    const { mcc } = await replay(quarantine(name));
    expect((await refused(mcc.quarantine.release(1))).message).toMatch(words);
  });

  test("delete answers an outcome for each mail", async () => {
    const { mcc, server } = await replay(quarantine("delete two"));
    const outcomes = await mcc.quarantine.delete([16, 17]);
    expect(outcomes.map(({ id, results }) => [id, results.map(({ code }) => code)])).toEqual([
      [16, ["item_deleted"]],
      [17, ["item_deleted"]],
    ]);
    expect(bodiesOf(server)).toEqual([[16, 17]]);
  });
});

describe("mailQueue", () => {
  test("list answers the mails, and an empty list for none", async () => {
    const { mcc } = await replay(queue("one deferred message"), queue("empty queue"));
    expect(await mcc.mailQueue.list()).toMatchObject([{ queue_id: "C1A0000001", queue_name: "deferred" }]);
    expect(await mcc.mailQueue.list()).toEqual([]);
  });

  test("get answers the text of a mail, and null for one that is not in the queue", async () => {
    const { mcc } = await replay(
      queue("postcat: plain text under an application/json header"),
      queue("postcat of a message that is not there: postcat's error, status 200"),
    );
    expect(await mcc.mailQueue.get("C1A0000001")).toMatch(/^\*\*\* ENVELOPE RECORDS/);
    expect(await mcc.mailQueue.get("C1A0000001")).toBeNull();
  });

  test("hold answers mailcow's one entry for each mail", async () => {
    const { mcc, server } = await replay(queue("hold several, one of them held already"));
    const ids = ["C1A0000001", "C1C0000003", "C1E0000005"];
    const outcomes = await mcc.mailQueue.hold(ids);
    expect(outcomes.map(({ id }) => id)).toEqual(ids);
    for (const { results } of outcomes) expect(results.map(({ code }) => code)).toEqual(["queue_command_success"]);
    expect(bodiesOf(server)).toEqual([{ items: ids, attr: { action: "hold" } }]);
  });

  test.each([
    ["unhold", "unhold two", ["C1A0000001", "C1B0000002"]],
    ["deliver", "deliver two now", ["C1A0000001", "C1E0000005"]],
  ] as const)("%s sends its action with the mails", async (method, name, ids) => {
    const { mcc, server } = await replay(queue(name));
    expect((await mcc.mailQueue[method](ids)).map(({ id }) => id)).toEqual(ids);
    expect(bodiesOf(server)).toEqual([{ items: ids, attr: { action: method } }]);
  });

  test.each([
    ["flush", "flush", "flush, items left out"],
    ["deleteAll", "super_delete", "super_delete"],
  ] as const)("%s sends %s for the whole queue", async (method, action, name) => {
    const { mcc, server } = await replay(queue(name));
    expect((await mcc.mailQueue[method]()).map(({ code }) => code)).toEqual(["queue_command_success"]);
    expect(bodiesOf(server)).toEqual([{ attr: { action } }]);
  });

  test("delete answers an outcome for each mail", async () => {
    const { mcc, server } = await replay(queue("delete two"));
    const ids = ["C1D0000004", "C1E0000005"];
    expect((await mcc.mailQueue.delete(ids)).map(({ id, results }) => [id, results.length])).toEqual(
      ids.map((id) => [id, 1]),
    );
    expect(bodiesOf(server)).toEqual([ids]);
  });

  test("a stopped Postfix is a refusal", async () => {
    const { mcc } = await replay(
      queue("postfix container stopped: hold"),
      queue("postfix container stopped: flush"),
      queue("postfix container stopped: delete"),
    );
    expect((await refused(mcc.mailQueue.hold("C1A0000001"))).codes).toEqual(["unknown"]);
    expect((await refused(mcc.mailQueue.flush())).codes).toEqual(["unknown"]);
    expect((await refused(mcc.mailQueue.delete("C1A0000001"))).codes).toEqual(["unknown"]);
  });

  test("get says that Postfix is stopped", async () => {
    const { mcc } = await replay(queue("postfix container stopped: postcat answers an empty body"));
    await expect(mcc.mailQueue.get("C1A0000001")).rejects.toThrow(/Postfix is stopped/);
  });
});

describe("logs", () => {
  test.each(["dovecot", "postfix", "sogo", "netfilter", "cron", "watchdog", "acme"] as const)(
    "%s answers its rows, and an empty list for none",
    async (name) => {
      const { mcc, server } = await replay(log(`${name}: one row`), log(`${name}: empty log`));
      expect(await mcc.logs[name]({ count: 10 })).toEqual(log(`${name}: one row`).response.body);
      expect(await mcc.logs[name]()).toEqual([]);
      expect(server.seen.map(({ path }) => path.split("/").at(-1))).toEqual(["10", "1000"]);
    },
  );

  test.each([
    ["autodiscover", log("autodiscover: unknown mailbox, no request, no XML"), { count: 5 }],
    ["ratelimited", log("ratelimited: two rows; a limit that names no hash"), { from: 1, to: 2 }],
    ["api", log("api: add calls, password replaced by *"), { from: 2, to: 4 }],
    ["ui", sqlLog("ui: range 1-2"), { count: 2 }],
    ["sasl", sqlLog("sasl: four rows, newest datetime first"), { count: 4 }],
    ["rspamdHistory", sqlLog("history: several rows, several actions (symbols {} turns into [])"), { count: 5 }],
  ] as const)("%s answers its rows", async (name, exchange, range) => {
    const { mcc } = await replay(exchange);
    expect(await mcc.logs[name](range)).toEqual(exchange.response.body);
  });

  test("rows that the server can't read are left out", async () => {
    const { mcc } = await replay(log("a stored line that is not valid JSON is answered as null"));
    expect(await mcc.logs.acme({ count: 2 })).toMatchObject([{ time: "1795300001" }]);
  });

  test("rspamdStats answers the counters", async () => {
    const { mcc } = await replay(sqlLog("stats: idle rspamd"));
    expect(await mcc.logs.rspamdStats()).toMatchObject({ version: "4.1.4" });
  });
});

describe("status", () => {
  test("containers answers a row for each container, stopped ones too", async () => {
    const exchange = state("one container exited, one restarted later");
    const { mcc } = await replay(exchange);
    const containers = await mcc.status.containers();
    expect(Object.fromEntries(containers.map((row) => [row.container, row]))).toEqual(exchange.response.body);
    expect(containers.map(({ state }) => state)).toContain("exited");
  });

  test("container answers the samples", async () => {
    const { mcc } = await replay(state("container stats by docker id: first sample"));
    const [sample] = await mcc.status.container("5a9eb0f79d58d257867e423c6f3340215f9a052952e7238be48e3ea04a25ba08");
    expect(sample?.pids_stats.current).toEqual(expect.any(Number));
  });

  test.each([
    ["vmail", "vmail volume"],
    ["host", "host"],
    ["hostIp", "public addresses"],
  ] as const)("%s answers the figures", async (method, name) => {
    const { mcc } = await replay(state(name));
    expect(await mcc.status[method]()).toEqual(state(name).response.body);
  });

  test("version answers the tag alone", async () => {
    const { mcc } = await replay(state("version"));
    expect(await mcc.status.version()).toBe("2026-07a");
  });

  test("rspamdActions answers pairs", async () => {
    const { mcc } = await replay(sqlLog("actions: nothing scanned"));
    expect((await mcc.status.rspamdActions())[0]).toEqual(["reject", 0]);
  });
});

describe("fail2ban", () => {
  test("get answers options and bans", async () => {
    const { mcc } = await replay(bans("two active bans, one permanent"));
    expect(await mcc.fail2ban.get()).toEqual(bans("two active bans, one permanent").response.body);
  });

  test("edit sends the two flags that mailcow would switch off", async () => {
    const { mcc, server } = await replay(
      bans("after the edit: lists are lines in natural order"),
      bans("one option only: increment and manage_external fall to off, all else stays"),
    );
    expect((await mcc.fail2ban.edit({ ban_time: 900 })).map(({ code }) => code)).toEqual(["f2b_modified"]);
    expect(bodiesOf(server)).toEqual([{ attr: { ban_time: 900, ban_time_increment: true, manage_external: 1 } }]);
  });

  test("edit says which entries of a list were left out", async () => {
    const { mcc } = await replay(
      bans("options of a fresh server: no lists, no bans (perm_bans and active_bans are absent)"),
      bans("lists with bad entries: one failure each, then success"),
    );
    const error = await refused(mcc.fail2ban.edit({ whitelist: "192.0.2.1 nonsense!" }));
    expect(error.codes[0]).toBe("network_host_invalid");
    expect(error.succeeded.map(({ code }) => code)).toEqual(["f2b_modified"]);
  });

  test.each([
    ["ban", "blacklist", "blacklist the same: it leaves the whitelist", "192.0.2.10/32"],
    ["allow", "whitelist", "whitelist one", "192.0.2.10/32"],
    ["unban", "unban", "unban one", "203.0.113.0/24"],
  ] as const)("%s sends %s with the networks", async (method, action, name, network) => {
    const { mcc, server } = await replay(bans(name));
    expect(await mcc.fail2ban[method](network)).toMatchObject([
      { id: network, results: [{ code: "object_modified" }] },
    ]);
    expect(bodiesOf(server)).toEqual([{ items: [network], attr: { action } }]);
  });

  test("allow says which network is none, and what was done with the others", async () => {
    const { mcc } = await replay(bans("whitelist three, the middle one bad"));
    const error = await refused(mcc.fail2ban.allow(["192.0.2.11", "nonsense", "2001:db8::1/128"]));
    expect(error.failures).toMatchObject([{ id: "nonsense", code: "network_host_invalid" }]);
    expect(error.succeeded.map(({ id }) => id)).toEqual(["192.0.2.11", "2001:db8::1/128"]);
  });

  test("setRegex sends all patterns", async () => {
    const exchange = bans("edit-regex: replaces the whole set, numbered from 1");
    const { regex } = (exchange.request.body as { attr: { regex: string[] } }).attr;
    const { mcc, server } = await replay(exchange);
    expect((await mcc.fail2ban.setRegex(regex)).map(({ code }) => code)).toEqual(["object_modified"]);
    expect(bodiesOf(server)).toEqual([{ attr: { action: "edit-regex", regex } }]);
  });

  test("resetRegex names a network, so that it is no edit of the options", async () => {
    const { mcc, server } = await replay(bans("reset-regex with a network: object_modified for it"));
    expect((await mcc.fail2ban.resetRegex()).map(({ code }) => code)).toEqual(["object_modified"]);
    expect(bodiesOf(server)).toEqual([{ items: ["192.0.2.1"], attr: { action: "reset-regex" } }]);
  });

  test("resetRegex is refused when the ban service does not come back", async () => {
    const { mcc } = await replay(bans("reset-regex, netfilter does not come back within 10 s"));
    expect((await refused(mcc.fail2ban.resetRegex())).codes).toEqual(["reset_f2b_regex"]);
  });

  test("refreshBanlist names the present id and answers the new one", async () => {
    const { mcc, server } = await replay(
      bans("to learn banlist_id"),
      bans("banlist: a new id"),
      bans("banlist_id has changed"),
    );
    expect(await mcc.fail2ban.refreshBanlist()).toBe("899a4643-f3c5-426b-8e4f-8b858e94d643");
    expect(bodiesOf(server)).toEqual([{ items: ["7c4ac8a6-6c1e-4c35-9a3e-0d6b7b9f0a11"] }]);
  });
});

describe("settings", () => {
  const cors = (name: string) => recorded("47-cors", name);

  test.each([
    ["setCors", cors("several origins as a list: port, IPv4, IPv6"), (attr: never) => attr, "cors_headers_edited"],
    ["setQuarantine", notify("quarantine settings: every field"), withoutAction, "saved_settings"],
    ["setQuotaNotification", notify("quota notification: every field"), (attr: never) => attr, "saved_settings"],
    [
      "setPasswordResetNotification",
      notify("password reset mail: every field"),
      (attr: never) => attr,
      "saved_settings",
    ],
    [
      "setUiTexts",
      custom("ui_texts: every field; the three names are HTML-escaped, the rest is not"),
      (attr: never) => attr,
      "ui_texts",
    ],
    ["setCustomLogin", custom("custom_login: every switch on"), (attr: never) => attr, "custom_login_modified"],
  ] as const)("%s sends what was recorded", async (method, exchange, toInput, code) => {
    const { attr } = exchange.request.body as { attr: never };
    const { mcc, server } = await replay(exchange);
    const set = mcc.settings[method] as (input: unknown) => Promise<{ code: string }[]>;
    expect((await set(toInput(attr))).map((result) => result.code)).toEqual([code]);
    expect(bodiesOf(server)).toEqual([{ attr }]);
  });

  test("setCors says that an origin is refused", async () => {
    const { mcc } = await replay(cors("an origin with an umlaut"));
    const call = mcc.settings.setCors({ allowed_origins: "https://müller.test" });
    expect((await refused(call)).codes).toEqual(["cors_invalid_origin"]);
  });

  test("setQuotaNotificationBcc sends each address once, and is active", async () => {
    const { mcc, server } = await replay(notify("bcc: several, every separator, one twice"));
    await mcc.settings.setQuotaNotificationBcc("C1-Set.test", ["a@c1-set.test", "b@example.org", "a@c1-set.test"]);
    expect(bodiesOf(server)).toEqual([
      { attr: { domain: "c1-set.test", bcc_rcpt: "a@c1-set.test\nb@example.org", active: true } },
    ]);
  });

  test("setQuotaNotificationBcc with an empty list clears", async () => {
    const { mcc, server } = await replay(notify("bcc: empty"));
    await mcc.settings.setQuotaNotificationBcc("c1-set.test", []);
    expect(bodiesOf(server)).toEqual([{ attr: { domain: "c1-set.test", bcc_rcpt: "", active: true } }]);
  });

  test("setQuotaNotificationBcc is refused for a domain that is not there", async () => {
    const { mcc } = await replay(notify("bcc: domain that is not there"));
    const call = mcc.settings.setQuotaNotificationBcc("c1-missing.test", "a@c1-set.test");
    expect((await refused(call)).codes).toEqual(["access_denied"]);
  });

  test("setAppLinks sends four lists of equal length", async () => {
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

  test("setIpCheck sends the switch", async () => {
    const { mcc, server } = await replay(custom("ip_check: true"));
    expect((await mcc.settings.setIpCheck(true)).map(({ code }) => code)).toEqual(["ip_check_opt_in_modified"]);
    expect(bodiesOf(server)).toEqual([{ attr: { ip_check_opt_in: true } }]);
  });

  test("setRspamdMap writes lists one by one", async () => {
    const { mcc, server } = await replay(
      custom("map: empty content"),
      custom("map: one; the content is trimmed and one line break added"),
    );
    const maps = ["global_mime_from_blacklist.map", "global_rcpt_whitelist.map"] as const;
    expect((await mcc.settings.setRspamdMap(maps, "")).map(({ id }) => id)).toEqual(maps);
    expect(bodiesOf(server)).toEqual(maps.map((map) => ({ items: [map], attr: { rspamd_map_data: "" } })));
  });

  test.each(["rspamd", "sieve"] as const)("presets answers those for %s", async (kind) => {
    const { mcc } = await replay(custom(`presets: ${kind}`));
    expect(await mcc.settings.presets(kind)).toEqual(custom(`presets: ${kind}`).response.body);
  });
});

function withoutAction({ action: _, ...attr }: { action: string }): object {
  return attr;
}

describe("identityProvider", () => {
  test("get answers the provider, and null where there is none", async () => {
    const { mcc } = await replay(
      provider("ldap: tls"),
      provider("none configured: login_provisioning is the number 1"),
    );
    expect(await mcc.identityProvider.get()).toMatchObject({ authsource: "ldap", use_tls: true });
    expect(await mcc.identityProvider.get()).toBeNull();
  });

  test("set tests LDAP before it stores it", async () => {
    const exchange = provider("ldap with tls only");
    const { attr } = exchange.request.body as { attr: never };
    const { mcc, server } = await replay(provider("test ldap: bind succeeds"), exchange);
    expect((await mcc.identityProvider.set(attr)).map(({ code }) => code)).toEqual(["object_modified"]);
    expect(server.seen.map(({ path }) => path.split("/").at(-1))).toEqual([
      "identity-provider-test",
      "identity-provider",
    ]);
    expect(bodiesOf(server)).toEqual([{ attr }, { attr }]);
  });

  test("set stores other kinds untested", async () => {
    const exchange = provider("generic-oidc, required fields only");
    const { attr } = exchange.request.body as { attr: never };
    const { mcc, server } = await replay(exchange);
    await mcc.identityProvider.set(attr);
    expect(bodiesOf(server)).toEqual([{ attr }]);
  });

  test("set is refused while mailboxes use a provider of another kind", async () => {
    const exchange = provider("another kind while a mailbox uses keycloak");
    const { mcc } = await replay(exchange);
    const { attr } = exchange.request.body as { attr: never };
    expect((await refused(mcc.identityProvider.set(attr, { test: false }))).codes).toEqual(["authsource_in_use"]);
  });

  test("test says whether mailcow reaches the provider", async () => {
    const { mcc } = await replay(provider("test ldap: bind succeeds"), provider("test ldap: bind refused"));
    const { attr } = provider("test ldap: bind succeeds").request.body as { attr: never };
    expect(await mcc.identityProvider.test(attr)).toBe(true);
    expect(await mcc.identityProvider.test(attr)).toBe(false);
  });

  test("delete sends an empty list, and is refused while a mailbox uses the provider", async () => {
    const { mcc, server } = await replay(
      provider("delete when there is none: success"),
      provider("delete while a mailbox uses it"),
    );
    expect((await mcc.identityProvider.delete()).map(({ code }) => code)).toEqual(["item_deleted"]);
    expect((await refused(mcc.identityProvider.delete())).codes).toEqual(["authsource_in_use"]);
    expect(bodiesOf(server)).toEqual([[], []]);
  });
});
