import { MailcowAuthError, MailcowTimeoutError } from "../errors.ts";
import { authErrorOf } from "./auth.ts";
import type { Call } from "./call.ts";
import type { Received } from "./received.ts";
import { Turns } from "./turns.ts";

/**
 * Keeps a wrong key from getting the address banned, which mailcow does after about ten refusals: calls go out one at a
 * time until mailcow has accepted the key, and none goes out after mailcow has refused it.
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

  /** Sends a call, when its turn comes; the wait counts towards its deadline. */
  async send(call: Call, send: () => Promise<Received>): Promise<Received> {
    if (!this.#isAccepted) {
      const turn = await this.#oneAtATime.take(call.deadline.signal, call.timeoutMs).catch((reason: unknown) => {
        throw call.deadline.expired ? tooLate(call) : reason;
      });
      try {
        // Those who waited go all at once where the key was accepted meanwhile.
        if (!this.#isAccepted) {
          this.#check(call);
          return this.#learn(call, await send());
        }
      } finally {
        this.#oneAtATime.done(turn);
      }
    }
    return this.#learn(call, await send());
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

  /** An answer says what mailcow thinks of the key. */
  #learn(call: Call, answer: Received): Received {
    const error = answer.ok ? undefined : authErrorOf(answer.status, answer.data, call.request);
    if (answer.ok || error?.reason === "read-only-key") {
      this.#isAccepted = true;
      this.#refusal = undefined;
    } else if (error?.reason === "invalid-key" || error?.reason === "ip-not-allowed") {
      this.#isAccepted = false;
      this.#refusal = { error, at: this.#now() };
    }
    return answer;
  }
}

const tooLate = ({ timeoutMs, request }: Call): MailcowTimeoutError =>
  new MailcowTimeoutError(
    `not sent within ${timeoutMs} ms: calls go out one at a time until mailcow has accepted the key, and an earlier one has no answer yet`,
    { request },
  );
