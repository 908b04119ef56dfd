import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectRefused, rejectionOf } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
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
const edited = { "get/fail2ban": options, "edit/fail2ban": success("f2b_modified") };
const bans = (name: string) => recorded("46-fail2ban", name);

// biome-ignore lint/suspicious/noExplicitAny: input that the types forbid
type Anything = any;

testMethods("fail2ban", {
  get: (mcc, options) => mcc.fail2ban.get(options),
  edit: (mcc, options) => mcc.fail2ban.edit({ ban_time: 900 }, options),
  ban: (mcc, options) => mcc.fail2ban.ban("203.0.113.0/24", options),
  allow: (mcc, options) => mcc.fail2ban.allow("203.0.113.0/24", options),
  unban: (mcc, options) => mcc.fail2ban.unban(["203.0.113.0/24"], options),
  setRegex: (mcc, options) => mcc.fail2ban.setRegex(["login failed .+ ([0-9a-f.:]+)"], options),
  resetRegex: (mcc, options) => mcc.fail2ban.resetRegex(options),
  refreshBanlist: (mcc, options) => mcc.fail2ban.refreshBanlist(options),
});

test("get: returns options and bans", async () => {
  const { mcc } = await replay(bans("two active bans, one permanent"));
  expect(await mcc.fail2ban.get()).toEqual(bans("two active bans, one permanent").response.body);
});

describe("edit", () => {
  test("resends the two flags that mailcow would turn off [guard fail2ban/kept-flags]", async () => {
    const { mcc, server } = await replay(
      bans("after the edit: lists are lines in natural order"),
      bans("one option only: increment and manage_external fall to off, all else stays"),
    );
    expect((await mcc.fail2ban.edit({ ban_time: 900 })).map(({ code }) => code)).toEqual(["f2b_modified"]);
    expect(bodiesOf(server)).toEqual([{ attr: { ban_time: 900, ban_time_increment: true, manage_external: 1 } }]);
  });

  test("resends a flag that is undefined, and sends one that is given [guard fail2ban/kept-flags] [guard everywhere/undefined-fields]", async () => {
    const { mcc, server } = await clientOf(edited);
    await mcc.fail2ban.edit({ ban_time_increment: undefined, manage_external: 0 } as Anything);
    expect(bodiesOf(server)).toEqual([{ attr: { ban_time_increment: true, manage_external: 0 } }]);
  });

  test("names the entries of a list that mailcow left out", async () => {
    const { mcc } = await replay(
      bans("options of a fresh server: no lists, no bans (perm_bans and active_bans are absent)"),
      bans("lists with bad entries: one failure each, then success"),
    );
    const error = await rejectionOf(mcc.fail2ban.edit({ whitelist: "192.0.2.1 nonsense!" }));
    expect(error.codes[0]).toBe("network_host_invalid");
    expect(error.succeeded.map(({ code }) => code)).toEqual(["f2b_modified"]);
  });

  test("refuses any edit before the server has options, where missing ones would become 0 [guard fail2ban/no-options]", async () => {
    const before = { ...edited, "get/fail2ban": { regex: null, whitelist: "", blacklist: "" } };
    await expectRefused((mcc) => mcc.fail2ban.edit({ ban_time: 900 }), /there is nothing to edit/, before);
  });

  test.each([
    [
      "networks among the options [guard everywhere/id-among-attributes]",
      { network: ["192.0.2.1"] },
      /^edit\/fail2ban: unknown field "network"/,
    ],
    ["an action among the options", { action: "unban" }, /action must be left out/],
    ["the reset of the patterns among the options", { action: "reset-regex" }, /action must be left out/],
    ["a list entry that is not a text", { whitelist: [["192.0.2.1"]] }, /whitelist must be/],
    ["a host name on the blacklist", { blacklist: "mail.example.com" }, /blacklist must be/],
    [
      "a prefix that would ban much of the Internet [guard fail2ban/short-prefix]",
      { netban_ipv4: 0 },
      /netban_ipv4 must be .* of 8 to 32/,
    ],
    [
      "a ban time that is too short",
      { ban_time: 59 },
      /ban_time must be a whole number, or its digits, of at least 60/,
    ],
    ["undefined instead of options", undefined, /the input must be an object/],
  ])("refuses %s", async (_, attr: Anything, says) => {
    await expectRefused((mcc) => mcc.fail2ban.edit(attr), says);
  });

  test("sends lists one entry per line, as mailcow compares them", async () => {
    const { mcc, server } = await clientOf(edited);
    await mcc.fail2ban.edit({
      whitelist: ["2001:DB8:0::1", "Bücher.example", "192.0.2.0/024"],
      blacklist: "2001:DB8:0::/48, 203.0.113.9\n203.0.113.10",
    });
    await mcc.fail2ban.edit({ whitelist: [], blacklist: "" });
    expect(bodiesOf(server)).toMatchObject([
      {
        attr: {
          whitelist: "2001:db8::1\nxn--bcher-kva.example\n192.0.2.0/24",
          blacklist: "2001:db8::/48\n203.0.113.9\n203.0.113.10",
        },
      },
      { attr: { whitelist: "", blacklist: "" } },
    ]);
  });
});

describe("ban, allow, unban", () => {
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

  test("ban names the network that mailcow refuses, and what was done with the others", async () => {
    const { mcc } = await clientOf({
      "edit/fail2ban": [
        ...success("object_modified", "192.0.2.11"),
        { type: "danger", log: [], msg: ["network_host_invalid", "0.0.0.0/0"] },
      ],
    });
    const error = await rejectionOf(mcc.fail2ban.ban(["192.0.2.11", "0.0.0.0/0"]));
    expect(error.failures).toMatchObject([{ id: "0.0.0.0/0", code: "network_host_invalid" }]);
    expect(error.succeeded.map(({ id }) => id)).toEqual(["192.0.2.11"]);
  });

  describe.each(["ban", "allow", "unban"] as const)("%s", (method) => {
    test("sends nothing for an empty list, which would edit the options [guard fail2ban/no-networks]", async () => {
      const { mcc, server } = await clientOf({});
      expect(await mcc.fail2ban[method]([])).toEqual([]);
      expect(server.seen).toEqual([]);
    });

    test.each(["2001:DB8:0:0::1", " 2001:0db8::1"])("sends %j in its shortest form", async (network) => {
      const { mcc, server } = await clientOf({ "edit/fail2ban": success("object_modified", "2001:db8::1") });
      expect(await mcc.fail2ban[method]([network])).toMatchObject([{ id: "2001:db8::1" }]);
      expect(bodiesOf(server)).toMatchObject([{ items: ["2001:db8::1"] }]);
    });

    test.each(["nonsense", "mail.example.com", "192.0.2.1/33", "192.0.2.256", "", "192.0.2.1 192.0.2.2"])(
      "refuses %j, which is not a network",
      async (network) => {
        const says = /^edit\/fail2ban: items must be an IP address or a network/;
        await expectRefused((mcc) => mcc.fail2ban[method](["192.0.2.11", network]), says);
      },
    );
  });
});

describe("setRegex", () => {
  test("sends all patterns", async () => {
    const exchange = bans("edit-regex: replaces the whole set, numbered from 1");
    const { regex } = (exchange.request.body as { attr: { regex: string[] } }).attr;
    const { mcc, server } = await replay(exchange);
    expect((await mcc.fail2ban.setRegex(regex)).map(({ code }) => code)).toEqual(["object_modified"]);
    expect(bodiesOf(server)).toEqual([{ attr: { action: "edit-regex", regex } }]);
  });

  test.each([[[]], [[""]], [undefined], [[5]]])(
    "refuses %j, which would change nothing or break the service",
    async (regex) => {
      await expectRefused((mcc) => mcc.fail2ban.setRegex(regex as Anything), /regex must be/);
    },
  );

  const [good] = ["login failed \\[([0-9a-f.:]+)\\]"];

  test.each([" ", "failed", "failed \\([0-9.]+\\)", "failed (?:[0-9.]+)", "(?i)failed"])(
    "refuses %j, which has no group around an address [guard fail2ban/regex-group]",
    async (pattern) => {
      await expectRefused((mcc) => mcc.fail2ban.setRegex([good, pattern]), /regex must be patterns that each have br/);
    },
  );

  test.each([good, "(?P<ip>[0-9.]+) failed", "(?i)failed ([0-9.]+)", "C:\\\\([0-9.]+)"])(
    "sends %j",
    async (pattern) => {
      const { mcc, server } = await clientOf((response) => json(response, success("object_modified")));
      await mcc.fail2ban.setRegex([pattern]);
      expect(bodiesOf(server)).toEqual([{ attr: { action: "edit-regex", regex: [pattern] } }]);
    },
  );
});

describe("resetRegex", () => {
  test("sends a network, without which mailcow would edit the options [guard fail2ban/no-networks]", async () => {
    const { mcc, server } = await replay(bans("reset-regex with a network: object_modified for it"));
    expect((await mcc.fail2ban.resetRegex()).map(({ code }) => code)).toEqual(["object_modified"]);
    expect(bodiesOf(server)).toEqual([{ items: ["192.0.2.1"], attr: { action: "reset-regex" } }]);
  });

  test("throws mailcow's code when the ban service does not restart", async () => {
    const { mcc } = await replay(bans("reset-regex, netfilter does not come back within 10 s"));
    expect((await rejectionOf(mcc.fail2ban.resetRegex())).codes).toEqual(["reset_f2b_regex"]);
  });
});

describe("refreshBanlist", () => {
  const refresh = async (status: number, after: string) => {
    let reads = 0;
    const { mcc } = await clientOf((response, { path }) => {
      if (path.endsWith("/banlist")) return json(response, { type: "error", msg: "Cannot edit item" }, status);
      json(response, { ...options, banlist_id: reads++ === 0 ? options.banlist_id : after });
    });
    return mcc.fail2ban.refreshBanlist();
  };

  test("sends the current id and returns the new one", async () => {
    const { mcc, server } = await replay(
      bans("to learn banlist_id"),
      bans("banlist: a new id"),
      bans("banlist_id has changed"),
    );
    expect(await mcc.fail2ban.refreshBanlist()).toBe("899a4643-f3c5-426b-8e4f-8b858e94d643");
    expect(bodiesOf(server)).toEqual([{ items: ["7c4ac8a6-6c1e-4c35-9a3e-0d6b7b9f0a11"] }]);
  });

  test("returns the new id if another program was faster", async () => {
    const id = "899a4643-f3c5-426b-8e4f-8b858e94d643";
    expect(await refresh(404, id)).toBe(id);
  });

  test("throws if the id stays the same", async () => {
    await expect(refresh(404, options.banlist_id)).rejects.toMatchObject({ kind: "http", status: 404 });
  });

  test("creates the first id if there is none", async () => {
    let reads = 0;
    const { mcc, server } = await clientOf((response, { path }) => {
      if (path.endsWith("/banlist")) return json(response, success("f2b_banlist_refreshed"));
      json(response, { ...options, banlist_id: reads++ === 0 ? null : options.banlist_id });
    });
    expect(await mcc.fail2ban.refreshBanlist()).toBe(options.banlist_id);
    expect(bodiesOf(server)).toEqual([{ items: [] }]);
  });
});
