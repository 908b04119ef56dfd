import type * as types from "../../types.ts";
import type { Calls } from "../calls.ts";
import { refusal } from "../input.ts";

/** Which rows of a log: the newest, or those from one place to another. */
export interface LogRange {
  /**
   * How many rows.
   *
   * @default 1000
   */
  count?: number;
  /**
   * The first row, counted from the newest, which is 1.
   *
   * @default 1
   */
  from?: number;
  /** The last row, counted likewise; instead of `count`. */
  to?: number;
}

/**
 * What the parts of the server have logged, newest first. Rows that the server itself can't read are left out, so there
 * may be fewer than asked for.
 */
export interface Logs {
  /**
   * Logins, deliveries and errors of the IMAP server.
   *
   * @example
   * const newest = await mcc.logs.dovecot({ count: 50 });
   * const next = await mcc.logs.dovecot({ from: 51, to: 100 });
   * @see GET /api/v1/get/logs/dovecot/{count}
   */
  dovecot(range?: LogRange): Promise<types.SyslogLine[]>;
  /**
   * What Postfix has logged.
   *
   * @see GET /api/v1/get/logs/postfix/{count}
   */
  postfix(range?: LogRange): Promise<types.SyslogLine[]>;
  /**
   * What the groupware has logged.
   *
   * @see GET /api/v1/get/logs/sogo/{count}
   */
  sogo(range?: LogRange): Promise<types.SyslogLine[]>;
  /**
   * Failed logins, bans and unbans.
   *
   * @see GET /api/v1/get/logs/netfilter/{count}
   */
  netfilter(range?: LogRange): Promise<types.NetfilterLogLine[]>;
  /**
   * What the imports of users from Keycloak and LDAP have logged; no other regular task.
   *
   * @see GET /api/v1/get/logs/cron/{count}
   */
  cron(range?: LogRange): Promise<types.CronLogLine[]>;
  /**
   * Messages of the watchdog, and how healthy it found each service.
   *
   * @see GET /api/v1/get/logs/watchdog/{count}
   */
  watchdog(range?: LogRange): Promise<types.WatchdogLogLine[]>;
  /**
   * What the service that fetches certificates has logged; a `message` may be `base64,` and the text in Base64.
   *
   * @see GET /api/v1/get/logs/acme/{count}
   */
  acme(range?: LogRange): Promise<types.AcmeLogLine[]>;
  /**
   * Which mail programs asked for their settings. The server keeps 101 rows.
   *
   * @see GET /api/v1/get/logs/autodiscover/{count}
   */
  autodiscover(range?: LogRange): Promise<types.AutodiscoverLogLine[]>;
  /**
   * Mails that a rate limit held off; `rl_hash` names the limit.
   *
   * @see GET /api/v1/get/logs/ratelimited/{count}
   */
  ratelimited(range?: LogRange): Promise<types.RatelimitedLogLine[]>;
  /**
   * Calls of this API, this one the first of them. **`data` holds secrets in clear**: all but passwords at the top.
   *
   * @see GET /api/v1/get/logs/api/{count}
   */
  api(range?: LogRange): Promise<types.ApiLogLine[]>;
  /**
   * What the web interface told its users; calls of the API do not show.
   *
   * @see GET /api/v1/get/logs/ui/{count}
   */
  ui(range?: LogRange): Promise<types.UiLogLine[]>;
  /**
   * The last login of each mailbox to each service from each address.
   *
   * @see GET /api/v1/get/logs/sasl/{count}
   */
  sasl(range?: LogRange): Promise<types.SaslLogLine[]>;
  /**
   * Mails that rspamd has checked; none where it does not answer.
   *
   * @see GET /api/v1/get/logs/rspamd-history/{count}
   */
  rspamdHistory(range?: LogRange): Promise<types.RspamdHistoryLine[]>;
  /**
   * What rspamd has counted since it was started; `null` where it does not answer.
   *
   * @see GET /api/v1/get/logs/rspamd-stats
   */
  rspamdStats(): Promise<types.RspamdStats | null>;
}

/** The logs that count a range from 1, both ends in. */
const plain = "acme api autodiscover cron dovecot netfilter postfix ratelimited sogo watchdog".split(" ");

export function logs(calls: Calls): Logs {
  const read =
    <Row>(name: string, inWords = (from: number, to: number) => `${from}-${to}`) =>
    async ({ count = 1000, from = 1, to = from + count - 1 }: LogRange = {}): Promise<Row[]> => {
      if (![count, from, to].every(Number.isSafeInteger) || from < 1 || to < from)
        throw refusal(`logs.${name}`, "the range", "whole numbers from 1 upwards, the first not after the last");
      const path = `/api/v1/get/logs/${name.replace("History", "-history")}/{count}` as "/api/v1/get/logs/api/{count}";
      const rows = await calls.rows(path, { path: { count: from === 1 ? to : inWords(from, to) } });
      return rows.slice(0, to - from + 1).filter((row) => row !== null) as Row[];
    };
  // The second number says how many rows there are after the first, and must not be the smaller one.
  const sql = (from: number, to: number) => `${from}-${Math.max(from, to - from + 1)}`;
  return {
    ...(Object.fromEntries(plain.map((name) => [name, read(name)])) as unknown as Logs),
    ui: read("ui", sql),
    sasl: read("sasl", sql),
    // Counted from 0.
    rspamdHistory: read("rspamdHistory", (from, to) => `${from - 1}-${to - 1}`),
    rspamdStats: () => calls.row("/api/v1/get/logs/rspamd-stats"),
  };
}
