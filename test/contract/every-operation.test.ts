import { readFileSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { type Document, operationsOf } from "../../scripts/lib/facts.ts";
import { files } from "../../scripts/lib/files.ts";
import { createMailcowClient } from "../../src/client.ts";
import { MailcowRejectedError } from "../../src/errors.ts";
import { hideEchoes } from "../../src/transport/echo.ts";
import { resultsOf } from "../../src/transport/reply.ts";
import { Redactor, secretsInJson } from "../../src/transport/secrets.ts";
import { traitsOf } from "../support/traits.ts";

type Examples = Record<string, { value: unknown }>;
interface Described {
  parameters?: { $ref?: string; in: string; name: string; example?: unknown }[];
  requestBody?: { content: Record<string, { examples?: Examples }> };
  responses: Record<string, { content?: Record<string, { examples?: Examples }> }>;
}
type Call = (init: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

const contract: Document = JSON.parse(readFileSync(files.contract, "utf8"));
const operations = [...operationsOf(contract)] as unknown as [route: string, operation: Described][];
const api = createMailcowClient({ baseUrl: inject("prism"), apiKey: "any-key" });

/** The values of the path's parameters, by their examples. */
function pathOf({ parameters = [] }: Described): Record<string, unknown> {
  const components = contract["components"] as {
    parameters: Record<string, NonNullable<Described["parameters"]>[number]>;
  };
  const resolved = parameters.map(
    (entry) => (entry.$ref && components.parameters[entry.$ref.split("/").at(-1) ?? ""]) || entry,
  );
  return Object.fromEntries(
    resolved.filter((entry) => entry.in === "path").map(({ name, example }) => [name, example]),
  );
}

const examplesOf = (content: Record<string, { examples?: Examples }> | undefined): [string, unknown][] =>
  Object.entries(content?.["application/json"]?.examples ?? {}).map(([name, { value }]) => [name, value]);

function call(route: string, operation: Described): Call {
  const [method = "", path = ""] = route.split(" ");
  const send = api.request as (method: string, path: string, init: object) => ReturnType<Call>;
  return (init) => send(method.toLowerCase(), path, { params: { path: pathOf(operation) }, ...init });
}

describe("through the typed client, on a mock that checks requests", () => {
  test.each(operations)("%s answers every one of its examples", async (route, operation) => {
    const answers = examplesOf(operation.responses["200"]?.content);
    const requests = examplesOf(operation.requestBody?.content);
    if (route.startsWith("POST")) expect(requests.length, "examples of requests").toBeGreaterThan(0);
    const [, body] = requests[0] ?? [];
    for (const [name, value] of answers) {
      const { data } = await call(route, operation)({ body, headers: { Prefer: `example=${name}` } });
      // Its echo of the request comes without secrets.
      const redactor = new Redactor(() => secretsInJson(JSON.stringify(body), traitsOf(route)?.secretItems));
      expect(data, name).toEqual(hideEchoes(value, redactor));
    }
    for (const [name, request] of requests) {
      const { response } = await call(route, operation)({ body: request });
      expect(response.status, `request ${name}`).toBe(200);
    }
  });

  /** Warnings after which nothing was done. */
  const notDone =
    /^(no_active_admin|cannot_delete_self|is_not_primary_alias|release_send_failed|Cannot connect to|Postfix returned)/;
  const writes = operations.filter(([route]) => /^POST \/api\/v1\/(add|edit|delete)\//.test(route));
  test.each(writes)("%s throws for the examples with a failed entry", async (route, operation) => {
    const [, body] = examplesOf(operation.requestBody?.content)[0] ?? [];
    for (const [name, value] of examplesOf(operation.responses["200"]?.content)) {
      const entries = [value].flat() as { type?: string; msg?: unknown }[];
      if (!entries.every((entry) => entry.type)) continue;
      const refused = entries.some(
        ({ type, msg }) =>
          type === "danger" || type === "error" || (type === "warning" && notDone.test(String([msg].flat()[0]))),
      );
      const answer = await call(route, operation)({ body, headers: { Prefer: `example=${name}` } });
      if (refused) expect(() => resultsOf(answer), name).toThrow(MailcowRejectedError);
      else expect(resultsOf(answer).length, name).toBeGreaterThan(0);
      if (name === "refused") expect(refused, name).toBe(true);
      if (name === "success") expect(refused, name).toBe(false);
    }
  });

  test.each(writes)("%s refuses a body that is not in the contract", async (route, operation) => {
    const { response } = await call(route, operation)({ body: 4711 });
    expect(response.ok).toBe(false);
  });
});
