import { Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import { fieldsOf } from "../../core/lists.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/pushover.ts";
import type { MailboxNames } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/pushover.ts";
import { refusal } from "../../refusal.ts";

export type * from "../../generated/types/pushover.ts";

/** How a mailbox sends push messages. Fields you leave out keep their value. */
export type PushoverSettings = Omit<types.PushoverSettings, "delete">;

/** Push messages through Pushover when mail comes in. No route reads the settings back. */
export class Pushover extends Collection {
  /**
   * Sets how mailboxes send push messages. Fields you leave out keep their value. A mailbox without settings needs
   * `key` and `token`. Settings with both are active by default; the rows of `mailboxes` show this as
   * `pushover_active`.
   *
   * @param settings - `senders`: addresses, as a list or one text; empty for all. `senders_regex`: a pattern with
   * delimiters, such as `/@example\.org$/`.
   * @throws {MailcowRejectedError} `access_denied` (no such mailbox), `pushover_key` or `pushover_token` (a
   * mailbox without settings), or `Invalid regex`.
   * @example
   * const { PUSHOVER_KEY: key, PUSHOVER_TOKEN: token } = process.env;
   * if (key && token) await mcc.pushover.set("ann@example.com", { key, token, title: "New mail" });
   * @see POST /api/v1/edit/pushover
   */
  async set(mailboxes: MailboxNames, settings: PushoverSettings, options?: CallOptions): Promise<Outcome[]> {
    const given = fieldsOf(settings);
    if ("delete" in given) throw refusal("delete", "left out: use the method `delete`", routes.editPushover.path);
    // mailcow breaks off if new settings have no `active`.
    const attr = given.key && given.token ? { active: 1 as const, ...given } : given;
    return this.editing(routes.editPushover, mailboxes, attr, options);
  }

  /**
   * Deletes the settings of mailboxes. mailcow also reports success if there are none.
   *
   * @throws {MailcowRejectedError} `access_denied`: the mailbox does not exist.
   * @see POST /api/v1/edit/pushover
   */
  async delete(mailboxes: MailboxNames, options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editPushover, mailboxes, { delete: true }, options);
  }

  /**
   * Asks Pushover through mailcow whether it knows the key and the token of mailboxes, active or not. Sends no message.
   * Sends one call per mailbox, because mailcow would stop at the first mailbox without settings.
   *
   * @throws {MailcowRejectedError} `pushover_credentials_missing`, `access_denied` (no such mailbox), or a sentence
   * with Pushover's answer.
   * @see POST /api/v1/edit/pushover-test
   */
  async test(mailboxes: MailboxNames, options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editPushoverTest, mailboxes, {}, options);
  }
}
