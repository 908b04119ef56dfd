import type { Mailcow } from "../../src/testing/mailcow.ts";
import type { Exchange } from "./conformance/recordings.ts";
import { outside } from "./fidelity-outside.ts";

type Row = Record<string, unknown>;

/** What a snapshot holds, to be changed. */
interface Stored {
  readonly tables: Record<string, Row[]>;
  readonly settings: Row;
}

/**
 * Makes up for what happened to the recorded server between the calls, and what no call does: mail came, and people
 * logged in. A recording tells of it only in its answers, so it is read there, just before the call.
 */
export function setUp(mailcow: Mailcow, exchange: Exchange, isKnown: (name: string) => boolean): void {
  const { request, response } = exchange;
  const told: ((tables: Stored["tables"], settings: Row) => void)[] = [];
  for (const row of rowsIn(response.body)) {
    if (typeof row["username"] === "string" && typeof row["quota_used"] === "number") told.push(useOf(row));
    if (typeof row["domain_name"] === "string" && typeof row["bytes_total"] === "string") told.push(useOfDomain(row));
    if (typeof row["is_running"] === "number") told.push(runOf(row));
  }
  for (const { msg } of rowsIn(response.body))
    if (Array.isArray(msg) && msg[0] === "is_spam_alias" && !isKnown(String(msg[1])))
      told.push(unseenAlias(String(msg[1])));
  const [, owner] = /\/get\/active-user-sieve\/([^/]+)/.exec(request.path) ?? [];
  if (owner !== undefined)
    told.push((tables) => {
      const [script] = Array.isArray(response.body) ? response.body : [];
      tables["managesieve"] = script === undefined ? [] : [{ username: owner, script }];
    });
  if (request.path.endsWith("/delete/rlhash") && response.body === 1)
    told.push((tables) => rowsOf(tables, "RL_HASH").push({ hash: [request.body].flat().join("") }));
  const [, user] = /\/get\/last-login\/([^/]+)/.exec(request.path) ?? [];
  if (user !== undefined) told.push(loginsOf(user, response.body as Row));
  if (request.path.endsWith("/add/fwdhost")) told.push(addressesOf(request.body, response.body));
  told.push(...outside(exchange));
  if (told.length === 0) return;
  const snapshot = structuredClone(mailcow.snapshot()) as unknown as Stored;
  for (const change of told) change(snapshot.tables, snapshot.settings);
  mailcow.restore(snapshot as unknown as ReturnType<Mailcow["snapshot"]>);
}

function rowsIn(body: unknown): Row[] {
  const list = Array.isArray(body)
    ? body
    : [body, ...(((body as Row | null)?.["data"] as unknown[] | undefined) ?? [])];
  return list.filter((row): row is Row => typeof row === "object" && row !== null);
}

function rowsOf(tables: Record<string, Row[]>, name: string): Row[] {
  const rows = tables[name] ?? [];
  tables[name] = rows;
  return rows;
}

/** A time-limited alias whose address the recorded server made up, and that no answer showed before. */
const unseenAlias = (address: string) => (tables: Record<string, Row[]>) => {
  const rows = tables["spamalias"] ?? [];
  const host = address.slice(address.indexOf("@"));
  const own = rows.filter((row) => String(row["address"]).endsWith(host));
  if (own.length === 1 && own[0]) own[0]["address"] = address;
};

/** A sync job that ran. */
const runOf = (row: Row) => (tables: Record<string, Row[]>) => {
  const isSame = (job: Row) => ["user2", "host1", "user1"].every((name) => job[name] === row[name]);
  const jobs = tables["imapsync"] ?? [];
  const job = jobs.find(isSame) ?? jobs.find(({ id }) => id === row["id"]);
  if (!job) return;
  for (const name of ["is_running", "last_run", "success", "exit_status", "modified"])
    job[name] = row[name] ?? job[name];
  if (row["log"] !== "") job["returned_text"] = row["log"];
};

const useOf = (row: Row) => (tables: Record<string, Row[]>) => {
  const name = String(row["username"]).toLowerCase();
  for (const mailbox of tables["mailbox"] ?? [])
    if (String(mailbox["username"]).toLowerCase() === name)
      Object.assign(mailbox, { bytes: row["quota_used"], messages: row["messages"] });
  for (const service of ["imap", "smtp", "pop3", "sso"]) {
    const seconds = Number(row[`last_${service}_login`]);
    if (!(seconds > 0)) continue;
    const logins = rowsOf(tables, "sasl_log");
    const kind = service === "sso" ? "SSO" : service;
    const datetime = new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
    if (
      logins.some(
        (login) => login["username"] === row["username"] && login["service"] === kind && login["datetime"] === datetime,
      )
    )
      continue;
    logins.push({
      id: 1000 + logins.length,
      username: row["username"],
      service: kind,
      real_rip: "192.0.2.1",
      datetime,
      app_password: 0,
      app_password_name: null,
      location: false,
    });
  }
};

/** A domain tells the sum of its mailboxes; what is missing goes to the first of them. */
const useOfDomain = (row: Row) => (tables: Record<string, Row[]>) => {
  const own = (tables["mailbox"] ?? []).filter((mailbox) => mailbox["domain"] === row["domain_name"]);
  const [first] = own;
  if (!first) return;
  for (const [field, total] of [
    ["bytes", "bytes_total"],
    ["messages", "msgs_total"],
  ] as const) {
    const sum = own.reduce((all, mailbox) => all + Number(mailbox[field]), 0);
    first[field] = Number(first[field]) + Number(row[total]) - sum;
  }
};

const loginsOf = (username: string, body: Row) => (tables: Record<string, Row[]>) => {
  const { ui, sasl = [] } = (body ?? {}) as { ui?: Row | false; sasl?: Row[] };
  if (ui) tables["logs"] = [{ username, ...ui }];
  const logins = rowsOf(tables, "sasl_log");
  for (const { real_rip, ...login } of sasl) {
    const address = /\((.*)\)$/.exec(String(real_rip))?.[1] ?? real_rip;
    if (!logins.some((other) => other["datetime"] === login["datetime"] && other["real_rip"] === address))
      logins.push({ location: false, ...login, id: 2000 + logins.length, username, real_rip: address });
  }
};

/** What the name of a forwarding host led to, as the answer tells. */
const addressesOf = (sent: unknown, body: unknown) => (_: Stored["tables"], settings: Row) => {
  const { hostname } = (sent ?? {}) as Row;
  const { type, msg = [] } = (body as { type?: string; msg?: unknown[] }[] | null)?.[0] ?? {};
  if (typeof hostname !== "string" || type === undefined) return;
  const addresses = type === "success" ? String(msg[1]).split(", ") : [];
  settings["DNS"] = { ...(settings["DNS"] as Row), [hostname]: addresses };
};
