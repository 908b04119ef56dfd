import { join } from "node:path";
import { folder, load } from "./rivals.ts";

interface Esbuild {
  build(options: object): Promise<unknown>;
}

const options = { bundle: true, format: "esm", target: "es2022", platform: "neutral", mainFields: ["module", "main"] };

/** The library as one file, as a program would load it: tools that run TypeScript add code of their own. */
export async function bundle(): Promise<string> {
  const outfile = join(folder, "library.mjs");
  const { build } = load("esbuild") as Esbuild;
  await build({ ...options, entryPoints: ["src/index.ts"], outfile });
  return outfile;
}
