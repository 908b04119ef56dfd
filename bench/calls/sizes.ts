import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { folder, load } from "./rivals.ts";

interface Esbuild {
  build(options: object): Promise<{ outputFiles: { contents: Uint8Array }[] }>;
}

const options = { bundle: true, format: "esm", target: "es2022", platform: "neutral", mainFields: ["module", "main"] };

/** The library as one file, as a program would load it: tools that run TypeScript add code of their own. */
export async function bundle(): Promise<string> {
  const outfile = join(folder, "library.mjs");
  const { build } = load("esbuild") as Esbuild;
  await build({ ...options, entryPoints: ["src/index.ts"], outfile });
  return outfile;
}

/** How many bytes of a bundle a single export needs, minified and packed with gzip. */
export async function sizeOf(name: string): Promise<number> {
  const { build } = load("esbuild") as Esbuild;
  const stdin = { contents: `export { ${name} } from "./src/index.ts"`, resolveDir: ".", loader: "ts" };
  const { outputFiles } = await build({ ...options, stdin, minify: true, write: false });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

/** How many milliseconds it takes to load a file in a process of its own, above an empty module. */
export function importTimeOf(file: string): number {
  const empty = "data:text/javascript,";
  const time = (url: string): number => {
    const program = `const from = performance.now(); await import(${JSON.stringify(url)}); console.log(performance.now() - from)`;
    return Number(execFileSync(process.execPath, ["--input-type=module", "--eval", program]));
  };
  const times = Array.from({ length: 9 }, () => time(pathToFileURL(file).href) - time(empty));
  return times.sort((a, b) => a - b)[4] ?? Number.NaN;
}
