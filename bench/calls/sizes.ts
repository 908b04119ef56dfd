import { join } from "node:path";
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
