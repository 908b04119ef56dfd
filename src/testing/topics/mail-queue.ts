import type { QueuedMail } from "../../generated/types/mail-queue.ts";
import { isRunning } from "../rules/containers.ts";
import { type Data, isEqual } from "../rules/php.ts";
import { noteInUi } from "../rules/ui-log.ts";
import type { Call } from "../server/call.ts";
import { Raw } from "../server/raw.ts";
import { changes, clearLogOf, type Log, reads, type Topic } from "../server/topic.ts";
import { queue } from "../tables.ts";

const logOf = (action: string): Log => clearLogOf("process_mailq_output", action);

/** What Postfix does with the mails of these ids; what is no id is passed over, and an unknown id does no harm. */
const tasks: Readonly<Record<string, (mail: QueuedMail) => QueuedMail | undefined>> = {
  hold: (mail) => ({ ...mail, queue_name: "hold" }),
  unhold: (mail) => (mail.queue_name === "hold" ? { ...mail, queue_name: "deferred" } : mail),
  deliver: (mail) => mail,
  delete: () => undefined,
};

function run(call: Call, task: string, ids: readonly unknown[]): void {
  const rows = call.db.in(queue);
  if (!isRunning(call.db, "postfix")) {
    call.danger("unknown");
    return;
  }
  for (const id of ids) {
    const mail = rows.find(id);
    const changed = mail && tasks[task]?.(mail);
    if (changed) rows.put(changed);
    else if (mail) rows.remove(id);
  }
  call.success("queue_command_success");
}

function edit(call: Call): void {
  const { db, data } = call;
  const is = (...names: readonly string[]) => names.find((name) => isEqual(data["action"], name));
  const task = is("hold", "unhold", "deliver");
  if (task && call.items.length > 0) run(call, task, idsIn(data));
  const whole = is("flush", "super_delete");
  if (whole)
    run(
      call,
      whole === "flush" ? "deliver" : "delete",
      db
        .in(queue)
        .all()
        .map((mail) => mail.queue_id),
    );
}

/** The items; of an object, its names. */
function idsIn({ qid }: Data): readonly unknown[] {
  if (typeof qid !== "object" || qid === null) return [qid];
  return Array.isArray(qid) ? qid : Object.keys(qid);
}

/** The mail as text, which is no JSON. */
function text({ queue_name, queue_id, message_size, sender }: QueuedMail): string {
  const file = `${queue_name}/${queue_id[0]}/${queue_id}`;
  return [
    `*** ENVELOPE RECORDS ${file} ***`,
    `message_size:            ${message_size}`,
    `sender: ${sender}`,
    `*** MESSAGE CONTENTS ${file} ***`,
    `From: ${sender}`,
    "Subject: stand-in\n\nbody",
    "*** HEADER EXTRACTED ***",
    "*** MESSAGE FILE END ***\n",
  ].join("\n");
}

function print({ db, params: { queueId = "" } }: Call): Raw {
  if (!isRunning(db, "postfix")) return new Raw("");
  noteInUi(db, "queue_cat_success", ["process_mailq_output", "cat", { qid: queueId }]);
  if (!/^[\da-f]+$/i.test(queueId)) return new Raw("postcat: fatal: usage: postcat [-b (body text)] ...\n");
  const mail = db.in(queue).find(queueId);
  return new Raw(mail ? text(mail) : `postcat: fatal: open queue file ${queueId}: No such file or directory\n`);
}

export const mailQueue: Topic = {
  actions: {
    "get/mailq/all": reads(({ db }) => (isRunning(db, "postfix") ? db.in(queue).all() : []), []),
    "get/postcat/{queueId}": reads(print),
    "edit/mailq": changes("qid", logOf("edit"), edit),
    "delete/mailq": changes("qid", logOf("delete"), (call) => run(call, "delete", idsIn(call.data))),
  },
};
