import { answerOf } from "../rules/answers.ts";
import { isRunning } from "../rules/containers.ts";
import { int, isEmpty } from "../rules/php.ts";
import type { Call } from "../server/call.ts";
import { Raw } from "../server/raw.ts";
import { type Action, reads, type Topic } from "../server/topic.ts";

/** What is printed as it is, also `null` and `false`. */
const json = (value: unknown): Raw => new Raw(JSON.stringify(value));
const outside = (route: string): Action => reads(({ db }) => json(answerOf(db, route)));

/** Docker knows a container by an id of 64 digits; for others, mailcow waits a minute in vain. */
function container({ db, params: { container: id } }: Call): Raw {
  if (isEmpty(id)) return json(false);
  if (/\s/.test(id ?? "")) return json("URL using bad/illegal format or missing URL");
  if (!/^[\da-f]{64}$/.test(id ?? ""))
    return json("Operation timed out after 60001 milliseconds with 0 bytes received");
  return json(answerOf(db, "get/status/container/{container}"));
}

/** Words after `host` that mailcow does not know are answered with nothing. */
function host({ db, query }: Call): Raw {
  const [, , , word] = (query.get("query") ?? "").split("/");
  return isEmpty(word) ? json(answerOf(db, "get/status/host")) : new Raw("");
}

function vmail({ db }: Call): Raw {
  const stopped = { type: "info", disk: "", used: null, total: null, used_percent: null };
  return json(isRunning(db, "dovecot") ? answerOf(db, "get/status/vmail") : stopped);
}

/** The numbers of rspamd, where greylisting counts as a soft reject. */
function actions({ db }: Call): unknown {
  const stats = answerOf(db, "get/logs/rspamd-stats") as { actions?: Readonly<Record<string, number>> };
  const { greylist = 0, ...counts } = stats.actions ?? {};
  return Object.entries({ ...counts, "soft reject": int(counts["soft reject"]) + greylist });
}

export const status: Topic = {
  actions: {
    "get/status/version": reads(({ release }) => ({ version: release })),
    "get/status/containers": outside("get/status/containers"),
    "get/status/container/{container}": reads(container),
    "get/status/vmail": reads(vmail),
    "get/status/host": reads(host),
    "get/status/host/ip": outside("get/status/host/ip"),
    "get/rspamd/actions": reads(actions),
  },
};
