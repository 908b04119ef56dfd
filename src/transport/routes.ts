import { traits } from "../generated/traits.ts";
import { checkFields, refusal } from "../refusal.ts";
import { callOptions } from "./call-options.ts";
import { checkHeaders } from "./headers.ts";
import { checkSignal } from "./signal.ts";

type Init = Record<string, unknown> & {
  headers?: unknown;
  params?: { header?: unknown; path?: unknown; query?: unknown };
  signal?: AbortSignal;
};
type Method = (route: string, init?: Init) => unknown;
interface Calls {
  readonly request: (method: string, route: string, init?: Init) => unknown;
}

const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"] as const;

/**
 * The same client, whose calls carry the name of their route along and have their headers checked: openapi-fetch tells
 * `send` neither, except through a middleware, whose bookkeeping every call would pay for.
 */
export function namingRoutes<Api extends object>(client: Api): Api {
  const { request, ...calls } = client as Calls & Record<string, Method>;
  const named = methods.map((method): [string, Method] => [
    method,
    (route, init) => settle(init, () => calls[method]?.(route, prepare(method, route, init))),
  ]);
  return Object.assign({}, client, Object.fromEntries(named), {
    request: (method: string, route: string, init?: Init) =>
      settle(init, () => request(method, route, prepare(method, route, init))),
  });
}

/** What may go with a call: what openapi-fetch takes, and our deadline. */
const names = [
  ...["baseUrl", "body", "bodySerializer", "fetch", "headers", "middleware", "params", "parseAs", "pathSerializer"],
  ...["querySerializer", ...Object.keys(callOptions)],
];

/** Where parameters stand. */
const places = ["cookie", "header", "path", "query"];

function prepare(method: string, route: string, init: Init = {}): Init {
  checkFields("what goes with a call", "option", init, names, "params");
  const { params, signal } = init;
  if (signal !== undefined && signal !== null) checkSignal(signal);
  if (params !== undefined) {
    checkFields("params", "field", params, places, "path");
    if (params.header) checkHeaders(params.header);
    const known = traits[`${method.toUpperCase()} ${route}`];
    if (params.query) checkTexts(params.query);
    if (params.query && known) checkQuery(params.query, known.query);
  }
  return { ...init, headers: checkHeaders(init.headers), route };
}

/** What can stand in an address: no half of a surrogate pair, and nothing that is no text at all. */
function checkTexts(query: object): void {
  for (const [name, value] of Object.entries(query))
    for (const one of [value].flat()) {
      const isText = typeof one === "string" && !/\p{Surrogate}/u.test(one);
      if (!isText && typeof one !== "number" && typeof one !== "boolean" && (one ?? null) !== null)
        throw refusal(name, "a text of valid Unicode");
    }
}

/** mailcow ignores a filter that it does not know, or that is empty, and answers with everything. */
function checkQuery(query: unknown, names: readonly string[] = []): void {
  checkFields("query", "field", query, names, "tags");
  for (const [name, value] of Object.entries(query))
    if (typeof value !== "string" || value === "") throw refusal(name, "a text that is not empty, or left out");
}

/** openapi-fetch takes an error that is `null` or empty for none; as the reason of an abort, it has to get through. */
async function settle(init: Init | undefined, call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    const signal = init?.signal;
    throw signal?.aborted && !signal.reason ? signal.reason : error;
  }
}
