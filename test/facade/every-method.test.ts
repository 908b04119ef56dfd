import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { facadeRoutes } from "../../scripts/lib/facade-routes.ts";
import { type Document, operationsOf } from "../../scripts/lib/facts.ts";
import { files } from "../../scripts/lib/files.ts";
import { MailcowApiClient } from "../../src/index.ts";
import { access } from "./methods/access.ts";
import { core } from "./methods/core.ts";
import { documented } from "./methods/documented.ts";
import { domainExtras } from "./methods/domain-extras.ts";
import { mailboxExtras } from "./methods/mailbox-extras.ts";
import { routing } from "./methods/routing.ts";
import { server } from "./methods/server.ts";
import type { MethodCall, MethodCalls } from "./methods/types.ts";

const methods: MethodCalls = {
  ...access,
  ...core,
  ...documented,
  ...domainExtras,
  ...mailboxExtras,
  ...routing,
  ...server,
};
const contract: Document = JSON.parse(await readFile(files.contract, "utf8"));
const routes = [...operationsOf(contract).keys()];

/** The route that a request fell on: the one whose literal words it has most of. */
function routeOf(method: string, url: string): string {
  const parts = new URL(url).pathname.split("/");
  const fitting = routes.filter((route) => {
    const pattern = route.replace(`${method} `, "").split("/");
    return (
      pattern.length === parts.length && pattern.every((part, index) => part.startsWith("{") || part === parts[index])
    );
  });
  const literal = (route: string) => route.split("/").filter((part) => !part.startsWith("{")).length;
  return fitting.sort((a, b) => literal(b) - literal(a))[0] ?? `${method} ${url}`;
}

interface Trace {
  answer: unknown;
  asked: string[];
}

/** What a call answers on the mock, which checks its requests, and the routes that it asked. */
async function trace({ run, answers = {} }: MethodCall): Promise<Trace> {
  const asked: string[] = [];
  const left = new Map(Object.entries(answers).map(([route, list]) => [route, [...list]]));
  const mcc = new MailcowApiClient(inject("prism"), "any-key", {
    fetch: (input, init) => {
      const route = routeOf(init?.method ?? "GET", String(input));
      asked.push(route);
      const next = left.get(route)?.shift();
      if (!next) return fetch(input, init);
      return Promise.resolve(Response.json(next.body, { status: next.status ?? 200 }));
    },
  });
  return { answer: await run(mcc), asked };
}

const named = new Map<string, string[]>();
for (const [route, names] of await facadeRoutes())
  for (const name of names) named.set(name, [...(named.get(name) ?? []), route]);

describe("every method", () => {
  const traces = new Map<string, PromiseSettledResult<Trace>[]>();
  const askedBy = (name: string) =>
    new Set(traces.get(name)?.flatMap((trace) => (trace.status === "fulfilled" ? trace.value.asked : [])));

  beforeAll(async () => {
    for (const [name, calls] of Object.entries(methods)) {
      const each = [calls].flat().map((call) => trace(typeof call === "function" ? { run: call } : call));
      traces.set(name, await Promise.allSettled(each));
    }
  }, 120_000);

  test.each(Object.keys(methods))("%s succeeds, on the routes that its doc comment names and no others", (name) => {
    for (const trace of traces.get(name) ?? []) {
      if (trace.status === "rejected") throw trace.reason;
      expect(trace.value.answer).not.toBeNull();
    }
    expect([...askedBy(name)].sort()).toEqual(named.get(name)?.sort());
  });

  test("has a call here", () => {
    const mcc = new MailcowApiClient("https://mail.example.com", "any-key");
    const own = Object.getOwnPropertyNames(MailcowApiClient.prototype).filter((name) => name !== "constructor");
    const collected = Object.entries(mcc).flatMap(([collection, members]) =>
      collection === "api" ? [] : Object.keys(members).map((method) => `${collection}.${method}`),
    );
    expect(Object.keys(methods).sort()).toEqual([...own, ...collected].sort());
  });

  test("is one of those that together reach every operation of the contract", () => {
    const reached = new Set(Object.keys(methods).flatMap((name) => [...askedBy(name)]));
    expect(routes.filter((route) => !reached.has(route))).toEqual([]);
    expect(routes.length).toBeGreaterThan(200);
  });
});
