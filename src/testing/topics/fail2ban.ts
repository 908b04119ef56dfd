import { isRunning } from "../rules/containers.ts";
import { isHostName, isNetwork } from "../rules/networks.ts";
import { bound, type Data, die, escaped, int, isEmpty, isEqual, isSet, list, parts, text } from "../rules/php.ts";
import type { Call } from "../server/call.ts";
import { Raw } from "../server/raw.ts";
import { changes, clearLogOf, logOf, reads, type Topic } from "../server/topic.ts";
import { type Database, type Setting, setting } from "../state.ts";

interface Options {
  readonly ban_time: number;
  readonly max_ban_time: number;
  readonly ban_time_increment: boolean;
  readonly max_attempts: number;
  readonly retry_window: number;
  readonly netban_ipv4: number;
  readonly netban_ipv6: number;
  readonly banlist_id: string | null;
  readonly manage_external: number;
}
/** Nothing until the container that bans has started once. */
const options: Setting<Options | null> = setting<Options | null>("F2B_OPTIONS", {
  ban_time: 1800,
  max_ban_time: 10_000,
  ban_time_increment: true,
  max_attempts: 10,
  retry_window: 600,
  netban_ipv4: 32,
  netban_ipv6: 128,
  banlist_id: "7c4ac8a6-6c1e-4c35-9a3e-0d6b7b9f0a11",
  manage_external: 0,
});
/** What counts as a failed login, by numbers from 1; nothing while the container has not written it yet. */
const regex: Setting<Data | null> = setting<Data | null>("F2B_REGEX", {
  1: "mailcow UI: Invalid password for .+ by ([0-9a-f\\.:]+)",
});
const networks = (name: string): Setting<readonly string[]> => setting<readonly string[]>(name, []);
const whitelist = networks("F2B_WHITELIST");
const blacklist = networks("F2B_BLACKLIST");
const permanent = networks("F2B_PERM_BANS");
const unbanned = networks("F2B_QUEUE_UNBAN");
/** The networks that are banned, with the second since 1970 until which they are. */
const bans: Setting<Readonly<Record<string, number>>> = setting<Readonly<Record<string, number>>>(
  "F2B_ACTIVE_BANS",
  {},
);

const withOne = (db: Database, to: Setting<readonly string[]>, network: string): void =>
  db.set(to, [...new Set([...db.get(to), network])]);
const without = (db: Database, from: Setting<readonly string[]>, network: string): void =>
  db.set(
    from,
    db.get(from).filter((other) => other !== network),
  );

/** Text with numbers as people sort it. */
function naturally(a: string, b: string): number {
  const piecesOf = (value: string): readonly string[] => value.match(/\d+|\D+/g) ?? [];
  const [left, right] = [piecesOf(a), piecesOf(b)];
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order =
      /^\d/.test(part) && /^\d/.test(other) ? Number(part) - Number(other) : part < other ? -1 : part > other ? 1 : 0;
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
const lines = (db: Database, of: Setting<readonly string[]>): string => [...db.get(of)].sort(naturally).join("\n");

const addressOf = (network: string): string => network.split("/")[0] ?? "";

function timeLeft(seconds: number): string {
  const two = (value: number) => {
    const whole = Math.trunc(value);
    return whole < 0 ? String(whole) : String(whole).padStart(2, "0");
  };
  return `${two(seconds / 3600)}h ${two((seconds / 60) % 60)}m ${two(seconds % 60)}s`;
}

function shown({ db }: Call): Data {
  const banned = Object.entries(db.get(bans)).map(([network, until]) => ({
    queued_for_unban: db.get(unbanned).includes(network) ? 1 : 0,
    network,
    ip: addressOf(network),
    banned_until: timeLeft(until - db.seconds()),
  }));
  const forGood = db.get(permanent).map((network) => ({ network, ip: addressOf(network) }));
  return {
    ...db.get(options),
    regex: db.get(regex),
    whitelist: lines(db, whitelist),
    blacklist: lines(db, blacklist),
    ...(forGood.length > 0 && { perm_bans: forGood }),
    ...(banned.length > 0 && { active_bans: banned }),
  };
}

/** Networks that mailcow never blocks. Its own in IPv4 is meant to be among them, but is not. */
const spared = ["0.0.0.0", "0.0.0.0/0", "fd4d:6169:6c63:6f77::/64"];
const mayBlock = (network: string): boolean => isNetwork(network) && !spared.includes(network);

function edit(call: Call): boolean {
  const { db, data } = call;
  const { action } = data;
  if (isEqual(action, "reset-regex")) {
    db.set(regex, isRunning(db, "netfilter") ? regex.initial : null);
    if (!db.get(regex)) return call.danger(["reset_f2b_regex"]);
  } else if (isEqual(action, "edit-regex")) {
    const values = typeof data["regex"] === "object" ? list(data["regex"]) : [];
    if (values.length > 0) db.set(regex, Object.fromEntries(values.map((value, at) => [at + 1, value])));
    call.success(["object_modified", ""]);
    return true;
  }
  if (isSet(action) && !isEmpty(data["network"])) {
    for (const network of call.items) actOn(call, action, network);
    return true;
  }
  return editOptions(call);
}

function actOn(call: Call, action: unknown, given: unknown): void {
  const { db } = call;
  const network = text(given);
  if (isEqual(action, "unban")) {
    if (isNetwork(network)) withOne(db, unbanned, network);
  } else if (isEqual(action, "whitelist") || isEqual(action, "blacklist")) {
    const isWhite = isEqual(action, "whitelist");
    if (isEmpty(given)) return;
    if (!(isWhite ? isNetwork : mayBlock)(network)) {
      call.danger(["network_host_invalid", given]);
      return;
    }
    withOne(db, isWhite ? whitelist : blacklist, network);
    without(db, isWhite ? blacklist : whitelist, network);
    if (isWhite) withOne(db, unbanned, network);
  }
  call.success(["object_modified", escaped(network)]);
}

function editOptions(call: Call): boolean {
  const { db, data } = call;
  const now = db.get(options);
  const number = (name: keyof Options) => int(data[name] ?? now?.[name]);
  const before = { whitelist: lines(db, whitelist), blacklist: lines(db, blacklist) };
  db.set(options, {
    ban_time: Math.max(60, number("ban_time")),
    ban_time_increment: isEqual(data["ban_time_increment"] ?? 0, "1"),
    max_ban_time: Math.max(60, number("max_ban_time")),
    // The lower bounds of these two are overwritten.
    netban_ipv4: Math.min(32, number("netban_ipv4")),
    netban_ipv6: Math.min(128, number("netban_ipv6")),
    max_attempts: Math.max(1, number("max_attempts")),
    retry_window: Math.max(1, number("retry_window")),
    banlist_id: now?.banlist_id ?? null,
    manage_external: int(data["manage_external"]) > 0 ? 1 : 0,
  });
  db.set(whitelist, []);
  db.set(blacklist, []);
  replace(call, whitelist, data["whitelist"] ?? before.whitelist, (entry) => isNetwork(entry) || isHostName(entry));
  replace(call, blacklist, data["blacklist"] ?? before.blacklist, mayBlock);
  call.success("f2b_modified");
  return true;
}

function replace(call: Call, to: Setting<readonly string[]>, given: unknown, isFine: (entry: string) => boolean): void {
  for (const entry of isEmpty(given) ? [] : parts(given)) {
    if (isEmpty(entry)) continue;
    if (isFine(entry)) withOne(call.db, to, entry);
    else call.danger(["network_host_invalid", entry]);
  }
}

/** Makes a new address for the public list of bans, for who knows the present one. */
function refresh(call: Call): Raw | boolean {
  const { db, data } = call;
  const now = db.get(options);
  const [id = null] = list(data["id"]);
  if (!isEqual(id ?? "", now?.banlist_id ?? ""))
    return new Raw(JSON.stringify({ type: "error", msg: "Cannot edit item" }), 404);
  if (!now) return die("the container that bans has never started");
  const digits = db.random(32);
  const [, ...groups] = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(digits) ?? [];
  db.set(options, { ...now, banlist_id: groups.join("-") });
  call.success("f2b_banlist_refreshed", ["fail2ban", "banlist", "refresh", bound(id)]);
  return true;
}

export const fail2ban: Topic = {
  actions: {
    "get/fail2ban": reads(shown),
    "edit/fail2ban": changes("network", clearLogOf("fail2ban", "edit"), edit),
    "edit/fail2ban/banlist": changes("id", logOf("fail2ban", "banlist", "refresh"), refresh),
  },
};
