import { ById } from "../../calls/by-id.ts";
import type { Calls } from "../../calls/calls.ts";
import { type Add, type AddMany, Collection, type Edit, type ForEach, newest } from "../../calls/collection.ts";
import { toText } from "../../calls/input.ts";
import { toAddress, toMailboxName } from "../../calls/names.ts";
import type * as types from "../../types.ts";

/** Sieve filters of mailboxes. At most one of each type (`prefilter`, `postfilter`) is active in a mailbox. */
export class Filters extends Collection {
  /**
   * Lists filters: those of a mailbox, or all.
   *
   * @see GET /api/v1/get/filters/{mailbox}, GET /api/v1/get/filters/all
   */
  readonly list = async (mailbox?: string): Promise<types.Filter[]> =>
    mailbox === undefined
      ? this.calls.rows("/api/v1/get/filters/all")
      : this.calls.rows("/api/v1/get/filters/{mailbox}", { path: { mailbox: toMailboxName(mailbox) } });
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
  readonly add: Add<types.AddFilter, types.Filter> = this.adder(
    "/api/v1/add/filter",
    (input: types.AddFilter) => ({ ...input, username: toAddress(input.username, "username") }),
    async ({ username, script_desc }) => newest(await this.list(username), (row) => row.script_desc === script_desc),
  );
  /**
   * Sets attributes on filters; what is not given keeps its value. One that is or becomes active switches off the
   * active one of its type; of several, the last stays active. The script is checked anew with every edit.
   *
   * @throws {@link MailcowRejectedError} `access_denied` (there is none of that id) or `sieve_error`.
   * @see POST /api/v1/edit/filter
   */
  readonly edit: Edit<number, types.EditFilterAttributes> = this.editor("/api/v1/edit/filter");
  /**
   * Deletes filters.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is none of that id.
   * @see POST /api/v1/delete/filter
   */
  readonly delete: ForEach<number> = this.deleter("/api/v1/delete/filter");
  /**
   * The script that the user of a mailbox has activated by ManageSieve, such as in SOGo; `null` where there is none,
   * or no such mailbox.
   *
   * @see GET /api/v1/get/active-user-sieve/{mailbox}
   */
  readonly getActiveScript = async (mailbox: string): Promise<string | null> => {
    const path = { mailbox: toMailboxName(mailbox) };
    return (await this.calls.rows("/api/v1/get/active-user-sieve/{mailbox}", { path }))[0] ?? null;
  };
}

/** The Sieve scripts that run before and after those of every mailbox. */
export class GlobalFilters extends Collection {
  /**
   * Reads one script; empty where there is none.
   *
   * @see GET /api/v1/get/global_filters/prefilter, GET /api/v1/get/global_filters/postfilter
   */
  readonly get = async (type: keyof types.GlobalFilterScripts): Promise<string> => {
    const script = await this.calls.data(`/api/v1/get/global_filters/${type}`);
    return typeof script === "string" ? script : "";
  };
  /**
   * Reads both scripts.
   *
   * @see GET /api/v1/get/global_filters/all
   */
  readonly getAll = (): Promise<types.GlobalFilterScripts> => this.calls.data("/api/v1/get/global_filters/all");
  /**
   * Writes one script in the place of the old one, and restarts dovecot. An empty text takes the script away.
   *
   * @returns What mailcow says; `dovecot_restart_failed` is a warning, the script is written all the same.
   * @throws {@link MailcowRejectedError} `sieve_error`: its entry says what is wrong in which line.
   * @see POST /api/v1/add/global-filter
   */
  readonly set = async (filter_type: keyof types.GlobalFilterScripts, script: string): Promise<types.ActionResult[]> =>
    this.calls.write("/api/v1/add/global-filter", { filter_type, script_data: toText("script", script) });
}

/** Pieces of configuration that rspamd, the spam filter, applies to chosen mail. */
export class RspamdSettings extends ById<"rsetting"> {
  /**
   * Lists the settings, active or not.
   *
   * @see GET /api/v1/get/rsetting/all
   */
  declare readonly list: () => Promise<types.RspamdSetting[]>;
  /**
   * Reads one setting, or `null`.
   *
   * @see GET /api/v1/get/rsetting/{id}
   */
  declare readonly get: (id: number) => Promise<types.RspamdSetting | null>;
  /**
   * Adds a setting, active unless `active` says otherwise. Neither mailcow nor this client checks `content`: a mistake
   * in it is only noticed by rspamd.
   *
   * @throws {@link MailcowRejectedError} `map_content_empty`.
   * @example
   * const content = 'newsletter { priority = 10; rcpt = "@example.com"; apply "default" { SYMBOL = 5.0; } }';
   * const { id } = await mcc.rspamdSettings.add({ desc: "Newsletter", content });
   * @see POST /api/v1/add/rsetting, GET /api/v1/get/rsetting/all
   */
  declare readonly add: Add<types.AddRspamdSetting, types.RspamdSetting>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/rsetting, GET /api/v1/get/rsetting/all
   */
  declare readonly addMany: AddMany<types.AddRspamdSetting, types.RspamdSetting>;
  /**
   * Sets attributes on settings; what is not given keeps its value, but that every edit takes the blanks and line
   * breaks around `content` away.
   *
   * @throws {@link MailcowRejectedError} `settings_map_invalid`: there is none of that id.
   * @see POST /api/v1/edit/rsetting
   */
  declare readonly edit: Edit<number, types.EditRspamdSettingAttributes>;
  /**
   * Deletes settings. mailcow also says success for one that is not there.
   *
   * @see POST /api/v1/delete/rsetting
   */
  declare readonly delete: ForEach<number>;

  constructor(calls: Calls) {
    const isIt = (row: types.RspamdSetting, { desc, content }: types.AddRspamdSetting) =>
      row.desc === desc && row.content === content;
    super(calls, "rsetting", { isIt, defaults: { active: 1 } });
  }
}
