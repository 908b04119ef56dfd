import type { Route } from "../../contract.ts";
import { Collection } from "../../core/collection.ts";
import { type CallOptions, filterOf } from "../../core/options.ts";
import * as routes from "../../generated/routes/logs.ts";
import type * as types from "../../generated/types/logs.ts";
import { refusal } from "../../refusal.ts";

export type * from "../../generated/types/logs.ts";

/** Which rows of a log to return: the newest, or the rows from one position to another. */
export interface LogRange {
  /**
   * The number of rows.
   *
   * @default 1000
   */
  readonly count?: number;
  /**
   * The first row, counted from the newest, which is 1.
   *
   * @default 1
   */
  readonly from?: number;
  /** The last row, counted in the same way; replaces `count`. */
  readonly to?: number;
}

/**
 * The logs of the server's services, newest first. Rows that the server itself can't read are left out, so there may be
 * fewer rows than you ask for.
 */
export class Logs extends Collection {
  /**
   * Returns logins, deliveries and errors of the IMAP server.
   *
   * @example
   * const newest = await mcc.logs.dovecot({ count: 50 });
   * const next = await mcc.logs.dovecot({ from: 51, to: 100 });
   * @see GET /api/v1/get/logs/dovecot/{count}
   */
  async dovecot(range?: LogRange, options?: CallOptions): Promise<types.SyslogLine[]> {
    return this.#read(routes.getLogsDovecot, range, options);
  }

  /**
   * Returns the log of Postfix.
   *
   * @see GET /api/v1/get/logs/postfix/{count}
   */
  async postfix(range?: LogRange, options?: CallOptions): Promise<types.SyslogLine[]> {
    return this.#read(routes.getLogsPostfix, range, options);
  }

  /**
   * Returns the log of the groupware.
   *
   * @see GET /api/v1/get/logs/sogo/{count}
   */
  async sogo(range?: LogRange, options?: CallOptions): Promise<types.SyslogLine[]> {
    return this.#read(routes.getLogsSogo, range, options);
  }

  /**
   * Returns failed logins, bans and unbans.
   *
   * @see GET /api/v1/get/logs/netfilter/{count}
   */
  async netfilter(range?: LogRange, options?: CallOptions): Promise<types.NetfilterLogLine[]> {
    return this.#read(routes.getLogsNetfilter, range, options);
  }

  /**
   * Returns the log of the user imports from Keycloak and LDAP; other regular tasks are not in it.
   *
   * @see GET /api/v1/get/logs/cron/{count}
   */
  async cron(range?: LogRange, options?: CallOptions): Promise<types.CronLogLine[]> {
    return this.#read(routes.getLogsCron, range, options);
  }

  /**
   * Returns messages of the watchdog, and how healthy it found each service.
   *
   * @see GET /api/v1/get/logs/watchdog/{count}
   */
  async watchdog(range?: LogRange, options?: CallOptions): Promise<types.WatchdogLogLine[]> {
    return this.#read(routes.getLogsWatchdog, range, options);
  }

  /**
   * Returns the log of the service that fetches certificates. A `message` may be `base64,` and the text in Base64.
   *
   * @see GET /api/v1/get/logs/acme/{count}
   */
  async acme(range?: LogRange, options?: CallOptions): Promise<types.AcmeLogLine[]> {
    return this.#read(routes.getLogsAcme, range, options);
  }

  /**
   * Returns the mail programs that asked for their settings. The server keeps 101 rows.
   *
   * @see GET /api/v1/get/logs/autodiscover/{count}
   */
  async autodiscover(range?: LogRange, options?: CallOptions): Promise<types.AutodiscoverLogLine[]> {
    return this.#read(routes.getLogsAutodiscover, range, options);
  }

  /**
   * Returns the mails that a rate limit stopped; `rl_hash` identifies the limit.
   *
   * @see GET /api/v1/get/logs/ratelimited/{count}
   */
  async ratelimited(range?: LogRange, options?: CallOptions): Promise<types.RatelimitedLogLine[]> {
    return this.#read(routes.getLogsRatelimited, range, options);
  }

  /**
   * Returns the calls of this API; the first row is this call. **`data` holds secrets in clear**, except passwords at
   * its top level.
   *
   * @see GET /api/v1/get/logs/api/{count}
   */
  async api(range?: LogRange, options?: CallOptions): Promise<types.ApiLogLine[]> {
    return this.#read(routes.getLogsApi, range, options);
  }

  /**
   * Returns messages of the web interface to its users; calls of the API do not appear.
   *
   * @see GET /api/v1/get/logs/ui/{count}
   */
  async ui(range?: LogRange, options?: CallOptions): Promise<types.UiLogLine[]> {
    return this.#read(routes.getLogsUi, range, options, inSql);
  }

  /**
   * Returns the last login of each mailbox to each service from each address.
   *
   * @see GET /api/v1/get/logs/sasl/{count}
   */
  async sasl(range?: LogRange, options?: CallOptions): Promise<types.SaslLogLine[]> {
    return this.#read(routes.getLogsSasl, range, options, inSql);
  }

  /**
   * Returns the mails that rspamd has checked; `[]` if rspamd does not answer.
   *
   * @see GET /api/v1/get/logs/rspamd-history/{count}
   */
  async rspamdHistory(range?: LogRange, options?: CallOptions): Promise<types.RspamdHistoryLine[]> {
    return this.#read(routes.getLogsRspamdHistory, range, options, from0);
  }

  /**
   * Returns the counters of rspamd since its start; `null` if rspamd does not answer.
   *
   * @see GET /api/v1/get/logs/rspamd-stats
   */
  async rspamdStats(options?: CallOptions): Promise<types.RspamdStats | null> {
    return this.call(routes.getLogsRspamdStats, {}, options);
  }

  async #read<Line>(
    route: Route<{ count: number | string }, (Line | null)[]>,
    range: LogRange | undefined,
    options: CallOptions | undefined,
    inWords = from1,
  ): Promise<Line[]> {
    const given = filterOf(range, "count", "from", "to");
    const { count = 1000, from = 1, to = from + count - 1 } = given;
    if (![count, from, to].every(Number.isSafeInteger) || from < 1 || to < from)
      throw refusal("the range", "whole numbers of at least 1, with from not above to", route.path);
    if (given.count !== undefined && given.to !== undefined)
      throw refusal("the range", "given by either count or to, not both", route.path);
    const rows = await this.call(route, { count: from === 1 ? to : inWords(from, to) }, options);
    return rows.slice(0, to - from + 1).filter((row) => row !== null);
  }
}

/** Most logs count a range from 1 and include both ends. */
const from1 = (from: number, to: number): string => `${from}-${to}`;

/** The second number is a number of rows, and must not be smaller than the first. */
const inSql = (from: number, to: number): string => `${from}-${Math.max(from, to - from + 1)}`;

/** Counted from 0. */
const from0 = (from: number, to: number): string => `${from - 1}-${to - 1}`;
