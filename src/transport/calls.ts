import type { Middleware } from "openapi-fetch";
import { MailcowInputError } from "../errors.ts";
import { checkNames, checkObject, checkSymbols, refusal } from "../refusal.ts";
import { callOptions } from "./call-options.ts";
import { checkHeaders, type GivenHeaders } from "./headers.ts";
import { merged } from "./merged.ts";
import { checkPath, type Outgoing } from "./outgoing.ts";
import { serializePath } from "./path.ts";
import type { Received } from "./received.ts";
import type { Answer } from "./reply.ts";
import { Result } from "./result.ts";
import type { Send } from "./send.ts";
import { checkSignal, sharedSignal } from "./signal.ts";
import { toJson } from "./to-json.ts";
import { type Known, knownRoute, piecesOf } from "./traits.ts";

/** What goes with a call, as the caller gives it. */
type Init = Record<string, unknown> & {
  body?: unknown;
  fetch?: typeof globalThis.fetch;
  headers?: unknown;
  params?: { header?: unknown; path?: Record<string, unknown>; query?: Record<string, unknown> };
  middleware?: Middleware[];
  signal?: AbortSignal | null;
  timeoutMs?: number;
};
/** The same, checked. */
type Taken = Init & { headers?: GivenHeaders; params?: { header?: GivenHeaders } };
const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"] as const;

/** What openapi-fetch must handle. */
const special = ["baseUrl", "bodySerializer", "middleware", "parseAs", "pathSerializer", "querySerializer"];

/** The options of a call: those of openapi-fetch, and our deadline. */
const names = ["body", "fetch", "headers", "params", ...Object.keys(callOptions), ...special];

const json = { "Content-Type": "application/json" };

/** openapi-fetch, for any path. */
interface Full {
  request(method: string, route: string, init: object): Promise<Answer<unknown>>;
}

interface Settings {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly headers: unknown;
  readonly send: Send;
}

/**
 * The client of openapi-fetch, which sends with `send`. Calls without middleware and the like are sent directly,
 * because making a `Request`, `Headers` and a `Response` takes longer than everything else. openapi-fetch is loaded for
 * the first other call.
 */
export function callsOf({ baseUrl, apiKey, headers, send }: Settings): object {
  const ofClient = checkHeaders(headers);
  const forced = { "X-API-Key": apiKey, Accept: "application/json" };
  const [bare, withBody] = [merged(ofClient, forced), merged(json, ofClient, forced)];
  let full: Promise<Full> | undefined;
  const used: Middleware[] = [];
  const load = async (): Promise<Full> => {
    const { default: createClient } = await import("openapi-fetch");
    const settings = { baseUrl, headers: ofClient, pathSerializer: serializePath, bodySerializer: toJson };
    return createClient(settings) as Full;
  };
  const request = async (methodName: string, route: string, asked: Init = {}): Promise<object> => {
    const method = String(methodName).toUpperCase();
    const known = knownRoute(method, route);
    const init = taken(method, route, asked, known);
    const { body: given, fetch, headers, params = {}, timeoutMs } = init;
    const signal = init.signal && sharedSignal(init.signal);
    if (used.length > 0 || Object.keys(init).some((name) => special.includes(name) && init[name] !== undefined)) {
      const { signal: _signal, timeoutMs: _timeout, middleware = [], ...rest } = init;
      const sent = { ...rest, params, middleware: [...used, ...middleware] };
      return sendInFull({ method, route, timeoutMs, fetch, signal }, sent).catch((error: unknown) => {
        // openapi-fetch reads `null` or an empty error as no error, but it may be the reason of an abort.
        throw init.signal?.aborted && !init.signal.reason ? init.signal.reason : error;
      });
    }
    const body = given === undefined ? undefined : toJson(given);
    const hasOwn = headers !== undefined || params.header !== undefined;
    const type = body === undefined ? {} : json;
    const common = body === undefined ? bare : withBody;
    const own = hasOwn ? merged(type, ofClient, headers ?? {}, params.header ?? {}, forced) : common;
    const place = serializePath(route, params.path, known?.pieces);
    // The path of a known route, with ids in it, leads there.
    if (!known) checkPath(place, route);
    const path = params.query ? place + queryOf(params.query) : place;
    const traits = known?.traits;
    // Spreading objects here would take as long as everything else.
    const { headers: all, cookie } = own;
    const received = await send({ method, route, traits, timeoutMs, fetch, signal, headers: all, cookie, path, body });
    return new Result(received, received.data);
  };
  const sendInFull = async (call: Omit<Outgoing, "path" | "headers" | "traits">, sent: object): Promise<object> => {
    let received: Received | undefined;
    const fetch = async (request: Request): Promise<Response> => {
      if (!request.url.startsWith(`${baseUrl}/`))
        throw new MailcowInputError(
          "baseUrl can't be changed for a single call: make another client for another server",
        );
      const { method } = request;
      const path = request.url.slice(baseUrl.length);
      checkPath(path, call.route);
      received = await send({
        ...{ ...call, method, path, traits: knownRoute(method, call.route)?.traits },
        ...merged(Object.fromEntries(request.headers), forced),
        body: (await request.text()) || undefined,
        signal: call.signal ?? request.signal,
      });
      return received.response;
    };
    full ??= load();
    const result = await (await full).request(call.method, call.route, { ...sent, fetch });
    const { response, data, error } = result;
    const { ok, status } = response;
    // Middleware may supply the answer itself.
    if (!received) return result;
    const { request, method } = received;
    return new Result({ ok, status, response, request, method }, ok ? data : error);
  };
  const ofMethods = methods.map((method) => [method, (route: string, init?: Init) => request(method, route, init)]);
  return {
    request,
    ...Object.fromEntries(ofMethods),
    use: (...middleware: Middleware[]) => {
      for (const one of middleware) checkMiddleware(one);
      used.push(...middleware);
    },
    eject: (...middleware: Middleware[]) => {
      for (const one of middleware) if (used.includes(one)) used.splice(used.indexOf(one), 1);
    },
  };
}

function checkMiddleware(given: unknown): void {
  const hooks = ["onRequest", "onResponse", "onError"];
  if (!hooks.some((hook) => typeof (given as Record<string, unknown> | null)?.[hook] === "function"))
    throw refusal("middleware", `an object with ${hooks.join(", ")}`);
}

/** A query as it is sent, without values that are not given. */
function queryOf(query: object): string {
  const texts = Object.entries(query).flatMap(([name, value]) =>
    [value]
      .flat()
      .flatMap((one) => ((one ?? null) === null ? [] : `${encodeURIComponent(name)}=${encodeURIComponent(one)}`)),
  );
  return texts.length > 0 ? `?${texts.join("&")}` : "";
}

/** The places of parameters. */
const places = ["cookie", "header", "path", "query"];

/** A checked copy of the options of a call, which are read only once, so that exactly the checked values are sent. */
function taken(method: string, route: unknown, given: unknown, known: Known | undefined): Taken {
  try {
    if (!known && !methods.some((name) => name === method)) throw refusal("the method", "one of HTTP");
    if (typeof route !== "string") throw refusal("path", "a text, such as /api/v1/get/domain/all");
    const init: Init = copyOf("what goes with a call", "option", given, names, "params");
    if (init.headers !== undefined) init.headers = checkHeaders(init.headers);
    if (init.params !== undefined) init.params = takenParams(init.params, route, known);
    check(method, init, known);
    return init as Taken;
  } catch (error) {
    if (error instanceof MailcowInputError) throw error;
    throw new MailcowInputError("what goes with the call can't be read", { cause: error });
  }
}

function takenParams(given: unknown, route: string, known: Known | undefined): NonNullable<Taken["params"]> {
  const params: NonNullable<Init["params"]> = copyOf("params", "field", given, places, "path");
  const { path, query, header } = params;
  if (path) {
    params.path = { ...path };
    const pieces = known?.pieces ?? piecesOf(route);
    checkNames(
      "field",
      params.path,
      pieces.filter((_, at) => at % 2 === 1),
    );
  }
  if (query) {
    checkObject("query", query, "tags");
    params.query = { ...query };
    checkSymbols("field", params.query);
  }
  if (header !== undefined) params.header = checkHeaders(header);
  return params as NonNullable<Taken["params"]>;
}

/** A copy of an object whose fields have these names. */
function copyOf(whole: string, what: "field" | "option", given: unknown, names: readonly string[], example: string) {
  checkObject(whole, given, example);
  const copy = { ...given };
  checkNames(what, copy, names);
  return copy;
}

function check(method: string, init: Init, known: Known | undefined): void {
  const { body, params, signal } = init;
  if ((method === "GET" || method === "HEAD") && body !== undefined) throw refusal("body", "left out: a read has none");
  if (signal !== undefined && signal !== null) checkSignal(signal);
  for (const name of ["bodySerializer", "fetch", "pathSerializer"])
    if (init[name] !== undefined && typeof init[name] !== "function") throw refusal(name, "a function");
  if (init["middleware"] !== undefined && !Array.isArray(init["middleware"])) throw refusal("middleware", "a list");
  if (init["parseAs"] !== undefined && !forms.includes(String(init["parseAs"])))
    throw refusal("parseAs", `one of ${forms.join(", ")}`);
  if (!params?.query) return;
  checkTexts(params.query);
  // No write has a query.
  if (known || method === "POST") checkQuery(params.query, known?.traits.query);
}

/** How openapi-fetch may read an answer. */
const forms = ["arrayBuffer", "blob", "formData", "json", "stream", "text"];

/** Whether a value can be part of an address: a text, a number or a boolean without half a surrogate pair. */
function checkTexts(query: object): void {
  for (const [name, value] of Object.entries(query))
    for (const one of [value].flat()) {
      const isText = typeof one === "string" && one.isWellFormed();
      if (!isText && typeof one !== "number" && typeof one !== "boolean" && (one ?? null) !== null)
        throw refusal(name, "a text of valid Unicode");
    }
}

/** mailcow ignores a filter that is unknown or empty, and returns everything. */
function checkQuery(query: object, names: readonly string[] = []): void {
  checkNames("field", query, names);
  for (const [name, value] of Object.entries(query))
    if (typeof value !== "string" || value === "") throw refusal(name, "a text that is not empty, or left out");
}
