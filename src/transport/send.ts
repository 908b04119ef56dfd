import { type Attempt, asFailure, attempt, beginningOf, endOf } from "./attempt.ts";
import { Call, type Sender } from "./call.ts";
import { Deadline } from "./deadline.ts";
import { KeyWatch } from "./key-watch.ts";
import { knownRoute } from "./known.ts";
import { checkTimeout } from "./numbers.ts";
import { type MailcowHooks, tell } from "./observe.ts";
import { checkPath, type Outgoing } from "./outgoing.ts";
import type { Received } from "./received.ts";
import { isPassing, isRepeatable, type Pace, realPace, waitAfter } from "./retry.ts";
import { Redactor } from "./secrets.ts";
import { Turns } from "./turns.ts";
import { wireTo } from "./wires/choose.ts";

export interface SendOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly maxReplyBytes: number;
  readonly maxConcurrency: number;
  readonly retryKeyAfterMs: number;
  readonly fetch: typeof globalThis.fetch | undefined;
  readonly hooks: MailcowHooks;
  readonly pace?: Pace;
}

export type Send = (outgoing: Outgoing) => Promise<Received>;

/** Sends requests, each in its turn and within its time, and repeats reads where that may help. */
export function createSend(options: SendOptions): Send {
  const { baseUrl, apiKey, maxReplyBytes } = options;
  const { now } = options.pace ?? realPace;
  const turns = new Turns(options.maxConcurrency, now);
  const key = new KeyWatch(options.retryKeyAfterMs, now);
  const wire = wireTo(baseUrl, options.fetch);
  const sender: Sender = { baseUrl, wire, maxReplyBytes, inPaths: new Redactor(() => [apiKey]) };
  return async (sent) => {
    checkPath(sent, apiKey);
    const timeoutMs = checkTimeout(sent.timeoutMs ?? options.timeoutMs);
    const turn = await turns.take(sent.signal, timeoutMs);
    const deadline = new Deadline(timeoutMs, sent.signal, now);
    try {
      const traits = knownRoute(sent.method, sent.route)?.traits;
      const from = sent.fetch ? { ...sender, wire: wireTo(baseUrl, sent.fetch) } : sender;
      const call = new Call(sent, from, traits, timeoutMs, deadline);
      return await key.send(call, () => persist(call, options));
    } finally {
      deadline.release();
      turns.done(turn);
    }
  };
}

/** Sends a call, as often as it takes and is allowed, and hands out or throws how the last attempt ended. */
async function persist(call: Call, { retries, hooks, pace = realPace }: SendOptions): Promise<Received> {
  const { deadline, sent } = call;
  let last: Attempt | undefined;
  for (let number = 1; ; number += 1) {
    const startedAt = pace.now();
    tell(hooks.onRequest, () => beginningOf(call, number));
    const ended = await attempt(call, last);
    const durationMs = pace.now() - startedAt;
    last = ended;
    const event = () => ({ ...beginningOf(call, number), ...endOf(ended, durationMs) });
    tell(hooks.onResponse, event);
    const delayMs =
      number <= retries && isRepeatable(sent.method, call.traits) && isPassing(last)
        ? waitAfter(number, last, pace)
        : -1;
    // Where the wait would outlast the deadline, what is known now is all that there will be to know.
    if (delayMs < 0 || !deadline.allows(delayMs)) {
      if (last.answer) return last.answer;
      throw last.error;
    }
    tell(hooks.onRetry, () => ({ ...event(), delayMs }));
    await pace.sleep(delayMs, deadline.signal);
    if (deadline.ended) throw asFailure(deadline.ended.reason, call, last);
  }
}
