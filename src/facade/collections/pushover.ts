import type { PushoverSettings } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { mailboxSetter } from "../mailbox-rows.ts";
import { toAddress, toList } from "../names.ts";
import { type Outcome, perItem } from "../outcomes.ts";

/** Push messages by Pushover when mail comes in. No route reads the settings back. */
export interface Pushover {
  /**
   * Sets how mailboxes send push messages; what is not given keeps its value. A mailbox without settings needs `key`
   * and `token`. Settings with both are active unless `active` says otherwise; a row of `mailboxes` shows it as
   * `pushover_active`.
   *
   * @param settings - `senders`: addresses in one text; mailcow drops what is none without a word. `senders_regex`:
   * with delimiters, such as `/@example\.org$/`.
   * @throws {@link MailcowRejectedError} `access_denied` (no such mailbox), `pushover_key` or `pushover_token` (a
   * mailbox without settings), or `Invalid regex`.
   * @example
   * await mcc.pushover.set("ann@example.com", { key, token, title: "New mail" });
   * @see POST /api/v1/edit/pushover
   */
  set(mailboxes: string | readonly string[], settings: PushoverSettings): Promise<Outcome[]>;
  /**
   * Deletes the settings of mailboxes. mailcow also says success where there are none.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/pushover
   */
  delete(mailboxes: string | readonly string[]): Promise<Outcome[]>;
  /**
   * Has mailcow ask Pushover whether it knows the key and the token of mailboxes, active or not. No message is sent.
   * Each mailbox is a call of its own, for the first without settings would end a call for several.
   *
   * @throws {@link MailcowRejectedError} `pushover_credentials_missing`, `access_denied` (no such mailbox), or a
   * sentence with what Pushover said.
   * @see POST /api/v1/edit/pushover-test
   */
  test(mailboxes: string | readonly string[]): Promise<Outcome[]>;
}

export function pushover(calls: Calls): Pushover {
  const set = mailboxSetter(calls, "pushover");
  const change = set<PushoverSettings>("set", "pushover");
  const remove = set("delete", "pushover", "delete");
  const address = (mailbox: string) => toAddress("pushover.test", "mailbox", mailbox);
  const test = (items: string[]) => calls.write("pushover.test", "/api/v1/edit/pushover-test", { items, attr: {} });
  return {
    // mailcow fails on new settings without `active`.
    set: async (mailboxes, settings) =>
      change(mailboxes, settings.key && settings.token ? { active: 1, ...settings } : settings),
    delete: (mailboxes) => remove(mailboxes, true),
    test: async (mailboxes) => perItem(toList(mailboxes).map(address), test, { size: 1 }),
  };
}
