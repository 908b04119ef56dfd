import type { Body, PostPath } from "../../calls/calls.ts";
import { Collection, type ForEach } from "../../calls/collection.ts";
import { refusal } from "../../calls/input.ts";
import { perItem } from "../../calls/outcomes.ts";
import type { ActionResult, QueuedMail } from "../../types.ts";

/**
 * Mails that wait in Postfix, by their queue id; upper and lower case differ. mailcow says one thing for all ids of a
 * call, and success also for mails that are not in the queue.
 */
export class MailQueue extends Collection {
  /**
   * Lists the mails in the queue, at most 10000. A stopped Postfix looks like an empty queue.
   *
   * @see GET /api/v1/get/mailq/all
   */
  readonly list = (): Promise<QueuedMail[]> => this.calls.rows("/api/v1/get/mailq/all");
  /**
   * Reads envelope, headers and text of one mail, as `postcat` prints them; `null` where it is not in the queue. The
   * call leaves a row in the log of the web interface.
   *
   * @throws {@link MailcowReplyError} Postfix is stopped.
   * @see GET /api/v1/get/postcat/{queueId}
   */
  readonly get = async (queueId: string): Promise<string | null> => {
    if (!/^[0-9a-f]+$/i.test(queueId)) throw refusal("queueId", "hexadecimal, such as C1A0000001");
    const text = await this.calls.data("/api/v1/get/postcat/{queueId}", { path: { queueId } });
    return /^postcat: fatal: open queue file/.test(text) ? null : text;
  };
  /**
   * Keeps mails back until `unhold`.
   *
   * @throws {@link MailcowRejectedError} `unknown`: Postfix is stopped.
   * @see POST /api/v1/edit/mailq
   */
  readonly hold: ForEach<string> = this.#act("hold");
  /**
   * Frees mails that are held.
   *
   * @throws {@link MailcowRejectedError} `unknown`: Postfix is stopped.
   * @see POST /api/v1/edit/mailq
   */
  readonly unhold: ForEach<string> = this.#act("unhold");
  /**
   * Tries to deliver mails now.
   *
   * @throws {@link MailcowRejectedError} `unknown`: Postfix is stopped.
   * @see POST /api/v1/edit/mailq
   */
  readonly deliver: ForEach<string> = this.#act("deliver");
  /**
   * Tries to deliver the whole queue now.
   *
   * @throws {@link MailcowRejectedError} `unknown`: Postfix is stopped.
   * @example
   * await mcc.mailQueue.flush();
   * @see POST /api/v1/edit/mailq
   */
  readonly flush = (): Promise<ActionResult[]> => this.calls.write("/api/v1/edit/mailq", { attr: { action: "flush" } });
  /**
   * **Deletes every mail in the queue**, for good and without a word to anybody.
   *
   * @throws {@link MailcowRejectedError} `unknown`: Postfix is stopped.
   * @see POST /api/v1/edit/mailq
   */
  readonly deleteAll = (): Promise<ActionResult[]> =>
    this.calls.write("/api/v1/edit/mailq", { attr: { action: "super_delete" } });
  /**
   * Deletes mails for good; neither sender nor recipient is told.
   *
   * @throws {@link MailcowRejectedError} `unknown`: Postfix is stopped.
   * @see POST /api/v1/delete/mailq
   */
  readonly delete: ForEach<string> = this.#each("/api/v1/delete/mailq", (items) => items);

  #act(action: "hold" | "unhold" | "deliver"): ForEach<string> {
    return this.#each("/api/v1/edit/mailq", (items) => ({ items, attr: { action } }));
  }

  /** The one entry that mailcow says for all ids becomes each one's. */
  #each<Path extends PostPath>(path: Path, toBody: (items: string[]) => Body<Path>): ForEach<string> {
    return (ids) =>
      perItem(ids, async (items) => {
        const results = await this.calls.write(path, toBody(items));
        return items.flatMap((id) => results.map((result) => ({ ...result, id })));
      });
  }
}
