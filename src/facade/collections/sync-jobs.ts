import { checked } from "../../core/api.ts";
import { type AddOptions, Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import { type CallOptions, filterOf } from "../../core/options.ts";
import { fitted } from "../../core/prepare.ts";
import * as routes from "../../generated/routes/sync-jobs.ts";
import type { Id, Ids } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/sync-jobs.ts";
import { shapeOf } from "../../notation.ts";
import { refusal } from "../../refusal.ts";

export type * from "../../generated/types/sync-jobs.ts";

/** Which sync jobs to list, and whether with their log. */
export interface SyncJobFilter {
  /** Only sync jobs of this mailbox. */
  readonly mailbox?: string;
  /**
   * Whether the rows include the output of the last run, which can be long; if not, `log` is empty.
   *
   * @default false
   */
  readonly log?: boolean;
}

/** Jobs that fetch mail from other servers into mailboxes. */
export class SyncJobs extends Collection {
  /**
   * Lists all sync jobs, or the sync jobs of a mailbox; `[]` if the mailbox does not exist.
   *
   * @param filter - `log`: whether the rows include the output of the last run, which can be long.
   * @example
   * const jobs = await mcc.syncJobs.list({ mailbox: "ann@example.com", log: true });
   * @see GET /api/v1/get/syncjobs/all/no_log, GET /api/v1/get/syncjobs/{mailbox}/no_log, GET /api/v1/get/syncjobs/all,
   * GET /api/v1/get/syncjobs/{mailbox}
   */
  async list(filter?: SyncJobFilter, options?: CallOptions): Promise<types.SyncJob[]> {
    const { mailbox, log = false } = filterOf(filter, "mailbox", "log");
    if (typeof log !== "boolean") throw refusal("log", "true or false");
    if (mailbox === undefined) return this.call(log ? routes.getSyncjobsAll : routes.getSyncjobsAllNoLog, {}, options);
    return this.call(log ? routes.getSyncjobs : routes.getSyncjobsNoLog, { mailbox }, options);
  }

  /**
   * Returns one sync job without its `log`, or `null`. Finds it in the list, because mailcow has no route for one.
   *
   * @see GET /api/v1/get/syncjobs/all/no_log
   */
  async get(id: Id, options?: CallOptions): Promise<types.SyncJob | null> {
    fitted(shapeOf("Id"), id, "get/syncjobs", "id");
    return (await this.list({}, options)).find((job) => job.id === Number(id)) ?? null;
  }

  /** Adds a sync job; with `read: false`, returns `null` and saves the request that reads it back. */
  add(job: types.NewSyncJob, options: AddOptions): Promise<types.SyncJob | null>;
  /**
   * Adds a sync job, active by default. Other flags are off by default. mailcow tests neither the server nor the login.
   *
   * @param job - `host1`, `port1`, `user1`, `password1`: where to fetch from. `mins_interval`: minutes between two
   * runs. `maxage`: days. `maxbytespersecond`: bytes. `timeout1`, `timeout2`: seconds. `delete1` deletes mail on the
   * other server once it is fetched; `delete2` deletes mail here that the other server does not have.
   * @returns The job as mailcow stores it, with its id and without its password.
   * @throws {MailcowRejectedError} `object_exists` (the mailbox has a job with this host and user), or `access_denied`:
   * no such mailbox, or an invalid port, interval or `exclude`. `bad option …`: not allowed in `custom_params`.
   * @example
   * const { id } = await mcc.syncJobs.add({
   *   username: "ann@example.com", host1: "imap.example.org", port1: 993, enc1: "SSL",
   *   user1: "ann", password1: password, mins_interval: 20,
   * });
   * @see POST /api/v1/add/syncjob, GET /api/v1/get/syncjobs/{mailbox}/no_log
   */
  add(job: types.NewSyncJob, options?: CallOptions): Promise<types.SyncJob>;
  async add(job: types.NewSyncJob, options?: Partial<AddOptions>): Promise<types.SyncJob | null> {
    const of = ({ username }: types.NewSyncJob) => checked(routes.getSyncjobsNoLog, { mailbox: username });
    const list = (call: CallOptions, given: types.NewSyncJob) => this.list(of(given), call);
    const sent = (given: types.NewSyncJob) => [of(given).mailbox, given.host1, given.user1];
    const row = ({ user2, host1, user1 }: types.SyncJob) => [user2, host1, user1];
    return this.addingUnnamed(routes.addSyncjob, job, options, { list, sent, row, isUnique: true });
  }

  /**
   * Sets attributes on sync jobs, one call each. Fields you leave out keep their value. The mailbox can't be changed.
   * `last_run: ""` makes an active job run again now.
   *
   * @throws {MailcowRejectedError} `access_denied`: no such job, or an invalid host, port, interval or `exclude`. A job
   * whose stored host is neither a domain nor an IPv4 address needs `host1` with every edit.
   * @see POST /api/v1/edit/syncjob
   */
  async edit(ids: Ids, changes: types.SyncJobChanges, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.editing(routes.editSyncjob, ids, changes, options);
  }

  /**
   * Deletes sync jobs. The mail that they fetched stays.
   *
   * @throws {MailcowRejectedError} `access_denied`: the job does not exist.
   * @see POST /api/v1/delete/syncjob
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteSyncjob, ids, options);
  }
}
