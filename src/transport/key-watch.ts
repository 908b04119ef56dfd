import { MailcowAuthError, MailcowTimeoutError } from "../errors.ts";
import { type Attempt, asFailure } from "./attempt.ts";
import { authErrorOf } from "./auth.ts";
import type { Call } from "./call.ts";
import { Turns } from "./turns.ts";

/**
 * Prevents a ban of the address, which mailcow imposes after about ten calls with a wrong key: sends calls one at a
 * time until mailcow has accepted the key, and none after mailcow has refused it.
 */
export class KeyWatch {
  readonly #oneAtATime: Turns;
  readonly #retryAfterMs: number;
  readonly #now: () => number;
  #isAccepted = false;
  #refusal: { readonly error: MailcowAuthError; readonly at: number } | undefined;

  constructor(retryAfterMs: number, now: () => number) {
    this.#retryAfterMs = retryAfterMs;
    this.#now = now;
    this.#oneAtATime = new Turns(1, now);
  }

  /** Whether calls need not wait for each other. */
  get isAccepted(): boolean {
    return this.#isAccepted;
  }

  /** Sends a call once, when its turn comes. The wait counts towards its deadline. */
  async sendInTurn(call: Call, before: Attempt | undefined, send: () => Promise<Attempt>): Promise<Attempt> {
    const { deadline, timeoutMs } = call;
    const turn = await this.#oneAtATime.take(deadline.signal, timeoutMs, Boolean(before)).catch((reason: unknown) => {
      throw deadline.expired && !before ? tooLate(call) : asFailure(reason, call, before);
    });
    try {
      // If the key was accepted meanwhile, all waiting calls go at once.
      if (!this.#isAccepted) {
        this.#check(call);
        return this.learn(call, await send());
      }
    } finally {
      this.#oneAtATime.done(turn);
    }
    return this.learn(call, await send());
  }

  #check({ request }: Call): void {
    const { error, at } = this.#refusal ?? {};
    if (!error || this.#now() - (at ?? 0) >= this.#retryAfterMs) return;
    throw new MailcowAuthError(
      `${error.message}. Nothing was sent: mailcow refused this key before, and bans an address after about ten such calls. Make a new client once the key works, or set retryKeyAfterMs`,
      error.reason,
      { request, cause: error },
    );
  }

  /** Notes whether an answer accepts or refuses the key. */
  learn(call: Call, ended: Attempt): Attempt {
    const { answer } = ended;
    const error = answer && !answer.ok ? authErrorOf(answer.status, answer.data, call.request) : undefined;
    if (answer?.ok || error?.reason === "read-only-key") {
      this.#isAccepted = true;
      this.#refusal = undefined;
    } else if (error?.reason === "invalid-key" || error?.reason === "ip-not-allowed") {
      this.#isAccepted = false;
      this.#refusal = { error, at: this.#now() };
    }
    return ended;
  }
}

const tooLate = ({ timeoutMs, request }: Call): MailcowTimeoutError =>
  new MailcowTimeoutError(
    `not sent within ${timeoutMs} ms: calls go out one at a time until mailcow has accepted the key, and an earlier one has no answer yet`,
    { request },
  );
