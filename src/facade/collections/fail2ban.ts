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

/** The options to set. Options you leave out keep their value. */
export type Fail2banOptions = Omit<types.Fail2banOptions, "action">;

/** The start of a capturing group in a Python pattern. */
const group = /(?<!\\)(?:\\\\)*\((?!\?(?!P<))/;

/** Bans of addresses after failed logins. Networks are IP addresses, with or without a prefix length. */
export class Fail2ban extends Collection {
  /**
   * Returns options, lists, patterns and bans. If mailcow's ban service has never started, there are no options.
   * `banlist_id` is a secret.
   *
   * @see GET /api/v1/get/fail2ban
   */
  async get(options?: CallOptions): Promise<Fail2banState | types.Fail2banWithoutOptions> {
    return this.call(routes.getFail2ban, {}, options);
  }

  /**
   * Sets options. Fields you leave out keep their value. mailcow would switch off `ban_time_increment` and
   * `manage_external`, so they are read first and sent again. A list replaces the old list.
   *
   * @param changes - Times are in seconds, prefix lengths in bits. `whitelist` and `blacklist` are lists, or texts with
   * one entry per line; an empty one clears the list.
   * @throws {MailcowRejectedError} `network_host_invalid`: mailcow left out an entry of a list and set the rest.
   * @throws {MailcowInputError} There are no options yet: mailcow would set missing options to 0, which bans everyone.
   * @example
   * await mcc.fail2ban.edit({ max_attempts: 5, whitelist: ["192.0.2.1", "mail.example.com"] });
   * @see POST /api/v1/edit/fail2ban, GET /api/v1/get/fail2ban
   */
  async edit(changes: Fail2banOptions, options?: CallOptions): Promise<ActionResult[]> {
    const call = callOptionsOf(options);
    const given: types.Fail2banOptions = fieldsOf(changes);
    if ("action" in given) throw refusal("action", "left out: it has its own methods", routes.editFail2ban.path);
    checked(routes.editFail2ban, { attr: given });
    const now = await this.get(call);
    if (!("ban_time" in now))
      throw new MailcowInputError("edit/fail2ban: there is nothing to edit before mailcow's ban service has started");
    const kept = { ban_time_increment: now.ban_time_increment, manage_external: now.manage_external };
    return this.call(routes.editFail2ban, { attr: { ...kept, ...given } }, call);
  }

  /**
   * Bans networks permanently: adds them to the blacklist and removes them from the whitelist. **mailcow does not stop
   * you from banning its own network or `::/0`.**
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
   * Protects networks from bans: adds them to the whitelist, removes them from the blacklist, and lifts their bans.
   * Only `edit` takes host names.
   *
   * @throws {MailcowRejectedError} `network_host_invalid`: mailcow does not accept it as a network.
   * @see POST /api/v1/edit/fail2ban
   */
  async allow(networks: string | readonly string[], options?: CallOptions): Promise<Outcome[]> {
    return this.#act("whitelist", networks, options);
  }

  /**
   * Lifts bans; give networks as in `active_bans`. mailcow also reports success for a network that is not banned.
   *
   * @see POST /api/v1/edit/fail2ban
   */
  async unban(networks: string | readonly string[], options?: CallOptions): Promise<Outcome[]> {
    return this.#act("unban", networks, options);
  }

  /**
   * Replaces all patterns that find failed logins in the logs. Each pattern must have a group around the address:
   * without one, mailcow's ban service stops at the first matching line.
   *
   * @throws {MailcowInputError} A pattern has no group.
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
   * Restores mailcow's own patterns. This restarts the ban service, which takes up to 10 seconds.
   *
   * @throws {MailcowRejectedError} `reset_f2b_regex`: the service did not start again, and there are no patterns now.
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
    if (!now) throw new MailcowReplyError("edit/fail2ban/banlist: mailcow reports a new id, but has none");
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
