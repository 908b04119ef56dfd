import { refusal } from "../refusal.ts";

/** What is used of a signal. */
const methods = ["addEventListener", "removeEventListener", "throwIfAborted"] as const;

/** Refuses what can't end a call. Not by its class: a signal may come from another realm. */
export function checkSignal(signal: unknown): asserts signal is AbortSignal {
  const given = Object(signal);
  if (typeof given.aborted !== "boolean" || methods.some((name) => typeof given[name] !== "function"))
    throw refusal("signal", "an AbortSignal");
}

/** Passes on what one signal says to all who listen to it here; it listens itself only while there are any. */
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

const shared = new WeakMap<AbortSignal, SharedSignal>();

/**
 * The signal of a caller, for any number of calls to listen to: Node takes the eleventh listener of a signal for a leak,
 * and warns.
 */
export function sharedSignal(signal: AbortSignal): AbortSignal {
  let one = shared.get(signal);
  if (!one) {
    one = new SharedSignal(signal);
    shared.set(signal, one);
  }
  return one;
}
