import { readFileSync } from "node:fs";
import { inject } from "vitest";
import { Validator } from "../../scripts/lib/conformance/validator.ts";
import { type Document, operationsOf } from "../../scripts/lib/facts.ts";
import { files } from "../../scripts/lib/files.ts";

interface Described {
  requestBody?: object;
  responses: Record<string, Reply>;
}

interface Reply {
  $ref?: string;
  content?: Record<string, { examples?: Record<string, { value: unknown }> }>;
}

const contract: Document = JSON.parse(readFileSync(files.contract, "utf8"));
const operations = operationsOf(contract) as unknown as Map<string, Described>;
const sharedReplies = (contract["components"] as { responses: Record<string, Reply> }).responses;

/** Says whether something is what the contract describes. */
export const validator: Validator = new Validator(contract);

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
 * the contract does not describe. In a run of all tests it asks Prism, which does the same at its own judgement; a single
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
    const [method = "", path = ""] = route.split(" ");
    const place = ["paths", path, method.toLowerCase(), "requestBody", "content", "application/json", "schema"];
    const flaws = validator.differences(JSON.parse(await new Response(init?.body).text()), place);
    if (flaws.length > 0) return Response.json({ title: "not what the contract describes", flaws }, { status: 422 });
  }
  const { code = "200", example = "" } = preferred(init);
  const { $ref } = operation.responses[code] ?? {};
  const reply = $ref ? sharedReplies[$ref.replace("#/components/responses/", "")] : operation.responses[code];
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
