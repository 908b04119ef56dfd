import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { built, report } from "./lib/report.ts";

/** `npm run bench -- types`: what it costs a compiler to check programs with 1, 20 and 100 calls. */
interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly schema: { readonly type?: string };
}
interface Contract {
  readonly paths: Readonly<Record<string, { readonly get?: { readonly parameters?: readonly Parameter[] } }>>;
  readonly components: { readonly parameters: Readonly<Record<string, Parameter>> };
}
const library = resolve(built().replace(/\.js$/, ""));
const { paths, components } = JSON.parse(readFileSync("dist/openapi.json", "utf8")) as Contract;

/** Reads of all kinds of routes. */
const reads = Object.entries(paths).flatMap(([path, { get }]) => {
  if (!get) return [];
  const parameters = (get.parameters ?? []).map(
    (given) => components.parameters[given.$ref?.split("/").at(-1) ?? ""] ?? given,
  );
  const inPath = parameters.filter((parameter) => parameter.in === "path");
  const params = inPath.map(({ name, schema }) => `${name}: ${schema.type === "integer" ? 1 : '"a"'}`);
  return `await api.GET("${path}"${params.length > 0 ? `, { params: { path: { ${params.join(", ")} } } }` : ""});`;
});
const documented = [
  'await mcc.addDomain({ domain: "example.com", quota: 3072 });',
  'await mcc.addMailbox({ domain: "example.com", local_part: "ann" });',
  'await mcc.aliases.add({ address: "a@example.com", goto: "b@example.com" });',
  "await mcc.domains.list();",
  'await mcc.mailboxes.edit("ann@example.com", { quota: 1024 });',
  'await mcc.dkim.get("example.com");',
  "await mcc.syncJobs.list();",
  'await mcc.domainAdmins.delete(["ann"]);',
  'await mcc.resources.get("room@example.com");',
  "await mcc.quarantine.list();",
];

function diagnosticsOf(calls: readonly string[], count: number): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "mailcow-client-bench-"));
  try {
    const repeated = Array.from({ length: count }, (_, at) => calls[at % calls.length]);
    const program = `import { createMailcowClient, MailcowApiClient } from ${JSON.stringify(`${library}.js`)};
export const api = createMailcowClient({ baseUrl: "", apiKey: "" });
export const mcc = new MailcowApiClient("", "");
${repeated.join("\n")}
`;
    writeFileSync(join(folder, "program.mts"), program);
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "NodeNext", "--target", "ES2022"];
    const tsc = [resolve("node_modules/typescript/bin/tsc"), ...options, "--extendedDiagnostics"];
    const text = execFileSync(process.execPath, [...tsc, "program.mts"], { cwd: folder, encoding: "utf8" });
    const find = (name: string): string => new RegExp(`^${name}: +(\\S+)`, "m").exec(text)?.[1] ?? "";
    return {
      instantiations: find("Instantiations"),
      types: find("Types"),
      "check time": find("Check time"),
      "total time": find("Total time"),
      memory: find("Memory used"),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const rows: Record<string, Record<string, string>> = {};
for (const [name, calls] of Object.entries({ "typed client": reads, facade: documented }))
  for (const count of [1, 20, 100]) rows[`${name}, ${count} calls`] = diagnosticsOf(calls, count);
report("Check of a program, TypeScript", rows);
