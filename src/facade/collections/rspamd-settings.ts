import type { AddRspamdSetting, EditRspamdSettingAttributes, RspamdSetting } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, type AddMany, byId } from "../collection.ts";
import type { Outcome } from "../outcomes.ts";

/** Pieces of configuration that rspamd, the spam filter, applies to chosen mail. */
export interface RspamdSettings {
  /**
   * Lists the settings, active or not.
   *
   * @see GET /api/v1/get/rsetting/all
   */
  list(): Promise<RspamdSetting[]>;
  /**
   * Reads one setting, or `null`.
   *
   * @see GET /api/v1/get/rsetting/{id}
   */
  get(id: number): Promise<RspamdSetting | null>;
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
  add: Add<AddRspamdSetting, RspamdSetting>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/rsetting, GET /api/v1/get/rsetting/all
   */
  addMany: AddMany<AddRspamdSetting, RspamdSetting>;
  /**
   * Sets attributes on settings; what is not given keeps its value, but that every edit takes the blanks and line
   * breaks around `content` away.
   *
   * @throws {@link MailcowRejectedError} `settings_map_invalid`: there is none of that id.
   * @see POST /api/v1/edit/rsetting
   */
  edit(ids: number | readonly number[], attr: EditRspamdSettingAttributes): Promise<Outcome<number>[]>;
  /**
   * Deletes settings. mailcow also says success for one that is not there.
   *
   * @see POST /api/v1/delete/rsetting
   */
  delete(ids: number | readonly number[]): Promise<Outcome<number>[]>;
}

export function rspamdSettings(calls: Calls): RspamdSettings {
  const isIt = (row: RspamdSetting, { desc, content }: AddRspamdSetting) =>
    row.desc === desc && row.content === content;
  return byId(calls, "rspamdSettings", "rsetting", isIt, { active: 1 });
}
