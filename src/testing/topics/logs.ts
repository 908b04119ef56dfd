import { answerOf } from "../rules/answers.ts";
import { isNumeric } from "../rules/php.ts";
import { uiLog } from "../rules/ui-log.ts";
import { apiLog } from "../server/api-log.ts";
import type { Call } from "../server/call.ts";
import { type Action, reads, type Topic } from "../server/topic.ts";
import { logins } from "../tables.ts";

/** How many rows are asked for, from the newest: a number, or the first and the last one. */
type Range = { readonly count: number } | { readonly from: number; readonly to: number };

/** Digits and hyphens count; nothing where mailcow makes no range of them. */
function rangeOf({ params: { count: sent } }: Call): Range | undefined {
  if (sent === undefined) return { count: 1000 };
  const asked = sent.replace(/[^\d-]/g, "");
  if (isNumeric(asked) && Number(asked) >= 1) return { count: Number(asked) };
  const [from = 0, to = 0] = asked.split("-").map(Number);
  return from < 1 || to < from ? undefined : { from, to };
}

/** The rows of a list in Redis, such as `2-4`: the second to the fourth. */
const part = (rows: readonly unknown[], range: Range): readonly unknown[] =>
  "count" in range ? rows.slice(0, range.count) : rows.slice(range.from - 1, range.to);

/** The rows of a table, where the last number is taken for how many. */
const page = (rows: readonly unknown[], range: Range): readonly unknown[] =>
  "count" in range ? rows.slice(0, range.count) : rows.slice(range.from - 1, range.from - 1 + range.to);

/** rspamd counts from 0. */
const history = (rows: readonly unknown[], range: Range): readonly unknown[] =>
  "count" in range ? rows.slice(0, range.count) : rows.slice(range.from, range.to + 1);

/** A log of which other programs write the rows: those that a test put in, or the contract's example. */
function written(name: string, cut = part): [string, Action] {
  const route = `get/logs/${name}/{count}`;
  return [
    route,
    reads((call) => {
      const range = rangeOf(call);
      const rows = answerOf(call.db, route, call.release);
      return range && Array.isArray(rows) ? cut(rows, range) : [];
    }),
  ];
}

const programs = ["dovecot", "postfix", "sogo", "netfilter", "cron", "watchdog", "acme", "autodiscover", "ratelimited"];

const stored = (rowsOf: (call: Call) => readonly unknown[], cut: typeof part): Action =>
  reads((call) => {
    const range = rangeOf(call);
    return range ? cut(rowsOf(call), range) : [];
  });

const loginRows = ({ db }: Call): readonly unknown[] =>
  [...db.in(logins).all()]
    .sort((a, b) => (a.datetime < b.datetime ? 1 : a.datetime > b.datetime ? -1 : 0))
    .map(({ service, app_password, username, real_rip, datetime }) => ({
      service,
      app_password,
      username,
      real_rip,
      datetime,
    }));

export const logs: Topic = {
  actions: {
    ...Object.fromEntries(programs.map((name) => written(name))),
    ...Object.fromEntries([written("rspamd-history", history)]),
    "get/logs/api/{count}": stored(({ db }) => [...db.get(apiLog)].reverse(), part),
    "get/logs/ui/{count}": stored(({ db }) => [...db.in(uiLog).all()].reverse(), page),
    "get/logs/sasl/{count}": stored(loginRows, page),
    "get/logs/rspamd-stats": reads(({ db }) => answerOf(db, "get/logs/rspamd-stats")),
  },
};
