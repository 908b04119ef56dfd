import { report } from "./smoke.ts";

declare const process: { readonly argv: readonly string[] };

// Node, Bun and Deno: a program with its arguments. It ends by itself, or something is left.
await report(process.argv[2] ?? "");
