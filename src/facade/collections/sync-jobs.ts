import { type Add, Collection, type Edit, type ForEach, newest } from "../../calls/collection.ts";
import { toMailbox } from "../../calls/names.ts";
import type { EditSyncjobAttributes, NewSyncJob, SyncJob } from "../../types.ts";

/** Jobs that fetch mail from other servers into mailboxes. */
export class SyncJobs extends Collection {
  /**
   * Lists sync jobs: all, or those of one mailbox.
   *
   * @param filter - `log`: whether the rows hold the output of the last run, which can be long; without it, `log` is
   * empty.
   * @see GET /api/v1/get/syncjobs/all/no_log, GET /api/v1/get/syncjobs/{mailbox}/no_log, GET /api/v1/get/syncjobs/all,
   * GET /api/v1/get/syncjobs/{mailbox}
   */
  readonly list = async ({ mailbox, log = false }: { mailbox?: string; log?: boolean } = {}): Promise<SyncJob[]> => {
    const end = log ? "" : "/no_log";
    if (mailbox === undefined) return this.calls.rows(`/api/v1/get/syncjobs/all${end}`);
    return this.calls.rows(`/api/v1/get/syncjobs/{mailbox}${end}`, { path: { mailbox: toMailbox(mailbox) } });
  };
  /**
   * Reads one sync job, or `null`; out of the list, since mailcow has no route for one, and without its `log`.
   *
   * @see GET /api/v1/get/syncjobs/all/no_log
   */
  readonly get = async (id: number): Promise<SyncJob | null> =>
    (await this.list()).find((job) => job.id === id) ?? null;
  /**
   * Adds a sync job, active unless `active` says otherwise. The other flags are off unless given. mailcow tries neither
   * the server nor the login.
   *
   * @param job - `host1`, `port1`, `user1`, `password1`: where to fetch from. `mins_interval`: minutes between two
   * runs. `maxage`: days. `maxbytespersecond`: bytes. `timeout1`, `timeout2`: seconds. `delete1` deletes the mail there
   * once it is fetched, `delete2` the mail here that is not there.
   * @throws {@link MailcowRejectedError} `object_exists` (the mailbox has a job of that host and user), or
   * `access_denied`: no such mailbox, or a wrong port, interval or `exclude`. `bad option …`: not in `custom_params`.
   * @example
   * const { id } = await mcc.syncJobs.add({
   *   username: "ann@example.com", host1: "imap.example.org", port1: 993, enc1: "SSL",
   *   user1: "ann", password1: password, mins_interval: 20,
   * });
   * @see POST /api/v1/add/syncjob, GET /api/v1/get/syncjobs/{mailbox}/no_log
   */
  readonly add: Add<NewSyncJob, SyncJob> = this.adder(
    "/api/v1/add/syncjob",
    // Without `exclude`, mailcow fails; without `active`, the job never runs.
    (input: NewSyncJob) =>
      ({ active: 1, exclude: "", ...input, username: toMailbox(input.username, "username") }) as const,
    async ({ username: mailbox, host1, user1 }) =>
      newest(await this.list({ mailbox }), (job) => job.host1 === host1.toLowerCase() && job.user1 === user1),
  );
  /**
   * Sets attributes on sync jobs; what is not given keeps its value, the mailbox always. `last_run: ""` lets an active
   * job run again now.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: no such job, or a wrong host, port, interval or `exclude`. A
   * job that was added with a host that is neither a domain nor an IPv4 address needs `host1` with every edit.
   * @see POST /api/v1/edit/syncjob
   */
  readonly edit: Edit<number, EditSyncjobAttributes> = this.editor("/api/v1/edit/syncjob");
  /**
   * Deletes sync jobs; the mail that they fetched stays.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such job.
   * @see POST /api/v1/delete/syncjob
   */
  readonly delete: ForEach<number> = this.deleter("/api/v1/delete/syncjob");
}
