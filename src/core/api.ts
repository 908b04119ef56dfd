import type { MailcowClient } from "../client.ts";
import type { Route } from "../contract.ts";
import { isMailcowError } from "../errors.ts";
import { getStatusVersion } from "../generated/routes/status.ts";
import { serializePath } from "../transport/path.ts";
import type { Answer } from "../transport/reply.ts";
import { knownRoute } from "../transport/traits.ts";
import { answerOf } from "./answer.ts";
import { type CallOptions, callOptionsOf } from "./options.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { Queues } from "./queues.ts";
import { checkReferences } from "./references.ts";
import { checkShown, forRelease, hasNeeds, isRelease, needsRelease } from "./releases.ts";
import { rowsAfter } from "./rows.ts";

type Send = (path: string, init: object) => Promise<Answer<unknown>>;

/** The only way by which the facade calls mailcow. */
export class Api {
  /** The number of answers so far. */
  answers = 0;
  readonly #send: Readonly<Record<Route<never, never>["method"], Send>>;
  /** The release of the server, or `null` if the server does not tell; absent until it was asked. */
  #release: string | null | undefined;
  readonly #asking = new Queues();

  constructor(client: MailcowClient, release?: string) {
    const { GET, POST } = client;
    // The types of the routes say which path has which data.
    this.#send = { GET: GET as Send, POST: POST as Send };
    this.#release = release;
  }

  /**
   * Calls a route: converts the input to mailcow's spelling or refuses it, refuses what this server would ignore, checks
   * references that mailcow would not check, sends it, and returns an answer with the outer shape of the route.
   */
  async call<I, A>(route: Route<I, A>, input: NoInfer<I>, options?: CallOptions): Promise<A> {
    const { allowUnknown, ...call } = callOptionsOf(options);
    const prepared = readyFor(route, input) ?? prepare(route, input, allowUnknown);
    const body = route.body && (await this.checkBody(route, prepared.body, call, prepared.asked));
    const params = located(route, prepared);
    const answer = await this.#send[route.method](route.path, { params, ...(body !== undefined && { body }), ...call });
    this.answers += 1;
    const answered = answerOf(route, answer);
    const { asked = prepared.body } = prepared;
    if (await this.mayIgnore(route, asked, call))
      for (const row of await rowsAfter(this, route, body, answered, call)) checkShown(route, asked, row);
    return answered;
  }

  /** Whether this server may ignore something of a body: it does not tell its release. */
  mayIgnore({ body: schema }: Route<never, unknown>, body: unknown, call: CallOptions): false | Promise<boolean> {
    return hasNeeds(schema, body) && this.release(call).then((release) => release === null);
  }

  /** A body as this server reads it. Refuses what it would ignore, and references that mailcow would not check. */
  async checkBody(
    route: Route<never, unknown>,
    body: unknown,
    call: CallOptions,
    asked: unknown = body,
  ): Promise<unknown> {
    await checkReferences(this, route, body, call);
    if (!needsRelease(route.body, asked)) return body;
    return forRelease(route, body, asked, await this.release(call));
  }

  /** The release of the server, asked for once; `null` if the server does not tell. */
  async release(call: CallOptions): Promise<string | null> {
    // Those who come while it is asked for wait for the answer, and ask themselves if none comes.
    if (this.#release === undefined) await this.#asking.inOrder("release", call.signal, () => this.#ask(call));
    return this.#release ?? null;
  }

  async #ask(call: CallOptions): Promise<void> {
    if (this.#release !== undefined) return;
    try {
      const { version } = (await this.call(getStatusVersion, {}, call)) as { version: unknown };
      this.#release = isRelease(version) ? version : null;
    } catch (error) {
      // Some proxies hide this route.
      if (!isMailcowError(error) || !["http", "reply", "rejected"].includes(error.kind)) throw error;
      this.#release = null;
    }
  }
}

/** How to check an input. */
interface Checking {
  /** Send fields that the contract does not have as they are. */
  readonly allowUnknown?: boolean | undefined;
  /** The part of the body that the caller gave; the rest was read from the server. */
  readonly asked?: unknown;
}

/** The input of a route as `call` will send it; throws if it is wrong. */
export function checked<I>(route: Route<I, unknown>, input: I, { allowUnknown, asked }: Checking = {}): I {
  const prepared = { ...prepare(route, input, allowUnknown), ...(asked !== undefined && { asked }) };
  const { params, body } = prepared;
  checkIds(route, params);
  const sent = route.params ? { ...params, ...(route.body && { body }) } : body;
  if (typeof sent === "object" && sent !== null) ready.set(sent, { route, prepared });
  return sent as I;
}

/** Refuses ids that can't be in the path of a route. */
export function checkIds({ method, path }: Route<never, unknown>, ids: Readonly<Record<string, unknown>>): void {
  serializePath(path, ids, knownRoute(method, path)?.pieces);
}

/** Inputs that were checked, so that none is checked twice. */
const ready = new WeakMap<object, { readonly route: unknown; readonly prepared: Prepared }>();

function readyFor(route: unknown, input: unknown): Prepared | undefined {
  const known = ready.get(Object(input));
  return known?.route === route ? known?.prepared : undefined;
}

/** Parameters where they belong: in the path, or after it. */
function located({ path }: Route<never, unknown>, { params }: Prepared) {
  const places: { path?: Record<string, unknown>; query?: Record<string, unknown> } = {};
  for (const [name, value] of Object.entries(params)) {
    const place = path.includes(`{${name}}`) ? "path" : "query";
    const values = places[place] ?? {};
    values[name] = value;
    places[place] = values;
  }
  return places;
}
