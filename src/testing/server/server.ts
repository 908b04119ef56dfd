import { array, type Data, Died, decoded, isEmpty, list } from "../rules/php.ts";
import { authFailures } from "../rules/settings.ts";
import type { Database } from "../state.ts";
import { noteCall } from "./api-log.ts";
import { Call } from "./call.ts";
import { corsHeaders, preflight } from "./cors.ts";
import { Raw } from "./raw.ts";
import { fieldsRead } from "./release.ts";
import { readTarget, type Target } from "./target.ts";
import type { Topics } from "./topics.ts";

/** A request as it comes over the wire. */
export interface Incoming {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly target: string;
  readonly headers: Headers;
  readonly body: string;
  /** From where it comes. */
  readonly address: string;
  /** A look at what is stored, which leaves no trace. */
  readonly isQuiet?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Server {
  readonly db: Database;
  readonly topics: Topics;
  readonly release: string;
  readonly hostname: string;
  readonly keys: Readonly<Record<"rw" | "ro", string>>;
  /** The addresses that may use the API; any if empty. */
  readonly allowFrom: readonly string[];
}

type Access = "rw" | "ro" | "none";

const error = (msg: string, status = 200): Raw => new Raw(JSON.stringify({ type: "error", msg }), status);
const notFound = (): Raw => error("route not found", 404);
const onlyMethod = (method: string): Raw => error(`only ${method} method is allowed`, 405);
const empty = (status = 200): Raw => new Raw("", status);
const verbs = ["get", "search", "add", "edit", "delete"];

/** Answers a request as mailcow does. */
export function answer(server: Server, incoming: Incoming): Answer {
  const headers = { "content-type": "application/json", ...corsHeaders(server, incoming.headers.get("origin") ?? "") };
  const asHtml = ({ status, body }: Raw) => ({
    status,
    headers: { ...headers, "content-type": "text/html; charset=utf-8" },
    body,
  });
  // Browsers ask before they send, without a key.
  const isAllowed = preflight(server, incoming.method, incoming.headers);
  if (isAllowed !== undefined) return asHtml(empty(isAllowed ? 200 : 405));
  const access = accessOf(server, incoming);
  if (access instanceof Raw) return asHtml(access);
  const { status, body } = answered(server, incoming, access);
  return { status, headers, body };
}

/** The key decides before anything else is read. */
function accessOf({ db, keys, allowFrom }: Server, { headers, address }: Incoming): Access | Raw {
  const key = headers.get("x-api-key") ?? "";
  if (key === "") return "none";
  const found = (["rw", "ro"] as const).find((access) => keys[access] === key.replace(/[^a-zA-Z0-9-]/g, ""));
  if (found && (allowFrom.length === 0 || allowFrom.includes(address))) return found;
  const failures = db.get(authFailures);
  db.set(authFailures, { ...failures, [address]: (failures[address] ?? 0) + 1 });
  return error(found ? `api access denied for ip ${address}` : "authentication failed", 401);
}

function answered(server: Server, incoming: Incoming, access: Access): Raw {
  if ((incoming.headers.get("sec-fetch-dest") ?? "empty") !== "empty") return empty(403);
  const target = readTarget(incoming.target);
  if (!target) return new Raw("<html><body>404 Not Found</body></html>", 404);
  const [verb = ""] = target.words;
  const isJson = (incoming.headers.get("content-type") ?? "").includes("application/json");
  const body = isJson ? parsed(incoming.body) : undefined;
  if (isJson && verb !== "get" && (body === null || body === undefined))
    return error("Request body doesn't contain valid json!", 400);
  if (!incoming.isQuiet) noteCall(server.db, incoming, loggedParts(verb, body));
  if (!verbs.includes(verb)) return notFound();
  try {
    if (verb === "get") return read(server, incoming, target, access);
    if (verb === "search") return searched(server, incoming, target, access, body);
    return written(server, incoming, target, access, body);
  } catch (error) {
    if (error instanceof Died) return empty();
    throw error;
  }
}

/** The parts of a body as the log of the API shows them. */
function loggedParts(verb: string, body: unknown): Readonly<Record<string, unknown>> {
  if (body === undefined) return {};
  if (verb === "add") return { attr: body };
  if (verb === "delete") return { items: body };
  const { attr = null, items = null } = { ...array(body) } as Data;
  return verb === "edit" ? { attr, items } : {};
}

function parsed(text: string): unknown {
  try {
    return decoded(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function read(server: Server, { method }: Incoming, target: Target, access: Access): Raw {
  if (method !== "GET") return onlyMethod("GET");
  if (access === "none") return empty();
  const [verb = "", object = ""] = target.words;
  if (!server.topics.has(verb, object, server.release)) return notFound();
  const match = server.topics.find(target.words, server.release);
  // An unknown word after a known one is no error, but for the name of a log.
  if (!match) return object === "logs" ? notFound() : empty();
  if (!match.action) return notYet(match.name);
  const call = new Call(server, match.action, { ...match, query: target.query, data: {}, sent: {} });
  return shown(match.action.run(call), match.action.nothing);
}

/** What a read found. PHP takes `false`, 0 and empty texts and lists for nothing. */
function shown(data: unknown, nothing: unknown): Raw {
  if (data instanceof Raw) return data;
  const found = isEmpty(data) ? nothing : data;
  return new Raw(found === "" ? "" : JSON.stringify(found));
}

function searched(server: Server, { method }: Incoming, target: Target, access: Access, body: unknown): Raw {
  if (server.release < "2026-03") return notFound();
  if (method !== "POST") return onlyMethod("POST");
  const match = server.topics.find(target.words, server.release);
  if (!match) return error("Invalid search category", 404);
  if (access === "none") return error("Insufficient permissions", 403);
  if (!match.action) return notYet(match.name);
  const data: Data = { ...array(body) };
  return shown(
    match.action.run(new Call(server, match.action, { ...match, query: target.query, data, sent: data })),
    {},
  );
}

function written(server: Server, { method }: Incoming, target: Target, access: Access, body: unknown): Raw {
  const [verb = "", object = ""] = target.words;
  if (access === "ro" || (access === "none" && verb !== "add")) return error("API read/write access denied", 403);
  if (body === undefined) return error("Cannot find attributes in post data");
  if (method !== "POST") return onlyMethod("POST");
  if (!server.topics.has(verb, object, server.release)) return notFound();
  const match = server.topics.find(target.words, server.release);
  if (!match) return empty();
  const { action, route, params, name } = match;
  if (!action) return notYet(name);
  const { items, attr } = partsOf(verb, body);
  // Attributes beat items: a field with the name of the items replaces them.
  const base = action.items === undefined ? {} : { [action.items]: items };
  const data = {
    ...base,
    ...(verb === "delete" ? named(params) : fieldsRead(route, verb, { ...attr }, server.release)),
  };
  const sent = verb === "add" ? attr : { ...base, ...(verb === "delete" ? named(params) : attr) };
  const call = new Call(server, action, { params, query: target.query, data, sent });
  const result = access === "none" ? call.danger("access_denied") : action.run(call);
  if (result instanceof Raw) return result;
  if (call.entries.length > 0) return new Raw(JSON.stringify(call.entries));
  if (typeof result === "object" && result !== null) return new Raw(JSON.stringify(result));
  return result === false
    ? error(`Cannot ${verb} item`)
    : new Raw(JSON.stringify({ type: "success", msg: "Task completed" }));
}

/** Parameters of the path; those that are missing are `null`. */
const named = (params: Readonly<Record<string, string | undefined>>): Data =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [nameInData[name] ?? name, value ?? null]));

/** Parameters that mailcow calls otherwise than the contract. */
const nameInData: Readonly<Record<string, string>> = { mailbox: "username" };

/** What a write is about, and with which attributes. */
function partsOf(verb: string, body: unknown): { items: object; attr: Data | unknown[] } {
  if (verb === "add") return { items: [], attr: asData(body) };
  if (verb === "delete") return { items: array(body), attr: {} };
  if (typeof body === "string") throw new Died("a text has no fields");
  const { attr = null, items = null } = { ...array(body) } as Data;
  return { items: array(items), attr: asData(attr) };
}

function asData(value: unknown): Data | unknown[] {
  const data = array(value);
  return Array.isArray(data) ? list(data) : { ...data };
}

const notYet = (name: string): Raw => error(`mailcow-client/testing does not answer ${name} yet`, 501);
