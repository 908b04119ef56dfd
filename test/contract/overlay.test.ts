import { readFile } from "node:fs/promises";
import { applyOverlay } from "openapi-overlays-js/src/overlay.js";
import { describe, expect, test } from "vitest";
import { type Document, factsOf, operationsOf } from "../../scripts/lib/facts.ts";
import { files } from "../../scripts/lib/files.ts";
import { applyCorrections, readCorrections } from "../../scripts/lib/overlay.ts";
import { readReleases } from "../../scripts/lib/releases.ts";
import { wholeRange } from "../../scripts/lib/versions.ts";

type Json = Record<string, unknown>;
const marker = "prose that is not ours";

const facts: Document = JSON.parse(await readFile(files.facts, "utf8"));
const contract: Document = JSON.parse(await readFile(files.contract, "utf8"));
const overlays = await readCorrections(files.corrections);
const releases = await readReleases(".");

/** The facts as a spec of the kind that mailcow publishes: with descriptions, titles, examples, names and extensions. */
function withProse(document: Document): Document {
  const prose = { description: marker, "x-internal": marker };
  const schema = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(schema);
    if (typeof value !== "object" || value === null) return value;
    const { properties, ...rest } = value as Json;
    const fields =
      properties === undefined
        ? {}
        : { properties: Object.fromEntries(Object.entries(properties as Json).map(([k, v]) => [k, schema(v)])) };
    const inner = Object.fromEntries(Object.entries(rest).map(([k, v]) => [k, k === "items" ? schema(v) : v]));
    return { ...inner, ...fields, ...prose, title: marker, example: marker };
  };
  const content = (value: unknown): Json =>
    Object.fromEntries(
      Object.entries((value ?? {}) as Record<string, Json>).map(([type, media]) => [
        type,
        { ...(media["schema"] ? { schema: schema(media["schema"]) } : {}), examples: { response: { value: marker } } },
      ]),
    );
  const described = (value: unknown): Json => {
    const { content: media, ...rest } = value as Json;
    return "$ref" in rest ? rest : { ...rest, ...(media ? { content: content(media) } : {}), ...prose };
  };
  const operation = ({ parameters, requestBody, responses, ...rest }: Json): Json => ({
    ...rest,
    ...prose,
    summary: marker,
    operationId: marker,
    tags: [marker],
    ...(parameters
      ? { parameters: (parameters as Json[]).map((entry) => ({ ...entry, ...prose, example: marker })) }
      : {}),
    ...(requestBody ? { requestBody: described(requestBody) } : {}),
    responses: Object.fromEntries(
      Object.entries(responses as Json).map(([status, entry]) => [status, described(entry)]),
    ),
  });
  const { "x-source": _, ...spec } = structuredClone(document);
  const paths = Object.entries(document.paths).map(([path, item]) => [
    path,
    Object.fromEntries(Object.entries(item).map(([method, value]) => [method, operation(value)])),
  ]);
  return {
    ...(spec as Document),
    info: { ...document.info, title: marker, description: marker },
    tags: [{ name: marker, description: marker }],
    paths: Object.fromEntries(paths),
  };
}

describe("the corrections, applied to a spec with prose in it", () => {
  test("are OpenAPI Overlay 1.0 documents with a reason for every removal", () => {
    for (const { file, overlay, info, actions } of overlays) {
      expect(overlay, file).toBe("1.0.0");
      expect(info, file).toMatchObject({ title: expect.any(String), version: expect.any(String) });
      for (const action of actions.filter(({ remove }) => remove))
        expect(action.description, `${file} ${action.target}`).toMatch(/\.$/);
    }
  });

  test("produce the same contract, without any of the prose", async () => {
    const spec = withProse(facts);
    expect(JSON.stringify(spec).split(marker).length).toBeGreaterThan(1000);
    const corrected = wholeRange(await applyCorrections(spec, overlays), releases);
    const sorted = (document: Document) => new Map([...operationsOf(document)].sort());
    expect(sorted(corrected)).toEqual(sorted(contract));
    expect(corrected).toMatchObject({
      info: contract.info,
      tags: contract["tags"],
      components: contract["components"],
    });
    expect(JSON.stringify(corrected)).not.toContain(marker);
  });

  test("produce the same contract with another overlay tool", () => {
    const overlaid = overlays.reduce((spec, overlay) => applyOverlay(spec, overlay), withProse(facts));
    const corrected = wholeRange(overlaid, releases);
    expect(new Map([...operationsOf(corrected)].sort())).toEqual(new Map([...operationsOf(contract)].sort()));
    expect(corrected).toMatchObject({ tags: contract["tags"], components: contract["components"] });
    expect(JSON.stringify(corrected)).not.toContain(marker);
  });

  test("do not change the original spec", async () => {
    const spec = withProse(facts);
    const before = structuredClone(spec);
    await applyCorrections(spec, overlays);
    expect(spec).toEqual(before);
    expect(factsOf(spec).paths).toEqual(facts.paths);
  });
});
