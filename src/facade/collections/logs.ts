import type { Calls } from "../../calls/calls.ts";
import { Collection } from "../../calls/collection.ts";
import { refusal } from "../../calls/input.ts";
import type * as types from "../../types.ts";

type Log<Line> = (range?: types.LogRange) => Promise<Line[]>;

/**
 * What the parts of the server have logged, newest first. Rows that the server itself can't read are left out, so there
 * may be fewer than asked for.
 */
export class Logs extends Collection {
  /**
   * Logins, deliveries and errors of the IMAP server.
   *
   * @example
   * const newest = await mcc.logs.dovecot({ count: 50 });
   * const next = await mcc.logs.dovecot({ from: 51, to: 100 });
   * @see GET /api/v1/get/logs/dovecot/{count}
   */
  readonly dovecot: Log<types.SyslogLine> = reader(this.calls, "dovecot");
  /**
   * What Postfix has logged.
   *
   * @see GET /api/v1/get/logs/postfix/{count}
   */
  readonly postfix: Log<types.SyslogLine> = reader(this.calls, "postfix");
  /**
   * What the groupware has logged.
   *
   * @see GET /api/v1/get/logs/sogo/{count}
   */
  readonly sogo: Log<types.SyslogLine> = reader(this.calls, "sogo");
  /**
   * Failed logins, bans and unbans.
   *
   * @see GET /api/v1/get/logs/netfilter/{count}
   */
  readonly netfilter: Log<types.NetfilterLogLine> = reader(this.calls, "netfilter");
  /**
   * What the imports of users from Keycloak and LDAP have logged; no other regular task.
   *
   * @see GET /api/v1/get/logs/cron/{count}
   */
  readonly cron: Log<types.CronLogLine> = reader(this.calls, "cron");
  /**
   * Messages of the watchdog, and how healthy it found each service.
   *
   * @see GET /api/v1/get/logs/watchdog/{count}
   */
  readonly watchdog: Log<types.WatchdogLogLine> = reader(this.calls, "watchdog");
  /**
   * What the service that fetches certificates has logged; a `message` may be `base64,` and the text in Base64.
   *
   * @see GET /api/v1/get/logs/acme/{count}
   */
  readonly acme: Log<types.AcmeLogLine> = reader(this.calls, "acme");
  /**
   * Which mail programs asked for their settings. The server keeps 101 rows.
   *
   * @see GET /api/v1/get/logs/autodiscover/{count}
   */
  readonly autodiscover: Log<types.AutodiscoverLogLine> = reader(this.calls, "autodiscover");
  /**
   * Mails that a rate limit held off; `rl_hash` names the limit.
   *
   * @see GET /api/v1/get/logs/ratelimited/{count}
   */
  readonly ratelimited: Log<types.RatelimitedLogLine> = reader(this.calls, "ratelimited");
  /**
   * Calls of this API, this one the first of them. **`data` holds secrets in clear**: all but passwords at the top.
   *
   * @see GET /api/v1/get/logs/api/{count}
   */
  readonly api: Log<types.ApiLogLine> = reader(this.calls, "api");
  /**
   * What the web interface told its users; calls of the API do not show.
   *
   * @see GET /api/v1/get/logs/ui/{count}
   */
  readonly ui: Log<types.UiLogLine> = reader(this.calls, "ui", inSql);
  /**
   * The last login of each mailbox to each service from each address.
   *
   * @see GET /api/v1/get/logs/sasl/{count}
   */
  readonly sasl: Log<types.SaslLogLine> = reader(this.calls, "sasl", inSql);
  /**
   * Mails that rspamd has checked; none where it does not answer.
   *
   * @see GET /api/v1/get/logs/rspamd-history/{count}
   */
  readonly rspamdHistory: Log<types.RspamdHistoryLine> = reader(this.calls, "rspamd-history", from0);
  /**
   * What rspamd has counted since it was started; `null` where it does not answer.
   *
   * @see GET /api/v1/get/logs/rspamd-stats
   */
  readonly rspamdStats = (): Promise<types.RspamdStats | null> => this.calls.row("/api/v1/get/logs/rspamd-stats");
}

/** Most logs count a range from 1, both ends in. */
function reader<Line>(calls: Calls, name: string, inWords = (from: number, to: number) => `${from}-${to}`): Log<Line> {
  const path = `/api/v1/get/logs/${name}/{count}` as "/api/v1/get/logs/api/{count}";
  return async ({ count = 1000, from = 1, to = from + count - 1 } = {}) => {
    if (![count, from, to].every(Number.isSafeInteger) || from < 1 || to < from)
      throw refusal("the range", "whole numbers from 1 upwards, the first not after the last");
    const rows = await calls.rows(path, { path: { count: from === 1 ? to : inWords(from, to) } });
    return rows.slice(0, to - from + 1).filter((row) => row !== null) as Line[];
  };
}

/** The second number says how many rows there are after the first, and must not be the smaller one. */
const inSql = (from: number, to: number): string => `${from}-${Math.max(from, to - from + 1)}`;

/** Counted from 0. */
const from0 = (from: number, to: number): string => `${from - 1}-${to - 1}`;
