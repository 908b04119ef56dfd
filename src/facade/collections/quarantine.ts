import { Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/quarantine.ts";
import type { Id, Ids } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/quarantine.ts";

export type * from "../../generated/types/quarantine.ts";

/** Mails that were taken for spam or a virus and are kept back, by their number. */
export class Quarantine extends Collection {
  /**
   * Lists the mails in quarantine, without their text. `virus_flag` is 0 for no virus, and any other number for one.
   *
   * @see GET /api/v1/get/quarantine/all
   */
  async list(options?: CallOptions): Promise<types.QuarantineItem[]> {
    return this.call(routes.getQuarantineAll, {}, options);
  }

  /**
   * Reads one mail with its text, or `null`. `created` is a date here and Unix seconds in the list; `symbols` and
   * `fuzzy_hashes` are JSON text.
   *
   * @see GET /api/v1/get/quarantine/{id}
   */
  async get(id: Id, options?: CallOptions): Promise<types.QuarantineDetails | null> {
    return this.call(routes.getQuarantine, { id }, options);
  }

  /**
   * Delivers mails to their recipients, takes them out of quarantine, and learns them as no spam. They are sent one by
   * one: of several, mailcow does not say which of them it means. Its `learnham` does the very same and has no method
   * here: nothing can be learned as no spam without being delivered.
   *
   * @throws {MailcowRejectedError} `access_denied` (there is no such mail), `Cannot connect to Postfix` or
   * `Postfix returned SMTP code …` (not delivered: the mail stays), or `ham_learn_error` (delivered, but not learned).
   * @throws {MailcowReplyError} Mails are released as attachments, and Postfix did not take this one.
   * @example
   * const [mail] = await mcc.quarantine.list();
   * if (mail) await mcc.quarantine.release(mail.id);
   * @see POST /api/v1/edit/qitem
   */
  async release(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.editing(routes.editQitem, ids, { action: "release" }, options);
  }

  /**
   * Learns mails as spam and deletes them, one by one.
   *
   * @throws {MailcowRejectedError} `access_denied` (there is no such mail), or `spam_learn_error`: the mail is
   * deleted, but not learned.
   * @see POST /api/v1/edit/qitem
   */
  async learnSpam(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.editing(routes.editQitem, ids, { action: "learnspam" }, options);
  }

  /**
   * Deletes mails for good. mailcow also says success for one that was not there.
   *
   * @see POST /api/v1/delete/qitem
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteQitem, ids, options);
  }
}
