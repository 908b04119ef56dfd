import { type Attempt, asFailure, attempt, beginningOf, endOf } from "./attempt.ts";
import { Call, type Sender } from "./call.ts";
import { Deadline } from "./deadline.ts";
import { KeyWatch } from "./key-watch.ts";
import { checkTimeout } from "./numbers.ts";
import { type MailcowHooks, tell } from "./observe.ts";
import { checkKeyless, type Outgoing } from "./outgoing.ts";
import type { Received } from "./received.ts";
import { isPassing, isRepeatable, type Pace, realPace, waitAfter } from "./retry.ts";
import { Redactor } from "./secrets.ts";
import { Turns } from "./turns.ts";
import { wireTo } from "./wires/choose.ts";
import type { NetworkOptions } from "./wires/network.ts";

export interface SendOptions extends NetworkOptions {
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

/** Sends requests in turn and within their deadlines, and retries reads if that may help. */
export function createSend(options: SendOptions): Send {
  const { baseUrl, apiKey, maxReplyBytes } = options;
  const { now, sleep } = options.pace ?? realPace;
  const turns = new Turns(options.maxConcurrency, now);
  const key = new KeyWatch(options.retryKeyAfterMs, now);
  const wire = wireTo(baseUrl, options);
  const sender: Sender = { baseUrl, wire, maxReplyBytes, inPaths: new Redactor(() => [apiKey]) };
  return async (sent) => {
    checkKeyless(sent.path, apiKey);
    const timeoutMs = checkTimeout(sent.timeoutMs ?? options.timeoutMs);
    let turn = await turns.take(sent.signal, timeoutMs);
    const deadline = new Deadline(timeoutMs, sent.signal, now);
    // A waiting call has no turn, and is the first to get one again.
    const pause = async (ms: number): Promise<void> => {
      turns.done(turn);
      await sleep(ms, deadline.signal);
      turn = await turns.take(deadline.signal, timeoutMs, true);
    };
    try {
      const from = sent.fetch ? { ...sender, wire: wireTo(baseUrl, { fetch: sent.fetch }) } : sender;
      return await persist(new Call(sent, from, timeoutMs, deadline), options, key, pause);
    } finally {
      deadline.release();
      turns.done(turn);
    }
  };
}

/** Sends a call, with the retries that it is allowed, and returns or throws how the last attempt ended. */
async function persist(
  call: Call,
  { retries, hooks, pace = realPace }: SendOptions,
  key: KeyWatch,
  pause: (ms: number) => Promise<void>,
): Promise<Received> {
  let last: Attempt | undefined;
  for (let number = 1; ; number += 1) {
    let durationMs = 0;
    const before = last;
    const send = async (): Promise<Attempt> => {
      const startedAt = pace.now();
      tell(hooks.onRequest, () => beginningOf(call, number));
      const outcome = await attempt(call, before);
      durationMs = pace.now() - startedAt;
      return outcome;
    };
    const ended = key.isAccepted ? key.learn(call, await send()) : await key.sendInTurn(call, before, send);
    last = ended;
    const event = () => ({ ...beginningOf(call, number), ...endOf(ended, durationMs) });
    tell(hooks.onResponse, event);
    const delayMs =
      number <= retries && isRepeatable(call.sent) && isPassing(ended) ? waitAfter(number, ended, pace) : -1;
    // If the wait would exceed the deadline, this attempt is the last.
    if (delayMs < 0 || !call.deadline.allows(delayMs)) {
      if (ended.answer) return ended.answer;
      throw ended.error;
    }
    tell(hooks.onRetry, () => ({ ...event(), delayMs }));
    await pause(delayMs).catch((reason: unknown) => {
      throw asFailure(reason, call, ended);
    });
  }
}
