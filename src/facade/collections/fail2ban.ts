import type { ActionResult } from "../../contract.ts";
import { checked } from "../../core/api.ts";
import { Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import { fieldsOf, toList } from "../../core/lists.ts";
import { type CallOptions, callOptionsOf } from "../../core/options.ts";
import { MailcowInputError, MailcowReplyError } from "../../errors.ts";
import * as routes from "../../generated/routes/fail2ban.ts";
import type * as types from "../../generated/types/fail2ban.ts";
import { refusal } from "../../refusal.ts";

export type * from "../../generated/types/fail2ban.ts";

/** Options, lists, patterns and bans. */
export type Fail2banState = types.Fail2ban;

/** The options to set; the others keep their values. */
export type Fail2banOptions = Omit<types.Fail2banOptions, "action">;

/** The start of a group whose text Python returns. */
const group = /(?<!\\)(?:\\\\)*\((?!\?(?!P<))/;

/** Bans of addresses after failed logins. Networks are IP addresses, alone or with a prefix length. */
export class Fail2ban extends Collection {
  /**
   * Reads options, lists, patterns and bans. Where mailcow's ban service has never started, there are no options.
   * `banlist_id` is a secret.
   *
   * @see GET /api/v1/get/fail2ban
   */
  async get(options?: CallOptions): Promise<Fail2banState | types.Fail2banWithoutOptions> {
    return this.call(routes.getFail2ban, {}, options);
  }

  /**
   * Sets options; what is not given keeps its value. mailcow would switch `ban_time_increment` and `manage_external`
   * off: they are read first and sent again. A list that is given replaces the old one.
   *
   * @param changes - Times in seconds, networks in bits. `whitelist` and `blacklist` as lists, or as texts with one
   * entry per line; empty to clear them.
   * @throws {MailcowRejectedError} `network_host_invalid`: an entry of a list was left out, all the rest is set.
   * @throws {MailcowInputError} There are no options yet: what is not given would become 0, which bans everybody.
   * @example
   * await mcc.fail2ban.edit({ max_attempts: 5, whitelist: ["192.0.2.1", "mail.example.com"] });
   * @see POST /api/v1/edit/fail2ban, GET /api/v1/get/fail2ban
   */
  async edit(changes: Fail2banOptions, options?: CallOptions): Promise<ActionResult[]> {
    const call = callOptionsOf(options);
    const given: types.Fail2banOptions = fieldsOf(changes);
    if ("action" in given) throw refusal("action", "left out: it has methods of its own", routes.editFail2ban.path);
    checked(routes.editFail2ban, { attr: given });
    const now = await this.get(call);
    if (!("ban_time" in now))
      throw new MailcowInputError("edit/fail2ban: there is nothing to edit before mailcow's ban service has started");
    const kept = { ban_time_increment: now.ban_time_increment, manage_external: now.manage_external };
    return this.call(routes.editFail2ban, { attr: { ...kept, ...given } }, call);
  }

  /**
   * Bans networks for good: puts them on the blacklist, and takes them off the whitelist. **mailcow does not protect
   * its own network, nor `::/0`.**
   *
   * @throws {MailcowRejectedError} `network_host_invalid`, for example for `0.0.0.0/0`.
   * @example
   * await mcc.fail2ban.ban(["192.0.2.1", "2001:db8::/32"]);
   * @see POST /api/v1/edit/fail2ban
   */
  async ban(networks: string | readonly string[], options?: CallOptions): Promise<Outcome[]> {
    return this.#act("blacklist", networks, options);
  }

  /**
   * Never bans networks: puts them on the whitelist, takes them off the blacklist, and lifts their bans. Host names can
   * only be set by `edit`.
   *
   * @throws {MailcowRejectedError} `network_host_invalid`: mailcow takes it for no network.
   * @see POST /api/v1/edit/fail2ban
   */
  async allow(networks: string | readonly string[], options?: CallOptions): Promise<Outcome[]> {
    return this.#act("whitelist", networks, options);
  }

  /**
   * Lifts bans, named as `active_bans` names them. mailcow also says success for what is not banned.
   *
   * @see POST /api/v1/edit/fail2ban
   */
  async unban(networks: string | readonly string[], options?: CallOptions): Promise<Outcome[]> {
    return this.#act("unban", networks, options);
  }

  /**
   * Replaces all patterns that find failed logins in the logs; brackets stand around the address. Its ban service stops
   * at a line that fits a pattern without them.
   *
   * @throws {MailcowInputError} A pattern has no brackets around an address.
   * @example
   * await mcc.fail2ban.setRegex(["SASL LOGIN authentication failed: .+ \\[([0-9a-f.:]+)\\]"]);
   * @see POST /api/v1/edit/fail2ban
   */
  async setRegex(patterns: readonly string[], options?: CallOptions): Promise<ActionResult[]> {
    const regex = toList(patterns);
    const body = checked(routes.editFail2ban, { attr: { action: "edit-regex", regex } });
    if (!regex.every((pattern) => group.test(pattern)))
      throw refusal("regex", "patterns that each have brackets around the address", routes.editFail2ban.path);
    return this.call(routes.editFail2ban, body, options);
  }

  /**
   * Goes back to mailcow's own patterns; this restarts the ban service, which takes up to 10 seconds.
   *
   * @throws {MailcowRejectedError} `reset_f2b_regex`: the service did not come back, and there are no patterns
   * now.
   * @see POST /api/v1/edit/fail2ban
   */
  async resetRegex(options?: CallOptions): Promise<ActionResult[]> {
    // Without a network, mailcow would edit the options.
    return this.call(routes.editFail2ban, { items: ["192.0.2.1"], attr: { action: "reset-regex" } }, options);
  }

  /**
   * Gives the public ban list a new address; the old one stops working.
   *
   * @returns The new `banlist_id`.
   * @see POST /api/v1/edit/fail2ban/banlist, GET /api/v1/get/fail2ban
   */
  async refreshBanlist(options?: CallOptions): Promise<string> {
    const call = callOptionsOf(options);
    const { banlist_id: old } = await this.get(call);
    const items = old ? [old] : [];
    const answer = await this.call(routes.editFail2banBanlist, { items }, call).catch((error: Error) => error);
    const { banlist_id: now } = await this.get(call);
    if (answer instanceof Error && now === old) throw answer;
    if (!now) throw new MailcowReplyError("edit/fail2ban/banlist: mailcow says that there is a new id, but has none");
    return now;
  }

  #act(
    action: types.Fail2banNetworkAction["action"],
    networks: string | readonly string[],
    options: CallOptions | undefined,
  ): Promise<Outcome[]> {
    return this.editing<string, types.Fail2banNetworkAction>(routes.editFail2ban, networks, { action }, options);
  }
}
