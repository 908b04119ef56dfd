import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { format } from "node:util";
import ts from "typescript";
import * as library from "../../src/index.ts";
import { MailcowApiClient } from "../../src/index.ts";
import * as testing from "../../src/testing/index.ts";
import { type Block, programOf } from "./blocks.ts";
import { certificates } from "./certificates.ts";

const password = "Secret-pass-1";

/** The servers that blocks may begin with: one with a customer, one with bare domains, an empty one. */
const worlds: readonly Parameters<typeof testing.createMailcow>[0][] = [
  {
    domains: [{ domain: "example.com", mailboxes: ["ann", "bob", "carl"] }, "example.org"],
    domainAdmins: [{ username: "ann", password, domains: "example.com", active: 1 }],
    admins: [{ username: "carl", password, active: 1 }],
    forwardingHosts: [{ hostname: "2001:db8::1" }],
  },
  { domains: ["example.com", "example.org"].map((domain) => ({ domain, key_size: 0 })) },
  {},
];
const require = createRequire(import.meta.url);
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as FunctionConstructor;

/**
 * Runs a block against a mailcow in memory, over a connection.
 *
 * @returns What it prints.
 * @throws What it throws on the first of the servers, if it fails on all of them.
 */
export async function outputOf(block: Block): Promise<string> {
  let failure: unknown;
  for (const world of worlds) {
    const mailcow = testing.createMailcow(world);
    const server = await mailcow.listen();
    try {
      return await run(block, server.url, mailcow.apiKey);
    } catch (error) {
      failure ??= error;
    } finally {
      await server.close();
    }
  }
  throw failure;
}

async function run(block: Block, url: string, apiKey: string): Promise<string> {
  const lines: string[] = [];
  let note: () => unknown = () => {};
  const print = (...values: unknown[]) => {
    lines.push(`${format(...values)}\n`);
    note();
  };
  const env = { ...process.env, MAILCOW_API_BASEURL: url, MAILCOW_API_KEY: apiKey };
  const mcc = new MailcowApiClient(url, apiKey);
  const given = {
    mcc,
    apiKey,
    password,
    signal: new AbortController().signal,
    console: { log: print, info: print, debug: print, warn: print, error: print },
    process: Object.create(process, { env: { value: env } }),
    require: (name: string) => modules(env)[name] ?? require(name),
    exports: {},
  };
  const program = programOf(block).replaceAll("https://mail.example.com", url);
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  // In braces, so that a block may have its own `mcc`.
  await new AsyncFunction(...Object.keys(given), `{${outputText}\n}`)(...Object.values(given));
  // CommonJS can't wait at its end, so this waits for what it is to print.
  const expected = block.output?.split("\n").length ?? 0;
  await new Promise<void>((resolve) => {
    note = () => lines.join("").split("\n").length >= expected && resolve();
    note();
  });
  return lines.join("");
}

/** The files that the pages read. */
const files = (name: string): string => {
  if (name === "ca.pem") return certificates().ca;
  if (name === "dkim.pem") return String(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export(pkcs8));
  return readFileSync(name, "utf8");
};
const pkcs8 = { type: "pkcs8", format: "pem" } as const;

/** The library with an environment of its own, and the files that the pages read. */
const modules = (env: NodeJS.ProcessEnv): Record<string, object> => ({
  "node:fs": { readFileSync: files },
  "node:fs/promises": { readFile: async (name: string) => files(name) },
  "mailcow-client": {
    ...library,
    MailcowApiClient: class extends MailcowApiClient {
      static override fromEnv = (options?: library.MailcowApiOptions) => MailcowApiClient.fromEnv(options, env);
    },
  },
  "mailcow-client/testing": testing,
});
