import { checkNames } from "../refusal.ts";
import { callOptions } from "./call-options.ts";
import { checkHeaders } from "./headers.ts";

type Init = Record<string, unknown> & { headers?: unknown; params?: { header?: unknown }; signal?: AbortSignal };
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
    (route, init) => settle(init, () => calls[method]?.(route, prepare(route, init))),
  ]);
  return Object.assign({}, client, Object.fromEntries(named), {
    request: (method: string, route: string, init?: Init) =>
      settle(init, () => request(method, route, prepare(route, init))),
  });
}

/** What may go with a call: what openapi-fetch takes, and our deadline. */
const names = [
  ...["baseUrl", "body", "bodySerializer", "fetch", "headers", "middleware", "params", "parseAs", "pathSerializer"],
  ...["querySerializer", ...Object.keys(callOptions)],
];

function prepare(route: string, init: Init = {}): Init {
  checkNames("option", init, names);
  if (init.params?.header) checkHeaders(init.params.header);
  return { ...init, headers: checkHeaders(init.headers), route };
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
