import { isRunning } from "../rules/containers.ts";
import { isEqual, text } from "../rules/php.ts";
import { sieveError } from "../rules/sieve.ts";
import type { Call } from "../server/call.ts";
import { adds, mailboxLog, reads, type Topic } from "../server/topic.ts";
import { type Setting, setting } from "../state.ts";

/** The files that Dovecot runs before and after the filters of a mailbox. */
const files: Readonly<Record<string, Setting<string>>> = {
  prefilter: setting("global_sieve/before", "# Runs before the filters of a mailbox.\n"),
  postfilter: setting("global_sieve/after", "# Runs after the filters of a mailbox.\n"),
};

function addFilter(call: Call): boolean {
  const { db, data } = call;
  const script = text(data["script_data"]).replace(/\r\n?/g, "\n");
  const wrong = sieveError(script);
  if (wrong !== undefined) return call.danger(["sieve_error", wrong]);
  const [, file] = Object.entries(files).find(([type]) => isEqual(data["filter_type"], type)) ?? [];
  if (!file) return call.danger("invalid_filter_type");
  db.set(file, script);
  if (isRunning(db, "dovecot")) call.success("dovecot_restart_success");
  else call.warning("dovecot_restart_failed");
  call.success("global_filter_written");
  return true;
}

export const globalFilters: Topic = {
  actions: {
    "add/global-filter": adds(mailboxLog("add", "global_filter"), addFilter),
    "get/global_filters/all": reads(({ db }) =>
      Object.fromEntries(Object.entries(files).map(([type, file]) => [type, db.get(file)])),
    ),
    ...Object.fromEntries(
      Object.entries(files).map(([type, file]) => [`get/global_filters/${type}`, reads(({ db }) => db.get(file))]),
    ),
  },
};
