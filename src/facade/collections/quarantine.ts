import type { QuarantineDetails, QuarantineItem } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { deleter, oneByOne } from "../collection.ts";
import type { Outcome } from "../outcomes.ts";

/** Mails that were taken for spam or a virus and are kept back, by their number. */
export interface Quarantine {
  /**
   * Lists the mails in quarantine, without their text. `virus_flag` is 0 for no virus, and any other number for one.
   *
   * @see GET /api/v1/get/quarantine/all
   */
  list(): Promise<QuarantineItem[]>;
  /**
   * Reads one mail with its text, or `null`. `created` is a date here and Unix seconds in the list; `symbols` and
   * `fuzzy_hashes` are JSON text.
   *
   * @see GET /api/v1/get/quarantine/{id}
   */
  get(id: number): Promise<QuarantineDetails | null>;
  /**
   * Delivers mails to their recipients, takes them out of quarantine, and learns them as no spam. They are sent one by
   * one: to several, mailcow does not say which of them it means.
   *
   * @throws {@link MailcowRejectedError} `access_denied` (there is no such mail), `Cannot connect to Postfix` or
   * `Postfix returned SMTP code …` (not delivered: the mail stays), or `ham_learn_error` (delivered, but not learned).
   * @throws {@link MailcowReplyError} Mails are released as attachments, and Postfix did not take this one.
   * @example
   * const [mail] = await mcc.quarantine.list();
   * if (mail) await mcc.quarantine.release(mail.id);
   * @see POST /api/v1/edit/qitem
   */
  release(ids: number | readonly number[]): Promise<Outcome<number>[]>;
  /**
   * **Delivers the mails to their recipients**, and learns them as no spam: to mailcow this is the same as `release`,
   * with the same refusals. There is no way to learn a mail as no spam and not deliver it.
   *
   * @see POST /api/v1/edit/qitem
   */
  learnHam(ids: number | readonly number[]): Promise<Outcome<number>[]>;
  /**
   * Learns mails as spam and deletes them, one by one.
   *
   * @throws {@link MailcowRejectedError} `access_denied` (there is no such mail), or `spam_learn_error`: the mail is
   * deleted, but not learned.
   * @see POST /api/v1/edit/qitem
   */
  learnSpam(ids: number | readonly number[]): Promise<Outcome<number>[]>;
  /**
   * Deletes mails for good. mailcow also says success for one that was not there.
   *
   * @see POST /api/v1/delete/qitem
   */
  delete(ids: number | readonly number[]): Promise<Outcome<number>[]>;
}

export function quarantine(calls: Calls): Quarantine {
  const act = (method: string, action: "release" | "learnham" | "learnspam") =>
    oneByOne(calls, `quarantine.${method}`, "/api/v1/edit/qitem", (items: number[]) => ({ items, attr: { action } }));
  return {
    list: () => calls.rows("/api/v1/get/quarantine/all"),
    get: (id) => calls.row("/api/v1/get/quarantine/{id}", { path: { id } }),
    release: act("release", "release"),
    learnHam: act("learnHam", "learnham"),
    learnSpam: act("learnSpam", "learnspam"),
    delete: deleter(calls, "quarantine.delete", "/api/v1/delete/qitem"),
  };
}
