import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { files } from "../../scripts/lib/files.ts";
import type { Written } from "../../scripts/lib/notation.ts";
import { topicsOf } from "../../scripts/lib/topics.ts";
import { Writer } from "../../scripts/lib/writer.ts";
import type { Field } from "../../src/contract.ts";
import { routes } from "../../src/generated/testing.ts";
import { meaningsIn, route, shapeOf } from "../../src/notation.ts";

const bodyOf = (text: string): Field | undefined => route(`add/thing\n${text}`).body;
const fieldOf = (text: string): Field | undefined => bodyOf(`thing ${text}`)?.properties?.["thing"];

describe("a field", () => {
  test.each<[string, Field]>([
    ["text", { type: "string", name: "text" }],
    ["string,number", { type: ["string", "number"] }],
    ["any", {}],
    [
      "tag 1..255 list ..26 uniqueItems=true",
      {
        type: "array",
        maxItems: 26,
        uniqueItems: true,
        items: { type: "string", name: "tag", minLength: 1, maxLength: 255 },
      },
    ],
    ["integer -1..", { type: "integer", minimum: -1 }],
    ["object 1..", { type: "object", minProperties: 1 }],
    ["object additionalProperties=false", { type: "object", additionalProperties: false }],
    ["text map 1..", { type: "object", minProperties: 1, additionalProperties: { type: "string", name: "text" } }],
    ["=s,m", { enum: ["s", "m"] }],
    ['="0",1,true,"" send=""', { enum: ["0", 1, true, ""], send: "" }],
    ['domain list="\\n"', { type: "string", name: "domain", list: "\n" }],
    ['integer unit="bytes per second"', { type: "integer", unit: "bytes per second" }],
    [
      "=eas since=eas:2026-01,dav:2026-03 shown=false",
      { enum: ["eas"], since: { eas: "2026-01", dav: "2026-03" }, shown: false },
    ],
    [
      "text ..9 ~ ^a+ b$ # such as: a b",
      { type: "string", name: "text", maxLength: 9, pattern: "^a+ b$", means: "such as: a b" },
    ],
    ["id list 1.. ~ ^a$", { type: "array", minItems: 1, items: { type: "string", name: "id", pattern: "^a$" } }],
    [
      "id 1.. some 2..",
      {
        anyOf: [
          { type: "string", name: "id", minLength: 1 },
          { type: "array", minItems: 2, items: { type: "string", name: "id", minLength: 1 } },
        ],
      },
    ],
    [
      "integer | null & ..9 unit=days # a day",
      { anyOf: [{ type: "integer" }, { type: "null" }], maximum: 9, unit: "days", means: "a day" },
    ],
    ["=0 | =1 & list", { type: "array", items: { anyOf: [{ enum: [0] }, { enum: [1] }] } }],
    [
      "either\n | object\n  a! text\n | null",
      {
        anyOf: [
          { type: "object", required: ["a"], properties: { a: { type: "string", name: "text" } } },
          { type: "null" },
        ],
      },
    ],
    ["Flag send=1", { ...shapeOf("Flag"), send: 1 }],
  ])("%j", (text, field) => {
    expect(fieldOf(text)).toEqual(field);
  });

  test("is a named shape itself if nothing is said beside it", () => {
    expect(fieldOf("Flag")).toBe(shapeOf("Flag"));
  });
});

describe("a route", () => {
  test("has what its first line says", () => {
    const { method, path, answers, types, batch, changed, body } = route(
      "get/thing rows:string,null batch=1 changed=until:2026-07",
    );
    expect({ method, path, answers, types, batch, changed, body }).toEqual({
      ...{ method: "GET", path: "/api/v1/get/thing", answers: "rows", types: ["string", "null"], batch: 1 },
      ...{ changed: { until: "2026-07" }, body: undefined },
    });
  });

  test("answers entries if nothing is said", () => {
    expect(route("add/thing")).toMatchObject({ method: "POST", answers: "entries", codes: {} });
  });

  test("has its parameters apart from its body", () => {
    const { params, body } = route("delete/thing/{id}\nid text\n= tag list");
    expect(params).toEqual({ id: { type: "string", name: "text" } });
    expect(body).toEqual({ type: "array", items: { type: "string", name: "tag" } });
  });

  test("is known by the fields that are read, or by others", () => {
    const reads = { id: ["integer"], "a.b": ["string", "null", "undefined"], c: ["string"] };
    expect(route("get/thing row\n> id:integer a. b:string,null? . c")).toMatchObject({
      reads,
      fields: ["id", "a.b", "c"],
    });
    expect(route("get/thing row\n> id:integer?\n? id name").fields).toEqual(["id", "name"]);
  });

  test("has its own meanings and those of its topic", () => {
    const topic = "denied a_code = no; ask\nlimit other * = full [{1}|at all]; wait";
    expect(route("add/thing\n! invalid a_code = wrong; correct it", topic).codes).toEqual({
      a_code: { category: "invalid", cause: "wrong", cure: "correct it" },
      "other *": { category: "limit", cause: "full [{1}|at all]", cure: "wait" },
    });
    expect(meaningsIn("")).toEqual({});
  });

  test("is read once", () => {
    const once = route("add/thing\na text");
    expect(once.body).toBe(once.body);
    expect(once.codes).toBe(once.codes);
  });
});

describe("the generated tables", () => {
  const topics = topicsOf(JSON.parse(readFileSync(files.contract, "utf8")));
  const writer = new Writer(topics);
  const tables = new Map(
    Object.values(routes).flatMap((all) => all.map((each) => [`${each.method} ${each.path}`, each])),
  );

  /** A field with each named shape in the place of its name. */
  const whole = ({ shape, ...field }: Written): object => ({
    ...(shape !== undefined && whole(writer.field(topics.schemas[shape] ?? {}))),
    ...Object.fromEntries(
      Object.entries(field).map(([key, value]) => {
        if (key === "anyOf") return [key, (value as Written[]).map(whole)];
        if (key === "properties")
          return [
            key,
            Object.fromEntries(
              Object.entries(value as Record<string, Written>).map(([name, member]) => [name, whole(member)]),
            ),
          ];
        return [key, key === "items" || (key === "additionalProperties" && value) ? whole(value as Written) : value];
      }),
    ),
  });

  test("say of every field what the contract says", () => {
    for (const { route: name, params, body } of [...topics.operations.values()].flat()) {
      const table = tables.get(name);
      expect(table?.body, name).toEqual(body && whole(writer.field(body)));
      for (const param of params) expect(table?.params?.[param.name], name).toEqual(whole(writer.field(param.schema)));
      expect(Object.keys(table?.params ?? {}), name).toEqual(params.map((param) => param.name));
    }
    expect(tables.size).toBeGreaterThan(200);
  });
});
