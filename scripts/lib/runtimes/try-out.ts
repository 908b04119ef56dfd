import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Context, Finding } from "../../../test/runtimes/context.ts";
import { serveScenarios } from "../../../test/runtimes/server.ts";
import { certificates } from "../../../test/support/certificates.ts";
import { startProxy } from "../../../test/support/proxy.ts";
import { obtain } from "./obtain.ts";
import type { Packed } from "./pack.ts";
import { ofSystem, type Runtime } from "./runtimes.ts";
import { start } from "./start.ts";

/** How a runtime did: without findings, it was not to be had. */
export interface Outcome {
  readonly name: string;
  readonly findings: readonly Finding[];
}

const longestMs = 90_000;

/** Tries the library out on a runtime, with servers of its own. */
export async function tryOut(runtime: Runtime, packed: Packed): Promise<Outcome> {
  const { name, from } = runtime;
  const program = "package" in from ? await obtain(from) : ofSystem(from);
  const isBundled = runtime.runtime === "workerd" || runtime.runtime === "chromium";
  if (!program || (isBundled && !packed.bundles)) return { name, findings: [] };

  const { ca, ...tls } = certificates();
  const [proxy, tlsProxy] = await Promise.all([startProxy(), startProxy({ tls })]);
  let tell = (_: Finding[]): void => {};
  const told = new Promise<Finding[]>((resolve) => {
    tell = resolve;
  });
  const server = await serveScenarios(tls, (path, body) => {
    if (path === "/context") return JSON.stringify(context);
    if (path === "/proxied") return String(proxy.seen.length + tlsProxy.seen.length);
    if (path === "/page.html") return `<!doctype html><script type="module" src="/page.js"></script>`;
    if (path === "/page.js") return packed.bundles?.page;
    if (path !== "/report") return undefined;
    tell(JSON.parse(body) as Finding[]);
    return "";
  });
  const context: Context = {
    runtime: runtime.runtime,
    server: server.url,
    tls: server.tls,
    ca,
    proxy: `http://127.0.0.1:${proxy.port}`,
    tlsProxy: `https://127.0.0.1:${tlsProxy.port}`,
    mock: packed.mock.url,
    env: runtime.env,
    extraCa: runtime.extraCa === true,
    companions: packed.companions,
  };
  const folder = await mkdtemp(join(tmpdir(), "mailcow-client-runtime-"));
  const child = await start(runtime, program, context, packed, folder);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (text) => {
      output += text;
    });
  const exited = once(child, "exit").then(() => output);
  try {
    const findings = await within(longestMs, told, exited);
    if (!findings) return failed(name, `it told nothing: ${output.slice(-1_000)}`);
    if (isBundled) return { name, findings };
    const isOver = (await within(5_000, exited)) !== undefined;
    const ending = { check: "the program ends by itself", ...(!isOver && { error: "it was still there" }) };
    return { name, findings: [...findings, ending] };
  } finally {
    child.kill("SIGKILL");
    await exited;
    for (const one of [proxy, tlsProxy, server]) one.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const failed = (name: string, error: string): Outcome => ({ name, findings: [{ check: "the program", error }] });

/** What comes of a promise, or nothing where its time is up or something else comes first. */
async function within<Value>(
  ms: number,
  promise: Promise<Value>,
  first?: Promise<unknown>,
): Promise<Value | undefined> {
  const controller = new AbortController();
  const over = setTimeout(ms, undefined, controller).catch(() => undefined);
  const other = first?.then(() => setTimeout(1, undefined)) ?? over;
  try {
    return await Promise.race([promise, over, other]);
  } finally {
    controller.abort();
  }
}
