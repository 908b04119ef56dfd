import { Collection, type ForEach } from "../../calls/collection.ts";
import { fieldsOf, toList } from "../../calls/names.ts";
import { MailcowInputError, MailcowReplyError } from "../../errors.ts";
import type { ActionResult, Fail2banOptions, Fail2banState, Fail2banWithoutOptions } from "../../types.ts";

const path = "/api/v1/edit/fail2ban";

/** Bans of addresses after failed logins. Networks are IP addresses, alone or with a prefix length. */
export class Fail2ban extends Collection {
  /**
   * Reads options, lists, patterns and bans. Where mailcow's ban service has never started, there are no options.
   * `banlist_id` is a secret.
   *
   * @see GET /api/v1/get/fail2ban
   */
  readonly get = (): Promise<Fail2banState | Fail2banWithoutOptions> => this.calls.data("/api/v1/get/fail2ban");
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
  readonly edit = async (options: Fail2banOptions): Promise<ActionResult[]> => {
    const now = await this.get();
    if (!("ban_time" in now))
      throw new MailcowInputError("edit/fail2ban: there is nothing to edit before mailcow's ban service has started");
    const kept = { ban_time_increment: now.ban_time_increment, manage_external: now.manage_external };
    return this.calls.write(path, { attr: { ...kept, ...fieldsOf(options) } });
  };
  /**
   * Bans networks for good: puts them on the blacklist, and takes them off the whitelist. **mailcow does not protect
   * its own network, nor `::/0`.**
   *
   * @throws {@link MailcowRejectedError} `network_host_invalid`: that is no network; host names are none.
   * @see POST /api/v1/edit/fail2ban
   */
  readonly ban: ForEach<string> = this.#act("blacklist");
  /**
   * Never bans networks: puts them on the whitelist, takes them off the blacklist, and lifts their bans.
   *
   * @throws {@link MailcowRejectedError} `network_host_invalid`: that is no network; host names can only be set by
   * `edit`.
   * @see POST /api/v1/edit/fail2ban
   */
  readonly allow: ForEach<string> = this.#act("whitelist");
  /**
   * Lifts bans, named as `active_bans` names them. mailcow also says success for what is not banned, or no network at
   * all.
   *
   * @see POST /api/v1/edit/fail2ban
   */
  readonly unban: ForEach<string> = this.#act("unban");
  /**
   * Replaces all patterns that find failed logins in the logs; brackets stand around the address.
   *
   * @see POST /api/v1/edit/fail2ban
   */
  readonly setRegex = async (patterns: readonly string[]): Promise<ActionResult[]> =>
    this.calls.write(path, { attr: { action: "edit-regex", regex: toList(patterns) } });
  /**
   * Goes back to mailcow's own patterns; this restarts the ban service, which takes up to 10 seconds.
   *
   * @throws {@link MailcowRejectedError} `reset_f2b_regex`: the service did not come back, and there are no patterns
   * now.
   * @see POST /api/v1/edit/fail2ban
   */
  readonly resetRegex = (): Promise<ActionResult[]> =>
    this.calls.write(path, { items: ["192.0.2.1"], attr: { action: "reset-regex" } });
  /**
   * Gives the public ban list a new address; the old one stops working.
   *
   * @returns The new `banlist_id`.
   * @see POST /api/v1/edit/fail2ban/banlist, GET /api/v1/get/fail2ban
   */
  readonly refreshBanlist = async (): Promise<string> => {
    const { banlist_id: old } = await this.get();
    const items = old ? [old] : [];
    const answer = await this.calls.write("/api/v1/edit/fail2ban/banlist", { items }).catch((error: Error) => error);
    const { banlist_id: now } = await this.get();
    if (answer instanceof Error && now === old) throw answer;
    if (!now) throw new MailcowReplyError("edit/fail2ban/banlist: mailcow says that there is a new id, but has none");
    return now;
  };

  #act(action: "unban" | "whitelist" | "blacklist"): ForEach<string> {
    return this.sender(path, (items) => ({ items, attr: { action } }));
  }
}
