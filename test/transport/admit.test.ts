import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Document, operationsOf } from "../../scripts/lib/facts.ts";
import { files } from "../../scripts/lib/files.ts";
import { createMailcowClient } from "../../src/client.ts";
import { traits } from "../../src/generated/traits.ts";
import { parseJson } from "../../src/transport/json.ts";
import { apiKey } from "../support/client.ts";

interface Schema {
  $ref?: string;
  type?: string | string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  "x-mailcow-until"?: string;
}

const contract: Document = JSON.parse(readFileSync(files.contract, "utf8"));

/** The types that an answer may have, at its top. */
function typesOf(schema: Schema | undefined): string[] {
  // The text that older releases answer to `edit/cors` is two lists in a row, and no value of JSON.
  if (!schema || schema["x-mailcow-until"]) return [];
  if (schema.$ref) {
    const target = schema.$ref
      .slice(2)
      .split("/")
      .reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], contract);
    return typesOf(target as Schema);
  }
  const options = schema.anyOf ?? schema.oneOf;
  return options ? options.flatMap(typesOf) : [schema.type ?? []].flat();
}

test("a bare value is let through wherever the contract has one", () => {
  for (const [route, operation] of operationsOf(contract)) {
    const responses = (operation as { responses: Record<string, { content?: Record<string, { schema?: Schema }> }> })
      .responses;
    const types = typesOf(responses["200"]?.content?.["application/json"]?.schema);
    const bare = types.some((type) => type !== "object" && type !== "array");
    if (bare) expect(traits[route]?.bare, route).toBe(true);
  }
});

describe("an answer", () => {
  const api = (body: BodyInit, status = 200) =>
    createMailcowClient({
      baseUrl: "https://mail.example.com",
      apiKey,
      fetch: async () => new Response(body, { status }),
    });

  test("of mail in a queue is taken as text, in whatever encoding", async () => {
    const mail = Buffer.from("*** ENVELOPE\nSubject: Gr\xfc\xdfe", "latin1");
    const path = { queueId: "4ABC" };
    const { data } = await api(mail).GET("/api/v1/get/postcat/{queueId}", { params: { path } });
    expect(data).toBe("*** ENVELOPE\nSubject: Gr\uFFFD\uFFFDe");
  });

  test("may be `null` where mailcow says so", async () => {
    expect(await api("null").GET("/api/v1/get/status/containers")).toMatchObject({ data: null });
  });

  test("that redirects where only the browser knows is refused as well", async () => {
    const fetch = async () => Object.defineProperty(new Response(null), "type", { value: "opaqueredirect" });
    const client = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey, fetch });
    await expect(client.GET("/api/v1/get/domain/all")).rejects.toThrow(/redirects to another address/);
  });
});

describe("JSON", () => {
  const nested = (levels: number) => parseJson(`${"[".repeat(levels)}${"]".repeat(levels)}`);

  test("is as deep as PHP can write, and no deeper", () => {
    expect(nested(512)).toMatchObject({ tooDeep: false });
    expect(nested(513)).toMatchObject({ tooDeep: true });
    expect(nested(200_000)).toMatchObject({ tooDeep: true });
  });

  test("has no member that becomes a prototype", () => {
    const parsed = parseJson('{"a":[{"__proto__":{"x":1},"b":2}],"__proto__":null}');
    expect(parsed?.data).toEqual({ a: [{ b: 2 }] });
    expect(Object.hasOwn(parsed?.data as object, "__proto__")).toBe(false);
  });

  test("is nothing where it is none", () => {
    expect(parseJson("{")).toBeUndefined();
    expect(parseJson("null")).toEqual({ data: null, tooDeep: false });
  });
});
