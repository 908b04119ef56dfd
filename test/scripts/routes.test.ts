import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { facadeRoutes } from "../../scripts/lib/facade-routes.ts";
import { type Document, operationsOf } from "../../scripts/lib/facts.ts";
import { files } from "../../scripts/lib/files.ts";
import { routeList } from "../../scripts/lib/route-list.ts";

const contract: Document = JSON.parse(await readFile(files.contract, "utf8"));

test("docs/routes.md is up to date with contract, recordings and facade", async () => {
  expect(await readFile("docs/routes.md", "utf8"), "run: npm run routes").toBe(await routeList());
});

test("docs/routes.md has a line for every route", async () => {
  const text = await readFile("docs/routes.md", "utf8");
  const missing = [...operationsOf(contract).keys()].filter(
    (route) => !text.includes(`| \`${route.replace("/api/v1/", "")}\` |`),
  );
  expect(missing).toEqual([]);
});

test("finds every route in the doc comments of the facade", async () => {
  const names = (await readdir("src/facade", { recursive: true })).filter((name) => name.endsWith(".ts"));
  const texts = await Promise.all(names.map((name) => readFile(`src/facade/${name}`, "utf8")));
  const seen = texts.join("").match(/@see [^@]*/g) ?? [];
  const routes = seen.flatMap((text) => text.match(/(GET|POST) \/api\/v1\/[\w/{}-]+/g) ?? []);
  expect([...new Set(routes)].sort()).toEqual([...(await facadeRoutes()).keys()].sort());
});

test("doc comments of the facade name only routes that exist", async () => {
  const routes = [...(await facadeRoutes()).keys()];
  expect(routes.length).toBeGreaterThan(10);
  expect(routes.filter((route) => !operationsOf(contract).has(route))).toEqual([]);
});
