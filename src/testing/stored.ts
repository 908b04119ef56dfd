import type { paths } from "../generated/mailcow.ts";
import { examples } from "../generated/testing.ts";
import type { QueuedMail } from "../generated/types/mail-queue.ts";
import type { QuarantineDetails } from "../generated/types/quarantine.ts";
import { checkFields, checkNames } from "../refusal.ts";
import { answers } from "./rules/answers.ts";
import type { Database } from "./state.ts";
import { quarantine, queue } from "./tables.ts";

/** A route that tells of other programs; some logs are written here. */
type Outside<Route extends string> = Route extends "get/status/version" | `get/logs/${"api" | "sasl" | "ui"}/{count}`
  ? never
  : Route extends `get/${"logs" | "presets" | "status"}/${string}`
    ? Route
    : never;

/** What routes answer that tell of logs, containers and rspamd; each by its route, such as `get/status/host`. */
export type MailcowAnswers = {
  readonly [Path in keyof paths as Path extends `/api/v1/${infer Route}`
    ? Outside<Route>
    : never]?: paths[Path] extends {
    get: { responses: { 200: { content: { "application/json": infer Body } } } };
  }
    ? Body
    : never;
};

/** What no call adds, because it comes from outside: it is stored as it is given. */
export interface StoredSeeds {
  /** Mails in quarantine. Fields that are not given are those of a mail to `ann@example.com` that was rejected. */
  readonly quarantine?: readonly Partial<QuarantineDetails>[];
  /** Mails in the queue. Fields that are not given are those of a deferred mail from `ann@example.com`. */
  readonly mailQueue?: readonly Partial<QueuedMail>[];
  /**
   * What is answered about logs, containers and rspamd, instead of the contract's examples. Of a log, all rows, the newest
   * first. A container that does not run, `{ "get/status/containers": { "postfix-mailcow": { state: "exited", … } } }`,
   * fails what it is needed for.
   */
  readonly answers?: MailcowAnswers;
}
export const storedNames: readonly string[] = ["quarantine", "mailQueue", "answers"];

const rejected = {
  qid: "C100000001",
  subject: "Cheap pills",
  score: 21.5,
  ip: "203.0.113.9",
  action: "reject",
  symbols: "[]",
  fuzzy_hashes: "[]",
  sender: "spam@example.org",
  rcpt: "ann@example.com",
  msg: "Subject: Cheap pills\r\n\r\nBuy now\r\n",
  domain: null,
  notified: 0,
  user: "unknown",
};
const deferred = {
  queue_name: "deferred",
  message_size: 2345,
  forced_expire: false,
  sender: "ann@example.com",
  recipients: ["bob@example.org (connection timed out)"],
} as const;

export function store(db: Database, seeds: StoredSeeds): void {
  for (const [index, row] of (seeds.quarantine ?? []).entries()) {
    checkFields(`quarantine[${index}]`, "field", row, ["id", "created", "qhash", ...Object.keys(rejected)]);
    const id = row.id ?? db.nextId(quarantine);
    db.in(quarantine).put({ ...rejected, created: db.now(), qhash: db.random(64), ...row, id });
  }
  for (const [index, row] of (seeds.mailQueue ?? []).entries()) {
    checkFields(`mailQueue[${index}]`, "field", row, ["queue_id", "arrival_time", ...Object.keys(deferred)]);
    const queue_id = row.queue_id ?? db.random(10, "0123456789ABCDEF");
    db.in(queue).put({
      arrival_time: db.seconds(),
      ...deferred,
      recipients: [...deferred.recipients],
      ...row,
      queue_id,
    });
  }
  checkNames("route", seeds.answers ?? {}, Object.keys(examples));
  db.set(answers, { ...db.get(answers), ...seeds.answers });
}
