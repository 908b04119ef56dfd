import type { MailcowClient } from "../client.ts";
import type { Route } from "../contract.ts";
import { serializePath } from "../transport/path.ts";
import type { Answer } from "../transport/reply.ts";
import { answerOf } from "./answer.ts";
import { type CallOptions, callOptionsOf } from "./options.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { checkReferences } from "./references.ts";

type Send = (path: string, init: object) => Promise<Answer<unknown>>;

/** The only way by which the facade calls mailcow. */
export class Api {
  /** The number of answers so far. */
  answers = 0;
  readonly #send: Readonly<Record<Route<never, never>["method"], Send>>;

  constructor(client: MailcowClient) {
    const { GET, POST } = client;
    // The types of the routes say which path has which data.
    this.#send = { GET: GET as Send, POST: POST as Send };
  }

  /**
   * Calls a route: converts the input to mailcow's spelling or refuses it, checks references that mailcow would not
   * check, sends it, and returns an answer with the outer shape of the route.
   */
  async call<I, A>(route: Route<I, A>, input: NoInfer<I>, options?: CallOptions): Promise<A> {
    const call = callOptionsOf(options);
    const prepared = readyFor(route, input) ?? prepare(route, input);
    await checkReferences(this, route, prepared.body, call);
    const { path, query, body } = located(route, prepared);
    const params = { ...(path && { path }), ...(query && { query }) };
    const answer = await this.#send[route.method](route.path, { params, ...(body !== undefined && { body }), ...call });
    this.answers += 1;
    return answerOf(route, answer);
  }
}

/** The input of a route as `call` will send it; throws if it is wrong. */
export function checked<I>(route: Route<I, unknown>, input: I): I {
  const prepared = prepare(route, input);
  const { params, body } = prepared;
  serializePath(route.path, params);
  const sent = route.params ? { ...params, ...(route.body && { body }) } : body;
  if (typeof sent === "object" && sent !== null) ready.set(sent, { route, prepared });
  return sent as I;
}

/** Inputs that were checked, so that none is checked twice. */
const ready = new WeakMap<object, { readonly route: unknown; readonly prepared: Prepared }>();

function readyFor(route: unknown, input: unknown): Prepared | undefined {
  const known = ready.get(Object(input));
  return known?.route === route ? known?.prepared : undefined;
}

function located({ path }: Route<never, unknown>, { params, body }: Prepared) {
  const entries = Object.entries(params);
  const [inPath, inQuery] = [true, false].map((is) => entries.filter(([name]) => path.includes(`{${name}}`) === is));
  return {
    path: inPath?.length ? Object.fromEntries(inPath) : undefined,
    query: inQuery?.length ? Object.fromEntries(inQuery) : undefined,
    body,
  };
}
