import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { Conformance } from "../../scripts/lib/conformance/check.ts";
import { Junk } from "../../scripts/lib/conformance/junk.ts";
import { type Exchange, readRecordings } from "../../scripts/lib/conformance/recordings.ts";
import { contractOf } from "../../scripts/lib/contract.ts";
import { type Document, operationsOf } from "../../scripts/lib/facts.ts";
import { files } from "../../scripts/lib/files.ts";
import { readReleases } from "../../scripts/lib/releases.ts";
import { createMailcow, type Mailcow } from "../../src/testing/index.ts";

const exchanges = await readRecordings(files.recordings);
const { newest, oldest } = await readReleases(".");
const contract = await contractOf(".", newest);
const conformance = new Conformance(contract);
const junk = new Junk(await readFile(files.junk, "utf8"));

/** A call with what a mailcow in memory answers to it. */
async function answered(mailcow: Mailcow, exchange: Omit<Exchange, "response">): Promise<Exchange> {
  const keys = { rw: mailcow.apiKey, ro: mailcow.readOnlyKey, wrong: "wrong-key", none: "" };
  const { method, path, key, body, rawBody } = exchange.request;
  const sent = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await mailcow.fetch(`https://mail.example.com${path}`, {
    method,
    headers: { "x-api-key": keys[key], ...(sent !== undefined && { "content-type": "application/json" }) },
    ...(sent !== undefined && method !== "GET" && { body: sent }),
  });
  const { status, headers } = response;
  const contentType = headers.get("content-type") ?? "";
  return { ...exchange, response: { status, contentType, ...bodyOf(await response.text()) } };
}

function bodyOf(text: string): Pick<Exchange["response"], "body" | "text"> {
  try {
    return { body: JSON.parse(text) };
  } catch {
    return { text };
  }
}

/** One after another: what a call does, the next one sees. */
async function inOrder(mailcow: Mailcow, calls: readonly Omit<Exchange, "response">[]): Promise<Exchange[]> {
  const found: Exchange[] = [];
  for (const call of calls) found.push(await answered(mailcow, call));
  return found;
}

/** What is wrong with the answers. Whether the requests are right, recordings of a real server tell. */
const wrong = (conformance: Conformance, found: readonly Exchange[]) =>
  conformance.check(found, junk).violations.filter(({ pointer }) => !pointer.startsWith("request "));

test.each([...new Set(exchanges.map(({ file }) => file))])(
  "%s: answers are those that the contract describes",
  async (file) => {
    const calls = exchanges.filter((exchange) => exchange.file === file && !exchange.offContract);
    expect(wrong(conformance, await inOrder(createMailcow(), calls))).toEqual([]);
  },
);

interface Operation {
  readonly parameters?: readonly { readonly $ref?: string; readonly name: string; readonly example?: unknown }[];
  readonly requestBody?: {
    readonly content: Record<string, { readonly examples: Record<string, { value: unknown }> }>;
  };
}

/** A call of each route, as the examples of the contract show it. */
function calls(strict: Document): Omit<Exchange, "response">[] {
  const shared = (strict["components"] as { parameters: Record<string, { name: string; example: unknown }> })
    .parameters;
  return [...operationsOf(strict)].map(([name, operation]) => {
    const [method = "", template = ""] = name.split(" ");
    const { parameters = [], requestBody } = operation as Operation;
    const path = parameters.reduce((text, parameter) => {
      const { name, example } = { ...parameter, ...shared[parameter.$ref?.split("/").at(-1) ?? ""] };
      return text.replace(`{${name}}`, encodeURIComponent(encodeURIComponent(String(example))));
    }, template);
    const body = Object.values(requestBody?.content["application/json"]?.examples ?? {})[0]?.value;
    return {
      file: "examples",
      name,
      request: { method, path, template, key: "rw", ...(body !== undefined && { body }) },
    };
  });
}

test.each([
  [newest, 213],
  [oldest, 209],
])("mailcow %s answers all of its %d routes, each as the contract describes", async (release, routes) => {
  const strict = release === newest ? contract : await contractOf(".", release);
  const mailcow = createMailcow({ mailcow: release, domains: ["example.com"], mailboxes: ["ann@example.com"] });
  const found = await inOrder(mailcow, calls(strict));
  expect(found).toHaveLength(routes);
  expect(found.filter(({ response }) => response.status >= 400).map(({ name }) => name)).toEqual([]);
  expect(wrong(release === newest ? conformance : new Conformance(strict), found)).toEqual([]);
});
