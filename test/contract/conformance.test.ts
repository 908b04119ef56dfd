import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { Conformance } from "../../scripts/lib/conformance/check.ts";
import { Junk } from "../../scripts/lib/conformance/junk.ts";
import { kinds, mutate } from "../../scripts/lib/conformance/mutate.ts";
import { type Exchange, readRecordings } from "../../scripts/lib/conformance/recordings.ts";
import { contractOf } from "../../scripts/lib/contract.ts";
import { type Document, operationsOf } from "../../scripts/lib/facts.ts";
import { files } from "../../scripts/lib/files.ts";
import { readReleases } from "../../scripts/lib/releases.ts";

const whole: Document = JSON.parse(await readFile(files.contract, "utf8"));
const contract = await contractOf(".", (await readReleases(".")).newest);
const junk = new Junk(await readFile(files.junk, "utf8"));
const exchanges = await readRecordings(files.recordings);
const conformance = new Conformance(contract, whole);

describe("the contract, tested against recordings of a real server", () => {
  test("describes every recorded answer, on all routes", () => {
    const report = conformance.check(exchanges, junk);
    expect(report.violations).toEqual([]);
    expect([...report.routes].sort()).toEqual([...operationsOf(contract).keys()].sort());
    expect(report.exchanges).toBeGreaterThan(2900);
  });

  test("lists as junk only what was recorded", () => {
    expect(junk.unused(exchanges)).toEqual([]);
  });

  test("notices when an answer is broken", () => {
    const { scores } = mutate(conformance, exchanges);
    for (const kind of kinds) {
      expect(scores[kind].total, kind).toBeGreaterThan(100);
      expect(scores[kind].killed / scores[kind].total, kind).toBeGreaterThanOrEqual(0.9);
    }
    const sum = (field: "killed" | "total") => Object.values(scores).reduce((total, score) => total + score[field], 0);
    expect(sum("killed") / sum("total")).toBeGreaterThanOrEqual(0.97);
  });
});

describe("conformance", () => {
  const read: Exchange = {
    file: "made-up",
    name: "a read",
    request: { method: "GET", path: "/api/v1/get/domain/all", template: "/api/v1/get/domain/all", key: "rw" },
    response: { status: 200, contentType: "application/json; charset=utf-8", body: {} },
  };
  const write: Exchange = {
    file: "made-up",
    name: "a write",
    request: {
      method: "POST",
      path: "/api/v1/delete/domain",
      template: "/api/v1/delete/domain",
      key: "rw",
      body: ["example.com"],
    },
    response: {
      status: 200,
      contentType: "application/json",
      body: [{ type: "success", log: [], msg: ["domain_removed", "example.com"] }],
    },
  };
  const check = (exchange: Exchange, reasons = "") => conformance.check([exchange], new Junk(reasons)).violations;

  test("finds no error in a correct answer", () => {
    expect([...check(read), ...check(write)]).toEqual([]);
  });

  test.each<[name: string, exchange: Exchange, says: RegExp]>([
    ["a route", { ...read, request: { ...read.request, template: "/api/v1/get/nothing" } }, /route of the contract/],
    ["a status", { ...read, response: { ...read.response, status: 418 } }, /status 200,401/],
    [
      "a content type",
      { ...read, response: { ...read.response, contentType: "text/plain" } },
      /content type application/,
    ],
    ["a field", { ...read, response: { ...read.response, body: [{ colour: "red" }] } }, /colour|required/],
    [
      "a code",
      { ...write, response: { ...write.response, body: [{ type: "success", log: [], msg: ["x", "y"] }] } },
      /domain_removed/,
    ],
    ["a request", { ...write, request: { ...write.request, body: { items: ["example.com"] } } }, /array/],
  ])("finds %s that is not in the contract", (_, exchange, says) => {
    const [violation] = check(exchange);
    expect(violation?.recording).toMatch(/^made-up: a (read|write)$/);
    expect(violation?.expected).toMatch(says);
  });

  test("reads a name that is one of mailcow's words as mailcow does", () => {
    const admins = { ...read.request, path: "/api/v1/get/admin/all", template: "/api/v1/get/admin/{username}" };
    expect(check({ ...read, request: admins })).toEqual([]);
    const templates = { ...admins, path: "/api/v1/get/domain/template", template: "/api/v1/get/domain/{domain}" };
    const body = exchanges.find(({ name }) => name === "no id: the whole list")?.response.body;
    expect(check({ ...read, request: templates, response: { ...read.response, body } })).toEqual([]);
    expect(
      check({
        ...read,
        request: { ...templates, path: "/api/v1/get/domain/a.test" },
        response: { ...read.response, body },
      }),
    ).not.toEqual([]);
  });

  test("reports junk that the contract does not refuse", () => {
    const scalar = { ...write, request: { ...write.request, body: "example.com" } };
    expect(check(scalar)).toHaveLength(1);
    expect(check(scalar, "made-up: { a write: works by accident }")).toEqual([]);
    expect(check(scalar, "made-up: { a write (POST /api/v1/delete/domain): works by accident }")).toEqual([]);
    expect(check(write, "made-up: { a write: but it is fine }")).toMatchObject([
      { expected: expect.stringContaining("junk") },
    ]);
  });
});
