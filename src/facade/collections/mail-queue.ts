import type { ActionResult, QueuedMail } from "../../types.ts";
import type { Body, Calls, PostPath } from "../calls.ts";
import { refusal } from "../input.ts";
import { type Outcome, perItem } from "../outcomes.ts";

/**
 * Mails that wait in Postfix, by their queue id; upper and lower case differ. mailcow says one thing for all ids of a
 * call, and success also for mails that are not in the queue.
 */
export interface MailQueue {
  /**
   * Lists the mails in the queue, at most 10000. A stopped Postfix looks like an empty queue.
   *
   * @see GET /api/v1/get/mailq/all
   */
  list(): Promise<QueuedMail[]>;
  /**
   * Reads envelope, headers and text of one mail, as `postcat` prints them; `null` where it is not in the queue. The
   * call leaves a row in the log of the web interface.
   *
   * @throws {@link MailcowReplyError} Postfix is stopped.
   * @see GET /api/v1/get/postcat/{queueId}
   */
  get(queueId: string): Promise<string | null>;
  /**
   * Keeps mails back until `unhold`.
   *
   * @throws {@link MailcowRejectedError} `unknown`: Postfix is stopped.
   * @see POST /api/v1/edit/mailq
   */
  hold(queueIds: string | readonly string[]): Promise<Outcome[]>;
  /**
   * Frees mails that are held.
   *
   * @throws {@link MailcowRejectedError} `unknown`: Postfix is stopped.
   * @see POST /api/v1/edit/mailq
   */
  unhold(queueIds: string | readonly string[]): Promise<Outcome[]>;
  /**
   * Tries to deliver mails now.
   *
   * @throws {@link MailcowRejectedError} `unknown`: Postfix is stopped.
   * @see POST /api/v1/edit/mailq
   */
  deliver(queueIds: string | readonly string[]): Promise<Outcome[]>;
  /**
   * Tries to deliver the whole queue now.
   *
   * @throws {@link MailcowRejectedError} `unknown`: Postfix is stopped.
   * @example
   * await mcc.mailQueue.flush();
   * @see POST /api/v1/edit/mailq
   */
  flush(): Promise<ActionResult[]>;
  /**
   * **Deletes every mail in the queue**, for good and without a word to anybody.
   *
   * @throws {@link MailcowRejectedError} `unknown`: Postfix is stopped.
   * @see POST /api/v1/edit/mailq
   */
  deleteAll(): Promise<ActionResult[]>;
  /**
   * Deletes mails for good; neither sender nor recipient is told.
   *
   * @throws {@link MailcowRejectedError} `unknown`: Postfix is stopped.
   * @see POST /api/v1/delete/mailq
   */
  delete(queueIds: string | readonly string[]): Promise<Outcome[]>;
}

export function mailQueue(calls: Calls): MailQueue {
  /** The one entry that mailcow says for all ids becomes each one's. */
  const each =
    <Path extends PostPath>(method: string, path: Path, toBody: (items: string[]) => Body<Path>) =>
    (ids: string | readonly string[]) =>
      perItem(ids, async (items) => {
        const results = await calls.write(`mailQueue.${method}`, path, toBody(items));
        return items.flatMap((id) => results.map((result) => ({ ...result, id })));
      });
  const act = (action: "hold" | "unhold" | "deliver") =>
    each(action, "/api/v1/edit/mailq", (items) => ({ items, attr: { action } }));
  const all = (method: string, action: "flush" | "super_delete") =>
    calls.write(`mailQueue.${method}`, "/api/v1/edit/mailq", { attr: { action } });
  return {
    list: () => calls.rows("/api/v1/get/mailq/all"),
    get: async (queueId) => {
      if (!/^[0-9a-f]+$/i.test(queueId)) throw refusal("mailQueue.get", "queueId", "hexadecimal, such as C1A0000001");
      const text = await calls.data("/api/v1/get/postcat/{queueId}", { path: { queueId } });
      return /^postcat: fatal: open queue file/.test(text) ? null : text;
    },
    hold: act("hold"),
    unhold: act("unhold"),
    deliver: act("deliver"),
    flush: () => all("flush", "flush"),
    deleteAll: () => all("deleteAll", "super_delete"),
    delete: each("delete", "/api/v1/delete/mailq", (items) => items),
  };
}
