import type { ActionResult } from "../../contract.ts";
import { Collection } from "../../core/collection.ts";
import type { CallOptions } from "../../core/options.ts";
import { fitted } from "../../core/prepare.ts";
import { FilterType } from "../../generated/routes/common.ts";
import * as routes from "../../generated/routes/global-filters.ts";
import type * as common from "../../generated/types/common.ts";
import type * as types from "../../generated/types/global-filters.ts";
import { refusal } from "../../refusal.ts";

export type * from "../../generated/types/global-filters.ts";

/** The Sieve scripts that run before and after those of every mailbox. */
export class GlobalFilters extends Collection {
  /**
   * Reads one script; empty if there is none.
   *
   * @see GET /api/v1/get/global_filters/prefilter, GET /api/v1/get/global_filters/postfilter
   */
  async get(type: common.FilterType, options?: CallOptions): Promise<string> {
    fitted(FilterType, type, "get/global_filters", "type");
    const route = type === "prefilter" ? routes.getGlobalFiltersPrefilter : routes.getGlobalFiltersPostfilter;
    return (await this.call(route, {}, options)) ?? "";
  }

  /**
   * Reads both scripts.
   *
   * @see GET /api/v1/get/global_filters/all
   */
  async getAll(options?: CallOptions): Promise<types.GlobalFilters> {
    return this.call(routes.getGlobalFiltersAll, {}, options);
  }

  /**
   * Writes one script in the place of the old one, and restarts Dovecot. An empty text takes the script away. Line ends
   * become LF.
   *
   * @returns What mailcow said; `dovecot_restart_failed` is a warning, the script is written all the same.
   * @throws {MailcowRejectedError} `sieve_error`: its entry says what is wrong in which line.
   * @example
   * await mcc.globalFilters.set("prefilter", 'if header :contains "subject" "offer" { discard; }');
   * @see POST /api/v1/add/global-filter
   */
  async set(type: common.FilterType, script: string, options?: CallOptions): Promise<ActionResult[]> {
    // mailcow empties the filter where the script is missing.
    if (typeof script !== "string")
      throw refusal("script", "a text; an empty one for none", routes.addGlobalFilter.path);
    return this.call(routes.addGlobalFilter, { filter_type: type, script_data: script }, options);
  }
}
