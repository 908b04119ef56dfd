import type { ActionResult } from "../../contract.ts";
import { Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import type { CallOptions } from "../../core/options.ts";
import { MailcowReplyError } from "../../errors.ts";
import * as routes from "../../generated/routes/mail-queue.ts";
import type * as types from "../../generated/types/mail-queue.ts";

export type * from "../../generated/types/mail-queue.ts";

/**
 * Mails that wait in Postfix, by their queue id, which is case-sensitive. mailcow sends one result for all ids of a
 * call, and also reports success for mails that are not in the queue.
 */
export class MailQueue extends Collection {
  /**
   * Lists the mails in the queue, at most 10000. A stopped Postfix looks like an empty queue.
   *
   * @see GET /api/v1/get/mailq/all
   */
  async list(options?: CallOptions): Promise<types.QueuedMail[]> {
    return this.call(routes.getMailqAll, {}, options);
  }

  /**
   * Returns envelope, headers and text of one mail, as `postcat` prints them; `null` if it is not in the queue. The
   * call leaves a row in the log of the web interface.
   *
   * @throws {MailcowReplyError} Postfix is stopped.
   * @see GET /api/v1/get/postcat/{queueId}
   */
  async get(queueId: types.QueueId, options?: CallOptions): Promise<string | null> {
    const text = await this.call(routes.getPostcat, { queueId }, options);
    // Postfix may print warnings about its settings before this.
    if (/^\*\*\* ENVELOPE RECORDS /m.test(text)) return text;
    if (/^postcat: fatal: open queue file/m.test(text)) return null;
    throw new MailcowReplyError("get/postcat: the server's answer is not a mail");
  }

  /**
   * Holds mails until `unhold`.
   *
   * @throws {MailcowRejectedError} `unknown`: Postfix is stopped.
   * @see POST /api/v1/edit/mailq
   */
  async hold(queueIds: types.QueueId | readonly types.QueueId[], options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editMailq, queueIds, { action: "hold" }, options);
  }

  /**
   * Releases held mails.
   *
   * @throws {MailcowRejectedError} `unknown`: Postfix is stopped.
   * @see POST /api/v1/edit/mailq
   */
  async unhold(queueIds: types.QueueId | readonly types.QueueId[], options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editMailq, queueIds, { action: "unhold" }, options);
  }

  /**
   * Tries to deliver mails now.
   *
   * @throws {MailcowRejectedError} `unknown`: Postfix is stopped.
   * @see POST /api/v1/edit/mailq
   */
  async deliver(queueIds: types.QueueId | readonly types.QueueId[], options?: CallOptions): Promise<Outcome[]> {
    return this.editing(routes.editMailq, queueIds, { action: "deliver" }, options);
  }

  /**
   * Tries to deliver the whole queue now.
   *
   * @throws {MailcowRejectedError} `unknown`: Postfix is stopped.
   * @example
   * await mcc.mailQueue.flush();
   * @see POST /api/v1/edit/mailq
   */
  async flush(options?: CallOptions): Promise<ActionResult[]> {
    return this.call(routes.editMailq, { attr: { action: "flush" } }, options);
  }

  /**
   * **Deletes every mail in the queue** permanently. Senders and recipients are not notified.
   *
   * @throws {MailcowRejectedError} `unknown`: Postfix is stopped.
   * @see POST /api/v1/edit/mailq
   */
  async deleteAll(options?: CallOptions): Promise<ActionResult[]> {
    return this.call(routes.editMailq, { attr: { action: "super_delete" } }, options);
  }

  /**
   * Deletes mails permanently. Senders and recipients are not notified.
   *
   * @throws {MailcowRejectedError} `unknown`: Postfix is stopped.
   * @see POST /api/v1/delete/mailq
   */
  async delete(queueIds: types.QueueId | readonly types.QueueId[], options?: CallOptions): Promise<Outcome[]> {
    return this.each(routes.deleteMailq, queueIds, options);
  }
}
