import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { apiKey, type Context } from "../../../test/runtimes/context.ts";
import type { Packed } from "./pack.ts";
import type { Runtime } from "./runtimes.ts";

/** A runtime that was started; `folder` is for what it needs. */
export async function start(
  { args = [], nodejsCompat = false, runtime, env }: Runtime,
  program: string,
  context: Context,
  { bundles, folder: project }: Packed,
  folder: string,
): Promise<ChildProcess> {
  const variables = { MAILCOW_API_BASEURL: `${context.server}/env`, MAILCOW_API_KEY: apiKey };
  if (runtime === "chromium") {
    const silent = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage"];
    return spawn(program, [...silent, `--user-data-dir=${folder}`, `${context.server}/page.html`]);
  }
  if (runtime === "workerd") {
    await writeFile(join(folder, "worker.js"), bundles?.worker ?? "");
    await writeFile(join(folder, "config.capnp"), configOf(nodejsCompat, env === "set" ? variables : {}));
    const child = spawn(program, ["serve", "--control-fd=3", join(folder, "config.capnp")], {
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    // It runs once it is called.
    (child.stdio[3] as Readable).on("data", (text) => {
      const { port } = JSON.parse(String(text).split("\n")[0] ?? "") as { port: number };
      void fetch(`http://127.0.0.1:${port}/run?server=${context.server}`).catch(() => {});
    });
    return child;
  }
  await writeFile(join(folder, "ca.pem"), context.ca);
  const { HTTPS_PROXY: _, https_proxy: __, NO_PROXY: ___, no_proxy: ____, ...rest } = process.env;
  return spawn(program, [...args, join(project, "process.js"), context.server], {
    env: {
      ...rest,
      ...variables,
      ...(runtime === "node" && { HTTPS_PROXY: context.proxy }),
      ...(context.extraCa && { NODE_EXTRA_CA_CERTS: join(folder, "ca.pem") }),
    },
  });
}

const configOf = (nodejsCompat: boolean, variables: Readonly<Record<string, string>>): string => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["public", "private", "local"]))
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
const main :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  bindings = [${Object.entries(variables).map(([name, text]) => `(name = "${name}", text = "${text}")`)}],
  # From August on, nodejs_compat is there by itself.
  compatibilityDate = "2026-07-01",
  compatibilityFlags = [${nodejsCompat ? '"nodejs_compat"' : ""}]
);
`;
