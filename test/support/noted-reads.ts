import { readFileSync } from "node:fs";
import { fieldsOf } from "../../scripts/lib/answers.ts";
import { files } from "../../scripts/lib/files.ts";
import { topicsOf } from "../../scripts/lib/topics.ts";
import type { Route } from "../../src/contract.ts";
import { Api } from "../../src/core/api.ts";
import type { CallOptions } from "../../src/core/options.ts";

/** Which fields of answers a method reads, as `GET /api/v1/get/alias/{id}: goto`, and which of them its route does not list. */
export interface Reads {
  readonly all: Set<string>;
  readonly unlisted: Set<string>;
}

const topics = topicsOf(JSON.parse(readFileSync(files.contract, "utf8")));
/** The fields that answers have, by route. */
const fields = new Map(
  [...topics.operations.values()].flat().map(({ route, answer }) => [route, fieldsOf(answer, topics)]),
);

/** Notes what a method of the facade reads of its answers, until it is told to stop. A copy of a row reads nothing. */
export function noteReads(reads: Reads): () => void {
  const { call } = Api.prototype;
  Api.prototype.call = async function <I, A>(
    this: Api,
    route: Route<I, A>,
    ...rest: [input: never, options?: CallOptions]
  ): Promise<A> {
    const data: unknown = await call.call(this, route as Route<unknown, unknown>, ...rest);
    const isRows = route.answers === "rows" && Array.isArray(data);
    return (route.answers === "entries" ? data : watch(data, route, isRows ? undefined : "", reads)) as A;
  };
  return () => {
    Api.prototype.call = call;
  };
}

/** The same value, which notes what is read of it. `at` is its path, undefined for a list of rows. */
function watch(value: unknown, route: Route<never, unknown>, at: string | undefined, reads: Reads): unknown {
  if (typeof value !== "object" || value === null) return value;
  let copied: string | symbol | undefined;
  return new Proxy(value, {
    getOwnPropertyDescriptor(target, name) {
      copied = name;
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof name === "symbol" || (Array.isArray(target) && !/^\d+$/.test(name))) return member;
      const path = Array.isArray(target) ? at && `${at}*.` : `${at ?? ""}${name}`;
      // `then` is asked of what is awaited, and `0` is taken out.
      const isKnown =
        (at !== "" || fields.get(`${route.method} ${route.path}`)?.includes(name)) && name !== "then" && name !== "0";
      if (!Array.isArray(target) && copied !== name && isKnown) {
        reads.all.add(`${route.method} ${route.path}: ${path}`);
        if (!Object.hasOwn(route.reads ?? {}, path ?? "")) reads.unlisted.add(`${route.path}: ${path}`);
      }
      copied = undefined;
      return watch(member, route, Array.isArray(target) ? (path ?? "") : `${path}.`, reads);
    },
  });
}
