import { describe, expect, test } from "vitest";
import { facadeRoutes } from "../../scripts/lib/facade-routes.ts";
import { Collection } from "../../src/core/collection.ts";
import { Collections } from "../../src/facade/collections.ts";
import { MailcowApiClient } from "../../src/index.ts";
import { type OptionsCall, type Reply, takesOptions, testCallOptions } from "./call-options.ts";
import { noteLateReads } from "./late-reads.ts";
import { mockFetch, routeOf } from "./mock.ts";
import { noteReads, type Reads } from "./noted-reads.ts";
import { testOddAnswers } from "./odd-answers.ts";
import { testStrangeAnswers } from "./strange-answers.ts";

/**
 * A call of a method, with input that fits the examples of the contract. Where it hands on options, as
 * `(mcc, options) => mcc.dkim.get("example.com", options)` does, those are tested too.
 */
interface MethodCall {
  run: OptionsCall;
  /**
   * What is returned in place of the mock's answer, by route, where a method asks some routes only in certain cases.
   * Each answer is given once, in order; then the mock answers.
   */
  answers?: Readonly<Record<string, readonly { status?: number; body: unknown }[]>>;
}

type Call = MethodCall["run"] | MethodCall;

/** The calls of each method, which together ask all routes that it may ask. */
export type MethodCalls = Record<string, Call | readonly Call[]>;

/** More mailboxes than are read one by one. */
export const many: string[] = Array.from({ length: 12 }, (_, index) => `user${index}@example.com`);

/** No rows. */
export const none = { body: {} };

/** Outcomes of many, or `null`, which fails the test, where one of them was not added. */
export const allAdded = (outcomes: readonly { status: string }[]): object | null =>
  outcomes.every(({ status }) => status === "added") ? outcomes : null;

/** The names of the methods that an object has, its own and those of its class. */
export function methodNames(of: object): string[] {
  const isMethod = (owner: object, name: string) =>
    typeof Object.getOwnPropertyDescriptor(owner, name)?.value === "function";
  const names = new Set<string>();
  // What all collections share is no method of theirs.
  const shared = new Set([Object.prototype, Collection.prototype, Collections.prototype]);
  for (let owner = of; !shared.has(owner as never); owner = Object.getPrototypeOf(owner))
    for (const name of Object.getOwnPropertyNames(owner))
      if (name !== "constructor" && isMethod(owner, name)) names.add(name);
  return [...names].sort();
}

/** The collections of a client, by name. */
export function collectionsOf(mcc: MailcowApiClient): [name: string, collection: object][] {
  return Object.entries(mcc).filter(([name, value]) => name !== "api" && typeof value === "object");
}

/** Every method of the facade, by its name with that of its collection, bound. */
export function everyMethod(mcc: MailcowApiClient): [name: string, method: (...input: unknown[]) => unknown][] {
  const bound = (owner: object, name: string) =>
    (owner as Record<string, (...input: unknown[]) => unknown>)[name]?.bind(owner);
  return [
    ...methodNames(mcc).map((name) => [name, bound(mcc, name)] as const),
    ...collectionsOf(mcc).flatMap(([collection, members]) =>
      methodNames(members).map((name) => [`${collection}.${name}`, bound(members, name)] as const),
    ),
  ] as [string, (...input: unknown[]) => unknown][];
}

/** What is made once, when it is first needed. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const documented = once(facadeRoutes);

/**
 * Tests that each method of a collection works against a mock of the contract, which checks its requests, and asks the
 * routes that its doc comment names and no others; that it throws where an answer is none of mailcow's; and that it heeds
 * its options, where its call takes them.
 * `collection` is the name of the property; none for the documented methods.
 */
export function testMethods(collection: string, calls: MethodCalls): void {
  const known = Object.entries(calls).map(([name, given]) => {
    const each = callsOf(given).map((call) => ({ run: call.run, onMock: once(() => runOnMock(call)) }));
    return [name, each] as const;
  });

  describe("each method, on a mock of the contract", () => {
    const prefix = collection && `${collection}.`;

    test("is called here", () => {
      const mcc = new MailcowApiClient("https://mail.example.com", "any-key");
      const owner = collection ? mcc[collection as "domains"] : mcc;
      expect(Object.keys(calls).sort()).toEqual(methodNames(owner));
    });

    test.each(known)("%s calls the routes that its doc comment names", async (name, each) => {
      const asked = new Set<string>();
      for (const { onMock } of each) {
        const { value, replies, reads } = await onMock();
        expect(value).not.toBeNull();
        expect([...reads.unlisted], "fields that are read and not in x-mailcow-reads").toEqual([]);
        for (const { route } of replies) asked.add(route);
      }
      const named = [...(await documented())].filter(([, names]) => names.includes(`${prefix}${name}`));
      expect([...asked].sort()).toEqual(named.map(([route]) => route).sort());
    });
  });

  const everyCall = known.flatMap(([name, each]) =>
    each.map(({ run, onMock }, index) => ({
      title: index === 0 ? name : `${name} (${index + 1})`,
      run,
      record: async () => (await onMock()).replies,
      reads: async () => (await onMock()).reads.all,
      isMany: name === "addMany",
    })),
  );
  testStrangeAnswers(everyCall);
  testOddAnswers(everyCall);
  testCallOptions(everyCall.filter(({ run }) => takesOptions(run)));

  // A generator reads nothing before its first row is asked for.
  const eager = known
    .filter(([name]) => name !== "iterate")
    .flatMap(([name, each]) =>
      callsOf(calls[name]).map((call, index) => [`${name} (${index + 1} of ${each.length})`, call] as const),
    );
  test.each(eager)("%s reads nothing of its input after it has returned", async (_, call) => {
    const late = new Set<string>();
    await runOnMock({
      ...call,
      run: (mcc) => {
        const noting = noteLateReads(mcc, late);
        return call.run(noting);
      },
    });
    expect([...late]).toEqual([]);
  });
}

/** The calls of one method. */
const callsOf = (calls: Call | readonly Call[] = []): MethodCall[] =>
  [calls].flat().map((call): MethodCall => (typeof call === "function" ? { run: call } : call));

/** What a call of a method returned, what its requests were answered, and what it read of that. */
interface OnMock {
  readonly value: unknown;
  readonly replies: readonly Reply[];
  readonly reads: Reads;
}

/** Runs a call on the mock, and notes what each of its requests was answered. */
async function runOnMock({ run, answers = {} }: MethodCall): Promise<OnMock> {
  const left = new Map(Object.entries(answers).map(([route, list]) => [route, [...list]]));
  const replies: Reply[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const route = routeOf(init?.method ?? "GET", String(input));
    const index = replies.push({ route, status: 500, body: "no answer yet" }) - 1;
    const next = left.get(route)?.shift();
    const response = next ? Response.json(next.body, { status: next.status ?? 200 }) : await mockFetch(input, init);
    replies[index] = { route, status: response.status, body: await response.clone().json() };
    return response;
  };
  const reads = { all: new Set<string>(), unlisted: new Set<string>() };
  const stop = noteReads(reads);
  try {
    const value = await run(new MailcowApiClient("https://mail.example.com", "any-key", { fetch }));
    return { value, replies, reads };
  } finally {
    stop();
  }
}
