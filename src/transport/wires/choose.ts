import { fetchWire, onlyOnce } from "./fetch.ts";
import { type NodeModules, nodeWire } from "./node.ts";
import { type Platform, runtimeOf } from "./runtime.ts";
import type { Wire } from "./wire.ts";

type Fetch = typeof globalThis.fetch;

/** The wire to a server: Node's own where this is Node, and `fetch` everywhere else, or where the caller brings one. */
export function wireTo(baseUrl: string, fetch?: Fetch, platform: Platform = globalThis as Platform): Wire {
  const runtime = runtimeOf(platform);
  const { process } = platform;
  if (!fetch && runtime === "node" && process?.getBuiltinModule) {
    return nodeWire(baseUrl, (name) => process.getBuiltinModule?.(name) as NodeModules[typeof name]);
  }
  // As it is at the time: programs wrap it, to trace calls or for tests.
  const own: Fetch = fetch ?? ((url, init) => globalThis.fetch(url, init));
  const isPlatforms = !fetch || fetch === globalThis.fetch;
  return fetchWire(baseUrl, own, isPlatforms && runtime !== "other" ? onlyOnce : undefined);
}
