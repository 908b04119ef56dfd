import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Document } from "../../scripts/lib/facts.ts";
import { files } from "../../scripts/lib/files.ts";
import { type Described, isDigits, type Json, resolve, topicsOf } from "../../scripts/lib/topics.ts";
import { kinds } from "../../src/core/names.ts";
import { MailcowApiClient } from "../../src/index.ts";
import { isSecretField } from "../../src/transport/secrets.ts";
import { traitsOf } from "../support/traits.ts";

const contract: Document = JSON.parse(readFileSync(files.contract, "utf8"));
const topics = topicsOf(contract);
const operations: Described[] = [...topics.operations.values()].flat();

interface Place {
  readonly at: string;
  /** The name of the field. */
  readonly name: string;
  readonly schema: Json;
  /** The fields beside it. */
  readonly beside: readonly string[];
}

/** Every schema below one, each named shape where it is used first. */
function* places(
  schema: Json,
  at: string,
  name: string,
  seen: Set<string>,
  beside: readonly string[] = [],
): Generator<Place> {
  if (typeof schema["$ref"] === "string") {
    if (seen.has(schema["$ref"])) return;
    seen.add(schema["$ref"]);
  }
  const resolved = resolve(schema, topics.schemas);
  yield { at, name, schema: { ...resolved, ...schema }, beside };
  for (const key of ["oneOf", "anyOf", "allOf", "prefixItems"])
    for (const choice of (resolved[key] ?? []) as Json[]) yield* places(choice, at, name, seen, beside);
  for (const key of ["items", "additionalProperties"])
    if (typeof resolved[key] === "object") yield* places(resolved[key] as Json, at, name, seen, beside);
  const fields = (resolved["properties"] ?? {}) as Record<string, Json>;
  for (const [field, member] of Object.entries(fields))
    yield* places(member, `${at}.${field}`, field, seen, Object.keys(fields));
}

const seenSent = new Set<string>();
const sent: Place[] = operations.flatMap(({ route, params, body }) => [
  ...params.flatMap(({ name, schema }) => [...places(schema, `${route} ${name}`, name, seenSent)]),
  ...(body ? [...places(body, route, "", seenSent)] : []),
]);
const seenCame = new Set<string>();
const came: Place[] = operations.flatMap(({ route, answer }) =>
  answer ? [...places(answer, route, "", seenCame)] : [],
);

const isPlainText = ({ schema }: Place): boolean =>
  schema["type"] === "string" && !schema["enum"] && schema["const"] === undefined && !isDigits(schema);

describe("the contract says about every request", () => {
  test("which kind of name each text is, or that it is free text", () => {
    const silent = sent.filter((place) => isPlainText(place) && !place.schema["x-mailcow-name"]);
    expect(silent.map(({ at }) => at)).toEqual([]);
    expect(sent.filter(isPlainText).length).toBeGreaterThan(150);
  });

  test("only kinds of names that the library has", () => {
    const named = [...sent, ...came].filter(({ schema }) => schema["x-mailcow-name"] !== undefined);
    const strange = named.filter(({ schema }) => !Object.hasOwn(kinds, String(schema["x-mailcow-name"])));
    expect(strange.map(({ at, schema }) => `${at}: ${schema["x-mailcow-name"]}`)).toEqual([]);
  });

  test("that the transport hides every secret by the name of its field", () => {
    const secrets = sent.filter(({ schema }) => schema["x-mailcow-secret"]);
    expect(secrets.length).toBeGreaterThan(15);
    const known = ({ at, name }: Place) => isSecretField(name) || traitsOf(at.split(".")[0] ?? "")?.secretItems;
    expect(secrets.filter((place) => !known(place)).map(({ at }) => at)).toEqual([]);
  });

  test("no default for a required field, except for values that the library sends", () => {
    for (const { schema, at } of sent.filter(({ schema: { required } }) => Array.isArray(required)))
      for (const name of schema["required"] as string[])
        expect((schema["properties"] as Record<string, Json>)[name]?.["default"], `${at}.${name}`).toBeUndefined();
  });

  test("bounds that detect bytes instead of MiB", () => {
    const sizes = sent.filter(({ schema }) => schema["x-mailcow-unit"] === "MiB");
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.filter(({ schema }) => !(Number(schema["maximum"]) <= 64 * 1024 ** 2)).map(({ at }) => at)).toEqual(
      [],
    );
  });

  test("which fields repeat others in the same body", () => {
    const repeating = sent.filter(({ schema }) => schema["x-mailcow-repeats"] !== undefined);
    expect(repeating.length).toBeGreaterThan(5);
    for (const { at, schema, beside } of repeating) expect(beside, at).toContain(schema["x-mailcow-repeats"]);
  });

  test("references only to topics that exist", () => {
    const referring = sent.filter(({ schema }) => schema["x-mailcow-refers"] !== undefined);
    expect(referring.length).toBeGreaterThan(20);
    for (const { at, schema } of referring)
      expect([...topics.operations.keys()], at).toContain(schema["x-mailcow-refers"]);
  });
});

describe("a topic has one name, everywhere", () => {
  const mcc = new MailcowApiClient("https://mail.example.com", "any-key");
  const names = (folder: string, ending: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => name.slice(0, -ending.length));
  const all = [...topics.operations.keys()].sort();

  test("in the corrections", () => {
    expect(names("openapi/corrections", ".yaml").filter((name) => !/^(00|zz)-/.test(name))).toEqual(all);
  });

  test("in the generated tables", () => {
    expect(names("src/generated/routes", ".ts")).toEqual(all);
    expect(names("src/generated/types", ".ts")).toEqual([...all, "common"].sort());
  });

  test("in the collections and their tests", () => {
    expect(names("src/facade/collections", ".ts").sort()).toEqual(all);
    expect(names("test/collections", ".test.ts").sort()).toEqual(all);
  });

  test("as a property of the client", () => {
    const camel = (topic: string) => topic.replace(/-[a-z]/g, (found) => found.slice(1).toUpperCase());
    for (const topic of all) expect(mcc, topic).toHaveProperty(camel(topic));
  });
});
