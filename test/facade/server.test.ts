import { describe, expect, test } from "vitest";
import { type MailcowApiClient, MailcowInputError, MailcowReplyError } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { json } from "../support/server.ts";

const options = {
  ban_time: 1800,
  ban_time_increment: true,
  max_ban_time: 10000,
  max_attempts: 10,
  retry_window: 600,
  netban_ipv4: 32,
  netban_ipv6: 128,
  banlist_id: "7c4ac8a6-6c1e-4c35-9a3e-0d6b7b9f0a11",
  manage_external: 1,
  regex: null,
  whitelist: "",
  blacklist: "",
};
const ldap = { authsource: "ldap", host: "h", basedn: "dc=c", binddn: "cn=a", bindpass: "s3cret" } as const;

// biome-ignore lint/suspicious/noExplicitAny: input that the types forbid
type Anything = any;

describe("what would do harm is refused before anything is sent", () => {
  test.each<[string, (mcc: MailcowApiClient) => Promise<unknown>, RegExp]>([
    ["a quarantine id with a letter", (mcc) => mcc.quarantine.release(["5x"] as Anything), /items must be/],
    ["one bad quarantine id among good ones", (mcc) => mcc.quarantine.learnSpam([1, 0]), /items must be/],
    ["no quarantine id", (mcc) => mcc.quarantine.learnSpam([]), /items must be/],
    ["a queue id that is not hexadecimal", (mcc) => mcc.mailQueue.hold(["C1A0000001", "../x"]), /items must be/],
    ["no queue id", (mcc) => mcc.mailQueue.delete([]), /^delete\/mailq: the input must be/],
    ["the text of a mail without an id", (mcc) => mcc.mailQueue.get("nope"), /queueId must be/],
    ["a container by its service", (mcc) => mcc.status.container("postfix-mailcow"), /id/],
    ["no network to ban", (mcc) => mcc.fail2ban.ban([]), /^edit\/fail2ban: items must be/],
    ["no network to allow", (mcc) => mcc.fail2ban.allow([]), /^edit\/fail2ban: items must be/],
    ["no network to unban", (mcc) => mcc.fail2ban.unban([]), /^edit\/fail2ban: items must be/],
    ["no pattern", (mcc) => mcc.fail2ban.setRegex([]), /regex must be/],
    ["quarantine settings without a size", (mcc) => mcc.settings.setQuarantine({} as Anything), /retention_size/],
    [
      "quarantine settings without a largest mail",
      (mcc) => mcc.settings.setQuarantine({ retention_size: 20 } as Anything),
      /max_size must be given/,
    ],
    ["a login page without force_sso", (mcc) => mcc.settings.setCustomLogin({} as Anything), /force_sso/],
    [
      "a password reset mail without its sender",
      (mcc) => mcc.settings.setPasswordResetNotification({ subject: "s" } as Anything),
      /from must be/,
    ],
    [
      "a release format by which nothing would be delivered",
      (mcc) => mcc.settings.setQuarantine({ retention_size: 1, max_size: 1, release_format: "zip" } as Anything),
      /release_format/,
    ],
    [
      "a sender that would be stored as none",
      (mcc) => mcc.settings.setQuotaNotification({ sender: "no address" }),
      /sender must be/,
    ],
    [
      "a recipient whose letters would be cut out",
      (mcc) => mcc.settings.setQuotaNotificationBcc("example.com", "müller@example.com"),
      /bcc_rcpt/,
    ],
    [
      "a word for a switch, which would be on",
      (mcc) => mcc.settings.setUiTexts({ ui_announcement_active: "false" } as Anything),
      /ui_announcement_active/,
    ],
    ["a switch that is not given", (mcc) => mcc.settings.setIpCheck(undefined as Anything), /ip_check_opt_in/],
    [
      "a filter list that can't be written",
      (mcc) => mcc.settings.setRspamdMap(["bad_words.map", "../x"] as Anything, ""),
      /items must be/,
    ],
    [
      "mappers without as many templates",
      (mcc) => mcc.identityProvider.set({ ...ldap, mappers: ["a", "b"], templates: ["x"] }),
      /templates must be/,
    ],
    [
      "a test of an unknown kind, which would pass",
      (mcc) => mcc.identityProvider.test({ authsource: "saml" } as Anything),
      /^edit\/identity-provider-test: .* must be/,
    ],
  ])("%s", async (_, call, words) => {
    const { mcc, server } = await clientOf({});
    const error = await call(mcc).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MailcowInputError);
    expect((error as Error).message).toMatch(words);
    expect(server.seen).toEqual([]);
  });

  test.each([{ count: 0 }, { count: 2.5 }, { from: 0, to: 2 }, { from: 4, to: 2 }, { count: "50" }, { from: "x" }])(
    "the range %o of a log",
    async (range) => {
      const { mcc, server } = await clientOf({});
      await expect(mcc.logs.rspamdHistory(range as Anything)).rejects.toThrow(/the range/);
      expect(server.seen).toEqual([]);
    },
  );

  test.each([
    ["networks among the options", { network: ["192.0.2.1"] }],
    ["an action among the options", { action: "unban" }],
    ["a list that is no text, which would clear both lists", { whitelist: ["192.0.2.1"] }],
    ["a prefix that would ban much of the Internet", { netban_ipv4: 0 }],
  ])("an edit of fail2ban with %s", async (_, attr: Anything) => {
    const { mcc, server } = await clientOf({ "get/fail2ban": options });
    await expect(mcc.fail2ban.edit(attr)).rejects.toThrow(MailcowInputError);
    expect(bodiesOf(server)).toEqual([]);
  });
});

test("no method learns a mail as no spam without saying that it delivers it", async () => {
  const { mcc } = await clientOf({});
  expect(Object.keys(mcc.quarantine)).toEqual(["list", "get", "release", "learnSpam", "delete"]);
});

describe("ranges of logs", () => {
  const rows = Array.from({ length: 20 }, (_, index) => ({ id: index + 1 }));
  const asked = async (log: "dovecot" | "ui" | "sasl" | "rspamdHistory", range: object) => {
    const { mcc, server } = await clientOf((response, { path }) => {
      const [a = 0, b] = (path.split("/").at(-1) ?? "").split("-").map(Number);
      if (b !== undefined && a > b) return json(response, {});
      if (b === undefined) return json(response, rows.slice(0, a));
      // As mailcow counts: by SQL, from 0, or as it says.
      if (log === "ui" || log === "sasl") return json(response, rows.slice(a - 1, a - 1 + b));
      return json(response, log === "rspamdHistory" ? rows.slice(a, b + 1) : rows.slice(a - 1, b));
    });
    const found: { id?: unknown }[] = (await mcc.logs[log](range)) as Anything;
    expect(server.seen).toHaveLength(1);
    return found.map(({ id }) => id);
  };

  test.each(["dovecot", "ui", "sasl", "rspamdHistory"] as const)(
    "mean the same rows in %s as in any other",
    async (log) => {
      expect(await asked(log, { count: 3 })).toEqual([1, 2, 3]);
      expect(await asked(log, { from: 1, to: 2 })).toEqual([1, 2]);
      expect(await asked(log, { from: 2, to: 2 })).toEqual([2]);
      expect(await asked(log, { from: 5, to: 6 })).toEqual([5, 6]);
      expect(await asked(log, { from: 2, to: 9 })).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
      expect(await asked(log, { from: 11, count: 4 })).toEqual([11, 12, 13, 14]);
    },
  );
});

describe("mailQueue", () => {
  test("sends many ids in parts", async () => {
    const { mcc, server } = await clientOf({ "delete/mailq": success("queue_command_success") });
    const ids = Array.from({ length: 150 }, (_, index) => `C${index + 1000}`);
    expect(await mcc.mailQueue.delete(ids)).toHaveLength(150);
    expect(bodiesOf(server)).toEqual([ids.slice(0, 100), ids.slice(100)]);
  });
});

describe("status", () => {
  test("host throws where the server answers a sentence instead of figures", async () => {
    const { mcc } = await clientOf({ "get/status/host": "Operation timed out after 60001 milliseconds" });
    await expect(mcc.status.host()).rejects.toThrow(/mailcow has no figures: Operation timed out/);
  });

  test("container throws where the server answers false", async () => {
    const id = "5a9eb0f79d58d257867e423c6f3340215f9a052952e7238be48e3ea04a25ba08";
    const { mcc } = await clientOf({ [`get/status/container/${id}`]: false });
    await expect(mcc.status.container(id)).rejects.toThrow(MailcowReplyError);
  });

  test("containers answers an empty list where mailcow answers null", async () => {
    const { mcc } = await clientOf({ "get/status/containers": null });
    expect(await mcc.status.containers()).toEqual([]);
  });
});

describe("fail2ban", () => {
  const edited = { "get/fail2ban": options, "edit/fail2ban": success("f2b_modified") };

  test("edit keeps a flag that is given as undefined, and takes one that is given", async () => {
    const { mcc, server } = await clientOf(edited);
    await mcc.fail2ban.edit({ ban_time_increment: undefined, manage_external: 0 } as Anything);
    expect(bodiesOf(server)).toEqual([{ attr: { ban_time_increment: true, manage_external: 0 } }]);
  });

  test("edit is refused while there are no options, where what is not given would become 0", async () => {
    const { mcc, server } = await clientOf({
      ...edited,
      "get/fail2ban": { regex: null, whitelist: "", blacklist: "" },
    });
    await expect(mcc.fail2ban.edit({ ban_time: 900 })).rejects.toThrow(/there is nothing to edit/);
    expect(bodiesOf(server)).toEqual([]);
  });

  const refresh = async (status: number, after: string) => {
    let reads = 0;
    const { mcc } = await clientOf((response, { path }) => {
      if (path.endsWith("/banlist")) return json(response, { type: "error", msg: "Cannot edit item" }, status);
      json(response, { ...options, banlist_id: reads++ === 0 ? options.banlist_id : after });
    });
    return mcc.fail2ban.refreshBanlist();
  };

  test("refreshBanlist answers the new id where somebody else was faster", async () => {
    const id = "899a4643-f3c5-426b-8e4f-8b858e94d643";
    expect(await refresh(404, id)).toBe(id);
  });

  test("refreshBanlist throws where the id stays", async () => {
    await expect(refresh(404, options.banlist_id)).rejects.toMatchObject({ kind: "http", status: 404 });
  });

  test("refreshBanlist makes the first id where there is none", async () => {
    let reads = 0;
    const { mcc, server } = await clientOf((response, { path }) => {
      if (path.endsWith("/banlist")) return json(response, success("f2b_banlist_refreshed"));
      json(response, { ...options, banlist_id: reads++ === 0 ? null : options.banlist_id });
    });
    expect(await mcc.fail2ban.refreshBanlist()).toBe(options.banlist_id);
    expect(bodiesOf(server)).toEqual([{ items: [] }]);
  });
});

describe("identityProvider", () => {
  test("set stores nothing when the test of LDAP fails", async () => {
    const { mcc, server } = await clientOf({
      "edit/identity-provider-test": { type: "error", msg: "Cannot edit item" },
    });
    await expect(mcc.identityProvider.set(ldap)).rejects.toMatchObject({ codes: ["Cannot edit item"] });
    expect(server.seen.map(({ path }) => path)).toEqual(["/api/v1/edit/identity-provider-test"]);
  });

  test("set stores nothing when the LDAP server takes the connection and stays silent", async () => {
    const { mcc, server } = await clientOf(() => {}, { timeoutMs: 50 });
    await expect(mcc.identityProvider.set(ldap)).rejects.toMatchObject({ kind: "timeout" });
    expect(server.seen.map(({ path }) => path)).toEqual(["/api/v1/edit/identity-provider-test"]);
  });

  test("set sends the port that the test has no default for", async () => {
    const done = { type: "success", msg: "Task completed" };
    const { mcc, server } = await clientOf({ "edit/identity-provider-test": done, "edit/identity-provider": done });
    await mcc.identityProvider.set(ldap);
    expect(bodiesOf(server)).toEqual([{ attr: { ...ldap, port: 389 } }, { attr: { ...ldap, port: 389 } }]);
  });

  test("set does not test where that is not wanted", async () => {
    const { mcc, server } = await clientOf({ "edit/identity-provider": success("object_modified", "") });
    await mcc.identityProvider.set(ldap, { test: false });
    expect(server.seen.map(({ path }) => path)).toEqual(["/api/v1/edit/identity-provider"]);
  });

  test("test throws where there is no answer, which is neither yes nor no", async () => {
    const { mcc } = await clientOf((response) => void response.writeHead(502).end("<html>"));
    await expect(mcc.identityProvider.test(ldap)).rejects.toMatchObject({ kind: "http" });
  });
});
