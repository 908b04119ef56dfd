import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Validator } from "../../scripts/lib/conformance/validator.ts";
import { type Document, operationsOf } from "../../scripts/lib/facts.ts";
import { files } from "../../scripts/lib/files.ts";
import { operationIds } from "../../scripts/lib/operation-id.ts";

type Json = Record<string, unknown>;

const contract: Document = JSON.parse(readFileSync(files.contract, "utf8"));
const text = JSON.stringify(contract);
const operations = operationsOf(contract);
const described = [...operations].filter(([, operation]) => operation["operationId"]);
const components = contract["components"] as Record<string, Record<string, Json>>;

const schemaWords = new Set(
  [
    "$ref type enum const format pattern default description required properties additionalProperties items",
    "prefixItems oneOf anyOf allOf not minimum maximum exclusiveMinimum minLength maxLength minItems maxItems",
    "uniqueItems minProperties maxProperties propertyNames x-opaque example",
    "x-mailcow-name x-mailcow-list x-mailcow-unit x-mailcow-refers x-mailcow-secret x-mailcow-send x-mailcow-repeats",
    "x-mailcow-means x-mailcow-unchecked x-mailcow-since x-mailcow-until x-mailcow-shown x-mailcow-changed x-mailcow-instead-of",
    "x-mailcow-reads",
  ]
    .join(" ")
    .split(" "),
);

/** Every object below a value, with the path of keys that leads to it. */
function* walk(value: unknown, path: readonly string[] = []): Generator<[path: readonly string[], node: Json]> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Json];
  for (const [key, member] of Object.entries(value)) {
    if (key !== "example" && key !== "examples") yield* walk(member, [...path, key]);
  }
}

/** Every schema of the operations that a correction describes, and of the components. */
function schemas(): [place: string, schema: Json][] {
  const found: [string, Json][] = [];
  const visit = (schema: unknown, place: string): void => {
    if (typeof schema !== "object" || schema === null) return;
    const node = schema as Json;
    found.push([place, node]);
    for (const key of ["items", "additionalProperties", "not"]) visit(node[key], `${place}/${key}`);
    for (const key of ["oneOf", "anyOf", "allOf", "prefixItems"]) {
      for (const [index, member] of ((node[key] as unknown[]) ?? []).entries())
        visit(member, `${place}/${key}/${index}`);
    }
    for (const [name, member] of Object.entries((node["properties"] as Json) ?? {})) {
      visit(member, `${place}/properties/${name}`);
    }
  };
  for (const [name, schema] of Object.entries(components["schemas"] ?? {})) visit(schema, name);
  for (const [route, operation] of described) {
    for (const [path, node] of walk(operation)) {
      if (path.at(-1) === "schema") visit(node, `${route} ${path.join("/")}`);
    }
  }
  return found;
}

describe("the contract", () => {
  test("names operations after their routes", () => {
    const expected = operationIds([...operations.keys()]);
    const names = described.map(([route, { operationId }]) => [route, operationId]);
    expect(names).toEqual(described.map(([route]) => [route, expected.get(route)]));
  });

  test("describes every operation, under a tag that exists", () => {
    const tags = (contract["tags"] as { name: string }[]).map(({ name }) => name);
    for (const [route, operation] of described) {
      expect(operation["summary"], route).toMatch(/^[A-Z]/);
      expect(operation["description"], route).toMatch(/\.$/);
      expect(operation["tags"], route).toHaveLength(1);
      expect(tags, route).toContain((operation["tags"] as string[])[0]);
    }
  });

  test("has no broken references and no unused parts", () => {
    for (const [kind, members] of Object.entries(components)) {
      if (kind === "securitySchemes") continue;
      const unused = Object.keys(members).filter((name) => !text.includes(`"#/components/${kind}/${name}"`));
      expect(unused, kind).toEqual([]);
    }
    for (const [, kind, name] of text.matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)) {
      expect(Object.keys(components[kind ?? ""] ?? {})).toContain(name);
    }
  });

  test("has no empty schema, except the opaque places with a reason", () => {
    const bare = schemas().filter(([, schema]) => {
      if (schema["x-opaque"]) return false;
      if (schema["type"] === "object") return !schema["properties"] && !("additionalProperties" in schema);
      if (schema["type"] === "array") return !schema["items"] && !schema["prefixItems"];
      return !["$ref", "type", "enum", "const", "oneOf", "anyOf", "allOf"].some((key) => key in schema);
    });
    expect(bare.map(([place]) => place)).toEqual([]);
  });

  test("uses only the keys of schemas, so that no comma in a description adds a key by mistake", () => {
    const strange = schemas().flatMap(([place, schema]) =>
      Object.keys(schema)
        .filter((key) => !schemaWords.has(key))
        .map((key) => `${place}: ${key}`),
    );
    expect(strange).toEqual([]);
  });

  test("lists every opaque place with its reason in docs/corrections.md", () => {
    const readme = readFileSync(new URL("../../docs/corrections.md", import.meta.url), "utf8");
    const reasons = new Set(schemas().flatMap(([, schema]) => (schema["x-opaque"] ? [schema["x-opaque"]] : [])));
    expect([...reasons].filter((reason) => !readme.includes(`| ${reason} |`))).toEqual([]);
  });

  test("describes every field", () => {
    const silent = schemas().flatMap(([place, schema]) =>
      Object.entries((schema["properties"] as Record<string, Json>) ?? {})
        .filter(([, field]) => !field["description"] && !field["$ref"])
        .map(([name]) => `${place}.${name}`),
    );
    expect(silent).toEqual([]);
  });

  test("has examples that match their schemas", () => {
    const validator = new Validator(contract);
    let count = 0;
    const places: [path: readonly string[], node: Json][] = [
      ...described.flatMap(([route, operation]) => {
        const [method = "", path = ""] = route.split(" ");
        return [...walk(operation, ["paths", path, method.toLowerCase()])];
      }),
      ...walk(components, ["components"]),
    ];
    for (const [path, node] of places) {
      for (const [name, example] of Object.entries((node["examples"] as Record<string, Json>) ?? {})) {
        if (!node["schema"]) continue;
        count++;
        const differences = validator.differences(example["value"], [...path, "schema"]);
        expect(differences, `${path.join("/")} ${name}`).toEqual([]);
      }
    }
    expect(count).toBeGreaterThan(20);
  });
});
