import { MailcowError, MailcowInputError, MailcowReplyError } from "../errors.ts";
import { isAbort } from "../transport/attempt.ts";
import type { Api } from "./api.ts";

type Method = (...input: unknown[]) => unknown;

const wrapped = new WeakSet<object>();
const apis = new WeakMap<object, Api>();

/**
 * Makes methods reject only with errors of this library. Anything else thrown inside is blamed on the answer if one has
 * come, otherwise on the input.
 */
export function giveEdge(object: object, api: Api, upTo: object): void {
  apis.set(object, api);
  for (let owner = Object.getPrototypeOf(object); owner !== upTo; owner = Object.getPrototypeOf(owner)) {
    if (wrapped.has(owner)) return;
    wrapped.add(owner);
    wrapMethods(owner);
  }
}

function wrapMethods(prototype: object): void {
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (name === "constructor" || typeof descriptor.value !== "function") continue;
    Object.defineProperty(prototype, name, { ...descriptor, value: withEdge(name, descriptor.value) });
  }
}

function withEdge(name: string, method: Method): Method {
  return function (this: object, ...input) {
    const api = apis.get(this);
    const before = api?.answers;
    const fail = (error: unknown): never => {
      if (error instanceof MailcowError || isAbort(error) || isReason(error, input)) throw error;
      throw api?.answers === before
        ? new MailcowInputError(`${name}: the input can't be read`, { cause: error })
        : new MailcowReplyError(`${name}: the server's answer can't be read`, { cause: error });
    };
    const result = method.apply(this, input);
    if (result instanceof Promise) return result.catch(fail);
    return isGenerator(result) ? rowsOf(result, fail) : result;
  };
}

async function* rowsOf(rows: AsyncGenerator, fail: (error: unknown) => never): AsyncGenerator {
  try {
    yield* rows;
  } catch (error) {
    fail(error);
  }
}

const isGenerator = (value: unknown): value is AsyncGenerator => Symbol.asyncIterator in Object(value);

/** Whether an error is the reason of the caller's own signal. */
const isReason = (error: unknown, input: readonly unknown[]): boolean =>
  input.some((part) => {
    try {
      const { signal } = Object(part) as { signal?: Partial<AbortSignal> };
      return signal?.aborted === true && signal.reason === error;
    } catch {
      // It can't be read again, as it could not be before.
      return false;
    }
  });
