import { byDomain, hasMailbox } from "../rules/access.ts";
import { filled, isInt, isRegex } from "../rules/filters.ts";
import { idOf } from "../rules/ids.ts";
import { isDomain, isEmail } from "../rules/names.ts";
import {
  bound,
  column,
  die,
  escaped,
  given,
  int,
  integer,
  isEmpty,
  isNumeric,
  isSet,
  text,
  tiny,
} from "../rules/php.ts";
import { created, following, update } from "../rules/rows.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, mailboxLog, reads, type Topic } from "../server/topic.ts";
import { type Database, type Table, table } from "../state.ts";
import { mailboxes } from "../tables.ts";

const flags = [
  "delete2duplicates",
  "delete1",
  "delete2",
  "automap",
  "skipcrossduplicates",
  "subscribeall",
  "dry",
  "active",
] as const;
type Flags = { readonly [flag in (typeof flags)[number]]: number };

/** A job that fetches mail from elsewhere. */
interface SyncJobRow extends Flags {
  readonly id: number;
  readonly user2: string;
  readonly host1: string;
  readonly authmech1: string;
  readonly regextrans2: string;
  readonly authmd51: number;
  readonly domain2: string;
  readonly subfolder2: string;
  readonly user1: string;
  readonly password1: string;
  readonly exclude: string;
  readonly maxage: number;
  readonly mins_interval: number;
  readonly maxbytespersecond: string;
  readonly port1: number;
  readonly enc1: string;
  readonly custom_params: string;
  readonly timeout1: number;
  readonly timeout2: number;
  readonly is_running: number;
  readonly returned_text: string | null;
  readonly last_run: string | null;
  readonly success: number | null;
  readonly exit_status: string | null;
  readonly created: string;
  readonly modified: string | null;
}
const jobs: Table<SyncJobRow> = table<SyncJobRow>("imapsync", "id");

/** The options of imapsync that may be passed on. */
const options = new Set(
  `abort authmd51 authmd52 authmech1 authmech2 authuser1 authuser2 debug debugcontent debugcrossduplicates
    debugflags debugfolders debugimap debugimap1 debugimap2 debugmemory debugssl delete1emptyfolders
    delete2folders disarmreadreceipts domain1 domain2 domino1 domino2 dry errorsmax exchange1 exchange2
    exitwhenover expunge1 f1f2 filterbuggyflags folder folderfirst folderlast folderrec gmail1 gmail2
    idatefromheader include inet4 inet6 justconnect justfolders justfoldersizes justlogin keepalive1 keepalive2
    log logdir logfile maxbytesafter maxlinelength maxmessagespersecond maxsize maxsleep minage minsize
    noabletosearch noabletosearch1 noabletosearch2 noexpunge1 noexpunge2 nofoldersizesatend noid nolog
    nomixfolders noresyncflags nossl1 nossl2 nosyncacls notls1 notls2 nouidexpunge2 nousecache oauthaccesstoken1
    oauthaccesstoken2 oauthdirect1 oauthdirect2 office1 office2 pidfile pidfilelocking prefix1 prefix2 proxyauth1
    proxyauth2 resyncflags resynclabels search search1 search2 sep1 sep2 showpasswords skipemptyfolders ssl2
    sslargs1 sslargs2 subfolder1 subscribe subscribed syncacls syncduplicates syncinternaldates synclabels tests
    testslive testslive6 tls2 truncmess usecache useheader useuid`.split(/\s+/),
);

/** What is wrong with the options, which are separated at each dash. */
function optionError(given: string): string | undefined {
  for (const piece of given.split("-")) {
    if (isEmpty(piece)) continue;
    const name = piece.includes("=") ? (piece.split("=")[0] ?? "") : piece.trimEnd();
    if (name.includes(" ")) return "bad character SPACE";
    if (!options.has(name.toLowerCase())) return `bad option ${name}`;
  }
  return undefined;
}

const within = (value: unknown, highest: number, otherwise: string): string =>
  isSet(value) && isInt(value, 1, highest) ? text(value) : otherwise;

/** What both an add and an edit check and store in the same way. */
function common(values: Readonly<Record<string, unknown>>) {
  const { port1, mins_interval, enc1, exclude, subfolder2, maxage, maxbytespersecond, timeout1, timeout2 } = values;
  const isFine =
    isInt(port1, 1, 65_535) &&
    isInt(mins_interval, 1, 43_800) &&
    ["TLS", "SSL", "PLAIN"].includes(String(enc1)) &&
    isRegex(`/${text(exclude)}/`);
  if (!isFine) return undefined;
  return {
    port1: integer(port1),
    mins_interval: integer(mins_interval),
    enc1: text(enc1),
    subfolder2: isEmpty(subfolder2) ? "" : column(bound(subfolder2)),
    maxage: integer(within(maxage, 32_000, "0")),
    maxbytespersecond: within(maxbytespersecond, 125_000_000, "0"),
    timeout1: integer(within(timeout1, 32_000, "600")),
    timeout2: integer(within(timeout2, 32_000, "600")),
  };
}

const needed = (value: unknown, limit?: number): string =>
  column(
    filled(value, () => die("the column must not be null")),
    limit,
  );

function addSyncJob(call: Call): unknown {
  const { db, data } = call;
  const username = data["username"];
  if (!isEmail(username)) return call.danger("no_user_defined");
  if (!hasMailbox(db, username)) return call.danger("access_denied");
  const params = text(data["custom_params"]).trim();
  const host = text(data["host1"]).toLowerCase();
  const wrong = optionError(isEmpty(params) ? "" : params);
  if (wrong !== undefined) return call.danger(wrong);
  const values = common({ ...data, timeout1: int(data["timeout1"]), timeout2: int(data["timeout2"]) });
  if (!values) return call.danger("access_denied");
  const user = data["user1"];
  const isThere = db
    .in(jobs)
    .by("user2", username)
    .some((job) => isSet(user) && same(job.user1, bound(user)) && same(job.host1, host));
  if (isThere) return call.danger(["object_exists", escaped(`${host} / ${bound(user)}`)]);
  db.in(jobs).put({
    id: db.nextId(jobs),
    user2: username,
    host1: column(host),
    authmech1: "PLAIN",
    regextrans2: "",
    authmd51: 0,
    domain2: "",
    user1: needed(user),
    password1: needed(data["password1"]),
    exclude: needed(data["exclude"], 500),
    custom_params: column(isEmpty(params) ? "" : params, 512),
    ...values,
    ...flagsIn((name) => int(data[name])),
    is_running: 0,
    returned_text: null,
    last_run: null,
    success: null,
    exit_status: null,
    ...created(db),
  });
  call.success(["mailbox_modified", username]);
  return true;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const flagsIn = (value: (name: keyof Flags) => number): Flags =>
  Object.fromEntries(flags.map((name) => [name, tiny(value(name))])) as Flags;

function editSyncJob(call: Call): unknown {
  const { db, data } = call;
  for (const id of call.items) {
    const now = found(db, id);
    if (!now) {
      call.danger("access_denied");
      continue;
    }
    const set = (name: keyof SyncJobRow) => (isSet(data[name]) ? data[name] : now[name]);
    const full = (name: keyof SyncJobRow) => (isEmpty(data[name]) ? now[name] : data[name]);
    const number = (name: keyof SyncJobRow) => (isSet(data[name]) && data[name] !== "" ? int(data[name]) : now[name]);
    const wrong = optionError(text(set("custom_params")));
    if (wrong !== undefined) return call.danger(wrong);
    const values = common({
      port1: full("port1"),
      mins_interval: full("mins_interval"),
      enc1: full("enc1"),
      exclude: set("exclude"),
      subfolder2: set("subfolder2"),
      maxage: number("maxage"),
      maxbytespersecond: number("maxbytespersecond"),
      timeout1: number("timeout1"),
      timeout2: number("timeout2"),
    });
    if (!values || !isDomain(full("host1"))) {
      call.danger("access_denied");
      continue;
    }
    update(db, jobs, now.id, {
      ...values,
      ...flagsIn((name) => given(data, name, now[name])),
      host1: column(bound(full("host1"))),
      user1: column(bound(full("user1"))),
      password1: column(bound(full("password1"))),
      exclude: column(bound(set("exclude")), 500),
      custom_params: column(bound(set("custom_params")), 512),
      last_run: isSet(data["last_run"]) ? null : now.last_run,
      success: isSet(data["success"]) ? null : now.success,
    });
    call.success(["mailbox_modified", now.user2]);
  }
  return true;
}

function deleteSyncJob(call: Call): unknown {
  const { db } = call;
  for (const id of call.items) {
    if (!isNumeric(id)) return false;
    const row = found(db, id);
    if (!row) {
      call.danger("access_denied");
      continue;
    }
    db.in(jobs).remove(row.id);
    call.success(["deleted_syncjob", id]);
  }
  return true;
}

function found(db: Database, id: unknown): Readonly<SyncJobRow> | undefined {
  const row = isNumeric(id) ? db.in(jobs).find(idOf(id)) : undefined;
  return row && hasMailbox(db, row.user2) ? row : undefined;
}

/** The jobs of a mailbox. The last word of the path says which columns are shown. */
function listed({ db, params }: Call, username: string, shown = params["extra"] ?? ""): unknown[] {
  const words = shown.split(",");
  const hasNoLog = words.includes("no_log");
  return db
    .in(jobs)
    .by("user2", username)
    .flatMap(({ id }) => found(db, id) ?? [])
    .map(({ password1, returned_text, ...row }) => ({
      ...row,
      ...(!hasNoLog && words.includes("with_password") && { password1 }),
      log: hasNoLog || isEmpty(returned_text) ? "" : returned_text,
    }));
}

const ofAll =
  (shown?: string) =>
  (call: Call): unknown =>
    byDomain(call.db, mailboxes).flatMap(({ username }) => listed(call, username, shown));

const ofOne =
  (shown?: string) =>
  (call: Call): unknown => {
    const { mailbox = "" } = call.params;
    return listed(call, isEmail(mailbox) ? mailbox : "API", shown);
  };

export const syncJobs: Topic = {
  actions: {
    "add/syncjob": adds(mailboxLog("add", "syncjob"), addSyncJob),
    "edit/syncjob": changes("id", mailboxLog("edit", "syncjob"), editSyncJob),
    "delete/syncjob": changes("id", mailboxLog("delete", "syncjob"), deleteSyncJob),
    "get/syncjobs/all": reads(ofAll()),
    "get/syncjobs/all/no_log": reads(ofAll("no_log")),
    "get/syncjobs/{mailbox}": reads(ofOne()),
    "get/syncjobs/{mailbox}/no_log": reads(ofOne("no_log")),
    "get/syncjobs/all/{extra}": reads(ofAll()),
    "get/syncjobs/{mailbox}/{extra}": reads(ofOne()),
  },
  on: {
    mailboxRemoved: (db, username) => db.in(jobs).removeBy("user2", username),
    mailboxRenamed: following(jobs, "user2"),
  },
};
