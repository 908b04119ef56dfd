import { fetchWire, onlyOnce } from "./fetch.ts";
import { type NodeModules, nodeWire } from "./node.ts";
import { type Platform, runtimeOf } from "./runtime.ts";
import type { Wire } from "./wire.ts";

type Fetch = typeof globalThis.fetch;

/** To notice a program that replaces it, to trace calls or for tests. */
const platformFetch = globalThis.fetch;

/**
 * The wire to a server: Node's own in Node, and `fetch` everywhere else, or if the caller brings one. A program that
 * replaces `globalThis.fetch` wants it to be called.
 */
export function wireTo(baseUrl: string, fetch?: Fetch, platform: Platform = globalThis as Platform): Wire {
  const runtime = runtimeOf(platform);
  const { process } = platform;
  const own: Fetch = fetch ?? ((url, init) => globalThis.fetch(url, init));
  const isPlatforms = !fetch || fetch === platformFetch;
  const overFetch = fetchWire(baseUrl, own, isPlatforms && runtime !== "other" ? onlyOnce : undefined);
  if (fetch || runtime !== "node" || !process?.getBuiltinModule) return overFetch;
  const overHttp = nodeWire(baseUrl, (name) => process.getBuiltinModule?.(name) as NodeModules[typeof name]);
  return (request, receiver) => (globalThis.fetch === platformFetch ? overHttp : overFetch)(request, receiver);
}
