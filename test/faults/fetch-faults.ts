import { both, type Fault } from "./fault.ts";

const aborted = (name: string) => async (): Promise<never> => {
  throw new DOMException("ended by the fetch itself", name);
};

/** A caller's own `fetch` ends the call, by a signal or a deadline of its own. */
export const fetchFaults: Fault[] = (["AbortError", "TimeoutError"] as const).flatMap((name) => [
  {
    name: `${name} thrown by the caller's fetch`,
    options: { fetch: aborted(name) },
    ...both({ foreign: name, seen: 0 }),
  },
  {
    name: `${name} in the body that the caller's fetch returns`,
    options: {
      fetch: async () => new Response(new ReadableStream({ pull: aborted(name) }), { status: 200 }),
    },
    ...both({ foreign: name, seen: 0 }),
  },
  {
    name: `${name} thrown by the caller's fetch, ten calls at once`,
    options: { fetch: aborted(name) },
    ten: "at once" as const,
    ...both({ foreign: name, attempts: 10, seen: 0 }),
  },
]);
