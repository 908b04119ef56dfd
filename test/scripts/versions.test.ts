import { describe, expect, test } from "vitest";
import { type Document, isObject } from "../../scripts/lib/facts.ts";
import { Releases } from "../../scripts/lib/releases.ts";
import { ofRelease, wholeRange } from "../../scripts/lib/versions.ts";
import { versionsPageOf } from "../../scripts/lib/versions-page.ts";

const releases = new Releases([
  { release: "1", date: "2025-01-01" },
  { release: "2", date: "2025-02-02" },
  { release: "2a", date: "2025-02-03", equals: "2" },
  { release: "3", date: "2025-03-03" },
]);

const operation = (id: string, more: object, schema: object): object => ({
  operationId: id,
  description: "Does it.",
  tags: ["things"],
  responses: { "200": { description: "Done.", content: { "application/json": { schema } } } },
  ...more,
});
const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const document = {
  openapi: "3.1.0",
  info: { title: "made up", version: "3" },
  tags: [{ name: "things" }, { name: "news" }],
  paths: {
    "/api/v1/get/thing": { get: operation("getThing", {}, refTo("Thing")) },
    "/api/v1/get/news": {
      get: operation("getNews", { tags: ["news"], "x-mailcow-since": "2" }, refTo("News")),
    },
  },
  components: {
    responses: {},
    schemas: {
      Flag: { type: "boolean", description: "Yes or no." },
      News: { type: "string", description: "News." },
      Thing: {
        type: "object",
        description: "A thing.",
        required: ["always", "late", "gone", "renamed", "again"],
        properties: {
          always: { type: "string", enum: ["a", "b"], description: "A word.", "x-mailcow-since": { b: "3" } },
          late: { ...refTo("Flag"), "x-mailcow-since": "2" },
          gone: { type: "string", description: "Old.", "x-mailcow-until": "2a" },
          renamed: { type: "string", description: "A text.", "x-mailcow-changed": [{ until: "1", name: "old" }] },
          again: {
            type: "string",
            description: "The text again.",
            "x-mailcow-repeats": "renamed",
            "x-mailcow-changed": [{ until: "1", name: "old2" }],
          },
          changed: {
            description: "A list.",
            type: "array",
            items: { type: "string" },
            "x-mailcow-changed": [{ until: "2a", says: "A text.", schema: { type: "string", description: "A text." } }],
          },
          needed: {
            type: "string",
            description: "Free.",
            "x-mailcow-changed": [{ until: "1", says: "It has to be there.", required: true }],
          },
        },
      },
    },
  },
} as unknown as Document;

const schemaOf = (contract: Document, name: string): Record<string, unknown> => {
  const schema = (contract["components"] as { schemas: Record<string, unknown> }).schemas[name];
  if (!isObject(schema)) throw new Error(`no schema ${name}`);
  return schema;
};

describe("the contract of one release", () => {
  test("has what that release has, and does not speak of others", () => {
    const contract = ofRelease(document, releases, "1");
    expect(contract.info.version).toBe("1");
    expect(Object.keys(contract.paths)).toEqual(["/api/v1/get/thing"]);
    expect(contract["tags"]).toEqual([{ name: "things" }]);
    expect(contract["components"]).not.toHaveProperty("schemas.News");
    expect(JSON.stringify(contract)).not.toMatch(/x-mailcow-(since|until|changed)/);
    expect(schemaOf(contract, "Thing")).toMatchObject({
      required: ["always", "gone", "old", "old2", "needed"],
      properties: {
        always: { enum: ["a"] },
        old: { type: "string" },
        old2: { "x-mailcow-repeats": "old" },
        changed: { type: "string" },
        needed: { description: "Free. It has to be there." },
      },
    });
    expect(schemaOf(contract, "Thing")).not.toHaveProperty("properties.late");
  });

  test("requires what the newest release always has", () => {
    const thing = schemaOf(ofRelease(document, releases, "3"), "Thing");
    expect(thing).toMatchObject({
      required: ["always", "late", "renamed", "again"],
      properties: { always: { enum: ["a", "b"] }, changed: { type: "array" } },
    });
    expect(thing).not.toHaveProperty("properties.gone");
  });

  test("is that of the release whose API it equals", () => {
    expect(ofRelease(document, releases, "2a").paths).toEqual(ofRelease(document, releases, "2").paths);
  });

  test("needs an existing release", () => {
    expect(() => ofRelease(document, releases, "4")).toThrow(/4 is no release .* from 1 to 3/);
  });
});

describe("the contract of the whole range", () => {
  const contract = wholeRange(document, releases);
  const thing = schemaOf(contract, "Thing");

  test("requires what every release always has", () => {
    expect(thing["required"]).toEqual(["always"]);
  });

  test("says in descriptions what came, went and was otherwise", () => {
    expect(thing).toMatchObject({
      properties: {
        always: { description: "A word. `b` since mailcow 3." },
        late: { description: "Yes or no. Since mailcow 2." },
        gone: { description: "Old. Up to mailcow 2a." },
        renamed: { description: "A text. Up to mailcow 1 it is `old`." },
        changed: { description: "A list. Up to mailcow 2a: A text." },
      },
    });
  });

  test("allows what any release allows", () => {
    expect(thing).toMatchObject({
      properties: {
        old: { type: "string", "x-mailcow-until": "1", "x-mailcow-instead-of": "renamed" },
        changed: { anyOf: [{ type: "array" }, { type: "string", "x-mailcow-until": "2a" }] },
      },
    });
  });

  test("says how a server answers that does not have the route", () => {
    expect(contract.paths["/api/v1/get/news"]?.["get"]).toMatchObject({
      description: "Does it. Since mailcow 2.",
      responses: { "404": { $ref: "#/components/responses/NoSuchRoute" } },
    });
  });

  test("does not change its parts", () => {
    const before = structuredClone(document);
    wholeRange(document, releases);
    ofRelease(document, releases, "1");
    expect(document).toEqual(before);
  });
});

describe("the page of releases", () => {
  test("has a section per release in which something changed, the newest first", () => {
    const page = versionsPageOf(document, releases);
    expect(page.match(/^## .*$/gm)).toEqual(["## 3 (2025-03-03)", "## 2 (2025-02-02)"]);
    expect(page).toContain("| 2a | 2025-02-03 | the same as 2 |");
    expect(page).toContain("- New in answers: `late`: `GET get/thing`");
    expect(page).toContain("- Gone in answers: `gone`: `GET get/thing`");
    expect(page).toContain("- New route: `GET get/news`");
    expect(page).toContain("- New in answers: the value `b` of `always`: `GET get/thing`");
  });

  test("is refused if a correction names an unknown release", () => {
    const typo = structuredClone(document);
    Object.assign(typo.paths["/api/v1/get/news"]?.["get"] ?? {}, { "x-mailcow-since": "2b" });
    expect(() => versionsPageOf(typo, releases)).toThrow(/2b is no release/);
  });
});
