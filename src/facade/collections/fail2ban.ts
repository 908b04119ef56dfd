import { MailcowInputError, MailcowReplyError } from "../../errors.ts";
import type { ActionResult, Fail2banOptions, Fail2banState, Fail2banWithoutOptions } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { editor } from "../collection.ts";
import type { Outcome } from "../outcomes.ts";

/** Bans of addresses after failed logins. Networks are IP addresses, alone or with a prefix length. */
export interface Fail2ban {
  /**
   * Reads options, lists, patterns and bans. Where mailcow's ban service has never started, there are no options.
   * `banlist_id` is a secret.
   *
   * @see GET /api/v1/get/fail2ban
   */
  get(): Promise<Fail2banState | Fail2banWithoutOptions>;
  /**
   * Sets options; what is not given keeps its value. mailcow would switch `ban_time_increment` and `manage_external`
   * off: they are read first and sent again. A list that is given, with one entry per line, replaces the old one.
   *
   * @param options - Times in seconds, networks in bits.
   * @throws {@link MailcowRejectedError} `network_host_invalid`: an entry of a list was left out, all the rest is set.
   * @throws {@link MailcowInputError} There are no options yet: what is not given would become 0, which bans everybody.
   * @example
   * await mcc.fail2ban.edit({ max_attempts: 5, whitelist: "192.0.2.1\nmail.example.com" });
   * @see POST /api/v1/edit/fail2ban, GET /api/v1/get/fail2ban
   */
  edit(options: Fail2banOptions): Promise<ActionResult[]>;
  /**
   * Bans networks for good: puts them on the blacklist, and takes them off the whitelist. **mailcow does not protect
   * its own network, nor `::/0`.**
   *
   * @throws {@link MailcowRejectedError} `network_host_invalid`: that is no network; host names are none.
   * @see POST /api/v1/edit/fail2ban
   */
  ban(networks: string | readonly string[]): Promise<Outcome[]>;
  /**
   * Never bans networks: puts them on the whitelist, takes them off the blacklist, and lifts their bans.
   *
   * @throws {@link MailcowRejectedError} `network_host_invalid`: that is no network; host names can only be set by
   * `edit`.
   * @see POST /api/v1/edit/fail2ban
   */
  allow(networks: string | readonly string[]): Promise<Outcome[]>;
  /**
   * Lifts bans, named as `active_bans` names them. mailcow also says success for what is not banned, or no network at
   * all.
   *
   * @see POST /api/v1/edit/fail2ban
   */
  unban(networks: string | readonly string[]): Promise<Outcome[]>;
  /**
   * Replaces all patterns that find failed logins in the logs; brackets stand around the address.
   *
   * @see POST /api/v1/edit/fail2ban
   */
  setRegex(patterns: readonly string[]): Promise<ActionResult[]>;
  /**
   * Goes back to mailcow's own patterns; this restarts the ban service, which takes up to 10 seconds.
   *
   * @throws {@link MailcowRejectedError} `reset_f2b_regex`: the service did not come back, and there are no patterns
   * now.
   * @see POST /api/v1/edit/fail2ban
   */
  resetRegex(): Promise<ActionResult[]>;
  /**
   * Gives the public ban list a new address; the old one stops working.
   *
   * @returns The new `banlist_id`.
   * @see POST /api/v1/edit/fail2ban/banlist, GET /api/v1/get/fail2ban
   */
  refreshBanlist(): Promise<string>;
}

export function fail2ban(calls: Calls): Fail2ban {
  const path = "/api/v1/edit/fail2ban";
  const get = () => calls.data("/api/v1/get/fail2ban");
  const act = (method: string, action: "unban" | "whitelist" | "blacklist") => {
    const edit = editor<typeof path, string, object>(calls, `fail2ban.${method}`, path);
    return (networks: string | readonly string[]) => edit(networks, { action });
  };
  return {
    get,
    edit: async (options) => {
      const now = await get();
      if (!("ban_time" in now))
        throw new MailcowInputError("fail2ban.edit: there is nothing to edit before mailcow's ban service has started");
      const { ban_time_increment = now.ban_time_increment, manage_external = now.manage_external } = options;
      return calls.write("fail2ban.edit", path, { attr: { ...options, ban_time_increment, manage_external } });
    },
    ban: act("ban", "blacklist"),
    allow: act("allow", "whitelist"),
    unban: act("unban", "unban"),
    setRegex: (regex) => calls.write("fail2ban.setRegex", path, { attr: { action: "edit-regex", regex: [...regex] } }),
    // Without an item this would be an edit of the options; to the item, an address that nobody has, nothing is done.
    resetRegex: () =>
      calls.write("fail2ban.resetRegex", path, { items: ["192.0.2.1"], attr: { action: "reset-regex" } }),
    refreshBanlist: async () => {
      const { banlist_id: old } = await get();
      const items = old ? [old] : [];
      const path = "/api/v1/edit/fail2ban/banlist";
      const answer = await calls.write("fail2ban.refreshBanlist", path, { items }).catch((error: Error) => error);
      const { banlist_id: now } = await get();
      // Where somebody else changed the id meanwhile, ours is refused, and the address is a new one all the same.
      if (answer instanceof Error && now === old) throw answer;
      if (!now)
        throw new MailcowReplyError("fail2ban.refreshBanlist: mailcow says that there is a new id, but has none");
      return now;
    },
  };
}
