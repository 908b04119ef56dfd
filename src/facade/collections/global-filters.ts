import type { ActionResult } from "../../contract.ts";
import { Collection } from "../../core/collection.ts";
import type { CallOptions } from "../../core/options.ts";
import { fitted } from "../../core/prepare.ts";
import * as routes from "../../generated/routes/global-filters.ts";
import type * as common from "../../generated/types/common.ts";
import type * as types from "../../generated/types/global-filters.ts";
import { shapeOf } from "../../notation.ts";
import { refusal } from "../../refusal.ts";

export type * from "../../generated/types/global-filters.ts";

/** The Sieve scripts that run before and after the scripts of every mailbox. */
export class GlobalFilters extends Collection {
  /**
   * Returns one script; empty if there is none.
   *
   * @see GET /api/v1/get/global_filters/prefilter, GET /api/v1/get/global_filters/postfilter
   */
  async get(type: common.FilterType, options?: CallOptions): Promise<string> {
    fitted(shapeOf("FilterType"), type, "get/global_filters", "type");
    const route = type === "prefilter" ? routes.getGlobalFiltersPrefilter : routes.getGlobalFiltersPostfilter;
    return (await this.call(route, {}, options)) ?? "";
  }

  /**
   * Returns both scripts.
   *
   * @see GET /api/v1/get/global_filters/all
   */
  async getAll(options?: CallOptions): Promise<types.GlobalFilters> {
    return this.call(routes.getGlobalFiltersAll, {}, options);
  }

  /**
   * Replaces one script and restarts Dovecot. An empty text removes the script. Line ends become LF.
   *
   * @returns mailcow's entries. The warning `dovecot_restart_failed` means that the script was written, but Dovecot was
   * not restarted.
   * @throws {MailcowRejectedError} `sieve_error`: its entry names the line and the error.
   * @example
   * await mcc.globalFilters.set("prefilter", 'if header :contains "subject" "offer" { discard; }');
   * @see POST /api/v1/add/global-filter
   */
  async set(type: common.FilterType, script: string, options?: CallOptions): Promise<ActionResult[]> {
    // mailcow empties the filter if the script is missing.
    if (typeof script !== "string") throw refusal("script", "a text, which may be empty", routes.addGlobalFilter.path);
    return this.call(routes.addGlobalFilter, { filter_type: type, script_data: script }, options);
  }
}
