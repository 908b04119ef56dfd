import { Collection, type ForEach } from "../../calls/collection.ts";
import type { QuarantineDetails, QuarantineItem } from "../../types.ts";

/** Mails that were taken for spam or a virus and are kept back, by their number. */
export class Quarantine extends Collection {
  /**
   * Lists the mails in quarantine, without their text. `virus_flag` is 0 for no virus, and any other number for one.
   *
   * @see GET /api/v1/get/quarantine/all
   */
  readonly list = (): Promise<QuarantineItem[]> => this.calls.rows("/api/v1/get/quarantine/all");
  /**
   * Reads one mail with its text, or `null`. `created` is a date here and Unix seconds in the list; `symbols` and
   * `fuzzy_hashes` are JSON text.
   *
   * @see GET /api/v1/get/quarantine/{id}
   */
  readonly get = (id: number): Promise<QuarantineDetails | null> =>
    this.calls.row("/api/v1/get/quarantine/{id}", { path: { id } });
  /**
   * Delivers mails to their recipients, takes them out of quarantine, and learns them as no spam. They are sent one by
   * one: to several, mailcow does not say which of them it means. Its `learnham` is the very same and has no method here:
   * nothing can be learned as no spam without being delivered.
   *
   * @throws {@link MailcowRejectedError} `access_denied` (there is no such mail), `Cannot connect to Postfix` or
   * `Postfix returned SMTP code …` (not delivered: the mail stays), or `ham_learn_error` (delivered, but not learned).
   * @throws {@link MailcowReplyError} Mails are released as attachments, and Postfix did not take this one.
   * @example
   * const [mail] = await mcc.quarantine.list();
   * if (mail) await mcc.quarantine.release(mail.id);
   * @see POST /api/v1/edit/qitem
   */
  readonly release: ForEach<number> = this.#act("release");
  /**
   * Learns mails as spam and deletes them, one by one.
   *
   * @throws {@link MailcowRejectedError} `access_denied` (there is no such mail), or `spam_learn_error`: the mail is
   * deleted, but not learned.
   * @see POST /api/v1/edit/qitem
   */
  readonly learnSpam: ForEach<number> = this.#act("learnspam");
  /**
   * Deletes mails for good. mailcow also says success for one that was not there.
   *
   * @see POST /api/v1/delete/qitem
   */
  readonly delete: ForEach<number> = this.deleter("/api/v1/delete/qitem");

  #act(action: "release" | "learnspam"): ForEach<number> {
    return this.sender("/api/v1/edit/qitem", (items) => ({ items, attr: { action } }), { size: 1 });
  }
}
