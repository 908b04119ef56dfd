import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Document, operationsOf } from "../../scripts/lib/facts.ts";
import { files } from "../../scripts/lib/files.ts";
import { createMailcowClient } from "../../src/client.ts";
import { parseJson } from "../../src/transport/json.ts";
import { apiKey } from "../support/client.ts";
import { traitsOf } from "../support/traits.ts";

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
    if (bare) expect(traitsOf(route)?.bare, route).toBe(true);
  }
});

describe("a list of many rows", () => {
  const rows = (more: object = {}) => [...Array.from({ length: 2_000 }, () => ({ a: {}, b: [], c: null })), more];
  const deep = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));

  test.each<[string, unknown]>([
    ["in a member where others have the like", rows({ a: deep(511) })],
    ["in a member where others have nothing", rows({ c: deep(511) })],
    ["in a member of its own", rows({ z: deep(511) })],
    ["in a row that is a list", rows([deep(511)])],
    ["in a row, with others below it", [...rows({ a: deep(511) }), ...rows()]],
  ])("is refused where one is nested too deep %s", (_, data) => {
    expect(parseJson(JSON.stringify(data))).toEqual({ excess: expect.stringContaining("deeper") });
  });

  test.each<[string, unknown]>([
    ["as deep as can be", rows({ a: deep(510) })],
    ["with brackets in texts", rows({ a: "[{".repeat(1_000) })],
    ["with something in each of their members", rows().map(() => ({ a: { b: [1] }, c: [[2]] }))],
  ])("is taken %s", (_, data) => {
    const text = JSON.stringify(data);
    expect(parseJson(text)).toEqual({ data, text });
  });
});

describe("an answer", () => {
  const api = (body: BodyInit, status = 200) =>
    createMailcowClient({
      baseUrl: "https://mail.example.com",
      apiKey,
      fetch: async () => new Response(body, { status }),
    });

  test("of mail in a queue is read as text, in any encoding", async () => {
    const mail = Buffer.from("*** ENVELOPE\nSubject: Gr\xfc\xdfe", "latin1");
    const path = { queueId: "4ABC" };
    const { data } = await api(mail).GET("/api/v1/get/postcat/{queueId}", { params: { path } });
    expect(data).toBe("*** ENVELOPE\nSubject: Gr\uFFFD\uFFFDe");
  });

  test("may be `null` where mailcow says so", async () => {
    expect(await api("null").GET("/api/v1/get/status/containers")).toMatchObject({ data: null });
  });

  test("to a write has 20,000 entries at most", async () => {
    const entry = '{"type":"success","msg":"x"}';
    const answer = (entries: number) => {
      const body = `[${`${entry},`.repeat(entries - 1)}${entry}]`;
      return api(body).POST("/api/v1/delete/domain", { body: ["example.com"] });
    };
    expect((await answer(20_000)).data).toHaveLength(20_000);
    await expect(answer(20_001)).rejects.toThrow("more than 20000 entries");
    expect((await api(`[${"0,".repeat(20_000)}0]`).GET("/api/v1/get/domain/all")).data).toHaveLength(20_001);
  });

  test("that only the browser recognizes as a redirect is refused", async () => {
    const fetch = async () => Object.defineProperty(new Response(null), "type", { value: "opaqueredirect" });
    const client = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey, fetch });
    await expect(client.GET("/api/v1/get/domain/all")).rejects.toThrow(/redirects to another address/);
  });
});

describe("JSON", () => {
  const nested = (levels: number) => parseJson(`${"[".repeat(levels)}${"]".repeat(levels)}`);
  const deeper = { excess: expect.stringMatching(/deeper/) };

  test("is as deep as PHP can write, and no deeper", () => {
    expect(nested(512)).toHaveProperty("data");
    expect(nested(513)).toEqual(deeper);
    expect(nested(200_000)).toEqual(deeper);
    expect(parseJson(`[${"[],".repeat(1000)}${"[".repeat(512)}${"]".repeat(512)}]`)).toEqual(deeper);
    expect(parseJson(`[${"[],".repeat(1000)}${"[".repeat(511)}${"]".repeat(511)}]`)).toHaveProperty("data");
  });

  test("may have one value or name per 48 bytes of its limit, and at least as many as 48 MiB allow", () => {
    const list = (values: number) => `[${"0,".repeat(values - 1)}0]`;
    const most = Math.floor((48 * 2 ** 20) / 48);
    const takes = (text: string, maxBytes?: number) => {
      const parsed = parseJson(text, maxBytes) ?? { excess: "no JSON" };
      return "data" in parsed ? "data" : parsed.excess;
    };
    const many = /more than 1048576 values and names: .* raise maxReplyBytes/;
    expect(takes(list(most))).toBe("data");
    expect(takes(list(most + 1))).toMatch(many);
    expect(takes(list(most + 1), 48 * most)).toMatch(many);
    expect(takes(list(most + 1), 48 * (most + 1))).toBe("data");
    expect(takes(list(most + 1), Number.POSITIVE_INFINITY)).toBe("data");
    expect(takes("[".repeat(511) + "{},".repeat(most))).toMatch(many);
    expect(takes(`[${'{"a":0},'.repeat(most / 3)}{}]`)).toMatch(many);
  });

  test("is not counted up to 2 MiB", () => {
    const lists = (length: number) => `[${"[],".repeat(length / 3 - 1)}[]]`.padEnd(length);
    expect(parseJson(lists(2 ** 21))).toHaveProperty("data");
    expect(parseJson(lists(2 ** 21 + 3))).toHaveProperty("excess");
  });

  test("is counted by its own signs, not by those in its texts", () => {
    const signs = "[{,".repeat(2 ** 20);
    for (const text of [signs, `\\${signs}`, `"${signs}`, `\\\\"${signs}\\`, ""]) {
      const json = JSON.stringify([text, [text]]);
      const parsed = parseJson(json) as { data: [string, [string]]; text: string };
      // A matcher takes seconds to compare texts of this length.
      expect(parsed.text === json && parsed.data[0] === text && parsed.data[1][0] === text).toBe(true);
    }
    // An even number of backslashes before a quote leaves it one that ends the text.
    const deep = `${"[".repeat(512)}${"]".repeat(512)}]`;
    for (const text of ["", String.raw`\\`, String.raw`\"`, String.raw`\\\"\\`])
      expect(parseJson(`["${text}",${deep}`)).toEqual(deeper);
    for (const text of ["\\", "\\\\\\"]) expect(parseJson(`["${text}",${deep}`)).toBeUndefined();
  });

  test.each([
    "__proto__",
    "\\u005f_proto__",
    "__\\u0070roto__",
    "__p\\u0072oto__",
    "__pr\\u006Fto__",
    "__pro\\u0074o__",
  ])("has no member that becomes a prototype: %s", (name) => {
    const parsed = parseJson(`{"a":[{"${name}":{"x":1},"b":2}],"${name}":null}`) as { data: object };
    expect(parsed.data).toEqual({ a: [{ b: 2 }] });
    expect(Object.hasOwn(parsed.data, "__proto__")).toBe(false);
  });

  test("is nothing if the text has none", () => {
    expect(parseJson("{")).toBeUndefined();
    expect(parseJson('["')).toBeUndefined();
    expect(parseJson("null")).toEqual({ data: null, text: "null" });
  });
});
