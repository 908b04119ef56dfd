import type { Exchange } from "./conformance/recordings.ts";

type Row = Record<string, unknown>;
type Change = (tables: Record<string, Row[]>, settings: Row) => void;

/** What other programs than mailcow's own did to the recorded server before a call: mail came, logs grew, containers stopped. */
export function outside({ request, response }: Exchange): Change[] {
  const { body } = response;
  const route = request.path.replace("/api/v1/", "");
  const isRead = request.method === "GET" && request.key !== "none" && response.status === 200;
  const said = Array.isArray(body) ? body : [];
  if (isRead && route.startsWith("get/logs/")) return [logged(route, body)];
  if (isRead && route.startsWith("get/mailq/all")) return [tableOf("postqueue", "queue_id", said)];
  if (isRead && route === "get/quarantine/all") return [mails(said)];
  if (isRead && route.startsWith("get/quarantine/") && isRow(body)) return [mails([body])];
  if (isRead && route === "get/fail2ban") return [banned(body as Row)];
  if (isRead && route.startsWith("get/global_filters/")) return [files(route, body)];
  if (isRead && /^get\/(status\/|presets\/(rspamd|sieve)$)/.test(route)) return [passedOn(route, body)];
  if (isRead && route === "get/rspamd/actions") return [actions(said as [string, number][])];
  if (route === "edit/identity-provider-test")
    return [
      (_, settings) =>
        Object.assign(settings, { "identity_provider/reachable": isRow(body) && body["type"] !== "error" }),
    ];
  const isSilent = route.startsWith("get/postcat/") && request.key === "rw" && response.text === "";
  return [
    ...(/^edit\/(qitem|quarantine)$/.test(route) ? [released(said)] : []),
    container("postfix", isSilent ? [{ msg: "unknown" }] : said, ["unknown", "Cannot connect to Postfix"]),
    container("netfilter", said, ["reset_f2b_regex"]),
    container("dovecot", said, ["dovecot_restart_failed"]),
  ];
}

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null && !Array.isArray(value);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function answersIn(settings: Row): Row {
  const answers = { ...(settings["ANSWERS"] as Row | undefined) };
  settings["ANSWERS"] = answers;
  return answers;
}

/** The queue and the like are told as a whole. */
const tableOf =
  (name: string, key: string, rows: Row[]): Change =>
  (tables) => {
    const known = new Map((tables[name] ?? []).map((row) => [row[key], row]));
    tables[name] = [...known.values(), ...rows.filter((row) => !known.has(row[key]))];
  };

/** Rows that were not known are newer than those that were. */
const logged =
  (route: string, body: unknown): Change =>
  (tables, settings) => {
    const [, , name = "", range = ""] = route.split("/");
    const rows = Array.isArray(body) ? (body as Row[]) : [];
    if (name === "api") return;
    if (name === "ui") return tableOf("ui_log", "id", rows)(tables, settings);
    if (name === "sasl") {
      const known = tables["sasl_log"] ?? [];
      const isKnown = (row: Row) => known.some((other) => other["datetime"] === row["datetime"]);
      const found = rows.filter((row) => !isKnown(row)).map((row, at) => ({ ...row, id: 5000 + known.length + at }));
      tables["sasl_log"] = [...known, ...found];
      return;
    }
    const answers = answersIn(settings);
    if (name === "rspamd-stats") {
      answers["get/logs/rspamd-stats"] = body;
      return;
    }
    const key = `get/logs/${name}/{count}`;
    const known = (answers[key] as Row[] | undefined) ?? [];
    // Fewer rows than were asked for are all that there are.
    const count = Number(range === "" ? 1000 : range.replace(/[^\d-]/g, ""));
    if (rows.length < count) {
      answers[key] = rows;
      return;
    }
    const isNewest = !range.includes("-") || range.startsWith("1-");
    const found = isNewest ? rows.filter((row) => !known.some((other) => same(row, other))) : [];
    answers[key] = [...found, ...known];
  };

const mails =
  (rows: Row[]): Change =>
  (tables) => {
    const known = new Map((tables["quarantine"] ?? []).map((row) => [row["id"], row]));
    for (const { virus_flag, ...row } of rows) {
      const { created } = row;
      const before = known.get(row["id"]);
      const isList = typeof created === "number";
      const time = isList ? new Date(created * 1000).toISOString().slice(0, 19).replace("T", " ") : created;
      // The list tells where a word stands in a field that only a single mail shows.
      const symbols =
        virus_flag === null
          ? null
          : `${" ".repeat(Math.max(0, Number(virus_flag) - 1))}${virus_flag ? "VIRUS_FOUND" : ""}`;
      if (!before) known.set(row["id"], { symbols, qhash: null, msg: "m", ...row, created: time });
      else if (!isList) known.set(row["id"], row);
    }
    tables["quarantine"] = [...known.values()];
  };

/** Mails that a call released or learned were there before. */
const released =
  (said: Row[]): Change =>
  (tables, settings) => {
    const names = said.flatMap(({ msg }) => (Array.isArray(msg) && msg.length === 2 ? [Number(msg[1])] : []));
    const rows = names.map((id) => ({ id, symbols: null, created: "2026-08-01 12:00:00", rcpt: "a@example.com" }));
    tableOf("quarantine", "id", rows)(tables, settings);
  };

/** Bans, regular expressions and the id of the list are those of another program; the rest is mailcow's. */
const banned =
  (body: Row): Change =>
  (_, settings) => {
    if (!("ban_time" in body))
      Object.assign(settings, { F2B_OPTIONS: null, F2B_REGEX: null, F2B_WHITELIST: [], F2B_BLACKLIST: [] });
    const isOurs = JSON.stringify(settings["F2B_REGEX"] ?? null).includes("mailcow UI");
    if (body["regex"] === null || !("F2B_REGEX" in settings) || isOurs || settings["F2B_REGEX"] === null)
      settings["F2B_REGEX"] = body["regex"];
    const perm = (body["perm_bans"] ?? []) as { network: string }[];
    settings["F2B_PERM_BANS"] = perm.map(({ network }) => network);
    const bans = (body["active_bans"] ?? []) as { network: string; banned_until: string; queued_for_unban: number }[];
    const now = Date.parse("2026-08-01T12:00:01Z") / 1000;
    // What was to be unbanned may be done by now.
    const queued = (settings["F2B_QUEUE_UNBAN"] ?? []) as string[];
    const isDone = (network: string) => bans.some((ban) => ban.network === network && ban.queued_for_unban === 0);
    settings["F2B_QUEUE_UNBAN"] = queued.filter((network) => !isDone(network));
    settings["F2B_ACTIVE_BANS"] = Object.fromEntries(
      bans.map(({ network, banned_until }) => {
        const [hours = 0, minutes = 0, seconds = 0] = (banned_until.match(/-?\d+/g) ?? []).map(Number);
        return [network, now + hours * 3600 + minutes * 60 + seconds];
      }),
    );
  };

const files =
  (route: string, body: unknown): Change =>
  (_, settings) => {
    const told = isRow(body) ? body : { [route.split("/")[2] ?? ""]: body };
    for (const [type, name] of [
      ["prefilter", "before"],
      ["postfilter", "after"],
    ] as const)
      if (!(`global_sieve/${name}` in settings) && typeof told[type] === "string")
        settings[`global_sieve/${name}`] = told[type];
  };

const passedOn =
  (route: string, body: unknown): Change =>
  (_, settings) => {
    const [get, object, name, more] = route.split("/");
    const isContainer = name === "container" && Array.isArray(body);
    if (name === "container" && !isContainer) return;
    const key = isContainer ? "get/status/container/{container}" : [get, object, name, more].filter(Boolean).join("/");
    if (body !== undefined && key !== "get/status/version") answersIn(settings)[key] = body;
  };

const actions =
  (pairs: [string, number][]): Change =>
  (_, settings) => {
    const answers = answersIn(settings);
    answers["get/logs/rspamd-stats"] ??= { actions: Object.fromEntries(pairs) };
  };

/** A container is stopped while calls say so. */
const container =
  (name: string, said: Row[], words: string[]): Change =>
  (_, settings) => {
    const isDown = said.some(({ msg }) => words.includes(String(msg)));
    const answers = settings["ANSWERS"] as Row | undefined;
    if (!isDown && !answers) return;
    const containers = { ...(answers?.["get/status/containers"] as Row | undefined) };
    containers[`${name}-mailcow`] = { state: isDown ? "exited" : "running" };
    answersIn(settings)["get/status/containers"] = containers;
  };
