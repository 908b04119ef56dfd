import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { facadeRoutes } from "../../scripts/lib/facade-routes.ts";
import { MailcowApiClient } from "../../src/index.ts";
import { collectionsOf, everyMethod } from "../support/methods.ts";
import { routes } from "../support/mock.ts";

const mcc = new MailcowApiClient("https://mail.example.com", "any-key");
const named = await facadeRoutes();

/** Routes that say nothing which the facade does not read elsewhere, and why. */
const idle = {
  "GET /api/v1/get/app-passwd/all": "lists those of the API's own user, who has none",
  "GET /api/v1/get/app-passwd/{id}": "always has an empty answer",
  "GET /api/v1/get/fwdhost/{host}": "finds an address only in the spelling in which the list has it, and no network",
};

describe("the facade", () => {
  test("reaches every route of the contract", () => {
    expect(routes.filter((route) => !named.has(route)).sort()).toEqual(Object.keys(idle));
    expect(routes.length).toBeGreaterThan(200);
  });

  test("names only routes of the contract", () => {
    expect([...named.keys()].filter((route) => !routes.includes(route))).toEqual([]);
  });

  test("names the routes of every method", () => {
    const documented = new Set([...named.values()].flat());
    expect(
      everyMethod(mcc)
        .map(([name]) => name)
        .filter((name) => !documented.has(name) && name !== "fromEnv"),
    ).toEqual([]);
  });

  test.each(collectionsOf(mcc).map(([name]) => name))("%s: all methods are called in its test", (name) => {
    const topic = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const file = `test/collections/${topic}.test.ts`;
    expect(existsSync(file), file).toBe(true);
    expect(readFileSync(file, "utf8")).toContain(`testMethods("${name}"`);
  });
});
