import type { MailcowApiClient } from "../../src/index.ts";

/**
 * A client that notes which parts of its input are read after the call has returned its promise: a caller may have
 * changed them by then.
 */
export function noteLateReads(mcc: MailcowApiClient, late: Set<string>): MailcowApiClient {
  const watchMethods = <Owner extends object>(owner: Owner): Owner =>
    new Proxy(owner, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member === "object" && member !== null && name !== "api") return watchMethods(member);
        if (typeof member !== "function") return member;
        return (...input: unknown[]) => {
          let isOver = false;
          const note = (path: string) => isOver && late.add(path);
          const result: unknown = member.apply(
            target,
            input.map((part, index) => watch(part, note, `argument ${index + 1}`)),
          );
          isOver = true;
          return result;
        };
      },
    });
  return watchMethods(mcc);
}

/** The same value, which notes when it is read. What is no plain object or list is left as it is. */
function watch(value: unknown, note: (path: string) => void, path: string): unknown {
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(Object(value)) === Object.prototype;
  if (typeof value !== "object" || value === null || !isPlain) return value;
  return new Proxy(value, {
    get(target, name) {
      note(`${path}.${String(name)}`);
      return watch(Reflect.get(target, name), note, `${path}.${String(name)}`);
    },
    ownKeys(target) {
      note(path);
      return Reflect.ownKeys(target);
    },
  });
}
