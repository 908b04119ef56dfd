import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { Failure } from "../cli.ts";
import { type Mock, startPrism } from "../prism.ts";
import { install, obtain } from "./obtain.ts";
import { bundler, companions } from "./runtimes.ts";

const execute = promisify(execFile);
const sources = "test/runtimes";

/** A project that has the packed library installed, with the programs that try it out. */
export interface Packed {
  readonly folder: string;
  /** The programs as one file each, where they can be made. */
  readonly bundles: { readonly page: string; readonly worker: string } | undefined;
  /** Whether what is tried out along with the library is there. */
  readonly companions: boolean;
  readonly mock: Mock;
  close(): Promise<void>;
}

export async function pack(): Promise<Packed> {
  const { stdout } = await execute("npm", ["pack", "--dry-run", "--json"], { maxBuffer: 2 ** 26 }).catch(
    ({ stdout }: { stdout: string }) => {
      throw new Failure(`test:runtimes: the library can't be packed\n${stdout}`);
    },
  );
  const folder = await mkdtemp(join(tmpdir(), "mailcow-client-runtimes-"));
  const modules = join(folder, "node_modules");
  const [mock, esbuild, others] = await Promise.all([startPrism(), obtain(bundler), install(companions, "companions")]);
  const [{ files }] = JSON.parse(stdout.slice(stdout.indexOf("["))) as [{ files: { path: string }[] }];
  for (const { path } of files)
    if (/^dist|^package/.test(path)) await cp(path, join(modules, "mailcow-client", path), { recursive: true });
  const { dependencies } = JSON.parse(await readFile("package.json", "utf8")) as { dependencies: object };
  for (const name of [...Object.keys(dependencies), "openapi-typescript-helpers"])
    await cp(join("node_modules", name), join(modules, name), { recursive: true });
  if (others) await cp(others, modules, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  for (const file of await readdir(sources)) {
    const text = await readFile(join(sources, file), "utf8");
    const options = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      rewriteRelativeImportExtensions: true,
    };
    const { outputText } = ts.transpileModule(text, { compilerOptions: options });
    await writeFile(join(folder, file.replace(/\.ts$/, ".js")), outputText);
  }
  const bundle = async (program: string, name: string): Promise<string> => {
    const made = join(folder, `${name}.bundle.js`);
    await execute(program, [join(folder, `${name}.js`), "--bundle", "--format=esm", `--outfile=${made}`]);
    return readFile(made, "utf8");
  };
  return {
    folder,
    bundles:
      esbuild === undefined
        ? undefined
        : { page: await bundle(esbuild, "page"), worker: await bundle(esbuild, "worker") },
    companions: others !== undefined,
    mock,
    close: async () => {
      await mock.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
