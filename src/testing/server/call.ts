import { type Data, list } from "../rules/php.ts";
import type { Database } from "../state.ts";
import type { Action, Log } from "./topic.ts";
import type { Topics } from "./topics.ts";

/** What mailcow says about a step of a write. */
export interface Entry {
  readonly type: "success" | "danger" | "warning" | "info" | "error";
  readonly log: readonly unknown[];
  readonly msg: unknown;
}

interface Request {
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: ReadonlyMap<string, string>;
  /** What the function of mailcow is called with. */
  readonly data: Data;
  /** The same for its log, which repeats what was sent, also what this release does not read. */
  readonly sent: Data | readonly unknown[];
}

/** What a call works with. */
interface Surroundings {
  readonly db: Database;
  readonly release: string;
  readonly hostname: string;
  readonly topics: Topics;
}

/** One call of a route while it is worked on. */
export class Call implements Request {
  readonly entries: Entry[];
  readonly params: Request["params"];
  readonly query: Request["query"];
  readonly data: Data;
  readonly sent: Request["sent"];

  readonly db: Database;
  /** The release of this mailcow. */
  readonly release: string;
  readonly hostname: string;
  readonly #action: Action;
  readonly #server: Surroundings;

  constructor(server: Surroundings, action: Action, { params, query, data, sent }: Request, entries: Entry[] = []) {
    this.entries = entries;
    this.#server = server;
    this.db = server.db;
    this.release = server.release;
    this.hostname = server.hostname;
    this.#action = action;
    this.params = params;
    this.query = query;
    this.data = data;
    this.sent = sent;
  }

  /** What an edit or a delete is about. */
  get items(): unknown[] {
    const given = this.data[this.#action.items ?? ""];
    return typeof given === "object" ? list(given) : [given];
  }

  /** Whether this mailcow has what came with a release. */
  since(release: string): boolean {
    return this.release >= release;
  }

  success(msg: unknown, log?: Entry["log"]): void {
    this.say("success", msg, log);
  }

  /** A refusal. Returns `false`, as mailcow's functions do. */
  danger(msg: unknown, log?: Entry["log"]): false {
    this.say("danger", msg, log);
    return false;
  }

  warning(msg: unknown, log?: Entry["log"]): void {
    this.say("warning", msg, log);
  }

  say(type: Entry["type"], msg: unknown, log: Entry["log"] = this.#action.log(this.sent)): void {
    this.entries.push({ type, log, msg });
  }

  /** A call of another function of mailcow within this one, which says what it does in words of its own. */
  within(data: Data, log: Log): Call {
    const { params, query, entries } = this;
    return new Call(this.#server, { ...this.#action, log }, { params, query, data, sent: data }, entries);
  }

  /** Lets all topics do what belongs to an event. */
  tell(event: "domainRemoved" | "mailboxRemoved", name: string): void {
    for (const { on } of this.#server.topics.all) on?.[event]?.(this.db, name);
  }

  tellRenamed(before: string, after: string): void {
    for (const { on } of this.#server.topics.all) on?.mailboxRenamed?.(this.db, before, after);
  }
}
