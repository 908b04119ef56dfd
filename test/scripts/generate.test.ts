import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { accept } from "../../scripts/lib/commands/accept.ts";
import { generateAll } from "../../scripts/lib/commands/generate.ts";
import { copyOfProject, outcomeOf, script } from "../support/project.ts";

/** Changes a file of the folder. */
async function edit(folder: string, file: string, change: (text: string) => string): Promise<void> {
  const path = join(folder, file);
  const before = await readFile(path, "utf8");
  const after = change(before);
  expect(after, `${file} has something to change`).not.toBe(before);
  await writeFile(path, after);
}

// biome-ignore lint/suspicious/noExplicitAny: a JSON document of any shape
const editFacts = (folder: string, change: (facts: any) => void) =>
  edit(folder, "openapi/upstream.json", (text) => {
    const facts = JSON.parse(text);
    change(facts);
    return JSON.stringify(facts);
  });

describe("generate", () => {
  test("produces the files of the project, and the same again", async () => {
    const folder = await copyOfProject();
    expect(await outcomeOf(generateAll, folder, "--check")).toMatchObject({ code: 0 });
    expect(await outcomeOf(generateAll, folder)).toMatchObject({ code: 0 });
    for (const file of ["openapi/mailcow.json", "src/generated/mailcow.ts"]) {
      expect(await readFile(join(folder, file), "utf8")).toBe(await readFile(file, "utf8"));
    }
  });

  test("refuses an unknown option", async () => {
    const folder = await copyOfProject();
    const stderr = expect.stringContaining("Unknown option '--chek'; there are --check, and --for RELEASE");
    expect(await script(folder, "generate", "--chek")).toMatchObject({ code: 1, stderr });
  });

  test.each([
    ["--for", "2025-12a"],
    ["--out", "contract.json"],
    ["--check", "--for", "2025-12a", "--out", "x.json"],
  ])("refuses options that do not go together: %s %s", async (...args) => {
    const { code, stderr } = await outcomeOf(generateAll, await copyOfProject(), ...args);
    expect(code).toBe(1);
    expect(stderr).toContain("--for RELEASE with --out FILE or --types FILE");
  });

  test("writes the contract and the types of one release, and nothing else", async () => {
    const folder = await copyOfProject();
    const [out, types] = [join(folder, "contract.json"), join(folder, "types.ts")];
    const outcome = await outcomeOf(generateAll, folder, "--for", "2025-12a", "--out", out, "--types", types);
    expect(outcome).toMatchObject({ code: 0 });
    const contract = JSON.parse(await readFile(out, "utf8"));
    expect(contract.info.version).toBe("2025-12a");
    expect(contract.paths).not.toHaveProperty("/api/v1/search/domain");
    expect(contract.components.schemas.MailboxAttributes.properties).not.toHaveProperty("force_tfa");
    expect(await readFile(types, "utf8")).not.toMatch(/force_tfa\??:/);
    expect(await outcomeOf(generateAll, folder, "--check")).toMatchObject({ code: 0 });
  });

  test("lists the known releases if another is requested", async () => {
    const { code, stderr } = await outcomeOf(generateAll, await copyOfProject(), "--for", "2024-01", "--out", "x.json");
    expect(code).toBe(1);
    expect(stderr).toContain("2024-01 is no release in openapi/versions.json, which goes from 2025-05 to 2026-07a");
  });

  test.each(["openapi/mailcow.json", "src/generated/mailcow.ts", "docs/errors.md"])(
    "--check notices drift in %s and says how to fix it",
    async (file) => {
      const folder = await copyOfProject();
      await edit(folder, file, (text) => text.replace("add", "Add"));
      const { code, stderr } = await outcomeOf(generateAll, folder, "--check");
      expect(code).toBe(1);
      expect(stderr).toContain(file);
      expect(stderr).toContain("npm run generate");
    },
  );

  test.each([
    ["has no cure", /^ +cure: give it a smaller quota.*\n/m, "", "needs a category, a cause and a cure"],
    [
      "has a placeholder without brackets",
      "[at most {1} MiB|less than that]",
      "at most {1} MiB",
      "has a placeholder outside",
    ],
  ])("refuses the meaning of a code that %s", async (_, from, to, words) => {
    const folder = await copyOfProject();
    await edit(folder, "openapi/corrections/00-codes.yaml", (text) => text.replace(from, to));
    const stderr = expect.stringContaining(`mailbox_quota_exceeded ${words}`);
    expect(await outcomeOf(generateAll, folder)).toMatchObject({ code: 1, stderr });
  });

  test("names a correction whose target is gone", async () => {
    const folder = await copyOfProject();
    await editFacts(folder, ({ paths }) => delete paths["/api/v1/add/domain"]);
    const { code, stderr } = await outcomeOf(generateAll, folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(/domains\.yaml, action \d+ \(\$\.paths\['\/api\/v1\/add\/domain'\]\) matches nothing/);
  });

  test("stops when mailcow's spec changes a corrected operation, until someone accepts it", async () => {
    const folder = await copyOfProject();
    await editFacts(folder, ({ paths }) => {
      const { schema } = paths["/api/v1/add/domain"].post.requestBody.content["application/json"];
      schema.properties.quota.type = "string";
      schema.properties.archive = { type: "boolean" };
    });
    const stopped = await outcomeOf(generateAll, folder);
    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toContain("addDomain: POST /api/v1/add/domain has changed");
    expect(stopped.stderr).toContain(
      '+ requestBody.content.application/json.schema.properties.archive.type = "boolean"',
    );
    expect(stopped.stderr).toMatch(/- .*properties\.quota\.type = "number"\n.*\+ .*properties\.quota\.type = "string"/);
    expect(stopped.stderr).toContain("npm run accept -- addDomain");
    expect(stopped.stderr).not.toContain("editDomain");

    expect(await outcomeOf(accept, folder, "addDomain")).toMatchObject({
      code: 0,
      stdout: "accepted POST /api/v1/add/domain\n",
    });
    expect(await outcomeOf(generateAll, folder)).toMatchObject({ code: 0 });
  });

  test("stops when mailcow's spec adds a route that only a correction had", async () => {
    const folder = await copyOfProject();
    await editFacts(folder, ({ paths }) => {
      paths["/api/v1/get/domain/all"] = { get: { responses: { "200": {} } } };
    });
    const { code, stderr } = await outcomeOf(generateAll, folder);
    expect(code).toBe(1);
    expect(stderr).toContain("domains.yaml");
    expect(stderr).toContain("GET /api/v1/get/domain/all");
  });

  test("adds a new operation of mailcow's spec to the types", async () => {
    const folder = await copyOfProject();
    await editFacts(folder, ({ paths }) => {
      paths["/api/v1/get/novelty"] = {
        get: { responses: { "200": { content: { "application/json": { schema: { type: "string" } } } } } },
      };
    });
    expect(await outcomeOf(generateAll, folder)).toMatchObject({ code: 0 });
    expect(await readFile(join(folder, "src/generated/mailcow.ts"), "utf8")).toContain('"/api/v1/get/novelty"');
  });

  test("accept refuses a name that corrects nothing", async () => {
    const folder = await copyOfProject();
    expect(await outcomeOf(accept, folder, "addNothing")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("addNothing"),
    });
    expect(await script(folder, "accept")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("npm run accept -- addDomain"),
    });
  });
});
