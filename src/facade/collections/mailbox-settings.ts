import type { Edit, ForEach } from "../../calls/collection.ts";
import { refusal } from "../../calls/input.ts";
import { toList, toMailboxName } from "../../calls/names.ts";
import type * as types from "../../types.ts";
import { MailboxCollection, mailboxRows } from "../mailbox-collection.ts";

/** Settings that users can make for their own mailboxes. */
export class MailboxSettings extends MailboxCollection {
  /**
   * Reads the scores from which mail to a mailbox counts as spam: its own ones, else those of the server. `null` where
   * there is no such mailbox. A score that mailcow has lost is `NaN`.
   *
   * @see GET /api/v1/get/spam-score/{mailbox}
   */
  readonly getSpamScore = async (mailbox: string): Promise<types.SpamScore | null> => {
    const path = { mailbox: toMailboxName(mailbox) };
    const row = await this.calls.row("/api/v1/get/spam-score/{mailbox}", { path });
    const [low = "", high = ""] = row?.score.split(",") ?? [];
    return row && { low: Number.parseFloat(low), high: Number.parseFloat(high) };
  };
  /**
   * Sets the scores from which mail to mailboxes counts as spam; `"default"` takes their own ones away, so that the
   * server's count. mailcow also says success for the address of a resource.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @example
   * await mcc.mailboxSettings.setSpamScore("ann@example.com", { low: 5, high: 12.5 });
   * @see POST /api/v1/edit/spam-score
   */
  readonly setSpamScore: Edit<string, types.SpamScore | "default"> = this.setter("spam-score", (score) => {
    if (score !== "default" && !(score.low < score.high)) throw refusal("high", "a number above low");
    return { spam_score: score === "default" ? score : `${score.low},${score.high}` };
  });
  /**
   * Sets what happens to mail to `name+tag@…`: the tag goes into the subject, or the mail into a folder of that name,
   * or neither. No route reads it back.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/delimiter_action, GET /api/v1/get/mailbox/{mailbox},
   * GET /api/v1/get/mailbox/reduced/{domains}
   */
  readonly setDelimiterAction: Edit<string, types.TaggedMailHandler> = async (mailboxes, action) => {
    const items = toList(mailboxes).map(toMailboxName);
    const rowOf = await mailboxRows(this.calls, items);
    const stored = items.map((mailbox) => rowOf(mailbox)?.username ?? mailbox);
    return this.#setAction(stored, action);
  };
  readonly #setAction = this.fieldSetter<types.TaggedMailHandler>("delimiter_action", "tagged_mail_handler");
  /**
   * Sets how often mailboxes are told of their quarantine; read back as `attributes.quarantine_notification`.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/quarantine_notification
   */
  readonly setQuarantineNotification: Edit<string, types.QuarantineNotification> =
    this.fieldSetter("quarantine_notification");
  /**
   * Sets of which quarantined mail mailboxes are told: marked (`add_header`), rejected, or both; read back as
   * `attributes.quarantine_category`.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/quarantine_category
   */
  readonly setQuarantineCategory: Edit<string, types.QuarantineCategory> = this.fieldSetter("quarantine_category");
  /**
   * Empties the ActiveSync cache of mailboxes, so that their devices fetch everything anew. mailcow also says success
   * for the address of a resource.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/delete/eas_cache
   */
  readonly resetEasCache: ForEach<string> = this.deleter("/api/v1/delete/eas_cache", { item: toMailboxName });
  /**
   * Deletes the SOGo profiles of mailboxes: settings, calendars and address books. mailcow also says success for the
   * address of a resource.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/delete/sogo_profile
   */
  readonly resetSogoProfile: ForEach<string> = this.deleter("/api/v1/delete/sogo_profile", { item: toMailboxName });
}

/** Push messages by Pushover when mail comes in. No route reads the settings back. */
export class Pushover extends MailboxCollection {
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
  readonly set: Edit<string, types.PushoverSettings> = this.setter("pushover", (settings) =>
    settings.key && settings.token ? { active: 1, ...settings } : settings,
  );
  /**
   * Deletes the settings of mailboxes. mailcow also says success where there are none.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/pushover
   */
  readonly delete: ForEach<string> = (mailboxes) => this.#delete(mailboxes, true);
  readonly #delete = this.fieldSetter<true>("pushover", "delete");
  /**
   * Has mailcow ask Pushover whether it knows the key and the token of mailboxes, active or not. No message is sent.
   * Each mailbox is a call of its own, for the first without settings would end a call for several.
   *
   * @throws {@link MailcowRejectedError} `pushover_credentials_missing`, `access_denied` (no such mailbox), or a
   * sentence with what Pushover said.
   * @see POST /api/v1/edit/pushover-test
   */
  readonly test: ForEach<string> = this.sender("/api/v1/edit/pushover-test", (items) => ({ items, attr: {} }), single);
}

const single = { item: toMailboxName, size: 1 };
