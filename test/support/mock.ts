import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { inject } from "vitest";
import { type Document, operationsOf } from "../../scripts/lib/facts.ts";
import { files } from "../../scripts/lib/files.ts";

interface Described {
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, Reply>;
}

interface Reply {
  $ref?: string;
  content?: Record<string, { examples?: Record<string, { value: unknown }> }>;
}

const contract: Document = JSON.parse(readFileSync(files.contract, "utf8"));
const operations = operationsOf(contract) as unknown as Map<string, Described>;
const components = contract["components"] as { responses: Record<string, Reply>; schemas: object };

const ajv = new Ajv2020({ strict: false, validateFormats: false, meta: false, validateSchema: false });
const bodies = [...operations].map(([route, { requestBody }]) => [
  route,
  requestBody?.content["application/json"]?.schema,
]);
// Only what requests are checked by: reading the whole contract takes Ajv as long as a good part of a file of tests.
ajv.addSchema({ components: { schemas: components.schemas }, bodies: Object.fromEntries(bodies) }, "contract");

/** Every route of the contract, as `POST /api/v1/add/alias`. */
export const routes: readonly string[] = [...operations.keys()];

/** The route that a request falls on: the one whose literal words it has most of. */
export function routeOf(method: string, url: string): string {
  const parts = new URL(url).pathname.split("/");
  const fitting = routes.filter((route) => {
    const pattern = route.replace(`${method} `, "").split("/");
    return (
      pattern.length === parts.length && pattern.every((part, index) => part.startsWith("{") || part === parts[index])
    );
  });
  const literal = (route: string) => route.split("/").filter((part) => !part.startsWith("{")).length;
  return fitting.sort((a, b) => literal(b) - literal(a))[0] ?? `${method} ${url}`;
}

/**
 * A `fetch` that answers the first example of a route, or the one that is preferred, and refuses, with 422, a body that
 * the contract does not allow. In a run of all tests it asks Prism, which does the same at its own judgement; a single
 * file does not wait for Prism.
 */
export const mockFetch: typeof globalThis.fetch = async (input, init) => {
  const prism = inject("prism");
  const url = new URL(String(input));
  if (prism) return fetch(prism + url.pathname + url.search, init);
  const route = routeOf(init?.method ?? "GET", url.href);
  const operation = operations.get(route);
  if (!operation) return Response.json({ title: `no route ${route}` }, { status: 404 });
  if (operation.requestBody) {
    const pointer = route.replaceAll("~", "~0").replaceAll("/", "~1");
    const body: unknown = JSON.parse(await new Response(init?.body).text());
    const validate = ajv.getSchema(`contract#/bodies/${encodeURIComponent(pointer)}`);
    if (!validate?.(body)) return Response.json({ title: ajv.errorsText(validate?.errors) }, { status: 422 });
  }
  const { code = "200", example = "" } = preferred(init);
  const { $ref } = operation.responses[code] ?? {};
  const reply = $ref ? components.responses[$ref.replace("#/components/responses/", "")] : operation.responses[code];
  const examples = Object.values(reply?.content ?? {})[0]?.examples ?? {};
  const found = examples[example] ?? Object.values(examples)[0];
  // A route without an example has an empty answer.
  return found ? Response.json(found.value, { status: Number(code) }) : new Response("");
};

/** What a request asks its answer to be, as Prism understands it: `Prefer: example=empty` or `Prefer: code=403`. */
function preferred(init: RequestInit | undefined): { code?: string; example?: string } {
  const [, key = "", value = ""] = /^(code|example)=(\w+)$/.exec(new Headers(init?.headers).get("prefer") ?? "") ?? [];
  return { [key]: value };
}
