import { checked } from "../../core/api.ts";
import { type AddOptions, Collection, checkedItems } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import { fieldsOf, isOn, toList } from "../../core/lists.ts";
import { type CallOptions, callOptionsOf, optionsOf } from "../../core/options.ts";
import { isStill } from "../../core/releases.ts";
import * as routes from "../../generated/routes/time-limited-aliases.ts";
import type * as types from "../../generated/types/time-limited-aliases.ts";
import { refusal } from "../../refusal.ts";

export type * from "../../generated/types/time-limited-aliases.ts";

/** Disposable addresses of mailboxes, which mailcow generates and which expire. */
export class TimeLimitedAliases extends Collection {
  /**
   * Lists the time-limited aliases of a mailbox that have not expired, in no particular order.
   *
   * @returns Rows whose `validity` is their end, in Unix seconds; it has no effect if `permanent` is 1.
   * @see GET /api/v1/get/time_limited_aliases/{mailbox}
   */
  async list(mailbox: string, options?: CallOptions): Promise<types.TimeLimitedAlias[]> {
    return this.call(routes.getTimeLimitedAliases, { mailbox }, options);
  }

  /** Generates an address for a mailbox; with `read: false`, returns `null` and saves the requests that find it. */
  add(alias: types.NewTimeLimitedAlias, options: AddOptions): Promise<types.TimeLimitedAlias | null>;
  /**
   * Generates an address for a mailbox. mailcow's answer does not name it, so the list is read before and after. Calls
   * with the same input wait for each other.
   *
   * @param alias - `domain`: the domain of the mailbox, or one of its alias domains. `validity`: hours until it
   * expires, 8760 by default; an end after January 2038 fails without an answer.
   * @returns The address as mailcow stores it; its `validity` is its end, in Unix seconds.
   * @throws {MailcowRejectedError} `access_denied` (no such mailbox), `domain_invalid` (not a domain of the
   * mailbox) or `validity_missing` (out of bounds).
   * @throws {MailcowReplyError} It was added, but another program added an equal one at the same time. The message
   * names both addresses.
   * @example
   * const { address } = await mcc.timeLimitedAliases.add({
   *   username: "ann@example.com",
   *   domain: "example.com",
   *   validity: 24,
   * });
   * @see GET /api/v1/get/time_limited_aliases/{mailbox}, POST /api/v1/add/time_limited_alias,
   * GET /api/v1/get/status/version, POST /api/v1/edit/time_limited_alias
   */
  add(alias: types.NewTimeLimitedAlias, options?: CallOptions): Promise<types.TimeLimitedAlias>;
  async add(alias: types.NewTimeLimitedAlias, options?: Partial<AddOptions>): Promise<types.TimeLimitedAlias | null> {
    const of = ({ username }: types.NewTimeLimitedAlias) =>
      checked(routes.getTimeLimitedAliases, { mailbox: username });
    const list = (call: CallOptions, given: types.NewTimeLimitedAlias) => this.list(of(given).mailbox, call);
    const sent = (input: types.NewTimeLimitedAlias) => [of(input).mailbox, input.domain, input.description];
    const row = ({ goto, address, description }: types.TimeLimitedAlias) => [
      goto,
      String(address).replace(/^.*@/, ""),
      description,
    ];
    const { read, ...call } = optionsOf(options, { read: true });
    const given = fieldsOf(checked(routes.addTimeLimitedAlias, alias, call));
    const { validity } = given;
    // Older releases check it and ignore it.
    const schema = routes.addTimeLimitedAlias.body?.properties?.["validity"] ?? {};
    const isIgnored = validity !== undefined && isStill(schema, await this.core.release(call), true);
    const reading = { ...call, read: read || isIgnored };
    const added = await this.addingUnnamed(routes.addTimeLimitedAlias, given, reading, { list, sent, row });
    if (!added || !isIgnored) return added;
    await this.edit(added.address, { validity }, call);
    return read
      ? ((await this.list(added.goto, call)).find(({ address }) => address === added.address) ?? added)
      : null;
  }

  /**
   * Gives addresses a new end, or makes them permanent; expired addresses work again. Nothing else can be changed.
   *
   * @param changes - `validity`: hours from now; below 0, the address expires immediately; an end after January 2038
   * fails without an answer. `permanent`: overrides `validity`.
   * @throws {MailcowRejectedError} `access_denied`: the time-limited alias does not exist.
   * @see POST /api/v1/edit/time_limited_alias
   */
  async edit(
    addresses: string | readonly string[],
    changes: types.TimeLimitedAliasChanges,
    options?: CallOptions,
  ): Promise<Outcome[]> {
    const call = callOptionsOf(options);
    const route = routes.editTimeLimitedAlias;
    const { items } = checkedItems(route, toList(addresses), (part) => ({ items: part, attr: changes }), call);
    const { permanent = 0, validity = 0, ...rest } = changes;
    // mailcow reports success and changes nothing.
    if (Number(permanent) === 0 && Number(validity) === 0)
      throw refusal("validity", "a number of hours other than 0, unless permanent is on", route.path);
    // It overrides validity; without it, an older mailcow says that there was nothing to do.
    return this.editing(route, items, isOn(permanent) ? { ...rest, permanent } : changes, call);
  }

  /**
   * Deletes addresses, expired or not.
   *
   * @throws {MailcowRejectedError} `access_denied`: the time-limited alias does not exist.
   * @see POST /api/v1/delete/time_limited_alias
   */
  async delete(addresses: string | readonly string[], options?: CallOptions): Promise<Outcome[]> {
    return this.each(routes.deleteTimeLimitedAlias, addresses, options);
  }
}
