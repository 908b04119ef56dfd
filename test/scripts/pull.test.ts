import { readFile, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pull } from "../../scripts/lib/commands/pull.ts";
import { copyOfProject, outcomeOf, script } from "../support/project.ts";
import { serve } from "../support/server.ts";

const spec = `openapi: 3.1.0
info: {title: Our own title, description: Our own prose, version: 1.0.0}
tags: [{name: Things, description: What things are}]
paths:
  /api/v1/get/thing/{id}:
    get:
      operationId: Read a thing
      summary: Reads a thing
      description: Prose about the thing
      tags: [Things]
      x-internal: left behind
      parameters:
        - {name: id, in: path, required: true, description: Which thing, example: 7, schema: {type: string}}
      responses:
        '200':
          description: The thing
          content:
            application/json:
              examples: {one: {value: {description: text}}}
              schema:
                type: object
                required: [title, description]
                properties:
                  title: {type: string, description: A field that is called like prose}
                  description: {type: string, title: Another one}
                  x-ray: {type: boolean, example: true}
`;

const yaml = (text: string) => (response: ServerResponse) => {
  response.writeHead(200, { "content-type": "text/yaml" }).end(text);
};

describe("pull", () => {
  test("keeps the facts of an interface and leaves its prose behind", async () => {
    const folder = await copyOfProject();
    const server = await serve(yaml(spec));
    const { code, stdout } = await script(folder, "pull", "--from", `${server.url}/openapi.yaml`);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("pulled 1 operations") });

    const facts = JSON.parse(await readFile(join(folder, "openapi/upstream.json"), "utf8"));
    expect(facts["x-source"]).toMatchObject({ from: `${server.url}/openapi.yaml`, paths: 1, operations: 1 });
    expect(facts["x-source"].sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(facts.paths["/api/v1/get/thing/{id}"].get).toEqual({
      parameters: [{ in: "path", name: "id", required: true, schema: { type: "string" } }],
      responses: {
        "200": {
          content: {
            "application/json": {
              schema: {
                properties: {
                  description: { type: "string" },
                  title: { type: "string" },
                  "x-ray": { type: "boolean" },
                },
                required: ["description", "title"],
                type: "object",
              },
            },
          },
        },
      },
    });
    expect(facts.info).toEqual({ version: "1.0.0" });
    expect(await readFile(join(folder, "openapi/cache/openapi.yaml"), "utf8")).toBe(spec);
  });

  test("takes the base URL of a mailcow server", async () => {
    const folder = await copyOfProject();
    const server = await serve(yaml(spec));
    expect(await outcomeOf(pull, folder, "--from", server.url)).toMatchObject({ code: 0 });
    expect(server.seen.map(({ path }) => path)).toEqual(["/api/openapi.yaml"]);
  });

  test("says which operations are new, gone or changed since the last pull", async () => {
    const folder = await copyOfProject();
    const file = join(folder, "spec.yaml");
    await writeFile(file, spec);
    await outcomeOf(pull, folder, "--from", file);
    expect((await outcomeOf(pull, folder, "--from", file)).stdout).toContain("no operation changed");

    const route = "    get:\n      responses:\n        '200': {description: New}\n";
    await writeFile(file, `${spec.replace("{type: boolean", "{type: integer")}  /api/v1/get/other:\n${route}`);
    const { stdout } = await outcomeOf(pull, folder, "--from", file);
    expect(stdout).toContain("added: GET /api/v1/get/other");
    expect(stdout).toContain("changed: GET /api/v1/get/thing/{id}");
    expect(stdout).toMatch(/- responses\.200.*x-ray\.type = "boolean"\n.*\+ responses\.200.*x-ray\.type = "integer"/);

    await writeFile(file, spec);
    expect((await outcomeOf(pull, folder, "--from", file)).stdout).toContain("removed: GET /api/v1/get/other");
  });

  const failures: [name: string, answer: (response: ServerResponse) => void, says: RegExp][] = [
    ["an error page", (r) => r.writeHead(502).end("bad gateway"), /answered HTTP 502/],
    ["a web page", (r) => r.end("<!DOCTYPE html><title>mailcow</title>"), /answered an HTML page/],
    ["no YAML", yaml("paths: [unclosed"), /is not YAML/],
    ["something else in YAML", yaml("hello: world\n"), /is not an OpenAPI 3 document/],
    ["an older OpenAPI", yaml('swagger: "2.0"\npaths: {/a: {}}\n'), /is not an OpenAPI 3 document/],
    ["a spec without paths", yaml("openapi: 3.1.0\npaths: {}\n"), /has no paths/],
    ["a last line without its end", yaml(spec.slice(0, -1)), /seems cut off/],
    ["half an operation", yaml(spec.slice(0, spec.indexOf("      responses:"))), /has no responses/],
    ["a list of tags that is missing", yaml(spec.replace(/^tags:.*\n/m, "")), /list of tags is missing/],
    ["a reference to nothing", yaml(spec.replace("{type: string}", '{$ref: "#/components/schemas/Gone"}')), /Gone/],
    [
      "a body that breaks off",
      (r) => void r.writeHead(200, { "content-length": 9000 }).write(spec, () => r.destroy()),
      /cannot read/,
    ],
    ["a broken connection", (r) => void r.socket?.destroy(), /cannot read/],
  ];
  test.each(failures)("refuses %s with one line and does not change the facts", async (_, answer, says) => {
    const folder = await copyOfProject();
    const before = await readFile(join(folder, "openapi/upstream.json"), "utf8");
    const server = await serve(answer);
    const { code, stderr } = await outcomeOf(pull, folder, "--from", `${server.url}/openapi.yaml`);
    expect(code).toBe(1);
    expect(stderr.trim().split("\n")).toEqual([expect.stringMatching(says)]);
    expect(await readFile(join(folder, "openapi/upstream.json"), "utf8")).toBe(before);
  });

  test("names the page to which it was redirected", async () => {
    const folder = await copyOfProject();
    const server = await serve((response, { path }) => {
      if (path === "/login") return void response.end("<html>log in</html>");
      response.writeHead(302, { location: "/login" }).end();
    });
    const { code, stderr } = await outcomeOf(pull, folder, "--from", server.url);
    expect(code).toBe(1);
    expect(stderr).toContain(`redirected to ${server.url}/login`);
  });

  test.each([
    ["http://mail.example.com", /plain http.*--allow-insecure/],
    ["/no/such/file.yaml", /cannot read \/no\/such\/file\.yaml/],
    ["http://127.0.0.1:1/openapi.yaml", /cannot read http:\/\/127\.0\.0\.1:1/],
  ])("refuses %s", async (from, says) => {
    const folder = await copyOfProject();
    expect(await outcomeOf(pull, folder, "--from", from)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(says),
    });
  });
});
