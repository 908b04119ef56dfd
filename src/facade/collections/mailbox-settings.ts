import type { QuarantineCategory, QuarantineNotification, TaggedMailHandler } from "../../types.ts";
import type { Calls, PostPath } from "../calls.ts";
import { deleter } from "../collection.ts";
import { refusal } from "../input.ts";
import { mailboxRows, mailboxSetter } from "../mailbox-rows.ts";
import { toAddress, toList } from "../names.ts";
import type { Outcome } from "../outcomes.ts";

/** From which score on mail counts as spam. */
export interface SpamScore {
  /** Mail is marked as spam from here on. */
  readonly low: number;
  /** Mail is rejected from here on. */
  readonly high: number;
}

/** Settings that users can make for their own mailboxes. */
export interface MailboxSettings {
  /**
   * Reads the scores from which mail to a mailbox counts as spam: its own ones, else those of the server. `null` where
   * there is no such mailbox. A score that mailcow has lost is `NaN`.
   *
   * @see GET /api/v1/get/spam-score/{mailbox}
   */
  getSpamScore(mailbox: string): Promise<SpamScore | null>;
  /**
   * Sets the scores from which mail to mailboxes counts as spam; `"default"` takes their own ones away, so that the
   * server's count. mailcow also says success for the address of a resource.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @example
   * await mcc.mailboxSettings.setSpamScore("ann@example.com", { low: 5, high: 12.5 });
   * @see POST /api/v1/edit/spam-score
   */
  setSpamScore(mailboxes: string | readonly string[], score: SpamScore | "default"): Promise<Outcome[]>;
  /**
   * Sets what happens to mail to `name+tag@…`: the tag goes into the subject, or the mail into a folder of that name,
   * or neither. No route reads it back.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/delimiter_action, GET /api/v1/get/mailbox/{mailbox},
   * GET /api/v1/get/mailbox/reduced/{domains}
   */
  setDelimiterAction(mailboxes: string | readonly string[], action: TaggedMailHandler): Promise<Outcome[]>;
  /**
   * Sets how often mailboxes are told of their quarantine; read back as `attributes.quarantine_notification`.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/quarantine_notification
   */
  setQuarantineNotification(mailboxes: string | readonly string[], often: QuarantineNotification): Promise<Outcome[]>;
  /**
   * Sets of which quarantined mail mailboxes are told: marked (`add_header`), rejected, or both; read back as
   * `attributes.quarantine_category`.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/edit/quarantine_category
   */
  setQuarantineCategory(mailboxes: string | readonly string[], category: QuarantineCategory): Promise<Outcome[]>;
  /**
   * Empties the ActiveSync cache of mailboxes, so that their devices fetch everything anew. mailcow also says success
   * for the address of a resource.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/delete/eas_cache
   */
  resetEasCache(mailboxes: string | readonly string[]): Promise<Outcome[]>;
  /**
   * Deletes the SOGo profiles of mailboxes: settings, calendars and address books. mailcow also says success for the
   * address of a resource.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such mailbox.
   * @see POST /api/v1/delete/sogo_profile
   */
  resetSogoProfile(mailboxes: string | readonly string[]): Promise<Outcome[]>;
}

export function mailboxSettings(calls: Calls): MailboxSettings {
  const address = (method: string) => (mailbox: string) => toAddress(`mailboxSettings.${method}`, "mailbox", mailbox);
  const set = mailboxSetter(calls, "mailboxSettings");
  const reset = (method: string, path: PostPath) => deleter(calls, `mailboxSettings.${method}`, path, address(method));
  const setScore = set("setSpamScore", "spam-score", "spam_score");
  const setAction = set("setDelimiterAction", "delimiter_action", "tagged_mail_handler");
  return {
    getSpamScore: async (mailbox) => {
      const path = { mailbox: address("getSpamScore")(mailbox) };
      const row = await calls.row("/api/v1/get/spam-score/{mailbox}", { path });
      const [low = "", high = ""] = row?.score.split(",") ?? [];
      return row && { low: Number.parseFloat(low), high: Number.parseFloat(high) };
    },
    setSpamScore: async (mailboxes, score) => {
      if (score === "default") return setScore(mailboxes, score);
      // mailcow would take them the wrong way round too.
      if (!(score.low < score.high)) throw refusal("mailboxSettings.setSpamScore", "high", "a number above low");
      return setScore(mailboxes, `${score.low},${score.high}`);
    },
    setDelimiterAction: async (mailboxes, action) => {
      // mailcow keeps it under the name as it is sent, and looks for it under the name as it is spelled.
      const items = toList(mailboxes).map(address("setDelimiterAction"));
      const rowOf = await mailboxRows(calls, items);
      return setAction(
        items.map((mailbox) => rowOf(mailbox)?.username ?? mailbox),
        action,
      );
    },
    setQuarantineNotification: set("setQuarantineNotification", "quarantine_notification", "quarantine_notification"),
    setQuarantineCategory: set("setQuarantineCategory", "quarantine_category", "quarantine_category"),
    resetEasCache: reset("resetEasCache", "/api/v1/delete/eas_cache"),
    resetSogoProfile: reset("resetSogoProfile", "/api/v1/delete/sogo_profile"),
  };
}
