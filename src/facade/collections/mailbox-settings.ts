import { Collection, checkedItems } from "../../core/collection.ts";
import { absent, type Outcome, perItem } from "../../core/each.ts";
import { toList } from "../../core/lists.ts";
import { type CallOptions, callOptionsOf } from "../../core/options.ts";
import { fitted } from "../../core/prepare.ts";
import { isStill } from "../../core/releases.ts";
import { together } from "../../core/together.ts";
import * as routes from "../../generated/routes/mailbox-settings.ts";
import type { MailboxNames, TaggedMailHandler } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/mailbox-settings.ts";
import { refusal } from "../../refusal.ts";
import { mailboxRows } from "../mailbox-rows.ts";

export type * from "../../generated/types/mailbox-settings.ts";

/** How often a mailbox is notified about its quarantine. */
export type QuarantineNotification = types.QuarantineNotification["quarantine_notification"];

/** Which quarantined mail a mailbox is notified about: marked (`add_header`), rejected, or both. */
export type QuarantineCategory = types.QuarantineCategory["quarantine_category"];

/** The scores from which mail counts as spam. */
export interface SpamScore {
  /** From this score, mail is marked as spam. */
  readonly low: number;
  /** From this score, mail is rejected. */
  readonly high: number;
}

/** Settings that users can make for their own mailboxes. */
export class MailboxSettings extends Collection {
  /**
   * Returns the scores from which mail to a mailbox counts as spam: its own, else the server's; `null` if the mailbox
   * does not exist. A score that mailcow has lost is `NaN`.
   *
   * @see GET /api/v1/get/spam-score/{mailbox}
   */
  async getSpamScore(mailbox: string, options?: CallOptions): Promise<SpamScore | null> {
    const row = await this.call(routes.getSpamScore, { mailbox }, options);
    const [low = "", high = ""] = String(row?.score).split(",");
    return row && { low: Number.parseFloat(low), high: Number.parseFloat(high) };
  }

  /**
   * Sets the scores from which mail to mailboxes counts as spam; `"default"` removes their own scores, so that the
   * server's apply. mailcow also reports success for the address of a resource. Up to 2026-03a, mailcow reports success
   * for a mailbox that does not exist too, so the scores are read first unless the server is newer.
   *
   * @throws {MailcowRejectedError} `access_denied`: the mailbox does not exist.
   * @example
   * await mcc.mailboxSettings.setSpamScore("ann@example.com", { low: 5, high: 12.5 });
   * @see POST /api/v1/edit/spam-score, GET /api/v1/get/status/version, GET /api/v1/get/spam-score/{mailbox}
   */
  async setSpamScore(mailboxes: MailboxNames, score: SpamScore | "default", options?: CallOptions): Promise<Outcome[]> {
    const call = callOptionsOf(options);
    const attr = { spam_score: toText(score) };
    const { items } = checkedItems(routes.editSpamScore, toList(mailboxes), (part) => ({ items: part, attr }), call);
    const isOld = items.length > 0 && isStill(routes.editSpamScore, await this.core.release(call), true);
    const scores = isOld ? await together(items, (mailbox) => this.getSpamScore(mailbox, call)) : [];
    if (!scores.includes(null)) return this.editing(routes.editSpamScore, items, attr, call);
    return perItem(items, async (mailbox) => {
      if (scores[items.indexOf(mailbox)] === null) throw absent(routes.editSpamScore, mailbox, "access_denied");
      return this.call(routes.editSpamScore, { items: [mailbox], attr }, call);
    });
  }

  /**
   * Sets what happens to mail to `name+tag@…`: the tag goes into the subject, the mail goes into a folder with that
   * name, or neither. No route reads it back. It only works under the exact spelling of the mailbox, so that is looked
   * up first.
   *
   * @throws {MailcowRejectedError} `access_denied`: the mailbox does not exist.
   * @see POST /api/v1/edit/delimiter_action, GET /api/v1/get/mailbox/{mailbox},
   * GET /api/v1/get/mailbox/reduced/{domains}
   */
  async setDelimiterAction(
    mailboxes: MailboxNames,
    action: TaggedMailHandler,
    options?: CallOptions,
  ): Promise<Outcome[]> {
    const call = callOptionsOf(options);
    const attr = { tagged_mail_handler: action };
    const { items } = checkedItems(
      routes.editDelimiterAction,
      toList(mailboxes),
      (part) => ({ items: part, attr }),
      call,
    );
    const rowOf = await mailboxRows(this.core, items, call);
    const stored = items.map((mailbox) => rowOf(mailbox)?.username ?? mailbox.toLowerCase());
    return this.editing(routes.editDelimiterAction, stored, attr, call);
  }

  /**
   * Sets how often mailboxes are notified about their quarantine; read back as `attributes.quarantine_notification`.
   *
   * @throws {MailcowRejectedError} `access_denied`: the mailbox does not exist.
   * @see POST /api/v1/edit/quarantine_notification
   */
  async setQuarantineNotification(
    mailboxes: MailboxNames,
    notification: QuarantineNotification,
    options?: CallOptions,
  ): Promise<Outcome[]> {
    const attr = { quarantine_notification: notification };
    return this.editing(routes.editQuarantineNotification, mailboxes, attr, options);
  }

  /**
   * Sets which quarantined mail mailboxes are notified about: marked (`add_header`), rejected, or both; read back as
   * `attributes.quarantine_category`.
   *
   * @throws {MailcowRejectedError} `access_denied`: the mailbox does not exist.
   * @see POST /api/v1/edit/quarantine_category
   */
  async setQuarantineCategory(
    mailboxes: MailboxNames,
    category: QuarantineCategory,
    options?: CallOptions,
  ): Promise<Outcome[]> {
    return this.editing(routes.editQuarantineCategory, mailboxes, { quarantine_category: category }, options);
  }

  /**
   * Empties the ActiveSync cache of mailboxes, so that their devices fetch everything again. mailcow also reports
   * success for the address of a resource.
   *
   * @throws {MailcowRejectedError} `access_denied`: the mailbox does not exist.
   * @see POST /api/v1/delete/eas_cache
   */
  async resetEasCache(mailboxes: MailboxNames, options?: CallOptions): Promise<Outcome[]> {
    return this.each(routes.deleteEasCache, mailboxes, options);
  }

  /**
   * Deletes the SOGo profiles of mailboxes: settings, calendars and address books, one call each. mailcow also reports
   * success for the address of a resource. Addresses with an apostrophe come last: a mailcow up to 2026-07 fails at them
   * without an answer.
   *
   * @returns What happened to each, in the order of deletion.
   * @throws {MailcowRejectedError} `access_denied`: the mailbox does not exist.
   * @see POST /api/v1/delete/sogo_profile
   */
  async resetSogoProfile(mailboxes: MailboxNames, options?: CallOptions): Promise<Outcome[]> {
    return this.each(routes.deleteSogoProfile, mailboxes, options);
  }
}

const scores = {
  anyOf: [
    { enum: ["default"] },
    { type: "object", required: ["low", "high"], properties: { low: { type: "number" }, high: { type: "number" } } },
  ],
};

/** Scores in mailcow's form. Refuses a high score below the low one, which mailcow would store. */
function toText(score: SpamScore | "default"): string {
  const { path } = routes.editSpamScore;
  fitted(scores, score, path, "score");
  if (score === "default") return score;
  if (score.low >= score.high) throw refusal("score.high", "a number above low", path);
  return `${score.low},${score.high}`;
}
