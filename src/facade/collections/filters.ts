import type { ActionResult, AddFilter, EditFilterAttributes, Filter, GlobalFilterScripts } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, adder, deleter, editor, newest } from "../collection.ts";
import { toText } from "../input.ts";
import { toAddress } from "../names.ts";
import type { Outcome } from "../outcomes.ts";

/** Sieve filters of mailboxes. At most one of each type (`prefilter`, `postfilter`) is active in a mailbox. */
export interface Filters {
  /**
   * Lists filters: those of a mailbox, or all.
   *
   * @see GET /api/v1/get/filters/{mailbox}, GET /api/v1/get/filters/all
   */
  list(mailbox?: string): Promise<Filter[]>;
  /**
   * Adds a filter. It only runs with `active: 1`, which switches off the active one of its type in that mailbox.
   *
   * @param filter - `username`: the mailbox. `script_data`: Sieve, in which `require` comes first.
   * @returns The filter as mailcow stores it, with its id.
   * @throws {@link MailcowRejectedError} `access_denied` (no such mailbox) or `sieve_error`, whose entry says what
   * is wrong in which line.
   * @example
   * const { id } = await mcc.filters.add({
   *   username: "ann@example.com",
   *   script_desc: "shops",
   *   script_data: 'require ["fileinto"];\nif header :contains "subject" "offer" { fileinto "Shops"; }',
   *   filter_type: "postfilter",
   *   active: 1,
   * });
   * @see POST /api/v1/add/filter, GET /api/v1/get/filters/{mailbox}
   */
  add: Add<AddFilter, Filter>;
  /**
   * Sets attributes on filters; what is not given keeps its value. One that is or becomes active switches off the
   * active one of its type; of several, the last stays active. The script is checked anew with every edit.
   *
   * @throws {@link MailcowRejectedError} `access_denied` (there is none of that id) or `sieve_error`.
   * @see POST /api/v1/edit/filter
   */
  edit(ids: number | readonly number[], attr: EditFilterAttributes): Promise<Outcome<number>[]>;
  /**
   * Deletes filters.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is none of that id.
   * @see POST /api/v1/delete/filter
   */
  delete(ids: number | readonly number[]): Promise<Outcome<number>[]>;
  /**
   * The script that the user of a mailbox has activated by ManageSieve, such as in SOGo; `null` where there is none,
   * or no such mailbox.
   *
   * @see GET /api/v1/get/active-user-sieve/{mailbox}
   */
  getActiveScript(mailbox: string): Promise<string | null>;
}

/** The Sieve scripts that run before and after those of every mailbox. */
export interface GlobalFilters {
  /**
   * Reads one script; empty where there is none.
   *
   * @see GET /api/v1/get/global_filters/prefilter, GET /api/v1/get/global_filters/postfilter
   */
  get(type: keyof GlobalFilterScripts): Promise<string>;
  /**
   * Reads both scripts.
   *
   * @see GET /api/v1/get/global_filters/all
   */
  getAll(): Promise<GlobalFilterScripts>;
  /**
   * Writes one script in the place of the old one, and restarts dovecot. An empty text takes the script away.
   *
   * @returns What mailcow says; `dovecot_restart_failed` is a warning, the script is written all the same.
   * @throws {@link MailcowRejectedError} `sieve_error`: its entry says what is wrong in which line.
   * @see POST /api/v1/add/global-filter
   */
  set(type: keyof GlobalFilterScripts, script: string): Promise<ActionResult[]>;
}

export function filters(calls: Calls): Filters {
  const path = (method: string, mailbox: string) => ({
    path: { mailbox: toAddress(`filters.${method}`, "mailbox", mailbox) },
  });
  const list: Filters["list"] = async (mailbox) =>
    mailbox === undefined
      ? calls.rows("/api/v1/get/filters/all")
      : calls.rows("/api/v1/get/filters/{mailbox}", path("list", mailbox));
  return {
    list,
    add: adder(
      calls,
      "filters.add",
      "/api/v1/add/filter",
      (input: AddFilter) => ({ ...input, username: toAddress("filters.add", "username", input.username) }),
      async ({ username, script_desc }) => newest(await list(username), (row) => row.script_desc === script_desc),
    ),
    edit: editor(calls, "filters.edit", "/api/v1/edit/filter"),
    delete: deleter(calls, "filters.delete", "/api/v1/delete/filter"),
    getActiveScript: async (mailbox) =>
      (await calls.rows("/api/v1/get/active-user-sieve/{mailbox}", path("getActiveScript", mailbox)))[0] ?? null,
  };
}

export function globalFilters(calls: Calls): GlobalFilters {
  return {
    get: async (type) => {
      const script = await calls.data(`/api/v1/get/global_filters/${type}`);
      return typeof script === "string" ? script : "";
    },
    getAll: () => calls.data("/api/v1/get/global_filters/all"),
    set: async (filter_type, script) =>
      calls.write("globalFilters.set", "/api/v1/add/global-filter", {
        filter_type,
        script_data: toText("globalFilters.set", "script", script),
      }),
  };
}
