import { readFile } from "node:fs/promises";
import { describe, expect, inject, test } from "vitest";
import { facadeRoutes } from "../../scripts/lib/facade-routes.ts";
import { type Document, operationsOf } from "../../scripts/lib/facts.ts";
import { files } from "../../scripts/lib/files.ts";
import { MailcowApiClient } from "../../src/index.ts";
import { access } from "./methods/access.ts";
import { core } from "./methods/core.ts";
import { domainExtras } from "./methods/domain-extras.ts";
import { mailboxExtras } from "./methods/mailbox-extras.ts";
import { routing } from "./methods/routing.ts";
import { server } from "./methods/server.ts";
import type { MethodCalls } from "./methods/types.ts";

const calls: MethodCalls = { ...access, ...core, ...domainExtras, ...mailboxExtras, ...routing, ...server };
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

/** A client of the mock that notes the routes it is asked. */
function tracing(): { mcc: MailcowApiClient; seen: Set<string> } {
  const seen = new Set<string>();
  const mcc = new MailcowApiClient(inject("prism"), "any-key", {
    fetch: (input, init) => {
      seen.add(routeOf(init?.method ?? "GET", String(input)));
      return fetch(input, init);
    },
  });
  return { mcc, seen };
}

describe("every method of a collection", () => {
  const documented = facadeRoutes();

  test.each(Object.entries(calls))(
    "%s succeeds against a mock that checks its requests, on the routes that it names",
    async (name, call) => {
      const { mcc, seen } = tracing();
      expect(await call(mcc)).not.toBeNull();
      const named = [...(await documented)].filter(([, methods]) => methods.includes(name)).map(([route]) => route);
      expect(
        [...seen].filter((route) => !named.includes(route)),
        "routes that the doc comment does not name",
      ).toEqual([]);
      expect(seen.size).toBeGreaterThan(0);
    },
  );

  test("has such a call", () => {
    const { mcc } = tracing();
    const methods = Object.entries(mcc).flatMap(([collection, members]) =>
      collection === "api" ? [] : Object.keys(members).map((method) => `${collection}.${method}`),
    );
    expect(methods.filter((method) => !(method in calls))).toEqual([]);
    expect(Object.keys(calls).filter((method) => !methods.includes(method))).toEqual([]);
  });
});
