import { Addable, type AddOptions } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/rspamd-settings.ts";
import type { Id, Ids } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/rspamd-settings.ts";

export type * from "../../generated/types/rspamd-settings.ts";

/** Pieces of configuration that rspamd, the spam filter, applies to selected mail. */
export class RspamdSettings extends Addable<types.NewRspamdSetting, types.RspamdSetting> {
  /**
   * Lists the settings, active or not.
   *
   * @see GET /api/v1/get/rsetting/all
   */
  async list(options?: CallOptions): Promise<types.RspamdSetting[]> {
    return this.call(routes.getRsettingAll, {}, options);
  }

  /**
   * Returns one setting, or `null`.
   *
   * @see GET /api/v1/get/rsetting/{id}
   */
  async get(id: Id, options?: CallOptions): Promise<types.RspamdSetting | null> {
    return this.call(routes.getRsetting, { id }, options);
  }

  /** Adds a setting; with `read: false`, returns `null` and saves the request that reads it back. */
  add(setting: types.NewRspamdSetting, options: AddOptions): Promise<types.RspamdSetting | null>;
  /**
   * Adds a setting, active by default. Neither mailcow nor this client checks `content`; only rspamd finds a mistake in
   * it.
   *
   * @returns The setting as mailcow stores it, with its id.
   * @throws {MailcowRejectedError} `map_content_empty`.
   * @throws {MailcowReplyError} It was added, but another program added an equal one at the same time. The message
   * names both ids.
   * @example
   * const content = 'newsletter { priority = 10; rcpt = "@example.com"; apply "default" { SYMBOL = 5.0; } }';
   * const { id } = await mcc.rspamdSettings.add({ desc: "Newsletter", content });
   * @see POST /api/v1/add/rsetting, GET /api/v1/get/rsetting/all
   */
  add(setting: types.NewRspamdSetting, options?: CallOptions): Promise<types.RspamdSetting>;
  async add(setting: types.NewRspamdSetting, options?: Partial<AddOptions>): Promise<types.RspamdSetting | null> {
    const look = ({ desc, content, active }: types.NewRspamdSetting | types.RspamdSetting) => [desc, content, active];
    return this.addingUnnamed(routes.addRsetting, setting, options, {
      list: (call: CallOptions) => this.list(call),
      sent: look,
      row: look,
    });
  }

  /**
   * Sets attributes on settings. Fields you leave out keep their value, but every edit removes the blanks and line
   * breaks around `content`.
   *
   * @throws {MailcowRejectedError} `settings_map_invalid`: unknown id.
   * @see POST /api/v1/edit/rsetting
   */
  async edit(ids: Ids, changes: types.RspamdSettingChanges, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.editing(routes.editRsetting, ids, changes, options);
  }

  /**
   * Deletes settings. mailcow also reports success for a setting that does not exist.
   *
   * @see POST /api/v1/delete/rsetting
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteRsetting, ids, options);
  }
}
