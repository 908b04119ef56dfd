import { Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/quarantine.ts";
import type { Id, Ids } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/quarantine.ts";

export type * from "../../generated/types/quarantine.ts";

/** Mails that are held back as spam or a virus, by their number. */
export class Quarantine extends Collection {
  /**
   * Lists the mails in quarantine, without their text. `virus_flag` is 0 if there is no virus, and another number if
   * there is one.
   *
   * @see GET /api/v1/get/quarantine/all
   */
  async list(options?: CallOptions): Promise<types.QuarantineItem[]> {
    return this.call(routes.getQuarantineAll, {}, options);
  }

  /**
   * Returns one mail with its text, or `null`. `created` is a date here and Unix seconds in the list; `symbols` and
   * `fuzzy_hashes` are JSON text.
   *
   * @see GET /api/v1/get/quarantine/{id}
   */
  async get(id: Id, options?: CallOptions): Promise<types.QuarantineDetails | null> {
    return this.call(routes.getQuarantine, { id }, options);
  }

  /**
   * Delivers mails to their recipients, removes them from quarantine, and learns them as ham. Sends one call per mail:
   * for several, mailcow does not say which one a result is about. mailcow's `learnham` does the same, so it has no
   * method here: a mail can't be learned as ham without being delivered.
   *
   * @throws {MailcowRejectedError} `access_denied` (the mail does not exist), `Cannot connect to Postfix` or
   * `Postfix returned SMTP code …` (not delivered: the mail stays), or `ham_learn_error` (delivered, but not learned).
   * @throws {MailcowReplyError} The server releases mails as attachments, and Postfix did not accept this one.
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
   * @throws {MailcowRejectedError} `access_denied` (the mail does not exist), or `spam_learn_error`: the mail is
   * deleted, but not learned.
   * @see POST /api/v1/edit/qitem
   */
  async learnSpam(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.editing(routes.editQitem, ids, { action: "learnspam" }, options);
  }

  /**
   * Deletes mails permanently. mailcow also reports success for a mail that does not exist.
   *
   * @see POST /api/v1/delete/qitem
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteQitem, ids, options);
  }
}
