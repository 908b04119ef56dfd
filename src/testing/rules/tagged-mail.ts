import type { Call } from "../server/call.ts";
import { mailboxLog } from "../server/topic.ts";
import { taggedMail } from "../tables.ts";
import { hasMailbox } from "./access.ts";
import { isEmail } from "./names.ts";
import { type Data, list, text } from "./php.ts";

/** Sets how tagged mail of mailboxes is filed, and says so in words of its own. */
export function saveTaggedMail(call: Call, data: Data, sent: Data = data): void {
  const log = mailboxLog("edit", "delimiter_action")(sent);
  for (const name of typeof data["username"] === "object" ? list(data["username"]) : [data["username"]]) {
    if (!isEmail(name) || !hasMailbox(call.db, name)) {
      call.danger("access_denied", log);
      continue;
    }
    const username = text(name);
    const handler = String(data["tagged_mail_handler"]);
    if (handler === "subject" || handler === "subfolder") call.db.in(taggedMail).put({ username, handler });
    else call.db.in(taggedMail).remove(username);
    call.success(["mailbox_modified", username], log);
  }
}
