/**
 * `npm run build`: makes `dist`: the code of each layer in one file, the declarations that its users can reach, and the
 * contract.
 */
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { rolldown } from "rolldown";
import { run } from "./lib/cli.ts";
import { files } from "./lib/files.ts";

/**
 * The files of the code. A bundler drops a whole file of which nothing is used, but not every statement of a file that it
 * needs: in a single one, an error class would bring the whole library with it.
 */
const groups = [
  { name: "errors", test: /\/src\/(errors|rejection|sentence|generated\/codes)\.ts$/ },
  { name: "client", test: /\/src\/(client|fields|nearest|refusal|generated\/traits|transport\/(?!reply).*)\.ts$/ },
  { name: "facade", test: /\/src\/(core|facade|generated\/(?!testing)|meaning|notation|transport\/reply)/ },
  { name: "in-memory", test: /\/src\/(testing\/|generated\/testing)/ },
];

type Exports = Readonly<Record<string, string | { readonly default: string }>>;

await run(async () => {
  const { exports } = JSON.parse(await readFile("package.json", "utf8")) as { exports: Exports };
  const entries = Object.values(exports).flatMap((target) =>
    typeof target === "string" ? [] : target.default.replace("./dist/", "").replace(".js", ""),
  );
  await rm("dist", { recursive: true, force: true });
  await bundle(entries);
  await declare(entries);
  await writeFile("dist/openapi.json", JSON.stringify(JSON.parse(await readFile(files.contract, "utf8"))));
});

async function bundle(entries: readonly string[]): Promise<void> {
  const input = Object.fromEntries(entries.map((entry) => [entry, `src/${entry}.ts`]));
  const build = await rolldown({ input, external: ["openapi-fetch"], platform: "neutral", tsconfig: "tsconfig.json" });
  // Doc comments are in the declarations, where editors look for them.
  const comments = { jsdoc: false, legal: false };
  await build.write({ dir: "dist", chunkFileNames: "[name].js", comments, codeSplitting: { groups } });
}

async function declare(entries: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "mailcow-client-declarations-"));
  try {
    const tsc = "node_modules/typescript/bin/tsc";
    execFileSync(process.execPath, [tsc, "--emitDeclarationOnly", "--outDir", folder], { stdio: "inherit" });
    const reached = new Set(entries.map((entry) => `${entry}.d.ts`));
    // This goes on with what is added on the way.
    for (const file of reached) {
      const text = await readFile(join(folder, file), "utf8");
      for (const [, path] of text.matchAll(/"(\.[^"]+)\.ts"/g)) reached.add(join(dirname(file), `${path}.d.ts`));
      await cp(join(folder, file), join("dist", file));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
