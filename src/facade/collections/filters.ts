import { checked } from "../../core/api.ts";
import { type AddOptions, Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import { type CallOptions, filterOf } from "../../core/options.ts";
import * as routes from "../../generated/routes/filters.ts";
import type { Id, Ids } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/filters.ts";

export type * from "../../generated/types/filters.ts";

/** Which filters to list. */
export interface FilterFilter {
  /** Only filters of this mailbox. */
  readonly mailbox?: string;
}

/** Sieve filters of mailboxes. A mailbox has at most one active filter of each type (`prefilter`, `postfilter`). */
export class Filters extends Collection {
  /**
   * Lists all filters, or the filters of a mailbox; `[]` if the mailbox does not exist.
   *
   * @example
   * const filters = await mcc.filters.list({ mailbox: "ann@example.com" });
   * @see GET /api/v1/get/filters/{mailbox}, GET /api/v1/get/filters/all
   */
  async list(filter?: FilterFilter, options?: CallOptions): Promise<types.Filter[]> {
    const { mailbox } = filterOf(filter, "mailbox");
    if (mailbox === undefined) return this.call(routes.getFiltersAll, {}, options);
    return this.call(routes.getFilters, { mailbox }, options);
  }

  /** Adds a filter; with `read: false`, returns `null` and saves the request that reads it back. */
  add(filter: types.NewFilter, options: AddOptions): Promise<types.Filter | null>;
  /**
   * Adds a filter, active by default. An active filter deactivates the others of its type in the mailbox.
   *
   * @param filter - `username`: the mailbox. `script_data`: a Sieve script; `require` comes first.
   * @returns The filter as mailcow stores it, with its id.
   * @throws {MailcowRejectedError} `access_denied` (no such mailbox) or `sieve_error`, whose entry names the line and
   * the error.
   * @throws {MailcowReplyError} It was added, but another program added an equal filter at the same time. The message
   * names both ids.
   * @example
   * const { id } = await mcc.filters.add({
   *   username: "ann@example.com",
   *   script_desc: "shops",
   *   script_data: 'require ["fileinto"];\nif header :contains "subject" "offer" { fileinto "Shops"; }',
   *   filter_type: "postfilter",
   * });
   * @see POST /api/v1/add/filter, GET /api/v1/get/filters/{mailbox}
   */
  add(filter: types.NewFilter, options?: CallOptions): Promise<types.Filter>;
  async add(filter: types.NewFilter, options?: Partial<AddOptions>): Promise<types.Filter | null> {
    const of = ({ username }: types.NewFilter) => checked(routes.getFilters, { mailbox: username });
    const list = (call: CallOptions, sent: types.NewFilter) => this.list(of(sent), call);
    // Not `active`: another active filter of its type may already have deactivated it.
    const row = (it: Pick<types.NewFilter, "username" | "script_desc" | "script_data" | "filter_type">) => [
      ...[it.username, it.script_desc, it.script_data, it.filter_type],
    ];
    const sent = (given: types.NewFilter) => row({ ...given, username: of(given).mailbox });
    return this.addingUnnamed(routes.addFilter, filter, options, { list, sent, row });
  }

  /**
   * Sets attributes on filters. Fields you leave out keep their value. A filter that is or becomes active deactivates
   * the others of its type; of several, the last stays active. mailcow checks the script with every edit.
   *
   * @throws {MailcowRejectedError} `access_denied` (unknown id) or `sieve_error`.
   * @see POST /api/v1/edit/filter
   */
  async edit(ids: Ids, changes: types.FilterChanges, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.editing(routes.editFilter, ids, changes, options);
  }

  /**
   * Deletes filters.
   *
   * @throws {MailcowRejectedError} `access_denied`: unknown id.
   * @see POST /api/v1/delete/filter
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteFilter, ids, options);
  }

  /**
   * Returns the script that the user of a mailbox has activated through ManageSieve, for example in SOGo; `null` if
   * there is none, or the mailbox does not exist.
   *
   * @see GET /api/v1/get/active-user-sieve/{mailbox}
   */
  async getActiveScript(mailbox: string, options?: CallOptions): Promise<string | null> {
    const [script = null] = await this.call(routes.getActiveUserSieve, { mailbox }, options);
    return script;
  }
}
