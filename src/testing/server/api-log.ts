import { isSet } from "../rules/php.ts";
import { phpJson } from "../rules/php-json.ts";
import { type Database, type Setting, setting } from "../state.ts";
import type { Incoming } from "./server.ts";

interface ApiLogRow {
  readonly time: number;
  readonly uri: string;
  readonly method: string;
  readonly remote: string;
  readonly data: string;
}
/** The calls, the oldest first. */
export const apiLog: Setting<ApiLogRow[]> = setting<ApiLogRow[]>("API_LOG", []);

/** As many rows as mailcow keeps by default. */
const limit = 9999;

/** Notes a call, before it is worked on. The parts of its body follow in JSON. */
export function noteCall(db: Database, incoming: Incoming, parts: Readonly<Record<string, unknown>>): void {
  const { method, target: uri, address: remote } = incoming;
  const data = Object.entries(parts).map(([name, value]) => `${name}='${inLog(value)}'`);
  const row = { time: db.seconds(), uri, method, remote, data: data.join(", ") };
  // A copy for each call would take longer than most calls.
  const rows = db.get(apiLog);
  if (rows.length === 0) db.set(apiLog, [row]);
  else if (rows.push(row) > limit) rows.shift();
}

/** A value with an asterisk for what is named like a password. An empty list shows as the word for it. */
function inLog(value: unknown): string {
  if (!isSet(value)) return "";
  if (Array.isArray(value)) return value.length > 0 ? phpJson(value) : "Array";
  if (typeof value !== "object" || value === null) return phpJson(value);
  return phpJson(
    Object.fromEntries(Object.entries(value).map(([name, member]) => [name, /pass/i.test(name) ? "*" : member])),
  );
}
