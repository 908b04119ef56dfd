import { traits as traitsOfRoutes } from "../generated/traits.ts";
import { type Attempt, asFailure, attempt, type Call, eventOf } from "./attempt.ts";
import { Deadline } from "./deadline.ts";
import { secretsInHeaders } from "./headers.ts";
import { KeyWatch } from "./key-watch.ts";
import { checkTimeout } from "./numbers.ts";
import { type MailcowHooks, tell } from "./observe.ts";
import { describe, initOf, type OutgoingRequest } from "./outgoing.ts";
import { rememberRequest } from "./requests.ts";
import { isPassing, isRepeatable, type Pace, realPace, waitAfter } from "./retry.ts";
import { Redactor, secretsInJson } from "./secrets.ts";
import { Turns } from "./turns.ts";

export interface SendOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly maxReplyBytes: number;
  readonly maxConcurrency: number;
  readonly retryKeyAfterMs: number;
  readonly fetch: typeof globalThis.fetch;
  readonly hooks: MailcowHooks;
  readonly pace?: Pace;
}

type Send = (request: OutgoingRequest) => Promise<Response>;

/** Sends requests with the key, each in its turn and within its time, and repeats reads where that may help. */
export function createSend(options: SendOptions): Send {
  const { now } = options.pace ?? realPace;
  const turns = new Turns(options.maxConcurrency);
  const key = new KeyWatch(options.retryKeyAfterMs, now);
  const inPaths = new Redactor(() => [options.apiKey]);
  return async (outgoing) => {
    const { method, path } = describe(outgoing, options.baseUrl);
    const request = { method, path: inPaths.text(path) };
    const { url, route = request.path } = outgoing;
    const traits = traitsOfRoutes[`${method} ${route}`];
    const timeoutMs = checkTimeout(outgoing.options.timeoutMs ?? options.timeoutMs);
    await turns.take(outgoing.signal);
    const deadline = new Deadline(timeoutMs, outgoing.signal, now);
    try {
      const init = initOf(outgoing, options.apiKey, deadline.signal);
      const redactor = new Redactor(() => [
        options.apiKey,
        ...secretsInHeaders(outgoing.headers),
        ...secretsInJson(outgoing.body, traits?.secretItems),
      ]);
      const { baseUrl, fetch, maxReplyBytes } = options;
      const call = { request, route, traits, url, init, baseUrl, fetch, maxReplyBytes, timeoutMs, deadline, redactor };
      return rememberRequest(await key.send(call, () => persist(call, options)), request);
    } finally {
      deadline.release();
      turns.done();
    }
  };
}

/** Sends a call, as often as it takes and is allowed, and hands out or throws how the last attempt ended. */
async function persist(call: Call, { retries, hooks, pace = realPace }: SendOptions): Promise<Response> {
  const { request, deadline } = call;
  let last: Attempt | undefined;
  for (let number = 1; ; number += 1) {
    tell(hooks.onRequest, { method: request.method, route: call.route, path: request.path, attempt: number });
    const startedAt = pace.now();
    last = await attempt(call, last);
    const event = eventOf(call, number, last, pace.now() - startedAt);
    tell(hooks.onResponse, event);
    const delayMs =
      number <= retries && isRepeatable(request, call.traits) && isPassing(last) ? waitAfter(number, last, pace) : -1;
    // Where the wait would outlast the deadline, what is known now is all that there will be to know.
    if (delayMs < 0 || !deadline.allows(delayMs)) {
      if (last.answer) return last.answer;
      throw last.error;
    }
    tell(hooks.onRetry, { ...event, delayMs });
    await pace.sleep(delayMs, deadline.signal);
    if (deadline.signal.aborted) throw asFailure(deadline.signal.reason, call, last);
  }
}
