import { Mailcow } from "../../src/testing/mailcow.ts";
import type { Exchange } from "./conformance/recordings.ts";
import { setUp } from "./fidelity-setup.ts";

/** An exchange that the mailcow in memory answers in another way. */
export interface Difference {
  readonly recording: string;
  readonly route: string;
  readonly where: string;
  readonly recorded: unknown;
  readonly ours: unknown;
}

export interface Score {
  same: number;
  total: number;
  readonly differences: Difference[];
}

const hash = /^\{[A-Z\d-]+\}/;
const time = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** Fields whose values each server makes up for itself: keys, hashes, times, and what random names are made of. */
const madeUp =
  /^(pubkey|privkey|banlist_id|task|dkim_txt|length|qhash|client_id|client_secret|token|validity|passwd_update|created|modified|time|datetime|unix|last_\w+|address)$/;
/** Of these, a text is only made up if the request did not hold it. */
const maybeMadeUp = new Set(["address", "length", "token", "client_id", "client_secret", "validity"]);

/** Replays the recordings of one file, in their order, to an empty mailcow, and compares what it answers. */
export class Replay {
  readonly #mailcow: Mailcow;
  /** Ids and names that the recorded server made up, with ours. */
  readonly #ours = new Map<string, string>();
  /** All that requests said so far. */
  #said = "";

  constructor(release: string, exchanges: readonly Exchange[]) {
    const time = JSON.stringify(exchanges)
      .match(/(?<="(?:created|modified|datetime)":")[^"]+/g)
      ?.sort()
      .at(-1);
    const started = new Date(Date.parse(time ? `${time}Z` : "2026-08-01T12:00:00Z") + 1000);
    this.#mailcow = new Mailcow({ mailcow: release, hostname: "mail.mailcow.test", clock: () => started });
  }

  async run(exchange: Exchange): Promise<Difference | undefined> {
    const { request, response } = exchange;
    this.#said += JSON.stringify([request.path, request.body]);
    setUp(this.#mailcow, exchange, (name) => this.#ours.has(name));
    const answer = await this.#send(exchange);
    const text = await answer.text();
    const recorded = response.text === undefined ? response.body : response.text;
    const ours = response.text === undefined ? parsed(text) : text;
    const difference = (where: string, a: unknown, b: unknown): Difference => ({
      recording: `${exchange.file}: ${exchange.name}`,
      route: `${request.method} ${request.path}`,
      where,
      recorded: a,
      ours: b,
    });
    if (response.status !== answer.status) return difference("status", response.status, answer.status);
    const type = answer.headers.get("content-type") ?? "";
    if (response.contentType !== undefined && response.contentType !== type)
      return difference("content-type", response.contentType, type);
    const found = this.#compare(recorded, ours, "", "");
    return found && difference(...found);
  }

  #send({ request }: Exchange): Promise<Response> {
    const { method, path, key, body, rawBody } = request;
    const keys = { rw: this.#mailcow.apiKey, ro: this.#mailcow.readOnlyKey, wrong: "wrong-key", none: "" };
    const text = rawBody ?? (body === undefined ? undefined : this.#translated(JSON.stringify(body)));
    const given: Record<string, string> = (request as { headers?: Record<string, string> }).headers ?? {};
    const headers = {
      ...given,
      ...(key !== "none" && { "x-api-key": keys[key] }),
      ...(text !== undefined && { "content-type": "application/json" }),
    };
    return this.#mailcow.fetch(`http://mail.mailcow.test${this.#translated(path)}`, {
      method,
      headers,
      ...(text !== undefined && method !== "GET" && { body: text }),
    });
  }

  /** A path or a body with our ids instead of the recorded ones. */
  #translated(text: string): string {
    return text.replace(/(?<=["/,[:])[\w@.+-]+(?=["/,\]}]|$)/g, (word) => this.#ours.get(word) ?? word);
  }

  /** The first place in which two answers differ, with both values. */
  #compare(recorded: unknown, ours: unknown, key: string, where: string): [string, unknown, unknown] | undefined {
    if (this.#isMadeUp(key, recorded, ours)) return undefined;
    if (Array.isArray(recorded) && Array.isArray(ours)) {
      if (recorded.length !== ours.length) return [where || "/", recorded, ours];
      const rows = this.#paired(recorded, ours);
      for (const [index, value] of recorded.entries()) {
        const member = key === "msg" && index > 0 ? "msg argument" : key === "msg" ? "" : key;
        const found = this.#compare(value, rows[index], member, `${where}/${index}`);
        if (found) return found;
      }
      return undefined;
    }
    if (isObject(recorded) && isObject(ours)) {
      const names = new Set([...Object.keys(recorded), ...Object.keys(ours)]);
      for (const name of names) {
        if (Object.hasOwn(recorded, name) !== Object.hasOwn(ours, name))
          return [`${where}/${name}`, recorded[name], ours[name]];
        const found = this.#compare(recorded[name], ours[name], name, `${where}/${name}`);
        if (found) return found;
      }
      return undefined;
    }
    if (recorded === ours || this.#isSameId(key, recorded, ours)) return undefined;
    if (typeof recorded === "string" && this.#ours.get(recorded) === ours) return undefined;
    return [where || "/", recorded, ours];
  }

  /** Our rows in the order of the recorded ones; time-limited aliases are listed by addresses that are made up. */
  #paired(recorded: readonly unknown[], ours: readonly unknown[]): readonly unknown[] {
    const isTemporary = (row: unknown) => isObject(row) && "validity" in row && "goto" in row;
    if (!recorded.every(isTemporary) || !ours.every(isTemporary)) return ours;
    const left = [...ours] as Record<string, unknown>[];
    const distance = (a: Record<string, unknown>, b: Record<string, unknown>) =>
      (this.#ours.get(String(a["address"])) === b["address"] ? 0 : 1e12) +
      (a["description"] === b["description"] && a["permanent"] === b["permanent"] ? 0 : 1e11) +
      Math.abs(Number(a["validity"]) - Number(b["validity"]));
    return recorded.map((row) => {
      left.sort((a, b) => distance(row as Record<string, unknown>, a) - distance(row as Record<string, unknown>, b));
      return left.shift();
    });
  }

  #isMadeUp(key: string, recorded: unknown, ours: unknown): boolean {
    if (typeof recorded !== typeof ours || recorded === null || ours === null) return false;
    if (time.test(String(recorded)) && time.test(String(ours))) return true;
    if (key === "password" && hash.test(String(recorded)) && hash.test(String(ours))) return true;
    if (!madeUp.test(key) || !["string", "number"].includes(typeof recorded)) return false;
    if ((recorded === 0) !== (ours === 0) || (recorded === "") !== (ours === "")) return false;
    if (maybeMadeUp.has(key) && this.#said.includes(JSON.stringify(recorded))) return recorded === ours;
    if (typeof recorded !== "string") return true;
    this.#ours.set(recorded, String(ours));
    const [local = "", host] = recorded.split("@");
    if (host !== undefined) this.#ours.set(local, String(ours).split("@")[0] ?? "");
    return true;
  }

  /** Whether both servers gave an id of their own; from now on, requests with the recorded one mean ours. */
  #isSameId(key: string, recorded: unknown, ours: unknown): boolean {
    if (!/(^|_)id$|^msg argument$|^prefid$|^app_password$/.test(key)) return false;
    if (typeof recorded !== typeof ours || !/^\d+$/.test(String(recorded)) || !/^\d+$/.test(String(ours))) return false;
    const known = this.#ours.get(String(recorded));
    if (known !== undefined) return known === String(ours);
    if (key === "msg argument" && typeof recorded === "number") return false;
    this.#ours.set(String(recorded), String(ours));
    return true;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
