import { Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import { fieldsOf } from "../../core/lists.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/pushover.ts";
import type { MailboxNames } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/pushover.ts";
import { refusal } from "../../refusal.ts";

export type * from "../../generated/types/pushover.ts";

/** How a mailbox sends push messages; what is not given keeps its value. */
export type PushoverSettings = Omit<types.PushoverSettings, "delete">;

/** Push messages by Pushover when mail comes in. No route reads the settings back. */
export class Pushover extends Collection {
  /**
   * Sets how mailboxes send push messages; what is not given keeps its value. A mailbox without settings needs `key`
   * and `token`. Settings with both are active unless `active` says otherwise; a row of `mailboxes` shows it as
   * `pushover_active`.
   *
   * @param settings - `senders`: addresses, in a list or in one text; none for all. `senders_regex`: with delimiters,
   * such as `/@example\.org$/`.
   * @throws {MailcowRejectedError} `access_denied` (no such mailbox), `pushover_key` or `pushover_token` (a
   * mailbox without settings), or `Invalid regex`.
   * @example
   * await mcc.pushover.set("ann@example.com", { key, token, title: "New mail" });
   * @see POST /api/v1/edit/pushover
   */
  async set(mailboxes: MailboxNames, settings: PushoverSettings, options?: CallOptions): Promise<Outcome[]> {
    const given = fieldsOf(settings);
    if ("delete" in given) throw refusal("delete", "left out: the method `delete` does it", routes.editPushover.path);
    // mailcow breaks off where settings are new and do not say whether they are active.
    const attr = given.key && given.token ? { active: 1 as const, ...given } : given;
    return this.editing(routes.editPushover, mailboxes, attr, options);
  }

  /**
   * Deletes the settings of mailboxes. mailcow also says success if there are none.
   *
   * @throws {MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/pushover
   */
  async delete(mailboxes: MailboxNames, options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editPushover, mailboxes, { delete: true }, options);
  }

  /**
   * Has mailcow ask Pushover whether it knows the key and the token of mailboxes, active or not. No message is sent.
   * Each mailbox is a call of its own, as the first without settings would end a call for several.
   *
   * @throws {MailcowRejectedError} `pushover_credentials_missing`, `access_denied` (no such mailbox), or a
   * sentence with what Pushover said.
   * @see POST /api/v1/edit/pushover-test
   */
  async test(mailboxes: MailboxNames, options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editPushoverTest, mailboxes, {}, options);
  }
}
