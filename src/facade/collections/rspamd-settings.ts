import { ById } from "../../calls/by-id.ts";
import type { Calls } from "../../calls/calls.ts";
import type { Add, AddMany, Edit, ForEach } from "../../calls/collection.ts";
import type { AddRspamdSetting, EditRspamdSettingAttributes, RspamdSetting } from "../../types.ts";

/** Pieces of configuration that rspamd, the spam filter, applies to chosen mail. */
export class RspamdSettings extends ById<"rsetting"> {
  /**
   * Lists the settings, active or not.
   *
   * @see GET /api/v1/get/rsetting/all
   */
  declare readonly list: () => Promise<RspamdSetting[]>;
  /**
   * Reads one setting, or `null`.
   *
   * @see GET /api/v1/get/rsetting/{id}
   */
  declare readonly get: (id: number) => Promise<RspamdSetting | null>;
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
  declare readonly add: Add<AddRspamdSetting, RspamdSetting>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/rsetting, GET /api/v1/get/rsetting/all
   */
  declare readonly addMany: AddMany<AddRspamdSetting, RspamdSetting>;
  /**
   * Sets attributes on settings; what is not given keeps its value, but that every edit takes the blanks and line
   * breaks around `content` away.
   *
   * @throws {@link MailcowRejectedError} `settings_map_invalid`: there is none of that id.
   * @see POST /api/v1/edit/rsetting
   */
  declare readonly edit: Edit<number, EditRspamdSettingAttributes>;
  /**
   * Deletes settings. mailcow also says success for one that is not there.
   *
   * @see POST /api/v1/delete/rsetting
   */
  declare readonly delete: ForEach<number>;

  constructor(calls: Calls) {
    const isIt = (row: RspamdSetting, { desc, content }: AddRspamdSetting) =>
      row.desc === desc && row.content === content;
    super(calls, "rsetting", { isIt, defaults: { active: 1 } });
  }
}
