import { refusal } from "../refusal.ts";
import { remembered } from "../remembered.ts";

/** The part of a signal that is used. */
const methods = ["addEventListener", "removeEventListener", "throwIfAborted"] as const;

/** Refuses anything that can't end a call. Does not check the class, because a signal may come from another realm. */
export function checkSignal(signal: unknown): asserts signal is AbortSignal {
  const given = Object(signal);
  if (typeof given.aborted !== "boolean" || methods.some((name) => typeof given[name] !== "function"))
    throw refusal("signal", "an AbortSignal");
}

/** Forwards a signal to all its listeners here. Listens to the signal only while there are any. */
class SharedSignal extends EventTarget implements AbortSignal {
  onabort = null;
  readonly #signal: AbortSignal;
  readonly #listeners = new Set<EventListenerOrEventListenerObject>();
  readonly #passOn = (event: Event): void => {
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) typeof listener === "function" ? listener(event) : listener.handleEvent(event);
  };

  constructor(signal: AbortSignal) {
    super();
    this.#signal = signal;
  }

  get aborted(): boolean {
    return this.#signal.aborted;
  }

  get reason(): unknown {
    return this.#signal.reason;
  }

  throwIfAborted(): void {
    this.#signal.throwIfAborted();
  }

  override addEventListener(_: "abort", listener: EventListenerOrEventListenerObject): void {
    if (this.#listeners.size === 0) this.#signal.addEventListener("abort", this.#passOn, { once: true });
    this.#listeners.add(listener);
  }

  override removeEventListener(_: "abort", listener: EventListenerOrEventListenerObject): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size === 0) this.#signal.removeEventListener("abort", this.#passOn);
  }
}

/**
 * A caller's signal that any number of calls can listen to. Node itself warns of a leak at the eleventh listener.
 */
export const sharedSignal: (signal: AbortSignal) => AbortSignal = remembered((signal) => new SharedSignal(signal));
