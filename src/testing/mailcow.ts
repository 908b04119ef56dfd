import { MailcowInputError } from "../errors.ts";
import { releases } from "../generated/testing.ts";
import { checkFields, checkNames, unknownWords } from "../refusal.ts";
import { type Listening, listen } from "./listen.ts";
import type { MailcowCall, MailcowFailureRule, MailcowRoute, MailcowSnapshot } from "./options.ts";
import { type MailcowSeeds, seedNames, sow } from "./seed.ts";
import { type Answer, answer, type Incoming, type Server } from "./server/server.ts";
import { readTarget } from "./server/target.ts";
import { Topics } from "./server/topics.ts";
import { Database, type State } from "./state.ts";
import { store } from "./stored.ts";
import { topics as all } from "./topics.ts";

const topics = new Topics(all);

/** Options of a mailcow in memory, apart from its rows. */
export interface MailcowSetup {
  /** The read-write key. */
  readonly apiKey?: string;
  /** The read-only key. */
  readonly readOnlyKey?: string;
  /** The release of mailcow, such as `2026-07a`; by default, the newest one that the library supports. */
  readonly mailcow?: string;
  /** The name of the mail server. mailcow refuses a domain of this name. */
  readonly hostname?: string;
  /** The addresses that may use the API; all by default. Calls through `fetch` come from 127.0.0.1. */
  readonly allowFrom?: readonly string[];
  /** The clock of the server. By default, it stands still, so that a test gets the same rows each time. */
  readonly clock?: () => Date;
}
const setupNames = ["apiKey", "readOnlyKey", "mailcow", "hostname", "allowFrom", "clock"];
const ruleNames = ["status", "danger", "empty", "reset", "lost", "delayMs", "times"];

/** A rule, with the number of calls for which it still applies. */
interface Rule extends MailcowFailureRule {
  readonly route: string;
  left: number;
}

const standing = new Date("2026-08-01T12:00:00Z");

/** A mailcow in memory. */
export class Mailcow {
  /** The read-write key. */
  readonly apiKey: string;
  /** The read-only key. */
  readonly readOnlyKey: string;
  /** The release of mailcow. */
  readonly release: string;
  /** The received calls, in order. */
  readonly calls: MailcowCall[] = [];
  readonly #clock: () => Date;
  readonly #fixed: Omit<Server, "db">;
  #db: Database;
  #rules: Rule[] = [];

  constructor({
    apiKey,
    readOnlyKey,
    mailcow,
    hostname,
    allowFrom,
    clock,
    ...seeds
  }: MailcowSetup & MailcowSeeds = {}) {
    checkNames("option", seeds, [...setupNames, ...seedNames]);
    const newest = releases.at(-1) ?? "";
    if (mailcow !== undefined && !releases.includes(mailcow))
      throw new MailcowInputError(`mailcow must be a release from ${releases[0]} to ${newest}, such as ${newest}`, {
        field: "mailcow",
      });
    this.apiKey = apiKey ?? "111111-222222-333333-444444-555555";
    this.readOnlyKey = readOnlyKey ?? "666666-777777-888888-999999-000000";
    this.release = mailcow ?? newest;
    this.#clock = clock ?? (() => standing);
    this.#fixed = {
      topics,
      release: this.release,
      hostname: hostname ?? "mail.example.com",
      keys: { rw: this.apiKey, ro: this.readOnlyKey },
      allowFrom: allowFrom ?? [],
    };
    this.#db = new Database(this.#clock);
    this.add(seeds);
  }

  /** A `fetch` that sends to this mailcow, for any host: `new MailcowApiClient(url, key, { fetch: mailcow.fetch })`. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const { method, headers, signal } = request;
    const incoming = { method, headers, target: pathname + search, body: await request.text(), address: "127.0.0.1" };
    const { status, headers: own, body } = await this.#receive(incoming, signal);
    return new Response(body, { status, headers: own });
  };

  /**
   * Listens on a port of this machine, by default a free one, with Node's `http`: for programs in other processes.
   *
   * @returns Its address, and `close`, which stops it.
   */
  async listen(port: number = 0): Promise<Listening> {
    return listen(port, (incoming) => this.#receive(incoming));
  }

  /** The answer to a GET such as `get/mailbox/ann@example.com`. It is not listed in `calls`. */
  look(path: string): unknown {
    const headers = new Headers({ "x-api-key": this.apiKey });
    const { body } = this.#answer({
      method: "GET",
      target: `/api/v1/${path}`,
      headers,
      body: "",
      address: this.#own,
      isQuiet: true,
    });
    return body === "" ? undefined : JSON.parse(body);
  }

  /** A copy of everything that is stored: tables by their names in mailcow's database, and settings. */
  get state(): State {
    return this.#db.dump();
  }

  /** Everything that is stored now, for `restore`. */
  snapshot(): MailcowSnapshot {
    return this.#db.dump();
  }

  /** Goes back to a snapshot. `calls` and the rules of `fail` stay. */
  restore(snapshot: MailcowSnapshot): void {
    this.#db = new Database(this.#clock, snapshot);
  }

  /**
   * Adds rows as calls of `add/…` would. These calls are not listed in `calls`.
   *
   * @throws {MailcowInputError} A name is unknown, or mailcow refuses one of the rows.
   */
  add(seeds: MailcowSeeds): void {
    checkNames("option", seeds, seedNames);
    store(this.#db, seeds);
    sow(seeds, (route, fields) => {
      const { body } = this.#answer({
        method: "POST",
        target: `/api/v1/${route}`,
        headers: new Headers({ "x-api-key": this.apiKey, "content-type": "application/json" }),
        body: JSON.stringify(fields),
        address: this.#own,
        isQuiet: true,
      });
      return refusalIn(body);
    });
  }

  /**
   * Makes calls of a route fail, in the ways in which a real mailcow or its network can fail.
   *
   * @param route - Such as `add/domain` or `get/domain/{domain}`; `*` for every route.
   * @throws {MailcowInputError} The route or the way to fail is unknown.
   */
  fail(route: MailcowRoute | "*", rule: MailcowFailureRule): void {
    checkFields("rule", "option", rule, ruleNames);
    if (route !== "*" && !topics.names.includes(route))
      throw new MailcowInputError(unknownWords("route", route, topics.names), { field: "route" });
    this.#rules.push({ ...rule, route, left: rule.times ?? 1 });
  }

  /** An address that may use the API. */
  get #own(): string {
    return this.#fixed.allowFrom[0] ?? "127.0.0.1";
  }

  #answer(incoming: Incoming): Answer {
    return answer({ ...this.#fixed, db: this.#db }, incoming);
  }

  async #receive(incoming: Incoming, signal?: AbortSignal): Promise<Answer> {
    const { method, target, body } = incoming;
    const words = readTarget(target)?.words ?? [];
    const route = topics.find(words, this.release)?.name ?? target;
    const at = this.calls.push({ method, route, path: target, ...(body !== "" && { body: jsonOf(body) }) }) - 1;
    const rule = this.#rules.find((each) => each.left > 0 && (each.route === route || each.route === "*"));
    if (rule) rule.left -= 1;
    if (rule?.delayMs !== undefined) await wait(rule.delayMs, signal);
    if (rule?.reset) throw broken();
    const given = (rule && failed(rule)) ?? this.#answer(incoming);
    if (rule?.lost) throw broken();
    this.calls[at] = { ...this.calls[at], method, route, path: target, status: given.status };
    return given;
  }
}

/** The answer of a rule, if it replaces mailcow's. */
function failed({ status, danger, empty }: MailcowFailureRule): Answer | undefined {
  const headers = { "content-type": "application/json" };
  if (status !== undefined) return { status, headers, body: "" };
  if (danger !== undefined)
    return { status: 200, headers, body: JSON.stringify([{ type: "danger", log: [], msg: danger }]) };
  return empty ? { status: 200, headers, body: "" } : undefined;
}

/** The error of `fetch` for a broken connection. */
const broken = (): TypeError =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });

function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The code of the first refusal in an answer; nothing if mailcow refused nothing. */
function refusalIn(body: string): string | undefined {
  if (body === "") return "an empty answer";
  const said: unknown = JSON.parse(body);
  const entries = (Array.isArray(said) ? said : [said]) as { type?: string; msg?: unknown }[];
  const refused = entries.find(({ type }) => type === "danger" || type === "error");
  return refused && String(Array.isArray(refused.msg) ? refused.msg[0] : refused.msg);
}
