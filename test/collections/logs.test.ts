import { describe, expect, test } from "vitest";
import { clientOf } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";

const log = (name: string) => recorded("40-logs", name);
const sqlLog = (name: string) => recorded("41-logs-sql-rspamd", name);

testMethods("logs", {
  acme: (mcc, options) => mcc.logs.acme({ count: 3 }, options),
  api: (mcc, options) => mcc.logs.api(undefined, options),
  autodiscover: (mcc, options) => mcc.logs.autodiscover(undefined, options),
  cron: (mcc, options) => mcc.logs.cron(undefined, options),
  dovecot: (mcc, options) => mcc.logs.dovecot({ from: 51, to: 100 }, options),
  netfilter: (mcc, options) => mcc.logs.netfilter(undefined, options),
  postfix: (mcc, options) => mcc.logs.postfix(undefined, options),
  ratelimited: (mcc, options) => mcc.logs.ratelimited(undefined, options),
  rspamdHistory: (mcc, options) => mcc.logs.rspamdHistory({ from: 2, to: 3 }, options),
  rspamdStats: (mcc, options) => mcc.logs.rspamdStats(options),
  sasl: (mcc, options) => mcc.logs.sasl(undefined, options),
  sogo: (mcc, options) => mcc.logs.sogo(undefined, options),
  ui: (mcc, options) => mcc.logs.ui({ from: 2, count: 5 }, options),
  watchdog: (mcc, options) => mcc.logs.watchdog(undefined, options),
});

test.each(["dovecot", "postfix", "sogo", "netfilter", "cron", "watchdog", "acme"] as const)(
  "%s: returns its rows, 1000 by default, or [] if there are none",
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
] as const)("%s: returns its rows", async (name, exchange, range) => {
  const { mcc } = await replay(exchange);
  expect(await mcc.logs[name](range)).toEqual(exchange.response.body);
});

test("acme: leaves out null, which stands for a row that the server can't read", async () => {
  const { mcc } = await replay(log("a stored line that is not valid JSON is answered as null"));
  expect(await mcc.logs.acme({ count: 2 })).toMatchObject([{ time: "1795300001" }]);
});

test("rspamdStats: returns the counters, or null if rspamd does not respond", async () => {
  const { mcc } = await replay(sqlLog("stats: idle rspamd"));
  expect(await mcc.logs.rspamdStats()).toMatchObject({ version: "4.1.4" });
  const { mcc: other } = await clientOf({ "get/logs/rspamd-stats": {} });
  expect(await other.logs.rspamdStats()).toBeNull();
});

describe("ranges", () => {
  // Each with a field that the rows of these logs have.
  const rows = Array.from({ length: 20 }, (_, index) => ({ id: index + 1, time: "1", username: "", user: "" }));
  const asked = async (log: "dovecot" | "ui" | "sasl" | "rspamdHistory", range: object) => {
    const { mcc, server } = await clientOf((response, { path }) => {
      const [a = 0, b] = (path.split("/").at(-1) ?? "").split("-").map(Number);
      if (b !== undefined && a > b) return json(response, {});
      if (b === undefined) return json(response, rows.slice(0, a));
      // As mailcow counts: by SQL, from 0, or as it says.
      if (log === "ui" || log === "sasl") return json(response, rows.slice(a - 1, a - 1 + b));
      return json(response, log === "rspamdHistory" ? rows.slice(a, b + 1) : rows.slice(a - 1, b));
    });
    const found = (await mcc.logs[log](range)) as { id?: unknown }[];
    expect(server.seen).toHaveLength(1);
    return found.map(({ id }) => id);
  };

  test.each(["dovecot", "ui", "sasl", "rspamdHistory"] as const)(
    "the same range returns the same rows of %s as of any other log [guard logs/ranges]",
    async (log) => {
      expect(await asked(log, { count: 3 })).toEqual([1, 2, 3]);
      expect(await asked(log, { from: 1, to: 2 })).toEqual([1, 2]);
      expect(await asked(log, { from: 2, to: 2 })).toEqual([2]);
      expect(await asked(log, { from: 5, to: 6 })).toEqual([5, 6]);
      expect(await asked(log, { from: 2, to: 9 })).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
      expect(await asked(log, { from: 11, count: 4 })).toEqual([11, 12, 13, 14]);
    },
  );

  test("refuses count and to together", async () => {
    await expectRefused(
      (mcc) => mcc.logs.dovecot({ count: 5, to: 9 }),
      /the range must be given by either count or to/,
    );
  });

  test.each([
    ["a range that is not an object", 50, /the filter must be an object, such as { count: … }/],
    ["a range that is not an object", "50", /the filter must be an object/],
    ["a list instead of a range", [1, 50], /the filter must be an object/],
    ["an unknown field", { counts: 50 }, /unknown filter "counts"; did you mean "count"\?/],
    ["an option among the fields", { timeoutMs: 50 }, /unknown filter "timeoutMs"/],
    ["undefined", { count: undefined }, /count must be given, or left out of the filter/],
    ["a list instead of a number", { count: [] }, /the range must be whole numbers/],
  ])("refuses %s: %j", async (_, range, words) => {
    for (const log of ["acme", "ui", "rspamdHistory"] as const)
      await expectRefused((mcc) => mcc.logs[log](range as never), words);
  });

  test.each([{ count: 0 }, { count: 2.5 }, { from: 0, to: 2 }, { from: 4, to: 2 }, { count: "50" }, { from: "x" }])(
    "refuses a range without rows: %j",
    async (range) => {
      await expectRefused((mcc) => mcc.logs.rspamdHistory(range as never), /the range/);
    },
  );
});
